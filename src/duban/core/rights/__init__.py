"""Rights: may this person do this to this thing? One table says it, and the answer says why."""

from duban.core.rights.decide import Actor, Decision, Thing, explain, may
from duban.core.rights.table import ACTIONS, ROLES, RULES, Rule

__all__ = ["ACTIONS", "ROLES", "RULES", "Actor", "Decision", "Rule", "Thing", "explain", "may"]
