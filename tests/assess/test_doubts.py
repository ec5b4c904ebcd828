"""Contradictions: each check finds what it is for, with its figures, and is silent where it has no ground."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from duban.actions import filings
from duban.actions.doubts import judge_doubt
from duban.actions.rules import set_rules
from duban.actions.tasks import halt
from duban.assess.account import account_of
from duban.assess.doubts import CODES, Limits, doubts, fresh
from duban.assess.doubts.bunching import tail
from duban.assess.doubts.sources import same
from duban.assess.doubts.words import admits_delay, claims_done
from duban.ledger.bodies import ItemAdded
from duban.ledger.year.doubts import VERDICTS
from duban.ledger.year.filings import ReadingPosted
from duban.ledger.year.tasks import Target, TargetSet
from duban.words import catalogue, sentence
from tests.actions.city import KEY, OUTSIDERS

D = Decimal
DAY = date(2024, 12, 31)
MONTHS = [
    "2024-C02",
    "2024-C03",
    "2024-C04",
    "2024-C05",
    "2024-C06",
    "2024-C07",
    "2024-C08",
    "2024-C09",
    "2024-C10",
]


def found(desk, code=""):
    every = doubts(desk.book)
    return [d for d in every if not code or d.code == code]


def one(desk, code):
    [doubt] = found(desk, code)
    told = sentence(doubt.sentence, doubt.figures)
    assert all(value in told for name, value in doubt.figures.items() if name != "plan"), told
    assert told.count("{") == 0
    assert sentence(doubt.sentence, doubt.figures, "en") != told
    return doubt


def series(desk, values, say="unit"):
    for period, value in zip(MONTHS, values, strict=False):
        if say == "unit":
            desk.says(period, value)
        else:
            desk.statistics(period, value)
    return desk


@pytest.mark.parametrize(
    ("text", "done"),
    [
        ("已全部完成。", True), ("目前项目已全部完成，进入验收", True), ("任务已提前完成", True), ("完成率100%", True),
        ("全部完成年度目标任务", True), ("各项任务均已完成", True), ("已完成前期工作，正在推进", False),
        ("主体工程已完成", False), ("尚未完成", False), ("预计年底全部完成", False), ("确保全部完成", False),
        ("累计完成过半", False), ("", False),
    ],
)  # fmt: skip
def test_words_that_say_that_all_is_done(text, done):
    assert bool(claims_done(text)) is done


@pytest.mark.parametrize(
    ("text", "late"),
    [("进度滞后", True), ("推进缓慢", True), ("低于序时3个百分点", True), ("没有滞后", False), ("扭转落后局面", False),
     ("资金拨付慢于计划", False), ("推进顺利", False)],
)  # fmt: skip
def test_words_that_say_that_it_lags(text, late):
    assert bool(admits_delay(text)) is late


def test_done_in_words_at_sixty_per_cent(desk):
    desk.target(100, unit="座").says("2024-C06", 60, progress="已全部完成。")
    doubt = one(desk, "said_done")
    assert (doubt.key, doubt.period, doubt.figures["share"]) == (KEY, "2024-C06", "60%")


def test_a_tick_is_a_word_too_and_a_kept_target_is_no_doubt(desk):
    desk.target(100).says("2024-C06", 60, claims_done=True)
    assert one(desk, "said_done").figures["words"] == "claims_done"
    desk.says("2024-C07", 100, claims_done=True)
    assert found(desk, "said_done") == []


def test_a_statistic_that_comes_later_takes_the_word_s_ground(desk):
    desk.target(100).says("2024-C06", 100, progress="已全部完成")
    assert found(desk) == []
    desk.statistics("2024-C06", 70)
    assert {d.code for d in found(desk)} == {"said_done", "statistics_differ"}


def test_a_halted_item_or_one_without_a_number_is_not_doubted(desk):
    desk.says("2024-C06", progress="已全部完成")
    assert found(desk) == []
    desk.target(100).says("2024-C07", 60, progress="已全部完成")
    desk.city.do("office", halt, KEY, how="waiting", reason="年报", today=date(2024, 8, 1))
    assert found(desk) == []


def test_behind_in_words_ahead_in_figures(desk):
    desk.target(100).says("2024-C06", 80, problems="受资金影响，进度滞后。")
    assert one(desk, "said_behind").figures["words"] == "进度滞后"


def test_behind_in_words_and_in_figures_agree(desk):
    desk.target(100).says("2024-C06", 20, problems="进度滞后")
    assert found(desk) == []


@pytest.mark.parametrize(
    ("unit", "statistics", "differ"),
    [("9.4", "9.43", False), ("9.4", "9.46", True), ("9.4", "9.4", False), ("9.4", "9.5", True), ("0", "0.4", False),
     ("0", "0.6", True)],
)  # fmt: skip
def test_a_unit_s_figure_against_statistics(desk, unit, statistics, differ):
    desk.target(9, "growth").says("2024-C06", unit)
    desk.statistics("2024-C06", statistics)
    assert bool(found(desk, "statistics_differ")) is differ
    assert same(D(unit), D(statistics)) is not differ


def test_a_unit_s_figure_against_a_register_that_recounts_it(desk):
    desk.target(100).says("2024-C06", 60)
    desk.register("2024-C06", 60)
    assert found(desk, "register_differs") == []
    desk.register("2024-C06", 57)
    assert one(desk, "register_differs").figures["gap"] == "3"


def test_what_is_disputed_is_decided_elsewhere(desk):
    desk.target(9, "growth").says("2024-C06", "9.4")
    posted = desk.statistics("2024-C06", "8.1")
    assert one(desk, "statistics_differ").figures["gap"] == "1.3"
    desk.city.do("wang", filings.raise_dispute, KEY, posted.seq, value=D("9.4"), reason="口径", source="台账")
    assert found(desk) == []


def test_growth_with_two_levels_that_make_another(desk):
    desk.target(9, "growth")
    desk.city.do("zhou", filings.post_reading, KEY,
                 ReadingPosted("2024-C06", D("9.1"), D("1060"), D("1000"), source="月报"))  # fmt: skip
    assert one(desk, "growth_of_levels").figures["levels"] == "6%"


@pytest.mark.parametrize(
    "reading",
    [
        ReadingPosted("2024-C06", D("6.0"), D("1060"), D("1000"), source="月报"),
        ReadingPosted("2024-C06", D("8"), D("1.1"), D("1.0"), source="月报"),  # by rounding, 0 to 21
        ReadingPosted("2024-C06", D("9.1"), D("1060"), D("1000"), basis="real", source="月报"),
        ReadingPosted("2024-C06", D("9.1"), D("1060"), D("1000"), scope="同口径", source="月报"),
        ReadingPosted("2024-C06", D("9.1"), source="月报"),
    ],
)
def test_growth_that_its_levels_allow_or_cannot_give(desk, reading):
    desk.target(9, "growth")
    desk.city.do("zhou", filings.post_reading, KEY, reading)
    assert found(desk) == []


def test_a_share_that_its_parts_contradict(desk):
    desk.target(90, "share")
    for period, value in (("2024-C06", "92"), ("2024-C07", "90.5")):
        reading = ReadingPosted(period, D(value), D(181), D(200), source="月报")
        desk.city.do("zhou", filings.post_reading, KEY, reading)
    assert one(desk, "share_of_parts").figures["share"] == "90.5%"


def test_a_total_that_falls(desk):
    desk.target(100).says("2024-C05", 50).says("2024-C06", 47)
    assert one(desk, "falls").figures["gap"] == "3"


def test_levels_and_rates_may_fall(desk):
    desk.target(100, "level").says("2024-C05", 50).says("2024-C06", 47)
    assert found(desk) == []


def test_the_last_period_jumps_against_its_own_history(desk):
    desk.target(1000)
    series(desk, [100, 151, 199, 251, 300, 349, 400, 610])
    doubt = one(desk, "jump")
    assert (doubt.period, doubt.figures["came"], doubt.figures["n"]) == ("2024-C09", "210", "6")
    desk.city.do("office", set_rules, {"doubt_jump": "1000"})
    assert found(desk, "jump") == []


@pytest.mark.parametrize(
    "values",
    [
        [100, 151, 199, 251, 610],  # too few before
        [0, 0, 0, 0, 0, 0, 0, 610],  # nothing to go by
        [100, 150, 200, 250, 300, 350, 400, 610],  # all alike: no spread to measure with
        [100, 151, 199, 251, 300, 349, 400, 452],  # nothing odd
    ],
)
def test_no_jump_without_ground(desk, values):
    desk.target(1000)
    assert found(series(desk, values), "jump") == []


def test_batches_come_in_lumps_by_nature(desk):
    desk.target(1000).plan("batch", data={"2024-09-30": "900", "2024-12-31": "1000"})
    assert found(series(desk, [100, 151, 199, 251, 300, 349, 400, 910]), "jump") == []


def test_a_season_that_the_plan_expects_is_no_jump(desk):
    weights = {str(m): "30" if m == 9 else "7" for m in range(1, 13)}
    desk.target(1070).plan("seasonal", data=weights)
    assert found(series(desk, [140, 211, 279, 351, 420, 489, 560, 860]), "jump") == []


def test_figures_that_copy_the_plan(desk):
    desk.target(1200)
    series(desk, [200, 301, 400, 500, 600])
    doubt = one(desk, "equals_plan")
    assert (doubt.figures["n"], doubt.figures["from"], doubt.figures["values"]) == (
        "3",
        "2024-C04",
        "400, 500, 600",
    )
    desk.city.do("office", set_rules, {"doubt_run": "4"})
    assert found(desk, "equals_plan") == []


def test_small_counts_may_equal_the_plan(desk):
    desk.target(12)
    assert found(series(desk, [2, 3, 4, 5, 6]), "equals_plan") == []


def test_statistics_are_not_accused_of_copying(desk):
    desk.target(1200)
    assert found(series(desk, [200, 300, 400, 500], "statistics"), "equals_plan") == []


def shared(desk, targets, measure="increment"):
    """Items that begin from one claim of 100, each with its own part."""
    claim = next(c for c, s in desk.book.claims.items() if s.claim.value is not None)
    whole = desk.book.claims[claim].claim.value
    for n, part in enumerate(targets, 1):
        key = f"A1.1-01/{n}"
        if n > 1:
            desk.city.write("office", [(f"item/{key}", ItemAdded("A1.1-01", f"分项{n}", "市住房和城乡建设局",
                                                                checker="市统计局"))])  # fmt: skip
        body = TargetSet(Target("公园", measure, whole * part, comparator="ge"), claim)
        desk.city.write("office", [(f"item/{key}", body)])
    return whole


def post(desk, n, value, period="2024-C06"):
    desk.city.do("zhou", filings.post_reading, f"A1.1-01/{n}", ReadingPosted(period, D(value), source="月报"))


def test_parts_that_do_not_come_to_the_whole(desk):
    shared(desk, [D(1), D("0.4"), D("0.6")])
    post(desk, 1, 50)
    post(desk, 2, 20)
    assert found(desk) == []  # one part is still missing: missing is not zero
    post(desk, 3, 25)
    assert one(desk, "parts_differ").figures == {"sum": "45", "total": "50", "n": "2", "gap": "-5"}
    post(desk, 3, 30)
    assert found(desk) == []


def test_targets_that_were_divided_wrongly(desk):
    whole = shared(desk, [D("0.5"), D("0.7")])
    doubt = one(desk, "parts_target")
    assert (doubt.figures["ratio"], doubt.figures["sum"]) == ("1.2", str(whole * D("1.2")))


@pytest.mark.parametrize("measure", ["growth", "rank", "share", "duration", "change"])
def test_growth_and_ranks_are_never_put_together(desk, measure):
    shared(desk, [D(1), D("0.4"), D("0.7")], measure)
    for n in (1, 2, 3):
        post(desk, n, 10 * n)
    assert found(desk, "parts_differ") == found(desk, "parts_target") == []


def crowd(desk, values):
    """Items that were each asked for 500 by June."""
    for n, value in enumerate(values, 1):
        key = f"A1.1-01/{n}"
        if n > 1:
            desk.city.write("office", [(f"item/{key}", ItemAdded("A1.1-01", f"分项{n}", "市住房和城乡建设局",
                                                                checker="市统计局"))])  # fmt: skip
        desk.target(1000, key=key)
        post(desk, n, value)


def test_bunching_just_above_what_was_asked(desk):
    crowd(desk, [501, 502, 500, 505, 503, 502, 501, 510, 495, 900, 100])
    doubt = one(desk, "bunching")
    assert (doubt.key, doubt.figures["n"], doubt.figures["above"], doubt.figures["expected"]) == (
        "",
        "9",
        "8",
        "4.5",
    )


@pytest.mark.parametrize("values", [[501, 502, 503], [501, 495, 505, 490, 510, 499, 503, 498], [900] * 9, []])
def test_no_bunching_without_ground(desk, values):
    crowd(desk, values)
    assert found(desk, "bunching") == []


@given(st.integers(0, 60), st.integers(0, 60))
def test_the_tail_is_a_chance_and_falls(n, above):
    assert 0 <= tail(n, above + 1) <= tail(n, above) <= 1
    assert tail(n, 0) == 1


def test_a_verdict_stays_until_the_figures_change(desk):
    desk.target(100).says("2024-C06", 60, progress="已全部完成")
    [doubt] = found(desk)
    assert fresh(desk.book, [doubt]) == (doubt,)
    said = {"verdict": "explained", "reason": "按验收口径"}
    desk.city.do("office", judge_doubt, doubt.id, **said)
    assert fresh(desk.book, found(desk)) == ()
    assert desk.city.do("office", judge_doubt, doubt.id, **said) == []
    assert desk.book.copy().doubts == desk.book.doubts
    desk.statistics("2024-C06", 55)
    changed = found(desk, "said_done")
    assert changed[0].id == doubt.id
    assert fresh(desk.book, changed) == tuple(changed)
    assert len(desk.book.doubts[doubt.id]) == 1


@pytest.mark.parametrize("who", ["wang", "li", "zhou", "leader", *OUTSIDERS])
def test_who_does_not_judge(desk, who):
    desk.target(100).says("2024-C06", 60, progress="已全部完成")
    [doubt] = found(desk)
    said = {"verdict": "explained", "reason": "无"}
    assert desk.city.refusal(who, judge_doubt, doubt.id, **said) == "rights.role"


def test_the_office_does_not_explain_its_own_figures_away(desk):
    from duban.actions.people import place_person
    from duban.ledger.year.people import PersonPlaced

    desk.city.do("office", place_person, "two", PersonPlaced("两边人", "zhujian", ("office", "reporter")))
    desk.target(100).says("2024-C06", 60, progress="已全部完成")
    [doubt] = found(desk)
    said = {"verdict": "explained", "reason": "无"}
    assert desk.city.refusal("two", judge_doubt, doubt.id, **said) == "rights.bar_doer_unit"


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"verdict": "fine"}, "doubt.verdict_unknown"),
        ({"reason": " "}, "field.missing"),
        ({"doubt": "x"}, "doubt.unknown"),
    ],
)
def test_what_a_verdict_needs(desk, change, code):
    desk.target(100).says("2024-C06", 60, progress="已全部完成")
    said = {"doubt": found(desk)[0].id, "verdict": "confirmed", "reason": "属实", **change}
    assert desk.city.refusal("office", judge_doubt, said.pop("doubt"), **said) == code


def test_every_check_has_its_words():
    for locale in ("zh", "en"):
        known = catalogue(locale)
        assert {f"doubt.{c}" for c in CODES} | {f"term.{c}" for c in CODES} | {
            f"verdict.{v}" for v in VERDICTS
        } <= set(known)


def test_limits_are_the_city_s_where_set(desk):
    desk.city.do("office", set_rules, {"doubt_jump": "5", "doubt_band": "0.1"})
    assert Limits.of(desk.book.rules) == Limits(jump=D(5), band=D("0.1"))
    for wrong in ({"doubt_jump": "0"}, {"doubt_run": "1"}, {"doubt_band": "2"}, {"doubt_jump": "NaN"}):
        assert desk.city.refusal("office", set_rules, wrong) == "rules.wrong"


def test_a_doubt_never_colours_a_light(desk):
    from duban.assess import light_of, shipped_profiles

    desk.target(100).says("2024-C12", 100)
    before = light_of(desk.book, KEY, DAY, shipped_profiles()["default"])
    assert account_of(desk.book, KEY).latest.value == 100
    desk.says("2024-C11", 120)
    assert found(desk, "falls")
    assert light_of(desk.book, KEY, DAY, shipped_profiles()["default"]).colour == before.colour
