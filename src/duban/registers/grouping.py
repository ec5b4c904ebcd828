"""What figures are grouped by: a column of the register, or the month of one of its dates, "received_on.month"."""

from datetime import date, timedelta
from decimal import Decimal, InvalidOperation

from duban.registers.expression import Column, Constant, Expression, Value, lifted
from duban.registers.plain import Row
from duban.registers.register import Register

MONTH = ".month"


def column_of(by: str) -> str:
    """The column that a grouping reads."""
    return by.removesuffix(MONTH)


def of_month(by: str) -> bool:
    """Whether a grouping takes the month of its column."""
    return by.endswith(MONTH)


def group_of(by: str, row: Row) -> Value:
    """By what a row is grouped, None where it has no value: a month as 2024-05."""
    value = row.get(column_of(by))
    if not of_month(by):
        return value
    return value.isoformat()[:7] if isinstance(value, date) else None


def in_group(register: Register, group: str) -> Expression:
    """The condition of a binding's group: "unit=市教育局", "received_on.month=2024-05"; every record for ""."""
    by, sign, value = group.partition("=")
    if not sign:
        return Constant(True)
    column, kind = Column(column_of(by)), register.columns.get(column_of(by))
    if kind is None or (of_month(by) and kind != "date"):
        return Constant(False)
    try:
        if of_month(by):
            first = date.fromisoformat(f"{value}-01")
            return column.within(lifted(first), lifted(_next_month(first) - timedelta(days=1)))
        return column == _typed(kind, value)
    except (ValueError, InvalidOperation):
        return Constant(False)


def _next_month(first: date) -> date:
    return (first + timedelta(days=31)).replace(day=1)


def _typed(kind: str, value: str) -> Value:
    """A group's name as the value of its column. Raises ValueError, InvalidOperation."""
    if kind == "date":
        return date.fromisoformat(value)
    if kind in ("number", "integer"):
        return Decimal(value)
    if kind == "yes":
        return {"True": True, "False": False}.get(value)
    return value


def months(register: Register) -> tuple[str, ...]:
    """The groupings by month that a register has, one for each of its dates."""
    return tuple(f"{field.name}{MONTH}" for field in register.fields if field.type == "date")
