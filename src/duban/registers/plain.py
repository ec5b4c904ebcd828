"""The plain interpreter: an expression as a Python function of a record. The other is `duban.table`."""

import operator
from collections.abc import Callable, Mapping
from datetime import date
from decimal import Decimal
from typing import Any

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
    Value,
    Year,
)

Row = Mapping[str, Value]
Parameters = Mapping[str, date]
Reads = Callable[[Row], Any]

_SIGNS: dict[str, Callable[[Any, Any], Any]] = {
    "==": operator.eq, "!=": operator.ne, "<": operator.lt, "<=": operator.le, ">": operator.gt,
    ">=": operator.ge, "+": operator.add, "-": operator.sub, "*": operator.mul,
}  # fmt: skip


def plain(of: Expression, parameters: Parameters) -> Reads:
    """A function that gives the expression's value for a row, None where it is missing."""
    return _MAKERS[type(of)](of, parameters)


def _column(of: Column, _: Parameters) -> Reads:
    name = of.name
    return lambda row: row.get(name)


def _constant(of: Constant, _: Parameters) -> Reads:
    return lambda row: of.value


def _parameter(of: Parameter, parameters: Parameters) -> Reads:
    value = parameters[of.name]
    return lambda row: value


def _two(of: Compare | Arithmetic, parameters: Parameters) -> Reads:
    """A sign between two values; missing when either is."""
    left, right, sign = plain(of.left, parameters), plain(of.right, parameters), _SIGNS[of.sign]

    def read(row: Row) -> Any:
        one, other = left(row), right(row)
        return None if one is None or other is None else sign(one, other)

    return read


def _both(of: Both, parameters: Parameters) -> Reads:
    left, right = plain(of.left, parameters), plain(of.right, parameters)

    def read(row: Row) -> bool | None:
        one = left(row)
        if one is False:
            return False
        other = right(row)
        return False if other is False else None if one is None or other is None else True

    return read


def _either(of: Either, parameters: Parameters) -> Reads:
    left, right = plain(of.left, parameters), plain(of.right, parameters)

    def read(row: Row) -> bool | None:
        one = left(row)
        if one is True:
            return True
        other = right(row)
        return True if other is True else None if one is None or other is None else False

    return read


def _not(of: Not, parameters: Parameters) -> Reads:
    inner = plain(of.of, parameters)
    return lambda row: None if (value := inner(row)) is None else not value


def _among(of: Among, parameters: Parameters) -> Reads:
    inner, values = plain(of.of, parameters), frozenset(of.values)
    return lambda row: None if (value := inner(row)) is None else value in values


def _has(of: Has, parameters: Parameters) -> Reads:
    inner, words, cased = plain(of.of, parameters), of.words.lower(), of.cased

    def read(row: Row) -> bool | None:
        value = inner(row)
        return None if value is None else words in (value.lower() if cased else value)

    return read


def _given(of: Given, parameters: Parameters) -> Reads:
    inner = plain(of.of, parameters)
    return lambda row: inner(row) is not None


def _days(of: Days, parameters: Parameters) -> Reads:
    earlier, later = plain(of.earlier, parameters), plain(of.later, parameters)

    def read(row: Row) -> int | None:
        one, other = earlier(row), later(row)
        return None if one is None or other is None else (other - one).days

    return read


def _year(of: Year, parameters: Parameters) -> Reads:
    inner = plain(of.of, parameters)
    return lambda row: None if (value := inner(row)) is None else value.year


_MAKERS: dict[type[Expression], Callable[[Any, Parameters], Reads]] = {
    Column: _column, Constant: _constant, Parameter: _parameter, Compare: _two, Arithmetic: _two, Both: _both,
    Either: _either, Not: _not, Among: _among, Has: _has, Given: _given, Days: _days, Year: _year,
}  # fmt: skip


def decimal(value: Any) -> Decimal:
    """A number of a record as a decimal."""
    return value if isinstance(value, Decimal) else Decimal(value)


def dated(row: Row, name: str) -> date | None:
    """A row's date of this name; None where it is missing."""
    value = row.get(name)
    return value if isinstance(value, date) else None


def said(row: Row, name: str, otherwise: str = "") -> str:
    """A row's text of this name."""
    value = row.get(name)
    return otherwise if value is None else str(value)


def whole(value: Decimal | None) -> str:
    """A count in words; what is missing counts nothing."""
    return "0" if value is None else f"{value:f}"
