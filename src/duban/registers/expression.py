"""What can be said of one record: an expression that runs in plain Python and in Ibis, and explains itself.

Three-valued as SQL is: what touches a missing value is missing, and a condition that is missing keeps no record.
Conditions are joined with `&`, `|` and `~`. There is no division between fields: a quotient belongs to an
indicator, where it is made from whole sums in decimals (see `amount.py`).
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

Value = str | Decimal | int | date | bool | None


class Expression:
    """Something that has a value for each record."""

    def __eq__(self, other: object) -> "Compare":  # type: ignore[override]
        return Compare("==", self, lifted(other))

    def __ne__(self, other: object) -> "Compare":  # type: ignore[override]
        return Compare("!=", self, lifted(other))

    def __lt__(self, other: object) -> "Compare":
        return Compare("<", self, lifted(other))

    def __le__(self, other: object) -> "Compare":
        return Compare("<=", self, lifted(other))

    def __gt__(self, other: object) -> "Compare":
        return Compare(">", self, lifted(other))

    def __ge__(self, other: object) -> "Compare":
        return Compare(">=", self, lifted(other))

    def __add__(self, other: object) -> "Arithmetic":
        return Arithmetic("+", self, lifted(other))

    def __sub__(self, other: object) -> "Arithmetic":
        return Arithmetic("-", self, lifted(other))

    def __mul__(self, other: object) -> "Arithmetic":
        return Arithmetic("*", self, lifted(other))

    def __and__(self, other: "Expression") -> "Both":
        return Both(self, other)

    def __or__(self, other: "Expression") -> "Either":
        return Either(self, other)

    def __invert__(self) -> "Not":
        return Not(self)

    def __bool__(self) -> bool:
        raise TypeError(
            "join conditions with & and |, and leave out `and`, `or` and chains such as a < b < c"
        )

    def __hash__(self) -> int:
        return id(self)

    def among(self, *values: str) -> "Among":
        """Whether it is one of these texts."""
        return Among(self, values)

    def has(self, words: str) -> "Has":
        """Whether a text has these words in it, whatever the case of letters."""
        return Has(self, words)

    @property
    def given(self) -> "Given":
        """Whether there is a value."""
        return Given(self)

    def within(self, start: "Expression", end: "Expression") -> "Both":
        """Whether a date lies from `start` to `end`, both included."""
        return (self >= start) & (self <= end)

    @property
    def in_period(self) -> "Both":
        """Whether a date lies in the period that is asked for."""
        return self.within(START, END)

    def days_from(self, earlier: "Expression") -> "Days":
        """Days from an earlier date to this one."""
        return Days(earlier, self)

    @property
    def year(self) -> "Year":
        """The year of a date."""
        return Year(self)


@dataclass(frozen=True, eq=False)
class Column(Expression):
    """A field of the register, the record's `stage`, or the day on which it last reached one (`at_<stage>`)."""

    name: str


@dataclass(frozen=True, eq=False)
class Constant(Expression):
    """The same for every record."""

    value: Value


@dataclass(frozen=True, eq=False)
class Parameter(Expression):
    """Given when it is asked: `start` and `end` of the period, the `day` of asking."""

    name: str


@dataclass(frozen=True, eq=False)
class Compare(Expression):
    """`sign` is one of == != < <= > >=."""

    sign: str
    left: Expression
    right: Expression


@dataclass(frozen=True, eq=False)
class Arithmetic(Expression):
    """`sign` is one of + - *, of numbers."""

    sign: str
    left: Expression
    right: Expression


@dataclass(frozen=True, eq=False)
class Both(Expression):
    """The one and the other."""

    left: Expression
    right: Expression


@dataclass(frozen=True, eq=False)
class Either(Expression):
    """The one or the other."""

    left: Expression
    right: Expression


@dataclass(frozen=True, eq=False)
class Not(Expression):
    """Not so."""

    of: Expression


@dataclass(frozen=True, eq=False)
class Among(Expression):
    """A text out of several."""

    of: Expression
    values: tuple[str, ...]


@dataclass(frozen=True, eq=False)
class Has(Expression):
    """A text with these words in it; large and small letters are the same."""

    of: Expression
    words: str

    @property
    def cased(self) -> bool:
        """Whether the words have letters that are large or small: only then texts need to be made small too."""
        return self.words.lower() != self.words.upper()


@dataclass(frozen=True, eq=False)
class Given(Expression):
    """There is a value. Never missing itself."""

    of: Expression


@dataclass(frozen=True, eq=False)
class Days(Expression):
    """Days from one date to another; negative when the second is earlier."""

    earlier: Expression
    later: Expression


@dataclass(frozen=True, eq=False)
class Year(Expression):
    """The year of a date, as a whole number."""

    of: Expression


class _Fields:
    """`F.amount` is the column `amount`."""

    def __getattr__(self, name: str) -> Column:
        if name.startswith("__"):
            raise AttributeError(name)
        return Column(name)


F = _Fields()
START, END, DAY = Parameter("start"), Parameter("end"), Parameter("day")


def reached(stage: str) -> Column:
    """The day on which the record last reached this stage; missing while it is before it."""
    return Column(f"at_{stage}")


def lifted(value: object) -> Expression:
    """A plain value as an expression; raises TypeError for what no record holds (floats above all)."""
    if isinstance(value, Expression):
        return value
    if value is None or isinstance(value, str | Decimal | int | date | bool):
        return Constant(value)
    raise TypeError(f"{value!r} is no value of a record; write decimals as Decimal")


def parts(of: Expression) -> Iterable[Expression]:
    """The expressions right inside this one."""
    for value in vars(of).values():
        if isinstance(value, Expression):
            yield value


def columns(of: Expression | None) -> frozenset[str]:
    """The names of all columns that it reads."""
    if of is None:
        return frozenset()
    if isinstance(of, Column):
        return frozenset({of.name})
    return frozenset().union(*(columns(part) for part in parts(of)))
