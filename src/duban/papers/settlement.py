"""The settlement book (交账书): what became of each promise, by which rule and source, and what is promised next."""

from collections import Counter
from collections.abc import Mapping

from duban.assess.settle.account import Line, Tally, by_action, by_unit, headline, lines_in, onward_in, tally
from duban.assess.settle.books import digest, rules_in, sources_in
from duban.assess.settle.figures import VERDICTS
from duban.assess.settle.onward import MOVES
from duban.assess.settle.reasons import reasons
from duban.core.problem import Problem, Refused
from duban.ledger.year.settlements import Answer, Judgement, SettlementJudged
from duban.papers.body import Body
from duban.papers.model import Paper
from duban.papers.sight import Sight, share
from duban.words import sentence


def settlement(now: Sight, mark: str) -> Paper:
    """The book of a settled year; raises `Refused` (papers.not_settled) where the year is not settled by the day."""
    lines = lines_in(now.book)
    if not lines:
        raise Refused(Problem("papers.not_settled", now.day.isoformat()))
    body = Body(now)
    _overview(body, lines)
    _indicators(body, lines)
    _groups(body, lines)
    _each(body, lines)
    _overruled(body, lines)
    _next(body)
    _earlier(body)
    _method(body)
    title = now.say("settlement_title", government=now.book.government, year=now.book.year)
    return body.paper("settlement", title, mark=mark)


def _overview(body: Body, lines: list[Line]) -> None:
    now, counts = body.sight, tally(lines)
    body.head("settlement_overview")
    body.text("settlement_lead", day=now.date(now.day), n=counts.all, judged=counts.judged, kept=counts.kept,
              share=share(counts.kept, counts.judged), counts=_told(now, counts.counts))  # fmt: skip
    body.text("settlement_unclear", unclear=counts.counts.get("unclear", 0))


def _told(now: Sight, counts: Mapping[str, int]) -> str:
    glue = "，" if now.locale == "zh" else ", "
    said = [now.say("light_count", light=now.word(f"term.{code}"), n=n) for code, n in counts.items()]
    return glue.join(said)


def _indicators(body: Body, lines: list[Line]) -> None:
    now = body.sight
    after = {o.settled.aim.id: o for o in onward_in(now.book)}
    body.head("settlement_indicators")
    rows = []
    for _, n in headline(now.book, lines):
        then = after.get(n.id)
        coming = f"{then.next_goal}（{now.word(f'term.onward.{then.move}')}）" if then and then.next else "—"
        rows.append((n.indicator, n.goal, _figures(n.answers[:1]), now.word(f"term.{n.verdict}"), coming))
    body.table([("indicator", 9), ("target", -5), ("result", -5), ("verdict", -5), ("next", -7)], rows)


def _figures(answers: tuple[Answer, ...]) -> str:
    return "；".join(a.value for a in answers) or "—"


def _groups(body: Body, lines: list[Line]) -> None:
    now = body.sight
    shown = [code for code in VERDICTS if any(line.verdict == code for line in lines)]
    columns = [("items", -3), *((f"term.{code}", -3) for code in shown)]

    def row(name: str, counts: Tally) -> tuple[str, ...]:
        return (name, str(counts.all), *(str(counts.counts.get(code, 0)) for code in shown))

    body.head("by_action")
    body.grid([("action", 12), *columns],
              [row(name or now.say("no_action"), t) for (_, name), t in by_action(lines).items()])  # fmt: skip
    body.head("by_unit")
    body.grid([("unit", 12), *columns], [row(name, t) for name, t in by_unit(lines).items()])
    body.text("settlement_units", small=True)


def _each(body: Body, lines: list[Line]) -> None:
    """Each promise with its verdict, its line of reason and where it stands; those on which nothing is said last."""
    body.head("settlement_each")
    spoken = [line for line in lines if any(n.answers for n in line.found.judged[-1].body.numbers)]
    body.table([("promise", 9), ("verdict", -4), ("reason", 12), ("where", 9)],
               [row for line in spoken for row in _rows(body.sight, line)])  # fmt: skip
    silent = [line for line in lines if line not in spoken]
    body.head("settlement_silent", n=len(silent))
    body.table([("promise", 11), ("unit", 6), ("verdict", -4), ("reason", 13)],
               [(line.text, "、".join(line.units) or "—", body.sight.word(f"term.{line.verdict}"),
                 _reason(body.sight, line.found.judged[-1].body)) for line in silent])  # fmt: skip


def _rows(now: Sight, line: Line) -> list[tuple[str, ...]]:
    """The commitment, and where it has several numbers each of them."""
    said = line.found.judged[-1].body
    whole, several = (line.text, now.word(f"term.{line.verdict}"), _reason(now, said)), len(said.numbers) > 1
    parts: list[tuple[str, ...]] = [
        (f"· {n.indicator} {n.goal}", now.word(f"term.{n.verdict}"), _reason(now, n), _where(n))
        for n in said.numbers
    ]
    return [(*whole, "—"), *parts] if several else [(*whole, _where(said.numbers[0]))]


def _reason(now: Sight, said: Judgement | SettlementJudged) -> str:
    return " ".join(sentence(code, told, now.locale) for code, told in reasons(said.reason, said.data))


def _where(n: Judgement) -> str:
    told = [" ".join(part for part in (a.value, a.source, a.on, a.place) if part) for a in n.answers]
    return "；".join(told) or "—"


def _overruled(body: Body, lines: list[Line]) -> None:
    now = body.sight
    found = [(line, person) for line in lines if (person := line.found.by_person) is not None]
    if not found:
        return
    body.head("settlement_overruled", n=len(found))
    body.table([("promise", 10), ("by_rules", -4), ("verdict", -4), ("date", -5), ("reason", 11)],
               [(line.text, now.word(f"term.{p.body.was}"), now.word(f"term.{p.body.verdict}"), p.on, p.body.reason)
                for line, p in found])  # fmt: skip


def _next(body: Body) -> None:
    now, found = body.sight, onward_in(body.sight.book)
    if not found:
        return
    counts = Counter(o.move for o in found)
    body.head("settlement_next", year=now.book.year + 1)
    body.text("settlement_moves", counts=_told(now, {f"onward.{m}": counts[m] for m in MOVES if counts[m]}))
    body.table(
        [("indicator", 9), ("target", -5), ("result", -5), ("next", -6), ("change", -6)],
        [(o.settled.aim.indicator, o.goal, o.result or "—", o.next_goal,
          now.word(f"term.onward.{o.move}") + (now.say("settlement_below") if o.below else ""))
         for o in found if o.move in ("raised", "lowered", "moved_on", "changed")],
    )  # fmt: skip


def _earlier(body: Body) -> None:
    now = body.sight
    past = sorted(now.book.histories.values(), key=lambda h: -h.body.year)
    if not past:
        return
    body.head("settlement_earlier")
    body.grid([("year", -4), ("verdicts", 20), ("ledger", 10)],
              [(str(h.body.year), _told(now, h.body.counts), h.body.head) for h in past])  # fmt: skip


def _method(body: Body) -> None:
    now = body.sight
    rules = rules_in(now.book)
    body.head("settlement_method")
    body.grid([("source", 14), ("results", -4), ("sha", 18)],
              [(s.title or s.name, str(len(s.results)), s.sha256) for s in sources_in(now.book)])  # fmt: skip
    order = "、".join(rules.authority.order)
    body.text("settlement_order_ruled" if order else "settlement_order_given", order=order,
              by=rules.authority.source)  # fmt: skip
    about = "，".join(f"{now.word(f'rule.about_{m}')} {v}" for m, v in rules.tolerance.about.items())
    body.text("settlement_about_ruled" if about else "settlement_about_unset", about=about,
              by=rules.tolerance.source)  # fmt: skip
    body.text("settlement_rules", digest=digest(rules), seq=now.book.seq)
