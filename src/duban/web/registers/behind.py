"""The records behind a figure: an indicator, a period, a group and a part of it, as an address names them."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from urllib.parse import urlencode

from duban.core.period import Period, chinese, period
from duban.packs import indicator_named
from duban.registers.amount import Amount, Quotient, behind
from duban.registers.expression import Expression, columns
from duban.registers.indicator import Indicator, parameters
from duban.registers.pack import Pack
from duban.registers.plain import plain
from duban.registers.register import Register
from duban.web.registers.sight import Shown, Sight

PARTS = ("", "top", "bottom")


@dataclass(frozen=True)
class Behind:
    """Which figure's records a list shows; `keeps` tells them."""

    pack: Pack
    indicator: Indicator
    period: Period
    by: str
    group: str
    part: str
    keeps: Callable[[Shown], bool]

    @classmethod
    def of(cls, register: Register, told: Mapping[str, str], sight: Sight) -> "Behind | None":
        """What an address says; None where it names no figure of this register."""
        named = indicator_named(told.get("behind", ""))
        when = _period(told.get("period", "") or str(sight.day.year))
        if named is None or named[1].register != register.name or when is None:
            return None
        pack, indicator = named
        by = told.get("by", "") if told.get("by", "") in register.named else ""
        part = told.get("part", "") if told.get("part", "") in PARTS else ""
        group = told.get("of", "")
        keeps = _keeps(sight, register, _condition(indicator.figure, part), when, sight.day, by, group)
        return cls(pack, indicator, when, by, group, part, keeps)

    def words(self, language: str) -> str:
        """Which figure it is, in words."""
        english = language == "en"
        when = self.period.code if english else chinese(self.period)
        group = f" · {self.group}" if self.by else ""
        parts = {"": ("", ""), "top": ("（分子）", " (numerator)"), "bottom": ("（分母）", " (denominator)")}
        return f"{self.indicator.label(language)}{parts[self.part][english]} · {when}{group}"


def _period(code: str) -> Period | None:
    try:
        return period(code)
    except ValueError:
        return None


def _condition(figure: Amount, part: str) -> Expression:
    if part and isinstance(figure, Quotient):
        return behind(figure.top if part == "top" else figure.bottom)
    return behind(figure)


def _keeps(
    sight: Sight, register: Register, condition: Expression, when: Period, day: date, by: str, group: str
) -> Callable[[Shown], bool]:
    """Whether a record is behind the figure, on the same rows on which the reader's figure was worked out."""
    reads = plain(condition, parameters(when, day))
    names = columns(condition) | ({by} if by else set())
    whole = sight.whole(register, names)

    def keeps(shown: Shown) -> bool:
        row = shown.record.row if whole else shown.row
        return reads(row) is True and (not by or str(row.get(by)) == group)

    return keeps


def disputed_behind(
    sight: Sight, register: Register, indicator: Indicator, when: Period, by: str = "", group: str = ""
) -> int:
    """How many of the records behind a figure have a disputed value that it reads, as far as the reader sees them."""
    reads = {*indicator.reads, by}
    if "stage" in reads:
        reads |= {f"at_{name}" for name in register.staged}
    keeps, found = None, 0
    for state in sight.book.registers.disputed(register.name):
        shown = sight.record(register, state.id)
        if shown is not None and shown.disputed & reads:
            keeps = keeps or _keeps(sight, register, behind(indicator.figure), when, sight.day, by, group)
            found += keeps(shown)
    return found


def address(
    register: str, name: str, when: Period, by: str = "", group: str = "", part: str = "", as_of: str = ""
) -> str:
    """The address of the list of exactly the records behind a figure."""
    told = {"behind": name, "period": when.code, "by": by, "of": group, "part": part, "as_of": as_of}
    return f"/r/{register}?{urlencode({key: value for key, value in told.items() if value})}"
