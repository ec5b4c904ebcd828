"""Promises and results made for the tests of settlement."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from hypothesis import strategies as st

from duban.assess.settle import Aim, Outcome, match, verdict
from duban.assess.settle.halves import aims
from duban.assess.settle.names import shipped
from duban.assess.settle.tolerance import Tolerance
from duban.words import catalogue

NAMES, UNSET = shipped(), Tolerance()
LAST, FIRST = date(2024, 12, 31), date(2024, 1, 1)
NUMBERS = st.decimals(min_value=-1000, max_value=1000, places=2)


def aim(value, comparator="ge", measure="increment", unit="个", name="建成社区食堂", high=None):
    number = None if value is None else Decimal(value)
    return Aim(
        "a", name, measure, 2024, LAST, number, high and Decimal(high), unit, comparator, f"{name}若干"
    )


def result(
    value, comparator="eq", measure="increment", unit="个", name="建成社区食堂", start=FIRST, end=LAST, **more
):
    number = None if value is None else Decimal(value)
    return Outcome("o", name, measure, start, end, number, unit, comparator, "公报", **more)


def of(promise, *results, tolerance=UNSET):
    found = verdict(promise, results, tolerance, NAMES)
    assert found.reason in catalogue("zh")
    assert f"term.{found.code}" in catalogue("en")
    return found


def place(year, value, measure="rank"):
    last = date(year, 12, 31)
    return Outcome(
        f"{year}{measure}",
        "百强位次",
        measure,
        last if measure == "rank" else date(year, 1, 1),
        last,
        Decimal(value),
        "位",
    )


def linked(name, other, measure="growth", unit="%"):
    pairs = match(
        [aim(8, measure=measure, unit=unit, name=name)],
        [result(9, measure=measure, unit=unit, name=other)],
        NAMES,
        "某市",
    )
    return bool(pairs and pairs[0].linked)


def paired(promise, *results):
    return [(p.outcome.id, p.linked, p.why) for p in match([promise], results, NAMES)]


INCOME = "城乡居民收入与经济增长同步"


def grown(name, value, source="公报", rank=0):
    return Outcome(name, name, "growth", FIRST, LAST, Decimal(value), "%", "eq", source, rank=rank)


def stepped(text=INCOME):
    return aims([], [Step("s1", text)], 2024)


@dataclass
class Step:
    id: str
    text: str
    head: str = ""
    claims: tuple[str, ...] = ()
    due: str | None = None
    start: int = 0
