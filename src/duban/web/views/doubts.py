"""Contradictions for a person to judge: those that are new, and those that were judged, each with its figures."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_POST

from duban.actions.doubts import judge_doubt, thing_of
from duban.assess.doubts import CODES, Doubt, Limits, fresh, judgements
from duban.core.period import chinese, period
from duban.core.rights import Actor, may
from duban.ledger import Book
from duban.ledger.year.dated import Dated
from duban.ledger.year.doubts import VERDICTS, DoubtJudged
from duban.web.doubting import doubts_on
from duban.web.shelf import book_for, locale
from duban.web.today import shown_day
from duban.web.views.common import page
from duban.web.views.written import written
from duban.web.who import guard
from duban.words import sentence

TIMES = ("at", "from")  # figures of a doubt that are codes of periods


@dataclass(frozen=True, slots=True)
class Shown:
    """A doubt as the page lists it."""

    doubt: Doubt
    head: str
    lead: str
    said: tuple[Dated[DoubtJudged], ...]
    new: bool
    mine: bool  # whether the reader may judge it

    @property
    def sentence(self) -> str:
        """What is found, in the language of the page."""
        figures = {k: named(v) if k in TIMES else v for k, v in self.doubt.figures.items()}
        return sentence(self.doubt.sentence, figures, locale())

    @property
    def to_supervise(self) -> bool:
        """Whether the reader judged that it needs a matter; those of the whole book have no unit to take it up with."""
        return (
            self.mine
            and bool(self.doubt.key)
            and bool(self.said)
            and self.said[-1].body.verdict == "supervise"
        )

    @property
    def period(self) -> str:
        """The name of its period."""
        return named(self.doubt.period)


def named(code: str) -> str:
    """A period by its Chinese name on Chinese pages, else by its code."""
    return chinese(period(code)) if code and locale() == "zh" else code


def doubts_page(request: HttpRequest, as_json: bool = False) -> HttpResponse:
    """The page `/doubts`; `?code=` shows one check only."""
    book = book_for(request)
    who = guard(request, book, "working.read")
    every = shown(book, who, doubts_on(book, shown_day(request)))
    code = request.GET.get("code", "")
    asked = [s for s in every if not code or s.doubt.code == code]
    counts = Counter(s.doubt.code for s in every if s.new)
    data = {
        "new": [s for s in asked if s.new], "judged": [s for s in asked if not s.new], "code": code,
        "checks": [(c, counts[c]) for c in CODES], "verdicts": VERDICTS, "limits": Limits.of(book.rules),
    }  # fmt: skip
    return page(request, "doubts", book, data, {"doubts": [plain(s) for s in asked]}, as_json)


def shown(book: Book, who: Actor, found: Iterable[Doubt]) -> list[Shown]:
    """The doubts with their items and what was said of them."""
    found = tuple(found)
    new = {d.id for d in fresh(book, found)}
    rows = []
    for doubt in found:
        item = book.items[doubt.key].item if doubt.key else None
        mine = bool(may(who, "doubt.judge", thing_of(book, doubt)))
        told = (item.head, item.lead) if item else ("", "")
        rows.append(Shown(doubt, *told, judgements(book, doubt), doubt.id in new, mine))
    return rows


@require_POST
def judge(request: HttpRequest) -> HttpResponse:
    """Judge one doubt."""
    form = request.POST
    said = {"verdict": form.get("verdict", ""), "reason": form.get("reason", "")}
    return written(
        request, lambda book, who: judge_doubt(book, who, form.get("doubt", ""), **said), "/doubts"
    )


def plain(shown: Shown) -> dict[str, Any]:
    """A doubt as JSON."""
    doubt = shown.doubt
    return {
        "id": doubt.id, "code": doubt.code, "item": doubt.key, "period": doubt.period, "sentence": shown.sentence,
        "figures": dict(doubt.figures), "new": shown.new,
        "judged": [{"verdict": s.body.verdict, "reason": s.body.reason, "on": s.on, "by": s.actor} for s in shown.said],
    }  # fmt: skip
