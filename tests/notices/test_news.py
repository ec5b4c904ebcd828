"""Who is told of what: each entry at its own desks and nobody else's; what falls due; the letter."""

from datetime import date

import msgspec
import pytest

from duban.actions.context import actor_of
from duban.core.rights import Actor
from duban.ledger.year.simulation import SimulationMarked
from duban.ledger.year.tasks import Target, TargetAdjusted
from duban.notices import News, desks_of, letter, near
from duban.notices.letter import MOST, sentence_of, sentence_of_near
from duban.notices.news import KINDS, LEADER
from duban.words import catalogue
from tests.papers.city import DAY, MARKET, PARK, city
from tests.registers.test_disputes import Desk

EVERYBODY = ("wang", "li", "zhao", "qian", "zhou", "leader", "wu", "zheng", "clerk", "office", "")


def news_of(ledger):
    news = News()
    for page in ledger.store.postings():
        news.add(ledger.book, page)
    return news


@pytest.fixture(scope="module")
def news(ledger):
    return news_of(ledger)


def told(news, ledger, who, seen=0):
    return [n.kind for n in news.since(actor_of(ledger.book, who), seen)]


def test_each_entry_lands_where_it_concerns(news, ledger):
    kinds = {who: set(told(news, ledger, who)) for who in EVERYBODY}
    assert kinds["wang"] == {"delay.decided", "reading.posted", "matter.opened", "matter.raised",
                             "matter.concluded", "decision.recorded"}  # fmt: skip
    assert kinds["zhao"] == {"matter.opened", "decision.recorded", "decision.followed"}
    assert kinds["clerk"] == {"matter.replied", "delay.explained"}
    assert kinds["leader"] == {"matter.raised"}
    for outsider in ("qian", "zhou", "wu", "zheng", ""):
        assert kinds[outsider] == set(), outsider


def test_nobody_is_told_of_what_they_did(news, ledger):
    assert "matter.replied" not in told(news, ledger, "wang")
    for who in EVERYBODY:
        assert all(n.actor != who for n in news.since(actor_of(ledger.book, who), 0))


def test_only_what_came_since(news, ledger):
    every = news.since(actor_of(ledger.book, "wang"), 0)
    third = every[2]
    assert told(news, ledger, "wang", third.seq) == [n.kind for n in every[:2]]
    assert told(news, ledger, "wang", ledger.book.seq) == []
    assert [n.seq for n in every] == sorted((n.seq for n in every), reverse=True)


def test_catching_up_in_pieces_gives_the_same(ledger, news):
    pieces, book = News(), ledger.book
    for page in ledger.store.postings():
        for posting in page:
            pieces.add(book, [posting])
            pieces.add(book, [posting])
    who = actor_of(book, "wang")
    assert pieces.since(who, 0) == news.since(who, 0)


def test_a_person_who_left_has_no_desk():
    assert desks_of(Actor("gone", "孙副市长", unit="zhujian")) == frozenset()
    assert desks_of(Actor("", "孙副市长", frozenset({"leader"}))) == frozenset()


def test_every_kind_has_its_sentence_without_codes(news, ledger):
    for locale in ("zh", "en"):
        assert {f"notice.{kind}" for kind in KINDS} <= set(catalogue(locale))
        for who in EVERYBODY:
            for notice in news.since(actor_of(ledger.book, who), 0):
                words = sentence_of(notice, locale)
                assert not words.startswith("notice.")
                assert "paper." not in words
    assert LEADER <= KINDS
    raised = next(n for n in news.since(actor_of(ledger.book, "wang"), 0) if n.kind == "matter.raised")
    assert sentence_of(raised, "zh") == "督办升级为通报：口袋公园进度，请于2024-09-20前答复"
    assert raised.address == "/matters/D-1"


def test_what_is_near(ledger):
    book = ledger.keeper.as_of(date(2024, 9, 26))
    owed = near(book, actor_of(book, "wang"), date(2024, 9, 26))
    assert [(n.kind, n.late) for n in owed if n.kind != "filing"] == [("decision", False)]
    assert {n.address for n in owed if n.kind == "filing"} == {f"/i/{PARK}", f"/i/{MARKET}"}
    assert {n.data["period"] for n in owed if n.kind == "filing"} == {
        "2024-C09"
    }  # 1—8月 is known from statistics
    assert all(n.on <= "2024-10-03" and n.late is (n.on < "2024-09-26") for n in owed)
    assert "2024-09-28 前办结会议决定：市住建局月底前拿出赶工方案。" in [
        sentence_of_near(n, "zh") for n in owed
    ]
    late = near(book, actor_of(book, "zhao"), date(2024, 9, 26))
    assert [(n.kind, n.late) for n in late if n.kind == "matter"] == [("matter", True)]
    assert "已逾期，应于 2024-09-20 答复督办：数据迟报" in [sentence_of_near(n, "zh") for n in late]
    for nobody in ("clerk", "leader", "wu", "zhou", ""):
        assert near(book, actor_of(book, nobody), date(2024, 9, 26)) == []


def test_the_letter_tells_both_or_is_none(ledger, news):
    book, who = ledger.book, actor_of(ledger.book, "wang")
    made = letter(
        book, DAY, news.since(who, 0), near(book, who, DAY), site="https://duban.example", leave="L"
    )
    assert made.subject.startswith("云川市督办：")
    for word in (
        "一周内到期和已逾期",
        "有变化的（",
        "https://duban.example/matters/D-1",
        "不再接收这类邮件：L",
    ):
        assert word in made.text
    assert letter(book, DAY, [], []) is None
    many = letter(book, DAY, news.since(who, 0) * 9, [])
    assert sum(line.startswith("- ") for line in many.text.splitlines()) == MOST
    assert "另有" in many.text
    assert "\n" not in many.subject


def test_a_simulated_book_says_so_and_the_leader_hears_of_a_new_target(tmp_path):
    ledger = city(tmp_path / "book")
    ledger.on("01-25", "simulation", SimulationMarked("t", 1))
    ledger.on("09-30", f"item/{PARK}", TargetAdjusted(Target(value=10), "市政府常务会", "形势变化\n=1+1"))
    news, who = news_of(ledger), actor_of(ledger.book, "leader")
    made = letter(ledger.book, DAY, news.since(who, 0)[:1], [])
    assert made.subject.startswith("【模拟】")
    assert "程序模拟" in made.text
    assert "目标已调整：新建口袋公园（形势变化 =1+1）" in made.text
    ledger.store.close()


def test_a_dispute_on_a_record_is_told_to_the_office_its_unit_and_whoever_raised_it():
    """And to nobody else; not to those who did it themselves."""
    desk = Desk()
    desk.write(desk.raised("helper"), "helper")
    desk.write(desk.decided("second", upheld=False), "second")
    news, codes = News(), msgspec.json.Encoder()
    lines = [
        (e.seq, e.at, e.on, e.actor, e.kind, e.account, codes.encode(e.body.plain())) for e in desk.entries
    ]
    news.add(desk.book, lines)
    kinds = {
        who: {n.kind for n in news.since(actor_of(desk.book, who), 0)}
        for who in ("clerk", "second", "teacher", "helper", "taxman")
    }
    both = {"record.disputed", "record.decided"}
    assert kinds == {
        "clerk": {"record.disputed"},
        "second": {"record.disputed"},
        "teacher": both,
        "helper": {"record.decided"},
        "taxman": set(),
    }
    (one,) = news.since(actor_of(desk.book, "helper"), 0)
    assert one.address == "/r/motions/12#disputes"
    assert sentence_of(one, "zh") == "台账异议已裁定：修路（核对来文属实）"
