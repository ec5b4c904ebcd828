"""The real city's promises beside what came out, where its figures are at hand."""

import csv
import re
from datetime import date
from decimal import Decimal
from types import SimpleNamespace

import pytest

from duban.assess.settle import Aim, match, verdict
from duban.assess.settle.halves import aims, aims_of, outcomes_of
from duban.assess.settle.names import shipped
from duban.assess.settle.onward import onward
from duban.assess.settle.rows import SIGNS, measure_of, outcomes_of_rows
from duban.assess.settle.tolerance import Tolerance
from duban.assess.settle.whole import Rules, settle
from duban.read import load_source, read_source
from tests.shared import SHARED, needs_shared

pytestmark = needs_shared
HEAD = ("indicator", "period", "value", "unit", "comparator", "source", "date", "target")


@pytest.fixture(scope="module")
def reading():
    return read_source(load_source(SHARED / "data/baotou/report-2024.txt"))


def rows(name):
    with (SHARED / "data/baotou" / name).open(encoding="utf-8") as file:
        return list(csv.DictReader(file))


def test_promises_of_2024(reading):
    seen = [(r["indicator"], f"{r['period_start']}/{r['period_end']}", r["value"], r["unit"], r["comparator"],
             r["source_title"], r["source_date"], "") for r in rows("observations-2024.csv")]  # fmt: skip
    index = next(r for r in rows("outcomes-2024.csv") if r["outcome_value"] == "2025-12-05")
    moved = next(r for r in rows("targets-2023.csv") if r["indicator"] == "全国百强城市位次提升")
    seen += [("稀土价格指数", index["outcome_value"], "1", "事件", "=", index["source_title"], "", "包头指数"),
             (moved["indicator"], "2023", moved["result_value"], "位", "≈", moved["result_source"], "", ""),
             ("全国百强城市位次", "2022-12-31", "81", "位", "=", "中国新闻周刊", "2023-12-12", "")]  # fmt: skip
    table = outcomes_of_rows(HEAD, ((str(n), row) for n, row in enumerate(seen)), "t", 0)
    found = settle(aims_of(reading), table, Rules(), shipped(), "包头市", reviewed=False)
    by = {s.aim.indicator: s.verdict for s in found if s.linked}
    assert by["地区生产总值"].reason == "settle.tolerance_decides"
    assert by["地区生产总值"].data["gap"] == "0.9个百分点"
    assert by["新开工亿元以上产业类项目"].reason == "settle.early"
    rank = by["在全国百强城市中再前进"]
    assert (rank.code, rank.reason) == ("unclear", "settle.contradiction")
    index = [v for name, v in by.items() if "包头指数" in name]
    assert [v.code for v in index] == ["met_late"]


def test_promises_of_2023_against_the_review(reading):
    """Whatever links alone is right, and the verdicts say what the table says."""
    aims, told = [], {}
    for n, row in enumerate(
        r for r in rows("targets-2023.csv") if r["year"] == "2023" and r["comparator"] in SIGNS
    ):
        name, unit = row["indicator"], row["unit"]
        measure = measure_of(name, unit)
        measure = "level" if measure == "amount" else measure
        aims.append(Aim(str(n), name, measure, 2023, date(2023, 12, 31), Decimal(row["target_value"]), None, unit,
                        SIGNS[row["comparator"]]))  # fmt: skip
        told[str(n)] = row
    pairs = [p for p in match(aims, outcomes_of(reading, 0), shipped(), "包头市") if p.linked]
    right = [p for p in pairs if str(p.outcome.value) == told[p.aim.id]["result_value"]]
    assert len(right) >= 10  # of 11; the last one's target is a district's (达茂旗保底): a person links that
    assert pairs == right
    for pair in right:
        code = verdict(pair.aim, [pair.outcome], Tolerance(), shipped()).code
        code = {"exceeded": "met"}.get(code, code)
        assert code == told[pair.aim.id]["verdict"], pair


def test_incomes_in_step_with_the_economy(reading):
    """In 2023 both incomes grew less than the economy did (docs/settlement.md)."""
    row = next(r for r in rows("targets-2023.csv") if r["comparator"] == "同步")
    step = SimpleNamespace(id="s", head="", text=row["target_quote"], claims=(), due=None, start=0)
    found = settle(
        aims([], [step], 2023), outcomes_of(reading, 0), Rules(), shipped(), "包头市", reviewed=True
    )
    assert [s.verdict.code for s in found] == [row["verdict"]] * 2 == ["missed"] * 2
    assert {s.verdict.data["goal"] for s in found} == {"10.2%"}


def test_targets_of_2025_beside_those_of_2024(reading):
    """The plan of the year after lowers five growth targets and the jobs, and keeps grain and the unemployment rate."""
    plans = []
    for n, row in enumerate(r for r in rows("targets-2023.csv") if r["year"] == "2025"):
        name, unit = row["indicator"], row["unit"]
        measure = {"amount": "level"}.get(measure_of(name, unit), measure_of(name, unit))
        plans.append(Aim(str(n), name, measure, 2025, date(2025, 12, 31), Decimal(row["target_value"]), None, unit,
                         SIGNS[row["comparator"]]))  # fmt: skip
    settled = settle(aims_of(reading), [], Rules(), shipped(), "包头市", reviewed=False)
    found = {o.settled.aim.indicator: o.move for o in onward(settled, plans, shipped(), "包头市") if o.next}
    assert len(found) == len(plans) == 8
    assert {name for name, move in found.items() if move == "same"} == {"粮食产量", "城镇登记失业率"}
    assert sum(move == "lowered" for move in found.values()) == 6


def test_dated_events_of_2024_by_their_own_words(reading):
    """Rows that quote their promise: steps done in the year, and those of a later day."""
    dated = [r for r in rows("outcomes-2024.csv") if re.fullmatch(r"\d{4}-\d\d-\d\d", r["outcome_value"])]
    seen = [("结果", r["outcome_value"], "1", "事件", "=", r["source_title"], r["source_date"], r["target_quote"]) for r in dated]  # fmt: skip
    table = outcomes_of_rows(HEAD, ((str(n), row) for n, row in enumerate(seen)), "t", 0)
    found = settle(aims_of(reading), table, Rules(), shipped(), "包头市", reviewed=False)
    told = {p.outcome.target: s.verdict.code for s in found for p in s.linked}
    assert len(told) >= 5
    for row in dated:
        if row["target_quote"] in told:
            late = row["outcome_value"] > "2024-12-31"
            assert told[row["target_quote"]] == ("met_late" if late else "met"), row
