"""Binding items to indicators: by the office alone, and only where both count the same."""

import hashlib
from datetime import date
from decimal import Decimal

import pytest

from duban.actions.recount import bind_indicator, recount_items, reference_of
from duban.core.period import period
from duban.core.problem import Refused
from duban.ledger.year.records import FeedTaken
from duban.ledger.year.tasks import Target, TargetSet
from duban.packs import indicator_named
from duban.packs.hotline.register import ARCHIVE
from duban.registers.indicator import Plain
from duban.registers.record import told_row
from tests.actions.city import KEY

FIRMS = "ladder.new_srdi"


def _bind(city, who="office", name=FIRMS):
    found = indicator_named(name)
    return city.do(who, bind_indicator, KEY, name, found[1] if found else None, reason="同一口径")


def _target(city, unit, measure="increment"):
    city.write(
        "office", [(f"item/{KEY}", TargetSet(Target("专精特新企业", measure, Decimal(10), unit=unit)))]
    )


def _refusal(call):
    with pytest.raises(Refused) as refusal:
        call()
    return refusal.value.problems[0].code


@pytest.mark.parametrize("unit", ["户", "家"])
def test_two_measure_words_for_one_count_may_be_bound(city, unit):
    _target(city, unit)
    _bind(city)
    assert city.book.bound[KEY].body.indicator == FIRMS
    assert _bind(city) == []


def test_what_counts_otherwise_is_not_bound(city):
    assert _refusal(lambda: _bind(city)) == "indicator.no_target"
    _target(city, "万元")
    assert _refusal(lambda: _bind(city)) == "indicator.other"
    _target(city, "户", "level")
    assert _refusal(lambda: _bind(city)) == "indicator.other"
    assert KEY not in city.book.bound


def test_only_the_office_binds_and_unbinds(city):
    _target(city, "户")
    for who in ("wang", "li", "zhou", ""):
        assert _refusal(lambda who=who: _bind(city, who)).startswith("rights.")
    _bind(city)
    assert _refusal(lambda: _bind(city, "wang", "")).startswith("rights.")
    _bind(city, "office", "")
    assert KEY not in city.book.bound


def _case(number, district="东区", on="2024-01-05"):
    return told_row(ARCHIVE, {"number": number, "received_on": on, "district": district, "unit": "甲局"})


def _named(name):
    pack, one = indicator_named(name)
    return pack.registered[one.register], one


def _recounted(city, every):
    when, day = period("2024-M01"), date(2024, 2, 5)
    writes, missing = recount_items(
        city.book, "office", when, day, _named, lambda register: Plain(register, every)
    )
    assert not missing
    city.write("office", writes)
    return [body for _, body in writes]


def test_a_fed_figure_names_the_file_that_it_was_last_counted_from(city):
    """Counted again from a later vintage, the same figure of the same records is posted anew: its evidence is that file."""
    _target(city, "件", "increment")
    name = "hotline.archive_cases"
    city.do(
        "office",
        bind_indicator,
        KEY,
        name,
        indicator_named(name)[1],
        group="district=东区",
        reason="同一口径",
    )
    every = [_case("1"), _case("2"), _case("3", "西区"), _case("4", on="2024-02-01")]
    for vintage in (1, 2, 3):
        city.write("office", [("feed/archive", FeedTaken(vintage, "x.csv", f"{vintage:064d}", 4, 0))])
        if vintage == 3:
            every.append(_case("5"))
        posted = _recounted(city, every)
        assert [(body.vintage, body.value) for body in posted] == [(str(vintage), 3 if vintage == 3 else 2)]
        assert _recounted(city, every) == []
    digest = hashlib.sha256(b"1\n2\n5").hexdigest()[:16]
    assert posted[0].reference == f"3·{digest}" == reference_of(["1", "2", "5"])


def test_a_kept_figure_is_not_posted_again_from_day_to_day(city):
    _target(city, "户")
    _bind(city)
    for day in (date(2024, 2, 5), date(2024, 2, 6)):
        writes, _ = recount_items(
            city.book, "office", period("2024-M01"), day, _named, lambda register: Plain(register, [])
        )
        city.write("office", writes)
    readings = [r.body for r in city.book.tasks[KEY].readings if r.body.origin == "register"]
    assert [(r.vintage, r.value, r.reference[:2]) for r in readings] == [("2024-02-05", 0, "0·")]
