"""Which items an indicator feeds, what their departments state beside it, and what it may be bound to.

A suggestion needs the same unit and measure, and says how near the names are; a person always confirms it.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from duban.actions.context import item_thing
from duban.actions.recount import reference_of
from duban.assess.account import Account, Known
from duban.core.period import Period, period
from duban.core.rights import may
from duban.ledger.states import ItemState
from duban.ledger.year.dated import Dated
from duban.ledger.year.filings import ReadingPosted
from duban.ledger.year.tasks import Target
from duban.packs import indicator_named, packs
from duban.registers.indicator import Indicator, differs_in, ids_behind, part_of
from duban.registers.naming import nearest
from duban.registers.pack import Pack
from duban.registers.register import Register
from duban.web.registers.behind import address, disputed_behind
from duban.web.registers.sight import Sight, full_engine
from duban.web.standing import standing

NEAR, MOST = 70, 5  # of a hundred that names must be alike to be suggested; suggestions at most
_HALF = Decimal("0.5")


@dataclass(frozen=True, slots=True)
class Statement:
    """What somebody else states for a period, and what the register counts for it; `differs` beyond rounding."""

    figure: Known
    mine: Decimal | None
    difference: Decimal | None
    differs: bool
    records: str


@dataclass(frozen=True, slots=True)
class Fed:
    """A bound item: the indicator, whose figures stand beside it, and what was posted last with its records."""

    key: str
    item: ItemState
    target: Target
    pack: Pack
    indicator: Indicator
    group: str
    reason: str
    statements: tuple[Statement, ...]
    posted: Dated[ReadingPosted] | None
    posted_period: Period | None
    records: str
    changed: bool
    disputed: int
    may_bind: bool


@dataclass(frozen=True, slots=True)
class Candidate:
    """An item and an indicator that may belong together: how near their names are, and which names those are."""

    key: str
    item: ItemState
    target: Target
    name: str
    indicator: Indicator
    percent: int
    ours: str
    theirs: str


def bound_items(sight: Sight, pack: Pack, one: Indicator, register: Register) -> list[Fed]:
    """The items bound to an indicator."""
    name = f"{pack.name}.{one.name}"
    found = (fed(sight, key) for key, bound in sight.book.bound.items() if bound.body.indicator == name)
    return [one for one in found if one is not None]


def fed(sight: Sight, key: str) -> Fed | None:
    """What feeds an item; None where it is bound to nothing that is installed."""
    bound, item = sight.book.bound.get(key), sight.book.items.get(key)
    named = indicator_named(bound.body.indicator) if bound else None
    light = standing(sight.book, sight.day).get(key)
    if bound is None or named is None or item is None or item.removed or light is None:
        return None
    pack, one = named
    register, group, account = pack.registered[one.register], bound.body.group, light.account
    posted = _posted(account, bound.body.indicator)
    when = period(posted.body.period) if posted else None
    by, of = part_of(group)
    return Fed(
        key, item, account.target, pack, one, group, bound.body.reason,
        tuple(_statements(sight, register, one, bound.body.indicator, group, account)), posted, when,
        _records(sight, register, bound.body.indicator, when or period(str(sight.day.year)), group),
        posted is not None and when is not None and _changed(sight, register, one, group, when, posted),
        disputed_behind(sight, register, one, when or period(str(sight.day.year)), *(by or ("",)), *(of or ("",))),
        bool(may(sight.who, "indicator.bind", item_thing(sight.book, key))),
    )  # fmt: skip


def _posted(account: Account, name: str) -> Dated[ReadingPosted] | None:
    found = [r for r in account.task.readings if r.body.origin == "register" and r.body.source == name]
    return found[-1] if found else None


def _changed(
    sight: Sight, register: Register, one: Indicator, group: str, when: Period, posted: Dated[ReadingPosted]
) -> bool:
    """Whether other records stand behind the figure, as of the day on which it was posted, than did then."""
    day = date.fromisoformat(posted.on)
    ids = ids_behind(one, full_engine(sight.book, register), when, day, group)
    return posted.body.reference != reference_of(ids)


def _statements(
    sight: Sight, register: Register, one: Indicator, name: str, group: str, account: Account
) -> Iterator[Statement]:
    """The latest figure of each origin but the register, with the register's own for the same period."""
    works = bool(may(sight.who, "working.read", item_thing(sight.book, account.key)))
    told = (*account.figures, *(figure for figure in account.others if works))
    by, wanted = part_of(group)
    if any(column not in register.named for column in by):
        return
    for origin in ("unit", "statistics"):
        some = [figure for figure in told if figure.origin == origin]
        if some:
            last = max(some, key=lambda figure: (figure.period.end, figure.seq))
            found = sight.figures(register, one, last.period, by).get(wanted)
            mine = found.value if found else None
            gap = None if mine is None else last.value - mine
            records = _records(sight, register, name, last.period, group)
            yield Statement(last, mine, gap, gap is not None and abs(gap) > _rounding(last.value), records)


def _rounding(value: Decimal) -> Decimal:
    """Half of the last digit in which a figure is stated."""
    exponent = value.as_tuple().exponent
    return _HALF.scaleb(exponent if isinstance(exponent, int) else 0)


def _records(sight: Sight, register: Register, name: str, when: Period, group: str) -> str:
    by, wanted = part_of(group)
    return address(
        register.name, name, when, *(by or ("",)), *(wanted or ("",)), as_of=sight.book.as_of or ""
    )


def candidates(sight: Sight, name: str, one: Indicator) -> list[Candidate]:
    """The items to which an indicator may be bound, the nearest names first, for those who may bind them."""
    found = []
    for key, item in sight.book.items.items():
        if not item.removed and key not in sight.book.bound:
            found += _candidate(sight, key, item, ((name, one),))
    return sorted(found, key=lambda c: (-c.percent, c.key))[:MOST]


def indicators_for(sight: Sight, key: str) -> list[Candidate]:
    """The indicators to which an item may be bound, the nearest names first, for those who may bind it."""
    item = sight.book.items.get(key)
    if item is None or item.removed or key in sight.book.bound:
        return []
    every = ((f"{pack.name}.{one.name}", one) for pack in packs().values() for one in pack.indicators)
    return sorted(_candidate(sight, key, item, every), key=lambda c: (-c.percent, c.name))[:MOST]


def _candidate(
    sight: Sight, key: str, item: ItemState, every: Iterable[tuple[str, Indicator]]
) -> list[Candidate]:
    task = sight.book.tasks.get(key)
    target = task.target if task else None
    if target is None or not may(sight.who, "indicator.bind", item_thing(sight.book, key)):
        return []
    found = []
    for name, one in every:
        if not differs_in(one, target.unit, target.measure):
            ours = target.indicator or item.item.head
            percent, theirs = nearest(ours, (one.zh, *one.words))
            if percent >= NEAR:
                found.append(Candidate(key, item, target, name, one, percent, ours, theirs))
    return found


def group_text(by: str, value: str) -> str:
    """The group of a binding as the ledger keeps it."""
    return f"{by}={value}" if by and value else ""
