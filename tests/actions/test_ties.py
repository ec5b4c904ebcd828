"""A district's book feeds the city's: by agreement of both, only what is accepted, and once."""

from decimal import Decimal

import msgspec
import pytest

from duban.actions.filings import Report, accept_filing, countersign_filing, post_reading, submit_filing
from duban.actions.ties import ask_tie, gathered, grant_tie
from duban.assess.account import account_of
from duban.ledger.year.filings import ReadingPosted
from duban.ledger.year.tasks import Target, TargetSet
from tests.actions.city import KEY, OUTSIDERS, peopled, small_book

D = Decimal
DISTRICT = "东区"


@pytest.fixture(scope="module")
def plain(tmp_path_factory):
    return small_book(tmp_path_factory.mktemp("small") / "book")


def with_target(plain, **changes):
    city = peopled(plain.copy())
    target = msgspec.structs.replace(Target("公园", "increment", D(4), unit="座", comparator="ge"), **changes)
    city.write("office", [(f"item/{KEY}", TargetSet(target))])
    return city


@pytest.fixture
def city(plain):
    return with_target(plain)


@pytest.fixture
def district(plain):
    made = with_target(plain)
    made.book.government = DISTRICT
    return made


def seal(seq):
    return f"{seq:064x}"


def take(city, district):
    writes, shut = gathered(city.book, district.book, "office", seal)
    city.write("office", writes)
    return [(body.period, body.value) for _account, body in writes], [p.code for p in shut]


def tied(city, district):
    city.do("office", ask_tie, KEY, government=DISTRICT, item=KEY)
    district.do("office", grant_tie, KEY, government="云川市", item=KEY)


def files(district, period, value, upto="accepted"):
    district.do("wang", submit_filing, KEY, Report(period, D(value)))
    n = max(district.task.filings)
    if upto != "submitted":
        district.do("li", countersign_filing, KEY, n)
    if upto == "accepted":
        district.do("zhou", accept_filing, KEY, n)


def test_only_what_is_accepted_below_passes_and_it_names_its_entry(city, district):
    tied(city, district)
    files(district, "2024-C06", 2)
    files(district, "2024-C07", 3, upto="countersigned")
    assert take(city, district) == ([("2024-C06", 2)], [])
    [posted] = city.task.readings
    seq = district.task.filings[1].opened.seq
    assert (posted.body.source, posted.body.origin) == ("东区 A1.1-01/1", "book")
    assert posted.body.reference == f"{seq}·{seal(seq)[:16]}"
    assert take(city, district) == ([], [])  # once
    district.do("zhou", accept_filing, KEY, 2)
    assert take(city, district) == ([("2024-C07", 3)], [])


def test_a_figure_that_changed_below_comes_again_and_the_old_one_stays(city, district):
    tied(city, district)
    district.do(
        "zhou", post_reading, KEY, ReadingPosted("2024-C06", D(2), source="月报", vintage="2024-07-10")
    )
    assert take(city, district)[0] == [("2024-C06", 2)]
    district.do(
        "zhou", post_reading, KEY, ReadingPosted("2024-C06", D("2.5"), source="月报", vintage="2024-08-10")
    )
    assert take(city, district)[0] == [("2024-C06", D("2.5"))]
    assert [r.body.value for r in city.task.readings] == [2, D("2.5")]
    assert account_of(city.book, KEY).latest.value == D("2.5")


def test_the_citys_own_statistics_stand_above_and_a_units_filing_below(city, district):
    tied(city, district)
    files(district, "2024-C06", 2)
    take(city, district)
    files(city, "2024-C06", 9)
    assert account_of(city.book, KEY).latest.value == 2
    city.do("zhou", post_reading, KEY, ReadingPosted("2024-C06", D(1), source="月报"))
    assert account_of(city.book, KEY).latest.value == 1


@pytest.mark.parametrize("half", ["none", "asked", "granted", "elsewhere", "item", "ended", "ended below"])
def test_without_both_halves_nothing_passes(city, district, half):
    files(district, "2024-C06", 2)
    if half not in ("none", "granted"):
        city.do("office", ask_tie, KEY, government=DISTRICT, item=KEY)
    if half in ("granted", "ended", "ended below"):
        district.do("office", grant_tie, KEY, government="云川市", item=KEY)
    if half == "elsewhere":
        district.do("office", grant_tie, KEY, government="清河市", item=KEY)
    if half == "item":
        district.do("office", grant_tie, KEY, government="云川市", item="A1.1-01/2")
    if half == "ended":
        city.do("office", ask_tie, KEY, reason="改由统计局报送")
    if half == "ended below":
        district.do("office", grant_tie, KEY, reason="不再给")
    found, shut = take(city, district)
    assert found == []
    assert shut == {"asked": ["tie.not_granted"], "ended below": ["tie.not_granted"],
                    "elsewhere": ["tie.granted_elsewhere"], "item": ["tie.granted_elsewhere"]}.get(half, [])  # fmt: skip


@pytest.mark.parametrize("changes", [{"unit": "个"}, {"measure": "growth"}])
def test_another_unit_or_measure_lets_nothing_pass(city, plain, changes):
    other = with_target(plain, **changes)
    other.book.government = DISTRICT
    tied(city, other)
    other.do("zhou", post_reading, KEY, ReadingPosted("2024-C06", D(2), source="月报"))
    assert take(city, other) == ([], ["tie.differs"])


def test_a_disputed_figure_waits(city, district):
    from duban.actions.filings import raise_dispute

    tied(city, district)
    files(district, "2024-C06", 2)
    about = district.task.filings[1].opened.seq
    district.do("wang", raise_dispute, KEY, about, value=D(3), reason="漏报一座", source="验收单")
    assert take(city, district) == ([], [])


@pytest.mark.parametrize("action", [ask_tie, grant_tie])
def test_who_may_not(city, action):
    for who in (*OUTSIDERS, "wang", "li", "zhou", "leader"):
        assert city.refusal(who, action, KEY, government=DISTRICT, item=KEY).startswith("rights."), who
    with_tie = city.do("office", ask_tie, KEY, government=DISTRICT, item=KEY)
    assert len(with_tie) == 1
    assert city.do("office", ask_tie, KEY, government=DISTRICT, item=KEY) == []


def test_only_the_office_gathers(city, district):
    tied(city, district)
    for who in (*OUTSIDERS, "wang", "leader"):
        assert city.refusal(who, _gather, district.book).startswith("rights."), who


def _gather(book, who, lower):
    return gathered(book, lower, who, seal)[0]


@pytest.mark.parametrize(
    ("fields", "code"),
    [
        ({"government": "云川市", "item": KEY}, "tie.own"),
        ({"government": DISTRICT}, "field.missing"),
        ({}, "field.missing"),
    ],
)
def test_halves_that_make_no_sense(city, fields, code):
    city.do("office", ask_tie, KEY, government=DISTRICT, item=KEY)
    assert city.refusal("office", ask_tie, KEY, **fields) == code


def test_an_item_without_a_number_has_nothing_to_take(plain):
    city = peopled(plain.copy())
    assert city.refusal("office", ask_tie, KEY, government=DISTRICT, item=KEY) == "tie.no_target"
    assert city.refusal("office", ask_tie, "A9.9-99/1", government=DISTRICT, item=KEY)


def test_nobody_posts_a_lower_books_figure_by_hand(city):
    reading = ReadingPosted("2024-C06", D(2), source="东区", origin="book")
    assert city.refusal("zhou", post_reading, KEY, reading) == "reading.origin_unknown"
