"""Made-up series with known truth: the same for a seed, plausible by family, and published as figures are."""

import subprocess
import sys
from collections import Counter
from datetime import date
from decimal import Decimal

import pytest

from duban.core.measure import MEASURES, met
from duban.simulate.courses import FAMILIES
from duban.simulate.series import MISSING, REVISED, SimulatedSeries, series


@pytest.fixture(scope="module")
def many() -> list[SimulatedSeries]:
    return list(series(1, 6))


def test_the_same_seed_gives_the_same_series_in_another_process() -> None:
    told = "from duban.simulate.series import series; print(hash_of(list(series(7, 3, each=2))))"
    code = "import hashlib\ndef hash_of(x): return hashlib.sha256(repr(x).encode()).hexdigest()\n" + told
    found = {
        subprocess.run([sys.executable, "-c", code], capture_output=True, text=True).stdout for _ in "ab"
    }
    assert len(found) == 1
    assert len(found.pop().strip()) == 64
    assert list(series(7, 3, each=2)) == list(series(7, 3, each=2))
    assert list(series(8, 3, each=2)) != list(series(7, 3, each=2))


def test_every_family_has_its_series_named_as_simulated(many: list[SimulatedSeries]) -> None:
    assert Counter(one.family for one in many) == {family.name: 20 for family in FAMILIES}
    assert all(one.name.startswith("模拟·") and one.measure in MEASURES for one in many)
    assert len({one.name for one in many}) == len(many)


def test_the_truth_is_whole_and_goes_as_its_measure_goes(many: list[SimulatedSeries]) -> None:
    for one in many:
        assert list(one.truth) == list(range(2018, 2024))
        for months in one.truth.values():
            assert list(months) == list(range(2, 13))
            values = list(months.values())
            if one.measure == "increment":
                assert values == sorted(values)
                assert values[0] >= 0
            if one.measure == "share":
                assert all(0 < value <= 100 for value in values)


def test_building_stops_in_winter_and_counts_come_late(many: list[SimulatedSeries]) -> None:
    def part(family: str, month: int) -> float:
        ends = [(y[month], y[12]) for one in many if one.family == family for y in one.truth.values()]
        return float(sum((a / b for a, b in ends), Decimal(0)) / len(ends))

    assert part("investment", 2) < 0.05 < 0.1 < part("output", 2) < part("use", 2)
    assert part("count", 4) == 0
    assert part("count", 6) < 0.3


def test_a_level_goes_on_from_last_year_and_a_target_is_near_it(many: list[SimulatedSeries]) -> None:
    for one in many:
        assert list(one.target) == list(one.truth)[1:]
        for year, (target, comparator) in one.target.items():
            before = one.truth[year - 1]
            assert comparator == ("le" if one.family == "use" else "ge")
            if one.family == "level":
                assert abs(one.truth[year][2] / before[12] - 1) < Decimal("0.1")
                assert Decimal("0.9") < target / before[12] < Decimal("1.2")


def test_targets_are_sometimes_met_and_sometimes_missed_in_every_family(many: list[SimulatedSeries]) -> None:
    for family in FAMILIES:
        kept = [
            met(one.truth[year][12], target, comparator=comparator)
            for one in many if one.family == family.name for year, (target, comparator) in one.target.items()
        ]  # fmt: skip
        assert 0.15 < sum(map(bool, kept)) / len(kept) < 0.85, family.name


def test_what_is_known_comes_after_its_month_some_of_it_wrong_at_first_and_some_never(
    many: list[SimulatedSeries],
) -> None:
    missing = revised = months = 0
    for one in many:
        assert list(one.months) == sorted(one.months, key=lambda known: known.day)
        assert all(known.day > date(known.year, known.month, 28) for known in one.months)
        in_the_end = one.known(date.max)
        count = Counter((known.year, known.month) for known in one.months)
        for year, true in one.truth.items():
            assert in_the_end[year].items() <= true.items()
            assert 12 in in_the_end[year]
            months += len(true)
            missing += len(true) - len(in_the_end[year])
        revised += sum(n == 2 for n in count.values())
    assert MISSING / 2 < missing / months < MISSING * 2
    assert REVISED / 2 < revised / months < REVISED * 2


def test_at_a_day_nothing_later_is_known(many: list[SimulatedSeries]) -> None:
    for one in many[:40]:
        known = one.known(date(2021, 6, 30))
        assert max(known) == 2021
        assert max(known[2021]) <= 5
        first = next(iter(one.months))
        assert one.known(first.day)[first.year][first.month] == first.value


def test_no_year_is_no_series() -> None:
    with pytest.raises(ValueError, match="one year or more"):
        next(series(1, 0))
