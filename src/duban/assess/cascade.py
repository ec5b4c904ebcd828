"""The cascade (分解传导): a number of the report and the parts that units took of it, by measure.

Numbers that add up are put together and held against the whole: 加码系数 is the sum of the parts over the whole.
Rates, ranks and durations never add: there each part is held against the whole by itself, and the middle one is the
median, which one territory cannot distort. Whoever took a part stands beside it, with the papers that changed it.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from statistics import median

from duban.assess.account import Account, Known
from duban.core.measure import OVER_UNITS, Figure, falling, over_units
from duban.core.period import Period
from duban.ledger import Book
from duban.ledger.bodies import ClaimRead
from duban.ledger.year.units import unit_named

TERRITORIES = ("district", "park")


@dataclass(frozen=True, slots=True)
class Step:
    """How a part came to be: the value and what it changed by, since when, by whom, on whose authority and for what reason."""

    on: str
    value: Decimal | None
    change: Decimal | None
    actor: str
    authority: str = ""
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Share:
    """A unit's part of a number. `stricter` is None where it asks neither more nor less than the whole does,
    or where parts add up and one alone cannot be held against the whole."""

    key: str
    head: str
    lead: str
    value: Decimal
    steps: tuple[Step, ...]
    stricter: bool | None
    figure: Known | None

    @property
    def added(self) -> Decimal:
        """What was put on the part, or taken off it, after it was first set."""
        return sum((s.change for s in self.steps if s.change is not None), Decimal(0))


@dataclass(frozen=True, slots=True)
class Cascade:
    """A number of the report, who holds it as a whole, and who took which part."""

    claim: ClaimRead
    commitment: str
    measure: str
    unit: str
    whole: Decimal
    owners: tuple[Account, ...]
    shares: tuple[Share, ...]
    less_is_better: bool

    @property
    def adds(self) -> bool:
        """Whether the parts make the whole by adding."""
        return OVER_UNITS.get(self.measure) == "sum"

    @property
    def total(self) -> Decimal | None:
        """The parts together; None where they never add."""
        return over_units(self.measure, [Figure(s.value) for s in self.shares]).value if self.adds else None

    @property
    def coefficient(self) -> Decimal | None:
        """加码系数: the parts together over the whole; None where they never add, or the whole is 0."""
        return self.total / self.whole if self.total is not None and self.whole else None

    @property
    def gap(self) -> Decimal:
        """What of the whole no unit took; 0 where somebody holds all of it, or where parts never add."""
        if self.total is None or self.owners or self.less_is_better:
            return Decimal(0)
        return max(self.whole - self.total, Decimal(0))

    @property
    def piled(self) -> Decimal:
        """What the parts ask beyond the whole (层层加码): above it, or below it where less is better."""
        if self.total is None:
            return Decimal(0)
        return max(self.whole - self.total if self.less_is_better else self.total - self.whole, Decimal(0))

    @property
    def stricter(self) -> tuple[Share, ...]:
        """The parts that ask more than the whole does, of numbers that never add."""
        return tuple(s for s in self.shares if s.stricter)

    @property
    def looser(self) -> tuple[Share, ...]:
        """The parts that ask less than the whole does, of numbers that never add: if all keep theirs, it may still fail."""
        return tuple(s for s in self.shares if s.stricter is False)

    @property
    def middle(self) -> Decimal:
        """The median of the parts' targets."""
        return median(s.value for s in self.shares)

    @property
    def twice(self) -> tuple[str, ...]:
        """Leads that hold more than one part, and so may count the same thing twice; and two that hold the whole."""
        leads = Counter(s.lead for s in self.shares if s.lead)
        owners = [a.state.item.lead for a in self.owners]
        both = [lead for lead, n in leads.items() if n > 1]
        return tuple(dict.fromkeys([*both, *(owners if len(owners) > 1 else [])]))

    @property
    def nobody(self) -> tuple[Share, ...]:
        """Parts without a lead."""
        return tuple(s for s in self.shares if not s.lead)

    @property
    def common(self) -> Period | None:
        """The latest period for which every part has the figure that stands beside it."""
        ends = {s.figure.period.end for s in self.shares if s.figure}
        have = all(s.figure for s in self.shares)
        return self.shares[0].figure.period if have and len(ends) == 1 and self.shares[0].figure else None

    @property
    def reached(self) -> Decimal | None:
        """The parts' figures of the common period together; None where one is missing or they never add."""
        if self.common is None:
            return None
        return over_units(self.measure, [Figure(s.figure.value) for s in self.shares if s.figure]).value

    @property
    def middle_reached(self) -> Decimal | None:
        """The median of the parts' figures of the common period: what a unit may be compared with."""
        return median(s.figure.value for s in self.shares if s.figure) if self.common else None

    @property
    def findings(self) -> tuple[str, ...]:
        """What a reader should look at: piled, gap, stricter, looser, twice, nobody."""
        return tuple(
            name for name in ("piled", "gap", "stricter", "looser", "twice", "nobody") if getattr(self, name)
        )


def cascades(book: Book, accounts: Mapping[str, Account]) -> list[Cascade]:
    """Every number that more than one item begins from, in the order of the text."""
    found = [
        made
        for claim, sharing in _sharing(accounts).items()
        if (state := book.claims.get(claim)) is not None
        and not state.dropped
        and (made := _cascade(book, state.claim, sharing)) is not None
    ]
    return sorted(found, key=lambda c: c.claim.start)


def unowned(book: Book, accounts: Mapping[str, Account]) -> list[tuple[str, ClaimRead]]:
    """Numbers for the year that stand in a commitment with items, of which no item took anything: commitment and claim."""
    taken = set(_sharing(accounts, least=1))
    found = []
    for id, state in book.commitments.items():
        if state.dropped or not state.items:
            continue
        claims = (book.claims[c] for c in state.read.claims if c in book.claims)
        found += [
            (id, c.claim)
            for c in claims
            if not c.dropped and c.claim.value is not None and c.claim.id not in taken
        ]
    return found


def _sharing(accounts: Mapping[str, Account], least: int = 2) -> dict[str, list[Account]]:
    """The items with a number by the claim that they begin from."""
    found: dict[str, list[Account]] = defaultdict(list)
    for account in accounts.values():
        begun = account.task.begun
        if begun is not None and begun.body.claim and account.target.value is not None:
            found[begun.body.claim].append(account)
    return {claim: some for claim, some in found.items() if len(some) >= least}


def _cascade(book: Book, claim: ClaimRead, sharing: Sequence[Account]) -> Cascade | None:
    """None where the items differ in measure or unit: then nothing can be held against anything."""
    kinds = {(a.target.measure, a.target.unit) for a in sharing}
    if claim.value is None or len(kinds) > 1:
        return None
    measure, unit = kinds.pop()
    owners = _owners(book, claim.value, measure, sharing)
    mine = {a.key for a in owners}
    parts = [a for a in sharing if a.key not in mine]
    if not parts:
        return None
    less = falling(measure, claim.comparator or "")
    common = _common_end(parts)
    shares = tuple(_share(a, claim.value, measure, common, less=less) for a in parts)
    return Cascade(claim, parts[0].state.item.commitment, measure, unit, claim.value, owners, shares, less)


def _owners(book: Book, whole: Decimal, measure: str, sharing: Sequence[Account]) -> tuple[Account, ...]:
    """The items that carry the whole number: of numbers that add, those that began with all of it; of others,
    those that no territory leads, where at least one is led by a territory."""
    if OVER_UNITS.get(measure) == "sum":
        return tuple(a for a in sharing if a.task.original is not None and a.task.original.value == whole)
    above = tuple(a for a in sharing if not _territory(book, a.state.item.lead))
    return above if len(above) < len(sharing) else above[:1]


def _territory(book: Book, lead: str) -> bool:
    unit = unit_named(book, lead)
    return unit is not None and unit.unit.kind in TERRITORIES


def _common_end(parts: Sequence[Account]) -> date | None:
    """The end of the latest period that all parts have a figure for."""
    ends = [{figure.period.end for figure in part.figures} for part in parts]
    return max(set.intersection(*ends), default=None)


def _share(account: Account, whole: Decimal, measure: str, common: date | None, *, less: bool) -> Share:
    value = account.target.value or Decimal(0)
    stricter = None
    if OVER_UNITS.get(measure) != "sum" and value != whole:
        stricter = value < whole if less else value > whole
    figure = next((f for f in account.figures if f.period.end == common), account.latest)
    item = account.state.item
    return Share(account.key, item.head, item.lead, value, tuple(_steps(account)), stricter, figure)


def _steps(account: Account) -> Iterable[Step]:
    """The target it began with, then every adjustment with what it changed."""
    begun = account.task.begun
    if begun is None:
        return
    before = begun.body.target.value
    yield Step(begun.on, before, None, begun.actor)
    for made in account.task.adjustments:
        value = made.body.target.value
        change = value - before if value is not None and before is not None else None
        yield Step(made.on, value, change, made.actor, made.body.authority, made.body.reason)
        before = value
