"""Expressions in plain Python: three-valued as SQL is."""

from datetime import date
from decimal import Decimal

import pytest

from duban.core.period import period
from duban.registers.amount import count, mean, quotient, ranked, share, total
from duban.registers.explain import explained
from duban.registers.expression import DAY, F, columns
from duban.registers.field import choice, day, number, text
from duban.registers.indicator import Indicator, Plain, ids_behind, part_of, reckon
from duban.registers.plain import plain
from duban.registers.register import Register
from duban.registers.veil import Veil, veiled

ROW = {"amount": Decimal(5), "name": "甲", "on": date(2024, 3, 1), "none": None, "id": "1"}


@pytest.mark.parametrize(
    ("expression", "value"),
    [
        (F.amount > 4, True),
        (F.amount == Decimal("5.0"), True),
        (F.none > 4, None),
        (~(F.none > 4), None),
        ((F.none > 4) & (F.amount < 0), False),
        ((F.none > 4) | (F.amount > 0), True),
        (F.none.given, False),
        (F.name.among("甲", "乙"), True),
        (F.none.among("甲"), None),
        (F.name.has("甲"), True),
        (F.name.has("x"), False),
        (F.none.has("甲"), None),
        (F.amount * 2 - 1, Decimal(9)),
        (DAY.days_from(F.on), 30),
        (F.on.year, 2024),
        (F.on.in_period, True),
    ],
)
def test_values(expression, value):
    days = {"start": date(2024, 3, 1), "end": date(2024, 3, 31), "day": date(2024, 3, 31)}
    assert plain(expression, days)(ROW) == value


def test_conditions_cannot_be_joined_by_and():
    with pytest.raises(TypeError, match="&"):
        bool(F.amount > 4)


def test_floats_are_refused():
    with pytest.raises(TypeError, match="Decimal"):
        F.amount > 0.5  # noqa: B015


def test_columns_that_are_read():
    assert columns((F.amount > 1) & F.on.in_period) == {"amount", "on"}


REGISTER = Register(
    "things", "事物", "Things",
    (text("number", "编号", "Number"), number("amount", "金额", "Amount", "万元"), day("on", "日期", "Date"),
     choice("kind", "类别", "Kind", (("a", "甲类", "class A"), ("b", "乙类", "class B")))),
    key=("number",),
)  # fmt: skip


def _rows(*amounts):
    return [{"id": str(n), "amount": None if a is None else Decimal(a), "on": date(2024, n + 1, 1),
             "kind": "a" if n % 2 else "b", "number": str(n)} for n, a in enumerate(amounts)]  # fmt: skip


def _figure(amount, *amounts, by=()):
    one = Indicator("x", "某数", "some figure", "things", amount, "level", "万元", "worked here")
    return reckon(one, Plain(REGISTER, _rows(*amounts)), period("2024"), date(2024, 12, 31), by)


def test_zero_is_a_value_and_missing_is_not():
    assert _figure(total(F.amount), 0, None)[()].value == 0
    assert _figure(total(F.amount), None)[()].value is None
    assert _figure(total(F.amount))[()].value is None
    assert _figure(count())[()].value == 0
    assert _figure(mean(F.amount), 0, 10, None)[()].value == 5
    assert _figure(share(F.amount > 1))[()].value is None


def test_groups_add_up_by_their_parts():
    groups = _figure(share(F.amount > 1), 1, 2, 3, by=("kind",))
    assert {g: (f.numerator, f.denominator) for g, f in groups.items()} == {("b",): (1, 2), ("a",): (1, 1)}


def test_quotients_end():
    assert quotient(Decimal(1), Decimal(3)) == Decimal("0.3333333333")
    assert quotient(Decimal(1), Decimal(0)) is None


def test_ranks_share_a_place_and_leave_out_what_is_missing():
    found = ranked({"a": Decimal(1), "b": Decimal(3), "c": None, "d": Decimal(3)})
    assert found == [("b", 1), ("d", 1), ("a", 3)]


def test_an_indicator_explains_itself():
    one = Indicator("x", "某数", "some figure", "things",
                    share((F.kind == "a") & F.on.in_period, F.on.in_period), "share", "%", "worked here")  # fmt: skip
    assert explained(one, REGISTER, "zh") == (
        "〔“事物”记录数（日期在本期内，且类别为甲类，且日期在本期内）〕÷〔“事物”记录数（日期在本期内）〕 × 100"
    )
    assert "Kind is class A" in explained(one, REGISTER, "en")


def test_a_bindings_group_names_its_field_and_its_value():
    assert part_of("") == ((), ())
    assert part_of("unit=市教育局") == (("unit",), ("市教育局",))
    assert part_of("name=a=b") == (("name",), ("a=b",))


def test_ids_behind_a_bindings_figure():
    one = Indicator(
        "x", "某数", "some figure", "things", count(F.amount > 1), "increment", "个", "worked here"
    )
    engine = Plain(REGISTER, _rows(1, 2, 3))
    every = ids_behind(one, engine, period("2024"), date(2024, 12, 31))
    kinds = [ids_behind(one, engine, period("2024"), date(2024, 12, 31), f"kind={kind}") for kind in "ab"]
    assert len(every) == 2
    assert sorted(id for ids in kinds for id in ids) == every


def test_a_reader_sees_their_units_and_of_others_what_is_open():
    register = Register(
        "r", "台账", "r", (text("unit", "单位", "Unit"), number("amount", "额", "Amount")), unit="unit"
    )
    every = [
        {"id": "1", "unit": "甲局", "amount": 1},
        {"id": "2", "unit": "乙局", "amount": 2},
        {"id": "3", "unit": None, "amount": 3},
    ]
    own = Veil(frozenset({"unit"}), {"甲局": frozenset({"unit", "amount"})})
    assert list(veiled(register, own, every)) == [
        every[0], {**every[1], "amount": None}, {**every[2], "amount": None},
    ]  # fmt: skip
    only = Veil(frozenset(), {"甲局": frozenset({"unit", "amount"})})
    assert list(veiled(register, only, every)) == [every[0]]
    assert (own.whole(register), only.whole(register)) == (False, False)
    assert Veil(frozenset(register.named)).whole(register)
    assert (own.seen, only.seen, Veil(frozenset({"unit"})).seen) == (
        {"unit", "amount"},
        {"unit", "amount"},
        {"unit"},
    )
