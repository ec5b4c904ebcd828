"""The settlement of the year: the headline, by action and by unit, each verdict with its reason, and what waits."""

from collections import Counter
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_POST

from duban.actions.settlement import decide_pair, overrule
from duban.assess.settle.account import Line, Tally, by_action, by_unit, headline, tally
from duban.assess.settle.books import rules_in, sources_in
from duban.assess.settle.onward import MOVES, Onward
from duban.core.rights import Actor, Thing, may
from duban.files.rows import PREFACE
from duban.ledger import Book
from duban.ledger.year.settlements import PastNumber
from duban.web.settling import Waiting, Whole, decided, found_of, parts, plain, waiting, whole
from duban.web.shelf import book_for, figure
from duban.web.views.common import page
from duban.web.views.written import written
from duban.web.who import actor

SHOWN = 20  # pairs on the page at once: the others follow as these are decided


@dataclass(frozen=True, slots=True)
class Headline:
    """A number of the year's economic indicators: last year's, the goal, the result, the verdict, and the next goal."""

    commitment: str
    indicator: str
    last: str
    goal: str
    result: str
    verdict: str
    next: Onward | None
    past: tuple[tuple[int, PastNumber], ...]


def settlement(request: HttpRequest, as_json: bool = False) -> HttpResponse:
    """The page `/settlement`; `?verdict=`, `?action=` and `?unit=` choose which commitments it lists."""
    book = book_for(request)
    who, all_ = actor(request, book), whole(book)
    asked = {name: request.GET.get(name, "") for name in ("verdict", "action", "unit")}
    chosen = [line for line in all_.lines if _keeps(asked, line)]
    found = [found_of(book, who, line) for line in chosen]
    counts = tally(all_.lines)
    works = bool(may(who, "working.read", Thing("settlement")))
    pairs = waiting(book, who, all_.settled) if works and all_.lines else []
    moves = Counter(o.move for o in all_.onward)
    data = {
        "counts": counts, "parts": parts(counts) if counts.all else [], "chosen": asked, "found": found,
        "actions": [((str(no), name or PREFACE), t, parts(t)) for (no, name), t in by_action(all_.lines).items()],
        "units": [((unit, unit), t, parts(t)) for unit, t in by_unit(all_.lines).items()],
        "headlines": headlines(book, all_), "pairs": pairs[:SHOWN], "pairs_all": len(pairs),
        "decided": decided(book, who, all_.settled) if works else [],
        "moves": [(m, moves[m]) for m in MOVES if moves[m]],
        "onward": sorted(all_.onward, key=lambda o: MOVES.index(o.move)),
        "histories": sorted(book.histories.values(), key=lambda h: -h.body.year),
        "sources": [book.sources[s.sha256] for s in sources_in(book)], "rules": rules_in(book),
        "overruled": sum(line.found.by_person is not None for line in all_.lines),
        "overtaken": sum(line.found.overtaken is not None for line in all_.lines),
    }  # fmt: skip
    return page(request, "settlement", book, data, _public(counts, found, data, pairs), as_json)


def _keeps(asked: dict[str, str], line: Line) -> bool:
    """Whether a line is listed: without a choice those on which a source says something, so that a page stays short."""
    verdict = asked["verdict"]
    if verdict and verdict != "all" and line.verdict != verdict:
        return False
    if not any(asked.values()) and line.verdict in ("unclear", "unreported"):
        return False
    return asked["action"] in ("", str(line.action_no)) and (not asked["unit"] or asked["unit"] in line.units)


def headlines(book: Book, all_: Whole) -> list[Headline]:
    """The numbers of commitments that are economic indicators, in the order of the text."""
    last = {
        link.plan: book.claims[link.review].claim
        for link in book.links.values()
        if link.review in book.claims
    }
    after = {o.settled.aim.id: o for o in all_.onward}
    found = []
    for line, n in headline(book, all_.lines):
        result = n.answers[0].value if n.answers else ""
        before = figure(last[n.id]) if n.id in last else ""
        found.append(Headline(line.id, n.indicator, before, n.goal, result, n.verdict, after.get(n.id),
                              tuple(all_.past.get(n.id, ()))))  # fmt: skip
    return found


def _public(counts: Tally, found: list[Any], data: dict[str, Any], pairs: list[Waiting]) -> dict[str, Any]:
    return {
        "counts": dict(counts.counts), "judged": counts.judged, "kept": counts.kept,
        "commitments": [plain(f) for f in found],
        "actions": [{"action": name, "counts": dict(t.counts)} for (_, name), t, _ in data["actions"]],
        "units": [{"unit": name, "counts": dict(t.counts)} for (_, name), t, _ in data["units"]],
        "next": [{"id": o.settled.aim.id, "indicator": o.settled.aim.indicator, "goal": o.goal, "result": o.result,
                  "move": o.move, "next": o.next_goal, "below": o.below} for o in data["onward"]],
        "pairs": [{"number": w.settled.aim.id, "indicator": w.settled.aim.indicator, "result": w.pair.outcome.key,
                   "certainty": round(w.pair.certainty), "why": w.why} for w in pairs],
        "sources": [{"name": s.body.name, "title": s.body.title, "kind": s.body.kind, "sha256": s.body.sha256,
                     "entry": s.seq} for s in data["sources"]],
        "earlier": [{"year": h.body.year, "counts": dict(h.body.counts), "head": h.body.head} for h in data["histories"]],
    }  # fmt: skip


@require_POST
def pair(request: HttpRequest) -> HttpResponse:
    """Say that a result answers a promise, or does not."""
    form = request.POST
    said: dict[str, Any] = {
        "number": form.get("number", ""), "result": form.get("result", ""), "linked": form.get("linked") == "yes",
        "reason": form.get("reason", ""),
    }  # fmt: skip
    return written(request, lambda book, who: decide_pair(book, who, **said), "/settlement#pairs")


@require_POST
def overruled(request: HttpRequest, id: str) -> HttpResponse:
    """Find otherwise than the rules do."""
    said = {"verdict": request.POST.get("verdict", ""), "reason": request.POST.get("reason", "")}
    return written(request, lambda book, who: overrule(book, who, id, **said), f"/c/{id}")


def found_on(book: Book, who: Actor, id: str) -> Any:
    """What was found on one commitment, as its page shows it; None before it is settled."""
    if id not in book.verdicts:
        return None
    return next((found_of(book, who, line) for line in whole(book).lines if line.id == id), None)
