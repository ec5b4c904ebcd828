"""Intervals and chances from errors, and that they cover what they say."""

import random
from decimal import Decimal

import pytest

from duban.assess.forecast.goal import Goal, chance
from duban.assess.forecast.method import Ways
from duban.assess.forecast.spread import LEVELS, between, spread_of
from duban.assess.forecast.weigh import Estimate

D = Decimal
EVEN = spread_of([n / 100 for n in range(-99, 100)])  # every error from -0.99 to 0.99 is as likely
HUNDRED = Estimate(100.0, {"own": 1.0}, 100.0)


def test_percentiles_by_rank():
    assert EVEN.n == 199
    assert (EVEN.at(10), EVEN.at(50), EVEN.at(90)) == (-0.8, 0.0, 0.8)
    assert len(EVEN.errors) == len(LEVELS)


@pytest.mark.parametrize(("error", "above"), [(0.0, 50), (-0.8, 90), (0.65, 17.5), (-2.0, 99), (2.0, 1)])
def test_how_many_end_above(error, above):
    assert EVEN.above(error) == pytest.approx(above)


def test_a_flow_ends_at_no_less_than_what_has_come():
    assert between(Ways("flow", 60.0), HUNDRED, EVEN) == (60.0, 180.0)
    assert between(Ways("stock", 60.0), HUNDRED, EVEN) == pytest.approx((20.0, 180.0))


def test_chances_of_floors_ceilings_and_about():
    now = Ways("stock", 60.0)
    assert chance(Goal(D(100)), now, HUNDRED, EVEN) == pytest.approx(50)
    assert chance(Goal(D(20)), now, HUNDRED, EVEN) == pytest.approx(90)
    assert chance(Goal(D(20), "le"), now, HUNDRED, EVEN) == pytest.approx(10)
    assert chance(Goal(D(40), "approx", slack=D(20)), now, HUNDRED, EVEN) == pytest.approx(90)
    assert chance(Goal(D(20), measure="rank"), now, HUNDRED, EVEN) == pytest.approx(10)


def test_what_has_come_is_certain_only_where_it_adds_up():
    assert chance(Goal(D(60)), Ways("flow", 60.0), HUNDRED, EVEN) == 100
    assert chance(Goal(D(59), "le"), Ways("flow", 60.0), HUNDRED, EVEN) == 0
    assert 0 < chance(Goal(D(60), "le"), Ways("flow", 60.0), HUNDRED, EVEN) < 100
    assert chance(Goal(D(60), measure="growth"), Ways("rate", 70.0), HUNDRED, EVEN) < 100


def test_an_interval_of_few_errors_still_covers_four_in_five_new_ones():
    """The promise of rank (n + 1) · p: over many draws of nineteen errors a twentieth lies inside 80 % of the time."""
    dice, inside = random.Random(5), 0
    for _ in range(4000):
        spread = spread_of([dice.gauss(0, 1) for _ in range(19)])
        inside += spread.at(10) <= dice.gauss(0, 1) <= spread.at(90)
    assert abs(inside / 4000 - 0.8) < 0.02
