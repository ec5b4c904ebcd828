"""Filings go their steps by the right hands; figures are posted, disputed and decided; nothing is lost."""

from decimal import Decimal

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from duban.actions import filings
from duban.actions.filings import Report
from duban.actions.rules import set_rules
from duban.assess import account_of
from duban.ledger.year.filings import Evidence, ReadingPosted
from tests.actions.city import KEY, OUTSIDERS, peopled

FEB = Report("2024-C02", Decimal("3"), progress="开工3座", began="2024-03-01T01:00:00.000Z", asked=3, known=2)
STAT = ReadingPosted("2024-C02", Decimal("2"), source="市统计局月报")


@pytest.fixture
def filed(city):
    city.do("wang", filings.submit_filing, KEY, FEB)
    return city


def test_the_whole_way(filed):
    filed.do("li", filings.countersign_filing, KEY, 1)
    filed.do("office", filings.accept_filing, KEY, 1)
    assert filed.task.filings[1].stage == "accepted"
    assert filed.refusal("wang", filings.submit_filing, KEY, FEB) == "filing.there_already"
    filed.do("office", filings.reopen_filing, KEY, 1, reason="统计口径变了")
    filed.do("wang", filings.submit_filing, KEY, Report("2024-C02", Decimal("2")))
    assert [f.opened.body.value for f in filed.task.filings.values()] == [3, 2]


def test_who_submitted_does_not_countersign(city):
    city.do("li", filings.submit_filing, KEY, FEB)
    assert city.refusal("li", filings.countersign_filing, KEY, 1) == "rights.bar_doer"


def test_the_office_waits_for_the_countersignature_where_the_city_asks_for_it(filed):
    assert filed.refusal("office", filings.accept_filing, KEY, 1) == "filing.not_countersigned"
    filed.do("office", set_rules, {"countersign": "no"})
    filed.do("office", filings.accept_filing, KEY, 1)
    assert filed.task.filings[1].stage == "accepted"


@pytest.mark.parametrize("who", ["wang", *OUTSIDERS])
def test_outsiders_take_no_step(filed, who):
    assert filed.refusal(who, filings.countersign_filing, KEY, 1).startswith("rights.")
    filed.do("li", filings.countersign_filing, KEY, 1)
    for step in (filings.accept_filing,):
        assert filed.refusal(who, step, KEY, 1).startswith("rights.")
    for step in (filings.return_filing, filings.reopen_filing):
        assert filed.refusal(who, step, KEY, 1, reason="无").startswith("rights.")


@pytest.mark.parametrize("who", ["qian", "zhou", "leader", "wu", "zheng", "office", ""])
def test_who_is_no_part_of_the_item_does_not_file(city, who):
    assert city.refusal(who, filings.submit_filing, KEY, FEB).startswith("rights.")


def test_a_partner_adds_words_not_figures(city):
    assert city.refusal("zhao", filings.submit_filing, KEY, FEB) == "rights.field"
    city.do("zhao", filings.submit_filing, KEY, Report("2024-C02", progress="资金已拨付"))
    assert city.task.filings[1].opened.body.unit_code == "caizheng"


@pytest.mark.parametrize(
    ("report", "code"),
    [
        (Report("2024-C02"), "filing.empty"),
        (Report("", Decimal(1)), "field.missing"),
        (Report("五月", Decimal(1)), "reading.period_wrong"),
        (Report("2024-C01", Decimal(1)), "reading.period_wrong"),
        (Report("2024-Q9", progress="推进中"), "reading.period_wrong"),
        (Report("2024-C02", Decimal("Infinity")), "reading.not_finite"),
        (Report("2024-C02", Decimal(1), numerator=Decimal(1)), "reading.half_a_share"),
        (
            Report("2024-C02", Decimal(1), numerator=Decimal(1), denominator=Decimal(0)),
            "reading.denominator_zero",
        ),
        (Report("2024-C02", Decimal(1), basis="guess"), "reading.basis_unknown"),
        (Report("2024-C02", progress="x" * 2001), "field.long"),
        (Report("2024-C02", evidence=(Evidence("photo", "x"),)), "evidence.kind_unknown"),
        (Report("2024-C02", evidence=(Evidence("document"),)), "field.missing"),
        (Report("2024-C02", evidence=(Evidence("file", name="a.pdf"),)), "evidence.file_missing"),
    ],
)
def test_what_cannot_be_filed(city, report, code):
    assert city.refusal("wang", filings.submit_filing, KEY, report) == code


def test_a_zero_is_a_figure(city):
    assert city.refusal("wang", filings.submit_filing, KEY, Report("2024-C02", Decimal(0))) == ""


def test_statistics_are_posted_by_the_office_or_the_checker_once(city):
    city.do("zhou", filings.post_reading, KEY, STAT)
    assert city.do("office", filings.post_reading, KEY, STAT) == []
    for who in ("wang", "li", "leader", *OUTSIDERS):
        assert city.refusal(who, filings.post_reading, KEY, STAT).startswith("rights.")
    own = ReadingPosted("2024-C02", Decimal(1), source="自报", origin="unit")
    assert city.refusal("office", filings.post_reading, KEY, own) == "reading.origin_unknown"


def test_a_unit_disputes_a_figure_and_the_office_decides(city):
    (posted,) = city.do("office", filings.post_reading, KEY, STAT)
    told = {"value": Decimal(3), "reason": "漏计一座", "source": "验收单3号"}
    city.do("wang", filings.raise_dispute, KEY, posted.seq, **told)
    assert city.refusal("wang", filings.raise_dispute, KEY, posted.seq, **told) == "dispute.there_already"
    assert city.refusal("wang", filings.raise_dispute, KEY, 9999, **told) == "dispute.no_figure"
    for who in ("wang", "li", *OUTSIDERS):
        refusal = city.refusal(who, filings.decide_dispute, KEY, posted.seq, upheld=True, reason="可")
        assert refusal.startswith("rights.")
    city.do("office", filings.decide_dispute, KEY, posted.seq, upheld=True, reason="核实无误")
    case = city.task.disputes[0]
    assert (case.opened.body.value, case.last.body.upheld, city.task.readings[0].body.value) == (3, True, 2)


def test_working_papers_are_seen_by_who_works_on_them(city):
    seen = {who for who in ("wang", "li", "zhao", "qian", "zhou", "leader", "wu", "zheng", "office", "", "gone")
            if filings.may_see_working(city.book, who, KEY)}  # fmt: skip
    assert seen == {"wang", "li", "zhao", "zhou", "leader", "wu", "office"}


STEPS = {
    "countersign": lambda n: (filings.countersign_filing, (n,), {}),
    "accept": lambda n: (filings.accept_filing, (n,), {}),
    "return": lambda n: (filings.return_filing, (n,), {"reason": "因"}),
    "reopen": lambda n: (filings.reopen_filing, (n,), {"reason": "因"}),
    "submit": lambda n: (filings.submit_filing, (Report("2024-C02", Decimal(n)),), {}),
}
people = st.sampled_from(["wang", "li", "zhao", "qian", "zhou", "leader", "wu", "office", "clerk", ""])


@given(st.lists(st.tuples(people, st.sampled_from(sorted(STEPS)), st.integers(1, 3)), max_size=40))
def test_whatever_is_tried_no_filing_is_accepted_by_its_own_hands(plain_book, tries):
    city = peopled(plain_book.copy())
    for who, step, n in tries:
        action, args, fields = STEPS[step](n)
        if not city.refusal(who, action, KEY, *args, **fields):
            city.do(who, action, KEY, *args, **fields)
    task = city.book.tasks.get(KEY)
    for filing in task.filings.values() if task else ():
        kinds = [step.kind for step in filing.steps]
        if "filing.accepted" in kinds:
            assert "filing.countersigned" in kinds[: kinds.index("filing.accepted")]
        makers = filing.actors("filing.submitted", "filing.countersigned")
        assert not makers & filing.actors("filing.accepted")
        assert not filing.actors("filing.submitted") & filing.actors("filing.countersigned")


def test_statistics_say_by_a_day_when_they_were_published(city):
    """A word such as "final" would sort among days by its letters."""
    reading = ReadingPosted("2024-C02", Decimal("5.1"), basis="real", scope="规模以上", source="月报")
    for vintage in ("final", "20240318", "2024-W12-1", "2024-02-30", "2024-3-18"):
        wrong = msgspec.structs.replace(reading, vintage=vintage)
        assert city.refusal("zhou", filings.post_reading, KEY, wrong) == "reading.vintage_wrong"
    city.do("zhou", filings.post_reading, KEY, msgspec.structs.replace(reading, vintage="2024-03-18"))
    figure = account_of(city.book, KEY).figures[0]
    assert (figure.basis, figure.scope, figure.vintage) == ("real", "规模以上", "2024-03-18")
