"""Every write to the ledger as a plain function, one transaction each, for command and pages alike."""

from duban.actions.account import Opened, open_account
from duban.actions.decide import decide_field
from duban.actions.table import apply_table, table_problems

__all__ = ["Opened", "apply_table", "decide_field", "open_account", "table_problems"]
