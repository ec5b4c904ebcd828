"""What may be bound to what: unit and measure are the same, though counts go by several words."""

import pytest

from duban.packs.ladder import PACK
from duban.registers.indicator import differs_in

FIRMS = PACK.indicated["new_high_tech"]  # 户, increment


@pytest.mark.parametrize(
    ("unit", "measure", "other"),
    [
        ("户", "increment", ""),
        ("家", "increment", ""),  # as most reports count firms
        ("家", "level", "measure"),
        ("项", "increment", "unit"),
        ("万户", "increment", "unit"),
        ("", "increment", "unit"),
        (None, None, "unit"),
    ],
)
def test_an_item_differs_from_an_indicator(unit, measure, other):
    assert differs_in(FIRMS, unit, measure) == other
