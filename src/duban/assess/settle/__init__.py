"""Settlement: promises of a report beside what came out, and a verdict on each by written rules. Pure functions."""

from duban.assess.settle.figures import VERDICTS, Aim, Outcome, Verdict
from duban.assess.settle.match import Pair, match
from duban.assess.settle.verdict import verdict

__all__ = ["VERDICTS", "Aim", "Outcome", "Pair", "Verdict", "match", "verdict"]
