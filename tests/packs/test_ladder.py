"""The ladder: conditions at their borders, what is unknown is not missed, and who is put on the way."""

from datetime import date
from decimal import Decimal

import pytest

from duban.actions.context import actor_of
from duban.actions.seen import seen
from duban.core.problem import Refused
from duban.packs.ladder import PACK
from duban.packs.ladder.levels import BY_NAME, stand, tech_points
from duban.packs.ladder.register import due_batch
from duban.packs.ladder.rules import said_missing
from tests.packs.office import Office

DAY = date(2024, 10, 20)
TECH = {"staff": 100, "rd_staff": 30, "revenue": Decimal(5000), "assets": Decimal(8000), "rd": Decimal(300), "cost": None,
        "ip_first": 1, "ip_second": 0, "record": False}  # fmt: skip


def _stand(level, **firm):
    found = stand(BY_NAME[level], firm, DAY)
    return found.state, [one.en for one in found.missed], [one.en for one in found.unknown]


@pytest.mark.parametrize(
    ("firm", "points"),
    [
        ({}, (20, 100)),
        ({"rd_staff": 29}, (16, 96)),
        ({"rd_staff": 9}, (0, 80)),
        ({"rd": Decimal(299)}, (20, 90)),
        ({"rd": Decimal(99)}, (20, 50)),
        ({"rd": Decimal(99), "cost": Decimal(330)}, (20, 100)),
        ({"ip_first": 0, "ip_second": 3}, (20, 88)),
        ({"ip_first": 0, "ip_second": None}, (20, None)),
        ({"rd_staff": None}, (None, None)),
    ],
)
def test_points_of_a_technology_sme(firm, points):
    assert tech_points({**TECH, **firm}, DAY) == points


def test_unknown_is_not_missed():
    assert _stand("tech_sme", **TECH) == ("ready", [], [])
    assert _stand("tech_sme", **{**TECH, "record": None}) == ("unknown", [], ["no serious record"])
    assert _stand("tech_sme", **{**TECH, "assets": Decimal(20001)}) == ("near", ["assets"], [])
    assert _stand("tech_sme", **{**TECH, "assets": Decimal(20001), "record": None})[0] == "unknown"
    assert _stand("tech_sme", **{**TECH, "assets": Decimal(20001), "record": True})[0] == "far"


@pytest.mark.parametrize(
    ("sector", "revenue", "state"),
    [("industry", 2000, "ready"), ("industry", Decimal("1999.9"), "near"), ("retail", 500, "ready"), ("catering", 199, "near"),
     ("education", 999, "near"), (None, 99999, "unknown")],
)  # fmt: skip
def test_lines_of_the_statistics_by_sector(sector, revenue, state):
    assert _stand("above_scale", sector=sector, revenue=Decimal(revenue))[0] == state


def test_construction_goes_by_its_qualification():
    assert _stand("above_scale", sector="construction", qualified=True, revenue=Decimal(1))[0] == "ready"
    assert _stand("above_scale", sector="construction", qualified=None)[0] == "unknown"


@pytest.mark.parametrize(("revenue", "share"), [(4000, 5), (5000, 5), (5001, 4), (20000, 4), (20001, 3)])
def test_research_of_a_high_tech_enterprise_goes_by_its_sales(revenue, share):
    firm = {"founded": date(2020, 1, 1), "ip_first": 1, "staff": 100, "tech_staff": 10, "revenue": Decimal(revenue),
            "revenue_3y": Decimal(10000), "rd_china": Decimal(60), "tech_income": Decimal(60), "accident": False}  # fmt: skip
    assert _stand("high_tech", **firm, rd_3y=Decimal(share * 100))[0] == "ready"
    assert _stand("high_tech", **firm, rd_3y=Decimal(share * 100 - 1))[1] == ["R&D of three years' sales"]


def test_a_small_firm_of_much_equity_may_be_specialised():
    firm = {"niche_years": 2, "rd": Decimal(100), "revenue": Decimal(900), "srdi_score": Decimal(60)}
    assert _stand("srdi", **firm, equity=Decimal(2000))[0] == "ready"
    assert _stand("srdi", **firm, equity=None)[2] == ["revenue or new equity"]
    assert _stand("srdi", **firm, equity=Decimal(0))[1] == ["revenue or new equity"]


@pytest.mark.parametrize(
    ("revenue", "more", "state"),
    [(10000, {"rd": 300}, "ready"), (9999, {"rd": 300}, "near"), (5000, {"rd": 300}, "ready"),
     (4999, {"rd": 3000, "equity": 8000, "rd_staff": 50}, "ready"), (4999, {"rd": 3000, "equity": 8000, "rd_staff": 49}, "near")],
)  # fmt: skip
def test_a_little_giant_by_its_size(revenue, more, state):
    firm = {
        "niche_years": 3,
        "main_share": 70,
        "growth_2y": 5,
        "debt": 70,
        "niche_share": 10,
        "ip_first": 2,
        "staff": 100,
    }
    numbers = {name: Decimal(value) for name, value in {**firm, "revenue": revenue, **more}.items()}
    assert _stand("giant", **numbers)[0] == state


def test_what_is_missing_in_words():
    found = stand(BY_NAME["tech_sme"], {**TECH, "assets": Decimal(20001)}, DAY)
    assert said_missing(found.missed, "zh") == "资产总额 20001万元，要 ≤20000万元"


def test_the_next_batch_is_this_year_s_or_next():
    assert due_batch({"level": "above_scale"}, DAY) == date(2024, 11, 20)
    assert due_batch({"level": "above_scale"}, date(2024, 12, 21)) == date(2025, 11, 20)
    assert due_batch({"level": "giant"}, DAY) is None


@pytest.fixture
def office():
    one = Office(PACK, DAY)
    one.people(tax="市税务局")
    one.put(
        "firms",
        code="1",
        name="甲",
        sector="工业",
        revenue="2,100",
        individual="否",
        in_statistics="否",
        district="东山区",
    )
    one.put("firms", code="2", name="乙", sector="零售", revenue="0.06亿元", individual="是")
    one.put("firms", code="3", name="丙", sector="工业", revenue="5000", individual="否", in_statistics="是")
    return one


def test_who_is_ready_is_put_on_the_way_once(office):
    office.act("shortlist")
    assert {row["id"] for row in office.rows("recognitions")} == {
        "1~above_scale~2024",
        "2~company~2024",
        "3~shares~2024",
    }
    with pytest.raises(Refused):
        office.act("shortlist")


def test_figures_of_a_firm_are_the_office_s_only(office):
    register = PACK.registered["firms"]

    def shown(who):
        records = office.book.registers.of("firms")
        return {
            f.name
            for one in seen(office.book, actor_of(office.book, who), register, records, published=True)
            for f in one.fields
        }

    assert "revenue" in shown("office")
    assert "revenue" not in shown("tax") | shown("")


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_page_shows_no_firm_s_figures(office, language):
    office.put(
        "firms", code="4", name="丁", sector="工业", revenue="1999.9", individual="否", in_statistics="否"
    )
    told = repr(list(PACK.page(office.desk(language))))
    assert "丁" in told
    assert "1999" not in told


def test_with_a_firm_stands_what_it_misses(office):
    office.put(
        "firms", code="5", name="戊", sector="工业", revenue="1999.9", individual="否", in_statistics="否"
    )
    row = next(row for row in office.rows("firms") if row["id"] == "5")
    (grid,) = PACK.beside(office.desk("en"), "firms", row)
    told = {cells[0].text: [cell.text for cell in cells[1:]] for cells in grid.rows}
    assert told["into the statistics"] == ["one short", "main revenue 1999.9万元, wanted ≥2000万元", ""]
    assert told["little giant"][0] == "figures missing"
    assert list(PACK.beside(office.desk(), "recognitions", row)) == []
