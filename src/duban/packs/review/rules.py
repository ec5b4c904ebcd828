"""How a quarter is scored: lines of the sheet, marks without the extremes, totals, ranks, and what moved them."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal
from functools import cached_property
from importlib.resources import files

from duban.core.period import month_end
from duban.registers.amount import ranked
from duban.registers.pack import Desk
from duban.registers.plain import Row, decimal, said
from duban.registers.record import day_by, joined
from duban.registers.register import Completes, Values
from duban.registers.thresholds import load_thresholds
from duban.registers.typed import stored

THRESHOLDS = load_thresholds(files(__package__) / "thresholds.toml")
CENT = Decimal("0.01")
Quarter = tuple[int, int]  # year, 1 to 4
Scores = Mapping[str, Mapping[str, Decimal | None]]  # by district and item


def belongs(**names: str) -> Completes:
    """Derived references: for each field the id made of year, quarter and the named fields' values."""

    def complete(values: Values, day: date) -> Values:
        head = [stored(values.get(name)) for name in ("year", "quarter")]
        return {to: joined([*head, stored(values.get(name))]) for to, name in names.items()}

    return complete


def objected(values: Values, day: date) -> Values:
    """To which line and result an objection belongs, and until when it is decided."""
    raised = values.get("raised_on")
    due = day_by(due_decision, values, raised) if isinstance(raised, date) else None
    return {**belongs(line="item", result="district")(values, day), "due_on": due}


def due_decision(values: Values, since: date) -> date | None:
    """The day by which an objection is decided."""
    return since + timedelta(int(THRESHOLDS.value("decide_days", since)))


def ends(quarter: Quarter) -> date:
    """A quarter's last day."""
    return month_end(quarter[0], quarter[1] * 3)


def before(quarter: Quarter) -> Quarter:
    """The quarter before."""
    year, number = quarter
    return (year, number - 1) if number > 1 else (year - 1, 4)


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the sheet. `cap` is the part of the weight that may be scored, 1 for all of it."""

    item: str
    en: str
    marks: bool
    weight: Decimal
    zero: Decimal
    full: Decimal
    cap: Decimal = Decimal(1)

    def part(self, value: Decimal | None) -> Decimal | None:
        """How much of the weight a value earns: 0 at the zero line, 1 at the full line, straight between."""
        if value is None:
            return None
        return max(Decimal(0), min(self.cap, (value - self.zero) / (self.full - self.zero)))

    def score(self, value: Decimal | None) -> Decimal | None:
        """Marks earned, to the cent."""
        part = self.part(value)
        return None if part is None else _cents(self.weight * part)


def _cents(value: Decimal) -> Decimal:
    return value.quantize(CENT, ROUND_HALF_UP)


def trimmed(marks: Sequence[Decimal], drop: int, least: int) -> Decimal | None:
    """The mean of marks without the `drop` highest and lowest, to the cent; None for fewer than `least`, or none left.

    >>> trimmed([Decimal(n) for n in (60, 80, 84, 88, 100)], 1, 5)
    Decimal('84.00')
    """
    kept = sorted(marks)[drop : len(marks) - drop]
    return _cents(sum(kept, Decimal(0)) / len(kept)) if kept and len(marks) >= least else None


def of(rows: Iterable[Row], quarter: Quarter) -> list[Row]:
    """The records of a quarter."""
    return [row for row in rows if (row["year"], row["quarter"]) == quarter]


@dataclass(frozen=True)
class Review:
    """One quarter's review: its lines, and each district's values, scores and total."""

    quarter: Quarter
    lines: tuple[Line, ...]
    values: Scores
    recused: tuple[
        Row, ...
    ]  # marks of reviewers whose own district it is, as the list says now; they do not count

    @cached_property
    def scores(self) -> Scores:
        """Each district's marks by item."""
        return {
            d: {line.item: line.score(told.get(line.item)) for line in self.lines}
            for d, told in self.values.items()
        }

    @cached_property
    def totals(self) -> dict[str, Decimal | None]:
        """Each district's total; None where an item is missing, which is not nought."""
        every = {district: list(scores.values()) for district, scores in self.scores.items()}
        return {d: None if None in told else sum(filter(None, told), Decimal(0)) for d, told in every.items()}

    @cached_property
    def ranks(self) -> dict[str, int]:
        """Ranks by total, best first; equal totals share a rank, and a district without a total has none."""
        return dict(ranked(self.totals))

    @cached_property
    def weight(self) -> Decimal:
        """What the weights add up to."""
        return sum((line.weight for line in self.lines), Decimal(0))

    @cached_property
    def missing(self) -> list[tuple[str, str]]:
        """District and item without a value."""
        return [
            (d, line.item)
            for d, told in self.values.items()
            for line in self.lines
            if told.get(line.item) is None
        ]


def review(desk: Desk, quarter: Quarter) -> Review:
    """The quarter's review from the desk's records, as far as its reader sees them."""
    lines = tuple(_line(row) for row in of(desk.rows("review_sheet"), quarter))
    figures, marks = of(desk.rows("review_figures"), quarter), of(desk.rows("review_marks"), quarter)
    homes = {row["id"]: row["home"] for row in desk.rows("review_reviewers")}
    recused = tuple(row for row in marks if homes.get(row["seat"]) == row["district"])
    counted = [row for row in marks if row not in recused]
    drop, least = (int(decimal(desk.threshold(name))) for name in ("drop", "marks_at_least"))
    values: dict[str, dict[str, Decimal | None]] = {}
    for row in (*figures, *marks):
        values.setdefault(said(row, "district"), {})
    for row in figures:
        told = row["value"] if row["value"] is not None else row["marked"]
        values[said(row, "district")][said(row, "item")] = None if told is None else decimal(told)
    for district, told_by_item in values.items():
        given = [decimal(row["mark"]) for row in counted if row["district"] == district]
        told_by_item |= {line.item: trimmed(given, drop, least) for line in lines if line.marks and given}
    return Review(quarter, lines, values, recused)


def _line(row: Row) -> Line:
    weight, zero, full = (decimal(row[name]) for name in ("weight", "zero", "full"))
    cap = decimal(row["cap"]) / 100 if row["cap"] is not None else Decimal(1)
    return Line(
        said(row, "item"),
        said(row, "item_en", said(row, "item")),
        row["source"] == "marks",
        weight,
        zero,
        full,
        cap,
    )


def quarters(desk: Desk) -> list[Quarter]:
    """The quarters that have a sheet and a figure or mark, the latest last."""
    sheets = {(row["year"], row["quarter"]) for row in desk.rows("review_sheet")}
    told = {
        (row["year"], row["quarter"])
        for name in ("review_figures", "review_marks")
        for row in desk.rows(name)
    }
    return sorted(q for q in sheets & told if isinstance(q[0], int) and isinstance(q[1], int))  # type: ignore[misc]


@dataclass(frozen=True, slots=True)
class Moved:
    """What a district's total changed by: through other weights, and item by item through its own work."""

    total: Decimal
    weights: Decimal
    items: Mapping[str, Decimal]


def moved(now: Review, then: Review, district: str) -> Moved | None:
    """The change of a district's total against another quarter, in parts that add up; None without both totals.

    The part of the weights is what last quarter's work would earn more or less by this quarter's weights (an item
    that only one of the two has is all of it); the rest of each item is work.
    """
    totals = now.totals.get(district), then.totals.get(district)
    if totals[0] is None or totals[1] is None:
        return None
    old, weights, items = {line.item: line for line in then.lines}, Decimal(0), {}
    for line in now.lines:
        score = now.scores[district][line.item] or Decimal(0)
        was = then.scores[district].get(line.item) if line.item in old else None
        if was is None:
            weights += score
            continue
        expected = line.score(then.values[district][line.item]) or Decimal(0)
        weights += expected - was
        items[line.item] = score - expected
    gone = old.keys() - {line.item for line in now.lines}
    weights -= sum((then.scores[district][item] or Decimal(0) for item in gone), Decimal(0))
    return Moved(totals[0] - totals[1], weights, items)
