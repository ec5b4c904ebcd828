"""What can be said of many records: counts, totals and latest values, and quotients and sums of these.

An engine works out only the base figures, group by group; all that is made from them is worked out here, in
decimals, so every engine gives the same figure to the last digit (money ratios belong in the core: a database
divides decimals as floats).
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal, localcontext

from duban.registers.expression import Constant, Expression

PLACES = Decimal("0.0000000001")  # to which a quotient is rounded, so that it has an end
DIGITS = (
    80  # with which figures are worked out: no sum or quotient of many long numbers is rounded on the way
)


class Amount:
    """A figure of a set of records. `None` is missing: a total of nothing, a quotient by nothing."""

    def __add__(self, other: "Amount | int | Decimal") -> "Sum":
        return Sum(((Decimal(1), self), (Decimal(1), amount(other))))

    def __sub__(self, other: "Amount | int | Decimal") -> "Sum":
        return Sum(((Decimal(1), self), (Decimal(-1), amount(other))))

    def __mul__(self, times: "int | Decimal") -> "Sum":
        return Sum(((Decimal(times), self),))


@dataclass(frozen=True, eq=False)
class Base(Amount):
    """What engines work out: `how` is count, distinct, total or latest, `of` something of the records in `where`.

    `latest` is the value with the greatest `by`, of several the one with the greatest record id.
    """

    how: str
    of: Expression | None = None
    where: Expression | None = None
    by: Expression | None = None


@dataclass(frozen=True, eq=False)
class Quotient(Amount):
    """`times` × one by another; a mean, a ratio, a share."""

    top: Amount
    bottom: Amount
    times: int = 1


@dataclass(frozen=True)
class Setting:
    """A number of the indicator's thresholds, taken as it holds on the day of asking; `key` picks one of a table."""

    name: str
    zh: str
    en: str
    key: str = ""


Weight = Decimal | Setting
Settings = Callable[[Setting], Decimal | None]


@dataclass(frozen=True, eq=False)
class Sum(Amount):
    """Amounts by weight, added; missing when one of them is."""

    terms: tuple[tuple[Weight, Amount], ...]


@dataclass(frozen=True, eq=False)
class Fixed(Amount):
    """A number that is no one's record, such as a base from elsewhere."""

    value: Decimal


def amount(value: "Amount | int | Decimal") -> Amount:
    """A plain number as an amount."""
    return value if isinstance(value, Amount) else Fixed(Decimal(value))


def count(where: Expression | None = None) -> Base:
    """How many records; 0 where there is none."""
    return Base("count", where=where)


def distinct(of: Expression, where: Expression | None = None) -> Base:
    """How many different values; missing ones are none."""
    return Base("distinct", of, where)


def total(of: Expression, where: Expression | None = None) -> Base:
    """The sum of the values that are there; 0 when records are there and none has a value is wrong, so: missing."""
    return Base("total", of, where)


def latest(of: Expression, by: Expression, where: Expression | None = None) -> Base:
    """The value of the record with the latest date."""
    return Base("latest", of, where, by)


def mean(of: Expression, where: Expression | None = None) -> Quotient:
    """The mean of the values that are there."""
    there = of.given if where is None else where & of.given
    return Quotient(total(of, where), count(there))


def share(of: Expression, among: Expression | None = None, times: int = 100) -> Quotient:
    """Of the records in `among`, the share in `of`, per cent."""
    return Quotient(count(of if among is None else among & of), count(among), times)


def ratio(top: Amount, bottom: Amount, times: int = 100) -> Quotient:
    """One amount by another, per cent."""
    return Quotient(top, bottom, times)


def weighted(*terms: tuple[Weight, Amount]) -> Sum:
    """Amounts by weight, added."""
    return Sum(terms)


def bases(of: Amount) -> tuple[Base, ...]:
    """The base figures that it is made from, in order; the same one may stand twice."""
    if isinstance(of, Base):
        return (of,)
    if isinstance(of, Quotient):
        return (*bases(of.top), *bases(of.bottom))
    if isinstance(of, Sum):
        return tuple(base for _, term in of.terms for base in bases(term))
    return ()


def made(
    of: Amount, found: Mapping[Base, Decimal | None], settings: Settings | None = None
) -> Decimal | None:
    """The figure, from its base figures; None where it is missing. `settings` gives what its weights name."""
    if isinstance(of, Base):
        return found[of]
    if isinstance(of, Fixed):
        return of.value
    if isinstance(of, Quotient):
        return quotient(made(of.top, found, settings), made(of.bottom, found, settings), of.times)
    assert isinstance(of, Sum)
    values = [(_weight(weight, settings), made(term, found, settings)) for weight, term in of.terms]
    there = [(weight, value) for weight, value in values if weight is not None and value is not None]
    return sum((weight * value for weight, value in there), Decimal(0)) if len(there) == len(values) else None


def _weight(weight: Weight, settings: Settings | None) -> Decimal | None:
    if isinstance(weight, Decimal):
        return weight
    if settings is None:
        raise KeyError(f"no thresholds give {weight.name}")
    return settings(weight)


def quotient(top: Decimal | None, bottom: Decimal | None, times: int = 1) -> Decimal | None:
    """`times` × top by bottom to ten decimals, None when one is missing or the bottom is 0."""
    if top is None or not bottom:
        return None
    with localcontext(prec=DIGITS):
        return (top * times / bottom).quantize(PLACES).normalize() + 0


def rounded(value: Decimal, places: Decimal) -> Decimal:
    """A figure with so many places (0.01 for two), however large it is."""
    with localcontext(prec=DIGITS):
        return value.quantize(places)


def behind(of: Amount) -> Expression:
    """The condition of all records from which the figure comes."""
    conditions = [base.where for base in bases(of)]
    found: Expression | None = None
    for condition in conditions:
        if condition is None:
            return Constant(True)
        found = condition if found is None or found is condition else found | condition
    return Constant(False) if found is None else found


def ranked(values: Mapping[str, Decimal | None], *, least_first: bool = False) -> Sequence[tuple[str, int]]:
    """Groups with their rank, best first; equal figures share a rank, and what is missing has none."""
    there = [(group, value) for group, value in values.items() if value is not None]
    there.sort(key=lambda pair: (pair[1] if least_first else -pair[1], pair[0]))
    ranks: list[tuple[str, int]] = []
    for at, (group, value) in enumerate(there):
        same = at > 0 and value == there[at - 1][1]
        ranks.append((group, ranks[-1][1] if same else at + 1))
    return ranks
