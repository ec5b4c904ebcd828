"""Next year's targets beside this year's."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from duban.assess.settle import Aim, Outcome
from duban.assess.settle.names import shipped
from duban.assess.settle.onward import MOVES, onward
from duban.assess.settle.whole import Rules, settle
from duban.words import catalogue

NAMES = shipped()


def aim(value, comparator="ge", measure="growth", unit="%", name="固定资产投资"):
    return Aim("a", name, measure, 2024, date(2024, 12, 31), Decimal(value), None, unit, comparator, name)


def after(promise, done, *plans):
    """What becomes of `promise`, of which `done` came, where the next report promises `plans`."""
    state = promise.measure in ("level", "share", "rank")
    start = date(2024, 12, 31) if state else date(2024, 1, 1)
    said = [Outcome("o", promise.indicator, promise.measure, start, date(2024, 12, 31), Decimal(done), promise.unit, source="公报")]  # fmt: skip
    settled = settle([promise], said if done else [], Rules(), NAMES, reviewed=True)
    [found] = onward(
        settled, [replace(p, id=f"n{n}", due=date(2025, 12, 31)) for n, p in enumerate(plans)], NAMES
    )
    assert f"term.onward.{found.move}" in catalogue("en")
    return found


OTHER = aim(5, name="快递业务量")


@pytest.mark.parametrize(
    ("promise", "done", "plan", "move", "below"),
    [
        (aim(9), 10, aim(10), "raised", False),
        (aim(9), 10, aim(8), "lowered", False),  # a growth of one year says nothing of the next one's
        (aim(9), 10, aim(9), "same", False),
        (aim(9), 8, aim(9), "moved_on", False),
        (aim(9), 8, OTHER, "dropped", False),
        (aim(9), 8, aim(9, name="固定资产民间投资"), "asked", False),
        (aim(9), 8, aim(9, name="固定资产折旧"), "dropped", False),
        (replace(aim(2, "range"), high=Decimal(3)), 2, aim(2, "approx"), "changed", False),
        (aim(4, "le", "share", name="失业率"), 3, aim("4.5", "le", "share", name="失业率"), "lowered", True),
        (aim(4, "le", "share", name="失业率"), 3, aim("2.9", "le", "share", name="失业率"), "raised", False),
        (aim("1.2", measure="level", unit="万人", name="在校生"), "1.3", aim(12500, measure="level", unit="人", name="在校生"), "raised", True),
        (aim(10, "eq", "rank", "位", "榜单位次"), 9, aim(12, "eq", "rank", "位", "榜单位次"), "lowered", True),
        (aim(5, "eq", "duration", "年", "展期"), 5, aim(6, "eq", "duration", "年", "展期"), "changed", False),
    ],
)  # fmt: skip
def test_what_becomes_of_a_number(promise, done, plan, move, below):
    found = after(promise, done, plan)
    assert (found.move, found.below) == (move, below)
    assert (found.next is None) == (move == "dropped")
    assert found.move in MOVES


def test_without_a_next_report_nothing_is_called_dropped():
    settled = settle([aim(9)], [], Rules(), NAMES, reviewed=False)
    assert onward(settled, [], NAMES) == []


def test_a_sure_successor_stands_before_a_likely_one():
    found = after(aim(9), 10, aim(20, name="固定资产民间投资"), aim(7))
    assert (found.move, found.next_goal) == ("lowered", "≥7%")


def test_of_two_successors_of_one_name_a_person_says_which():
    assert after(aim(9), 10, aim(7), aim(8)).move == "asked"
    assert after(aim(9), 10, aim(7), aim(9)).move == "same"
