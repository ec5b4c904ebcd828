"""The year is settled: sources are taken in, the rules judge, people decide on pairs and overrule. Nothing is taken back."""

from collections.abc import Iterable, Sequence
from dataclasses import replace

import msgspec

from duban.actions.context import Writes, code_of, refused, require, words
from duban.actions.tasks import commitment_thing
from duban.assess.settle.books import decided_in, digest, rules_in, settled_by, sources_in
from duban.assess.settle.figures import VERDICTS
from duban.assess.settle.match import Pair
from duban.assess.settle.verdict import goal_of, told
from duban.assess.settle.whole import Commitment, Settled, gathered
from duban.core.rights import Thing
from duban.ledger import Book
from duban.ledger.year.settlements import (
    Answer,
    Judgement,
    SettlementBegun,
    SettlementHistory,
    SettlementJudged,
    SettlementOverruled,
    SettlementPaired,
    SettlementSource,
)

_HEAD = 16  # hex digits of a source's sha256 that name its account


def settle_book(book: Book, username: str, sources: Sequence[SettlementSource]) -> Writes:
    """Settle the book by these sources, the order as given; the same sources and rules again add nothing.

    A source that changed is entered anew and its verdicts are judged anew; what was entered before stays.
    """
    require(book, username, "settlement.judge", Thing("settlement"))
    rules = digest(rules_in(book))
    begun = SettlementBegun(tuple(s.sha256 for s in sources), rules)
    writes: Writes = [(f"source/{s.sha256[:_HEAD]}", s) for s in sources if _is_new(book, s)]
    last = list(book.settlements.values())[-1].body if book.settlements else None
    if last != begun:
        writes.append((f"settlement/{len(book.settlements) + 1}", begun))
    return writes + _judged(book, gathered(settled_by(book, sources, decided_in(book))), rules)


def decide_pair(
    book: Book, username: str, *, number: str, result: str, linked: bool, reason: str = ""
) -> Writes:
    """Say that a result answers a promised number, or does not; its commitment is judged anew at once."""
    sources, decided = _sources(book), dict(decided_in(book))
    asked = {pair: said for pair, said in decided.items() if pair != (number, result)}
    pair = _pair_of(settled_by(book, sources, asked), number, result)
    commitment = pair.aim.commitment
    place = f"commitment/{commitment}"
    require(book, username, "settlement.pair", settlement_thing(book, commitment))
    said = SettlementPaired(number, result, linked, words(reason, "reason", place, required=False))
    if decided.get((number, result)) == linked:
        return []
    decided[number, result] = linked
    mine = [c for c in gathered(settled_by(book, sources, decided)) if c.id == commitment]
    return [(place, said), *_judged(book, mine, digest(rules_in(book)))]


def overrule(book: Book, username: str, commitment: str, *, verdict: str, reason: str) -> Writes:
    """Find otherwise than the rules do, for a reason; both stay. Not by someone of the unit that leads."""
    place = f"commitment/{commitment}"
    require(book, username, "settlement.overrule", settlement_thing(book, commitment))
    settled = book.verdicts.get(commitment)
    if settled is None:
        raise refused("settle.commitment_unknown", place)
    if verdict not in VERDICTS:
        raise refused("settle.verdict_unknown", place, verdict=verdict[:40], known=", ".join(VERDICTS))
    if verdict == settled.verdict:
        raise refused("settle.same_verdict", place, verdict=f"term.{verdict}")
    was = settled.judged[-1].body.verdict
    return [(place, SettlementOverruled(verdict, was, words(reason, "reason", place)))]


def bring_history(book: Book, username: str, past: SettlementHistory) -> Writes:
    """Put an earlier year's settlement behind this one; the same again adds nothing. Raises `Refused`: another
    government's, or no earlier year."""
    require(book, username, "settlement.judge", Thing("settlement"))
    if past.government != book.government or past.year >= book.year:
        raise refused("settle.not_before", f"settlement/history/{past.year}", government=past.government,
                      year=past.year, mine=book.government, this=book.year)  # fmt: skip
    known = book.histories.get(str(past.year))
    return [] if known is not None and known.body == past else [(f"settlement/history/{past.year}", past)]


def settlement_thing(book: Book, commitment: str) -> Thing:
    """A commitment as rights see it here: what its lead units promised is theirs to do, so not theirs to judge."""
    if commitment not in book.commitments:  # a number that stands in no commitment
        return Thing(f"commitment/{commitment}")
    thing = commitment_thing(book, commitment)
    units = {code for item in book.commitments[commitment].items if (code := code_of(book, item.item.lead))}
    return replace(thing, doer_units=frozenset(units))


def _is_new(book: Book, source: SettlementSource) -> bool:
    known = book.sources.get(source.sha256)
    return known is None or known.body != source


def _sources(book: Book) -> list[SettlementSource]:
    found = sources_in(book)
    if not found:
        raise refused("settle.no_sources", "settlement")
    return found


def _pair_of(settled: Iterable[Settled], number: str, result: str) -> Pair:
    """The pair of this number and result; raises `Refused` where the sources no longer give it."""
    for one in settled:
        if one.aim.id == number:
            for pair in (*one.linked, *one.ranked):
                if pair.outcome.key == result:
                    return pair
    raise refused("settle.pair_unknown", number[:60])


def _judged(book: Book, whole: Iterable[Commitment], rules: str) -> Writes:
    """The judgements that say something else than the last one on their commitment did."""
    writes: Writes = []
    for c in whole:
        body = judgement(c, rules)
        known = book.verdicts.get(c.id)
        if known is None or replace_rules(known.judged[-1].body, rules) != body:
            kind = "commitment" if c.id in book.commitments else "claim"  # a number that stands in none
            writes.append((f"{kind}/{c.id}", body))
    return writes


def judgement(c: Commitment, rules: str) -> SettlementJudged:
    """A commitment's verdict as it is entered."""
    numbers = tuple(
        Judgement(s.aim.id, s.aim.indicator, goal_of(s.aim), s.aim.start, s.verdict.code, s.verdict.reason,
                  dict(s.verdict.data), s.verdict.readings, tuple(_answer(p) for p in s.linked))
        for s in c.numbers
    )  # fmt: skip
    v = c.verdict
    return SettlementJudged(v.code, v.reason, dict(v.data), rules, v.readings, numbers)


def _answer(pair: Pair) -> Answer:
    o = pair.outcome
    return Answer(o.indicator, told(o), pair.why, o.source, o.on, o.place, o.file)


def replace_rules(body: SettlementJudged, rules: str) -> SettlementJudged:
    """The judgement as it would read under rules of another digest: other rules that find the same add nothing."""
    return msgspec.structs.replace(body, rules=rules)
