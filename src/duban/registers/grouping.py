"""What figures are grouped by: a column of the register, or the month of one of its dates, "received_on.month"."""

from datetime import date

from duban.registers.expression import Value
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


def months(register: Register) -> tuple[str, ...]:
    """The groupings by month that a register has, one for each of its dates."""
    return tuple(f"{field.name}{MONTH}" for field in register.fields if field.type == "date")
