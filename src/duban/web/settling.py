"""The settlement of a book for its readers: made once for each state of the book, and put into words."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from duban.actions.settlement import settlement_thing
from duban.assess.settle.account import Line, Tally, lines_in, onward_in
from duban.assess.settle.books import settled_in
from duban.assess.settle.figures import VERDICTS
from duban.assess.settle.match import Pair
from duban.assess.settle.onward import Onward
from duban.assess.settle.past import before
from duban.assess.settle.reasons import reasons
from duban.assess.settle.whole import Settled
from duban.core.rights import Actor, may
from duban.ledger import Book
from duban.ledger.year.dated import Dated
from duban.ledger.year.settlements import Answer, Judgement, PastNumber, Settlement, SettlementPaired
from duban.web.kept import Kept
from duban.web.shelf import locale
from duban.words import sentence


@dataclass(frozen=True, slots=True)
class Whole:
    """All of a book's settlement: its lines, the numbers as they settle now, next year's targets, earlier years."""

    lines: tuple[Line, ...]
    settled: tuple[Settled, ...]
    onward: tuple[Onward, ...]
    past: Mapping[str, list[tuple[int, PastNumber]]]


_whole: Kept[Whole] = Kept(6)  # books and days


def whole(book: Book) -> Whole:
    """The settlement of this book as it stands."""
    return _whole.get(book.as_of, (book.seq, book.government), lambda: _made(book))


def _made(book: Book) -> Whole:
    settled = settled_in(book)
    past = before(book, [s.aim for s in settled]) if book.histories else {}
    return Whole(tuple(lines_in(book)), tuple(settled), tuple(onward_in(book, settled)), past)


def reason_line(reason: str, data: Mapping[str, str]) -> str:
    """The line of reason in the language of the page."""
    return " ".join(sentence(code, told, locale()) for code, told in reasons(reason, data))


@dataclass(frozen=True, slots=True)
class Number:
    """One number of a commitment with its verdict."""

    told: Judgement
    reason: str

    @property
    def answers(self) -> tuple[Answer, ...]:
        """The results that were held against it."""
        return self.told.answers


@dataclass(frozen=True, slots=True)
class Found:
    """A commitment's settlement as a page shows it; `mine` says whether the reader may overrule it."""

    id: str
    text: str
    units: tuple[str, ...]
    settlement: Settlement
    reason: str
    numbers: tuple[Number, ...]
    mine: bool

    @property
    def verdict(self) -> str:
        """The verdict that stands."""
        return self.settlement.verdict

    @property
    def ruled(self) -> str:
        """The verdict of the rules."""
        return self.settlement.judged[-1].body.verdict

    @property
    def others(self) -> tuple[str, ...]:
        """The verdicts that a person could find instead."""
        return tuple(code for code in VERDICTS if code != self.verdict)


def found_of(book: Book, who: Actor, line: Line) -> Found:
    """A line of the settlement as shown to a reader."""
    body = line.found.judged[-1].body
    numbers = tuple(Number(n, reason_line(n.reason, n.data)) for n in body.numbers)
    mine = bool(may(who, "settlement.overrule", settlement_thing(book, line.id)))
    return Found(
        line.id, line.text, line.units, line.found, reason_line(body.reason, body.data), numbers, mine
    )


@dataclass(frozen=True, slots=True)
class Waiting:
    """A pair that waits for a person: a promise without a sure result, and one like it."""

    settled: Settled
    pair: Pair
    why: str
    mine: bool


def waiting(book: Book, who: Actor, settled: Iterable[Settled]) -> list[Waiting]:
    """The pairs of promises that have no sure result, the likest first; what contrast words forbid comes last."""
    found = []
    for one in settled:
        if one.linked:
            continue
        thing = settlement_thing(book, one.aim.commitment)
        mine = bool(may(who, "settlement.pair", thing))
        for pair in one.ranked:
            found.append(Waiting(one, pair, sentence(pair.why, pair.data, locale()), mine))
    return sorted(
        found, key=lambda w: (w.pair.why == "settle.contrast", -w.pair.certainty, w.settled.aim.start)
    )


@dataclass(frozen=True, slots=True)
class Decided:
    """What a person said of a pair, the last word on it; `mine` says whether the reader may say otherwise."""

    said: Dated[SettlementPaired]
    indicator: str
    result: str
    mine: bool


def decided(book: Book, who: Actor, settled: Iterable[Settled]) -> list[Decided]:
    """The pairs that people decided, the latest first; those of a promise that is no longer in the text are left out."""
    aims = {one.aim.id: one.aim for one in settled}
    found = []
    for said in book.pairs.values():
        aim = aims.get(said.body.number)
        if aim is not None:
            mine = bool(may(who, "settlement.pair", settlement_thing(book, aim.commitment)))
            name, _, span, value, source = (said.body.result.split("|", 4) + [""] * 4)[:5]
            found.append(
                Decided(said, aim.indicator, f"{name} {value.partition(' ')[2]} {span} {source}", mine)
            )
    return sorted(found, key=lambda d: -d.said.seq)


def parts(tally: Tally) -> list[tuple[str, int, float, float]]:
    """(verdict, count, from, width) of a bar of 100, in the order of the verdicts."""
    at, found = 0.0, []
    for code, n in tally.counts.items():
        width = 100 * n / tally.all
        found.append((code, n, round(at, 3), round(width, 3)))
        at += width
    return found


def plain(found: Found) -> dict[str, Any]:
    """A commitment's settlement as JSON."""
    person, body = found.settlement.by_person, found.settlement.judged[-1]
    return {
        "id": found.id, "text": found.text, "units": list(found.units), "verdict": found.verdict,
        "by_rules": found.ruled, "reason": found.reason, "entry": body.seq, "rules": body.body.rules,
        "overruled": {"verdict": person.body.verdict, "reason": person.body.reason, "entry": person.seq} if person else None,
        "overtaken": bool(found.settlement.overtaken), "earlier": len(found.settlement.judged) - 1,
        "numbers": [_number(n) for n in found.numbers],
    }  # fmt: skip


def _number(n: Number) -> dict[str, Any]:
    told = n.told
    answers = [{k: getattr(a, k) for k in a.keys()} for a in told.answers]  # noqa: SIM118
    return {"id": told.id, "indicator": told.indicator, "goal": told.goal, "start": told.start, "verdict": told.verdict,
            "rule": told.reason, "reason": n.reason, "readings": list(told.readings), "results": answers}  # fmt: skip
