"""The second interpreter: an expression as an Ibis column, with the same three values as the plain one.

Decimals stay decimals: how many digits each step can have is followed here, and whatever could need more than a
database holds is refused before it is asked, since databases differ in how they round then.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

import ibis
import ibis.expr.datatypes as dt

from duban.registers.expression import (
    Among,
    Arithmetic,
    Both,
    Column,
    Compare,
    Constant,
    Days,
    Either,
    Expression,
    Given,
    Has,
    Not,
    Parameter,
    Year,
)
from duban.registers.plain import Parameters
from duban.table.columns import WHOLE

MOST = 38  # digits that every engine's decimals have
_LONG = (
    18  # digits in 64 bits: DuckDB multiplies two such decimals in 64 bits too, so one is made wider before
)
_SIGNS: dict[str, Callable[[Any, Any], Any]] = {
    "==": lambda a, b: a == b, "!=": lambda a, b: a != b, "<": lambda a, b: a < b, "<=": lambda a, b: a <= b,
    ">": lambda a, b: a > b, ">=": lambda a, b: a >= b, "+": lambda a, b: a + b, "-": lambda a, b: a - b,
    "*": lambda a, b: a * b,
}  # fmt: skip


class TooManyDigits(ValueError):
    """An expression whose value may have more digits than engines hold; the plain interpreter can work it out."""


@dataclass(frozen=True, slots=True)
class Typed:
    """An Ibis value and what it is: "number", "text", "date", "yes", or "nothing" for a value that is never there.

    A number has at most `digits` before and `places` behind the point.
    """

    value: Any
    kind: str
    digits: int = 0
    places: int = 0

    def decimal(self, digits: int = 0, places: int = 0) -> Any:
        """The number as a decimal with at least so many digits and places."""
        digits, places = max(digits, self.digits), max(places, self.places)
        if digits + places > MOST:
            raise TooManyDigits(f"{digits} digits and {places} places are more than {MOST}")
        wanted = dt.Decimal(digits + places, places)
        return self.value if self.value.type() == wanted else self.value.cast(wanted)

    def truth(self) -> Any:
        """A condition; missing where it never has a value."""
        return self.value.cast("boolean") if self.kind == "nothing" else self.value


NOTHING = Typed(ibis.null(), "nothing")


def compiled(of: Expression, table: ibis.Table, parameters: Parameters) -> Typed:
    """The expression over a table; raises `TooManyDigits`."""
    return _MAKERS[type(of)](of, lambda part: compiled(part, table, parameters), table, parameters)


Inner = Callable[[Expression], Typed]


def _column(of: Column, inner: Inner, table: ibis.Table, parameters: Parameters) -> Typed:
    value = table[of.name]
    kind = value.type()
    if kind.is_decimal():
        return Typed(value, "number", kind.precision - kind.scale, kind.scale)
    if kind.is_integer():
        return Typed(value, "number", WHOLE)
    return Typed(value, "date" if kind.is_date() else "yes" if kind.is_boolean() else "text")


def _constant(of: Constant, inner: Inner, table: ibis.Table, parameters: Parameters) -> Typed:
    value = of.value
    if value is None:
        return NOTHING
    if isinstance(value, bool):
        return Typed(ibis.literal(value), "yes")
    if isinstance(value, int | Decimal):
        return number(Decimal(value))
    return Typed(ibis.literal(value), "date" if isinstance(value, date) else "text")


def number(value: Decimal) -> Typed:
    """A number that is the same for every record."""
    places = max(0, -int(value.normalize().as_tuple().exponent))
    digits = max(1, len(str(abs(int(value)))))
    if digits + places > MOST:
        raise TooManyDigits(f"{value} has more digits than {MOST}")
    return Typed(ibis.literal(value, dt.Decimal(digits + places, places)), "number", digits, places)


def _parameter(of: Parameter, inner: Inner, table: ibis.Table, parameters: Parameters) -> Typed:
    return Typed(ibis.literal(parameters[of.name]), "date")


def _compare(of: Compare, inner: Inner, table: ibis.Table, parameters: Parameters) -> Typed:
    left, right = inner(of.left), inner(of.right)
    if "nothing" in (left.kind, right.kind):
        return NOTHING
    if left.kind == right.kind == "number":
        digits, places = max(left.digits, right.digits), max(left.places, right.places)
        one, other = left.decimal(digits, places), right.decimal(digits, places)
        return Typed(_SIGNS[of.sign](one, other), "yes")
    return Typed(_SIGNS[of.sign](left.value, right.value), "yes")


def _arithmetic(of: Arithmetic, inner: Inner, table: ibis.Table, parameters: Parameters) -> Typed:
    left, right = inner(of.left), inner(of.right)
    if "nothing" in (left.kind, right.kind):
        return NOTHING
    if of.sign == "*":
        digits, places = left.digits + right.digits, left.places + right.places
        made = _product(left, right, long=digits + places > _LONG)
    else:
        digits, places = max(left.digits, right.digits) + 1, max(left.places, right.places)
        made = _SIGNS[of.sign](left.decimal(digits, places), right.decimal(digits, places))
    return Typed(made.cast(dt.Decimal(digits + places, places)), "number", digits, places)


def _product(left: Typed, right: Typed, *, long: bool) -> Any:
    """One decimal by another. The one with more places must be as wide as the other: Ibis knows no other types."""
    one, other = (left, right) if left.places >= right.places else (right, left)
    wide = max(one.digits + one.places, other.digits + other.places, (_LONG + 1) * long)
    if (
        wide + other.digits + other.places >= MOST
    ):  # one digit to spare: Spark keeps one for itself and would round
        raise TooManyDigits(f"a product of {wide} and {other.digits + other.places} digits")
    return one.decimal(wide - one.places) * other.decimal()


def _both(of: Both, inner: Inner, table: ibis.Table, parameters: Parameters) -> Typed:
    return Typed(inner(of.left).truth() & inner(of.right).truth(), "yes")


def _either(of: Either, inner: Inner, table: ibis.Table, parameters: Parameters) -> Typed:
    return Typed(inner(of.left).truth() | inner(of.right).truth(), "yes")


def _not(of: Not, inner: Inner, table: ibis.Table, parameters: Parameters) -> Typed:
    return Typed(~inner(of.of).truth(), "yes")


def _among(of: Among, inner: Inner, table: ibis.Table, parameters: Parameters) -> Typed:
    told = inner(of.of)
    if told.kind == "nothing":
        return NOTHING
    if not of.values:
        return Typed(told.value.isnull().ifelse(ibis.null("boolean"), ibis.literal(False)), "yes")
    return Typed(told.value.isin(of.values), "yes")


def _has(of: Has, inner: Inner, table: ibis.Table, parameters: Parameters) -> Typed:
    told = inner(of.of)
    if told.kind == "nothing":
        return NOTHING
    text = told.value.lower() if of.cased else told.value
    return Typed(text.contains(of.words.lower()), "yes")


def _given(of: Given, inner: Inner, table: ibis.Table, parameters: Parameters) -> Typed:
    told = inner(of.of)
    return Typed(ibis.literal(False) if told.kind == "nothing" else told.value.notnull(), "yes")


def _days(of: Days, inner: Inner, table: ibis.Table, parameters: Parameters) -> Typed:
    earlier, later = inner(of.earlier), inner(of.later)
    if "nothing" in (earlier.kind, later.kind):
        return NOTHING
    return Typed(later.value.delta(earlier.value, unit="day"), "number", 7)


def _year(of: Year, inner: Inner, table: ibis.Table, parameters: Parameters) -> Typed:
    told = inner(of.of)
    return NOTHING if told.kind == "nothing" else Typed(told.value.year(), "number", 4)


_MAKERS: dict[type[Expression], Callable[[Any, Inner, ibis.Table, Parameters], Typed]] = {
    Column: _column, Constant: _constant, Parameter: _parameter, Compare: _compare, Arithmetic: _arithmetic,
    Both: _both, Either: _either, Not: _not, Among: _among, Has: _has, Given: _given, Days: _days, Year: _year,
}  # fmt: skip
