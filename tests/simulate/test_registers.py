"""The registers of the simulated year: no sample passes for the whole, and everything is entered in order of its days."""

import random
from datetime import date
from itertools import pairwise

import pytest

from duban.assess import account_of
from duban.core.period import grid
from duban.ledger import BookKeeper, open_store
from duban.packs import packs
from duban.packs.projects.twins import twins
from duban.registers.expression import F
from duban.registers.record import rows
from duban.simulate.figures import paced
from duban.simulate.grown import Aim, grow
from duban.simulate.registers import Shelves
from duban.simulate.stage import Stage
from tests.books import copy_of

UNTIL = date(2024, 10, 19)
MONTHS = [month for month in grid(2024, "month") if month.end < date(2024, 10, 10)]


@pytest.fixture(scope="module")
def store(tmp_path_factory):
    return open_store(copy_of("year", tmp_path_factory))


@pytest.fixture(scope="module")
def book(store):
    return BookKeeper(store).book()


@pytest.fixture(scope="module")
def known(book):
    bare = Stage(book)
    for name in list(bare.book.registers):
        del bare.book.registers[name]
    shelves = Shelves(bare, UNTIL, random.Random(1))
    for pack in packs().values():
        shelves._read(pack)
    return shelves.known


def figures(book, key, origin):
    account = account_of(book, key)
    every = (*account.figures, *account.others)
    return {one.period.end.month: one.value for one in every if one.origin == origin}


def test_entries_are_in_order_of_their_days_registers_among_them(store):
    days = [entry.on for entry in store.entries()]
    assert days == sorted(days)
    kinds = [entry.kind for entry in store.entries()]
    last = max(n for n, kind in enumerate(kinds) if kind == "filing.submitted")
    assert kinds.index("record.put") < kinds.index("filing.submitted") < last
    assert any(kind.startswith("record.") for kind in kinds[last:])


def test_a_register_counts_what_its_item_is_simulated_to_reach(book):
    """Every bound item, to a tenth of what its unit says; most of them to the last record."""
    gaps = []
    for key in book.bound:
        mine, theirs = figures(book, key, "register"), figures(book, key, "unit")
        assert len(mine) == len(MONTHS)
        month = max(set(mine) & set(theirs))
        gaps.append(abs(mine[month] - theirs[month]) / theirs[month])
    assert len(gaps) >= 8
    assert max(gaps) < 0.1
    assert sum(gap == 0 for gap in gaps) > len(gaps) / 2


def test_what_is_counted_is_a_share_of_the_target_like_that_of_other_items(book):
    for key in book.bound:
        target = book.tasks[key].target
        assert figures(book, key, "register")[9] > target.value * 3 / 10, "a sample is a few in a hundred"


def test_added_records_say_that_they_are_simulated_and_are_no_twins(book):
    register = packs()["projects"].registered["projects"]
    more = [state for state in book.registers.of("projects") if "模拟增补" in history(book, state)]
    assert len(more) > 300
    assert all("（模拟" in state.values["name"] for state in more)
    for name in ("code", "platform_code", "name"):
        told = [state.values[name] for state in more if name in state.values]
        assert len(set(told)) == len(told) > 300, name
    added = {state.id for state in more}
    near = packs()["projects"].thresholds.value("same_site_metres", UNTIL)
    assert not [
        t for t in twins(rows(register, book.registers.of("projects")), near) if t.later["id"] in added
    ]


def history(book, state):
    return "".join(
        e.body.source for e in book.timeline(f"record/projects/{state.id}") if e.kind == "record.put"
    )


def test_what_a_record_points_to_is_entered_before_it(store):
    entered = {}
    for n, entry in enumerate(store.entries()):
        if entry.kind == "record.put":
            entered.setdefault(entry.account, n)
    fields = {(r.name, f.name): f.to for p in packs().values() for r in p.registers for f in r.fields
              if f.type == "reference"}  # fmt: skip
    seen = 0
    for entry in store.entries():
        for name, value in entry.body.values.items() if entry.kind == "record.put" else ():
            to = fields.get((entry.account.split("/")[1], name))
            if to and f"record/{to}/{value}" in entered:
                assert entered[f"record/{to}/{value}"] < entered[entry.account]
                seen += 1
    assert seen > 500


def test_drawn_objects_are_inspected_and_the_results_published(book):
    found = list(book.registers.of("inspections"))
    assert {state.values["plan"] for state in found} == {"2024-01", "2024-02"}
    assert {state.stage for state in found} == {"published"}
    assert all(state.values["result"] for state in found)
    for state in found:
        days = [move.day for move in state.moves]
        assert all(one < other for one, other in pairwise(days))


def test_growing_brings_every_aim_up_and_none_beyond(known):
    examples = [life for life in known.values() if life.register.name == "projects"]
    every = F.listed == 2024
    large = every & (F.investment >= 100_000)
    wanted = tuple(100 + 20 * n for n in range(len(MONTHS)))
    aims = [Aim(every, wanted), Aim(large, tuple(n // 2 for n in wanted))]
    more = grow(examples, aims, MONTHS, random.Random(2), UNTIL)
    assert len(examples) - 5 <= wanted[-1] - len(more) <= len(examples)
    again = grow(examples, aims, MONTHS, random.Random(2), UNTIL)
    assert more == again


def test_what_no_example_can_bring_is_left(known):
    examples = [life for life in known.values() if life.register.name == "projects"]
    assert grow(examples, [Aim(F.listed == 1999, (9,) * len(MONTHS))], MONTHS, random.Random(1), UNTIL) == []


def test_without_an_actor_a_register_goes_as_planned(book):
    key = next(iter(book.bound))
    assert paced(book, key, None, MONTHS[-1]) <= book.tasks[key].target.value
