"""A number is divided to the last grain, fairly, and whatever the order of the units."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from duban.plan.divide import divide, grain_of

D = Decimal
weights = st.dictionaries(st.text("甲乙丙丁戊", min_size=1, max_size=3), st.decimals(0, 1000, places=2), min_size=1).filter(
    lambda w: sum(w.values()) > 0
)  # fmt: skip


@given(st.integers(0, 10_000), weights, st.sampled_from(["1", "0.1", "0.01"]))
def test_parts_make_the_whole_and_none_is_a_grain_off_its_share(count, given_weights, grain):
    total = count * D(grain)
    parts = divide(total, given_weights, D(grain))
    assert sum(parts.values()) == total
    for name, part in parts.items():
        assert part % D(grain) == 0
        assert abs(part - total * given_weights[name] / sum(given_weights.values())) < D(grain)


@given(st.integers(0, 500), weights)
def test_the_order_of_the_units_does_not_matter(total, given_weights):
    again = dict(sorted(given_weights.items(), reverse=True))
    assert divide(D(total), given_weights, D(1)) == divide(D(total), again, D(1))


def test_a_worked_case():
    """2376 flats by last year's 500, 300 and 100: shares 1320, 792, 264 exactly; 100 among three equal ones: 34, 33, 33."""
    assert divide(D(2376), {"a": D(500), "b": D(300), "c": D(100)}, D(1)) == {"a": 1320, "b": 792, "c": 264}
    assert divide(D(100), dict.fromkeys("cba", D(1)), D(1)) == {"a": 34, "b": 33, "c": 33}


@pytest.mark.parametrize(
    ("total", "given_weights", "grain"),
    [(1, {}, 1), (1, {"a": -1, "b": 2}, 1), (1, {"a": 0}, 1), (D("1.5"), {"a": 1}, 1), (1, {"a": 1}, 0)],
)
def test_what_cannot_be_divided_says_so(total, given_weights, grain):
    with pytest.raises(ValueError, match=r"weights|grain"):
        divide(D(total), {k: D(v) for k, v in given_weights.items()}, D(grain))


def test_the_grain_is_the_last_decimal_that_is_written():
    assert grain_of(D("3.8"), D(4)) == D("0.1")
    assert grain_of(D(2000), D("2E+3")) == 1
