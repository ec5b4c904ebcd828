"""The records behind a figure: the address of their list, and how many of them are disputed."""

from urllib.parse import urlencode

from duban.core.period import Period
from duban.registers.amount import behind
from duban.registers.expression import columns
from duban.registers.indicator import Indicator, parameters
from duban.registers.plain import plain
from duban.registers.register import Register
from duban.web.registers.sight import Sight


def disputed_behind(
    sight: Sight, register: Register, indicator: Indicator, when: Period, by: str = "", group: str = ""
) -> int:
    """How many of the records behind a figure have a disputed value that it reads, as far as the reader sees them."""
    condition, reads = behind(indicator.figure), {*indicator.reads, by}
    if "stage" in reads:
        reads |= {f"at_{name}" for name in register.staged}
    whole = sight.whole(register, columns(condition) | ({by} if by else set()))
    keeps, found = plain(condition, parameters(when, sight.day)), 0
    for state in sight.book.registers.disputed(register.name):
        shown = sight.record(register, state.id)
        if shown is not None and shown.disputed & reads:
            row = shown.record.row if whole else shown.row
            found += keeps(row) is True and (not by or str(row.get(by)) == group)
    return found


def address(
    register: str, name: str, when: Period, by: str = "", group: str = "", part: str = "", as_of: str = ""
) -> str:
    """The address of the list of exactly the records behind a figure."""
    told = {"behind": name, "period": when.code, "by": by, "of": group, "part": part, "as_of": as_of}
    return f"/r/{register}?{urlencode({key: value for key, value in told.items() if value})}"
