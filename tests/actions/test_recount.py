"""Binding items to indicators: by the office alone, and only where both count the same."""

from decimal import Decimal

import pytest

from duban.actions.recount import bind_indicator
from duban.core.problem import Refused
from duban.ledger.year.tasks import Target, TargetSet
from duban.packs import indicator_named
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
