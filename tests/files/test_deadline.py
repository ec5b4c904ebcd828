"""Deadlines as people write them, and those that no calendar has."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from duban.files.deadline import deadline
from duban.ledger.values import is_due


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("2024-06-30", "2024-06-30"),
        ("2024/6/30", "2024-06-30"),
        ("2024.6.30", "2024-06-30"),
        ("20240630", "2024-06-30"),
        ("２０２４年６月３０日", "2024-06-30"),
        ("2024 年 6 月 30 日前", "2024-06-30"),
        ("2024-06-30 00:00:00", "2024-06-30"),
        ("2024-06-30T08:30", "2024-06-30"),
        ("45473", "2024-06-30"),  # a date in a cell whose format was lost
        ("6月30日", "2024-06-30"),
        ("6.30", "2024-06-30"),
        ("6/30前", "2024-06-30"),
        ("2024-06", "2024-06-30"),
        ("2024年2月底前", "2024-02-29"),
        ("2025年2月", "2025-02-28"),
        ("3月底前", "2024-03-31"),
        ("三月底前", "2024-03-31"),
        ("6月", "2024-06-30"),
        ("5月中旬", "2024-05-20"),
        ("二季度", "2024-06-30"),
        ("第三季度末", "2024-09-30"),
        ("Q1", "2024-03-31"),
        ("2025年二季度", "2025-06-30"),
        ("上半年", "2024-06-30"),
        ("年内", "2024-12-31"),
        ("年底前", "2024-12-31"),
        ("全年", "2024-12-31"),
        ("2025年底前", "2025-12-31"),
        ("“十四五”末", "2025-12-31"),
        ("国庆节前", "2024-09-30"),
        ("雨季前", "雨季前"),
        ("长期坚持", "长期坚持"),
        ("每月25日前", "每月25日前"),
        ("6月底前开工，年底完成", "6月底前开工，年底完成"),  # two dates: the words say it better
        (" 供暖期前 ", "供暖期前"),
    ],
)
def test_a_deadline_is_read_as_it_is_meant(text, value):
    assert deadline(text, 2024) == value


@pytest.mark.parametrize(
    "text",
    [
        "2024-02-30", "2023-02-29", "2024/13/1", "20241301", "2月30日", "2月30日前", "13月底前", "6月0日", "0月", "13.30",
        "4月31日开工，年底完成", "至2024-00-10止", "123", "8:30", "1 day, 0:00:00", "——", "?", "99999",
    ],
)  # fmt: skip
def test_a_day_that_does_not_exist_is_no_deadline(text):
    assert deadline(text, 2024) is None


@given(st.text(max_size=30) | st.from_regex(r"\d{0,4}[年./-]?\d{1,3}[月./-]\d{0,2}日?前?", fullmatch=True))
def test_whatever_is_written_gives_what_the_ledger_takes(text):
    value = deadline(text, 2024)
    assert value is None or is_due(value)


@given(st.dates())
def test_every_day_reads_as_itself(day):
    assert deadline(day.isoformat(), 2024) == day.isoformat()
    if day.year >= 1000:
        assert deadline(f"{day.year}年{day.month}月{day.day}日前", 2024) == day.isoformat()
