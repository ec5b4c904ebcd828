"""Values that people and files bring and that must not become wrong figures, nor break a page."""

from datetime import date
from decimal import Decimal

import pytest

from duban.core.period import period
from duban.registers.amount import Setting, count, quotient, rounded, weighted
from duban.registers.expression import F
from duban.registers.field import day, integer, number, point, reference, text
from duban.registers.indicator import Indicator, Plain, reckon
from duban.registers.record import day_by, id_of, joined
from duban.registers.register import Register
from duban.registers.thresholds import Threshold, Thresholds
from duban.registers.typed import read

MONEY = number("money", "金额", "Money", "万元")
WHOLE = integer("whole", "件数", "Number")
PLACE = point("place", "坐标", "Place")
TO = reference("to", "项目", "Project", "projects")


def _read(field, raw, **more):
    stored, fault = read(field, raw, "x", **more)
    return fault.code if fault else stored


@pytest.mark.parametrize(
    ("field", "raw", "found"),
    [
        (MONEY, "1,234.50", "1234.5"),
        (MONEY, "3，5", "record.not_a_number"),  # three and a half as some write it: not 35
        (MONEY, "1,23,456", "record.not_a_number"),
        (MONEY, "-0", "0"),
        (MONEY, "00012.00", "12"),
        (MONEY, "9" * 19, "record.too_many_digits"),
        (MONEY, "9" * 5000, "record.too_many_digits"),
        (MONEY, "0." + "0" * 30 + "1", "record.too_many_digits"),
        (MONEY, "1e400", "record.not_a_number"),
        (WHOLE, "9" * 5000, "record.too_many_digits"),
        (WHOLE, "３.0", "3"),
        (PLACE, "109.84，40.66", "109.84,40.66"),
        (PLACE, "NaN,1", "record.not_a_point"),
        (PLACE, "1E-999999,1", "record.not_a_point"),
        (PLACE, "40.66,109.84", "record.not_a_point"),
        (TO, "Ａ／１（一）", "A∕1(一)"),
        (text("t", "文", "T"), "　　第一段", "第一段"),
        (text("t", "文", "T"), "张　三", "张 三"),
        (day("d", "日", "D"), "9999-12-31", "9999-12-31"),
        (day("d", "日", "D"), "1900-01-00", "record.no_such_day"),
    ],
)
def test_what_is_read(field, raw, found):
    assert _read(field, raw) == found


def test_a_reference_finds_the_record_however_its_signs_are_written():
    register = Register("projects", "项目", "Projects", (text("code", "编号", "Code"),), key=("code",))
    assert {id_of(register, {"code": code}) for code in ("XM/1（一期）", "XM／1(一期)")} == {
        _read(TO, "XM/1（一期）")
    }
    assert joined(["a~b", "c"]) == "a∼b~c"


def test_large_figures_are_exact_and_break_nothing():
    many = [{"id": str(n), "money": Decimal("999999999999999999.0000000001")} for n in range(1000)]
    register = Register("r", "表", "R", (MONEY,))
    one = Indicator("i", "数", "I", "r", count(), "level", "个", "")
    assert reckon(one, Plain(register, many), period("2024"), date(2024, 6, 1))[()].value == 1000
    top = Decimal("1e24") + 1
    assert quotient(top, Decimal("0.0000000001"), 100) == Decimal("1e36") + Decimal("1e12")
    assert rounded(Decimal("1e30"), Decimal("0.01")) == Decimal("1e30")


def test_before_its_first_day_a_rule_gives_no_deadline_and_no_weighted_figure():
    """Old records come in with the first import: they must not break the page that counts days."""
    told = Thresholds((Threshold("days", date(2024, 1, 1), Decimal(1), "x"),))
    rule = lambda values, since: told.value("days", since)  # noqa: E731
    assert day_by(rule, {}, date(2023, 12, 31)) is None
    figure = weighted((Setting("days", "天", "days"), count(F.money.given)))
    one = Indicator("i", "数", "I", "r", figure, "level", "个", "", thresholds=told)
    engine = Plain(Register("r", "表", "R", (MONEY,)), [{"id": "1", "money": Decimal(1)}])
    figures = [
        reckon(one, engine, period("2024"), on)[()].value for on in (date(2023, 5, 1), date(2024, 5, 1))
    ]
    assert figures == [None, Decimal(1)]
