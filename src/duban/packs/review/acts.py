"""Announcing a quarter's ranking for objections, and publishing it once they are decided."""

from collections.abc import Iterable, Mapping
from datetime import timedelta
from decimal import Decimal

from duban.core.problem import Problem, Refused, both
from duban.packs.review.rules import Quarter, Review, ends, of, review
from duban.registers.field import integer, needed, text
from duban.registers.pack import Act, Change, Desk, Put, Shift
from duban.registers.plain import Row, dated, decimal, said
from duban.registers.record import joined
from duban.registers.register import Values
from duban.registers.typed import stored

ASKS = needed(integer("year", "年度", "Year"), integer("quarter", "季度", "Quarter"))
RESULTS = "review_results"


def _quarter(answers: Values) -> Quarter:
    year, quarter = answers.get("year"), answers.get("quarter")
    if (
        not isinstance(year, int)
        or not isinstance(quarter, int)
        or not (2000 <= year <= 2100 and 1 <= quarter <= 4)
    ):
        raise _refused("no_quarter", (0, 0))
    return year, quarter


def _refused(code: str, quarter: Quarter, **data: str | int) -> Refused:
    return Refused(Problem(f"review.{code}", f"{quarter[0]}Q{quarter[1]}", data))


def complete(desk: Desk, quarter: Quarter) -> Review:
    """The quarter's review, which has all that a ranking needs; raises `Refused` for each thing that it lacks."""
    found = review(desk, quarter)
    faults = []
    if desk.day <= ends(quarter):
        faults.append(_refused("not_ended", quarter, day=ends(quarter).isoformat()))
    if not found.values:
        faults.append(_refused("nothing", quarter))
    elif found.weight != 100:
        faults.append(_refused("weights", quarter, weight=f"{found.weight:f}"))
    if found.missing:
        first = [both(f"{district}的{item}", f"{item} of {district}") for district, item in found.missing[:1]]
        faults.append(_refused("missing", quarter, count=len(found.missing), first=first[0]))
    if found.recused:
        names = both(
            "、".join(str(r["reviewer"]) for r in found.recused),
            ", ".join(str(r["reviewer"]) for r in found.recused),
        )
        faults.append(_refused("recused", quarter, names=names))
    if faults:
        raise Refused(*(problem for fault in faults for problem in fault.problems))
    return found


def results(desk: Desk, quarter: Quarter) -> list[Row]:
    """The announced or published results of a quarter."""
    return of(desk.rows(RESULTS), quarter)


def announce(desk: Desk, answers: Values) -> Iterable[Change]:
    """Write the means of marks, totals and ranks; objections may be raised until some days later.

    A ranking that has changed since it was announced is another one: the days for objections begin anew.
    """
    quarter = _quarter(answers)
    known = results(desk, quarter)
    if any(row["stage"] == "published" for row in known):
        raise _refused("published", quarter)
    days = timedelta(int(decimal(desk.threshold("objection_days"))))
    found = complete(desk, quarter)
    told = {said(row, "district"): (row["score"], row["rank"]) for row in known}
    same = told == {one: (total, found.ranks.get(one)) for one, total in found.totals.items()}
    until = next((day for row in known if same and (day := dated(row, "until"))), desk.day + days)
    return _written(found, stored(until))


def _written(found: Review, until: str) -> list[Change]:
    """The means of marks and the results as they stand."""
    year, number = map(str, found.quarter)
    changes: list[Change] = []
    for district, told in found.values.items():
        head = {"year": year, "quarter": number, "district": district}
        for line in found.lines:
            if line.marks:
                id = joined([year, number, district, line.item])
                values = {**head, "item": line.item, "marked": stored(told[line.item])}
                changes.append(Put("review_figures", id, values))
        score, rank = stored(found.totals[district]), str(found.ranks[district])
        values = {
            **head,
            "score": score,
            "rank": rank,
            "ends_on": stored(ends(found.quarter)),
            "until": until,
        }
        changes.append(Put(RESULTS, joined([year, number, district]), values))
    return changes


def differing(known: Iterable[Row], found: Review) -> dict[str, Row | None]:
    """The districts whose recounted total or rank is not what was announced, with what was; None for nothing."""
    announced = {said(row, "district"): row for row in known}
    return {
        one: announced.get(one)
        for one, total in found.totals.items()
        if one not in announced
        or (announced[one]["score"], announced[one]["rank"]) != (total, found.ranks.get(one))
    }


def publish(desk: Desk, answers: Values) -> Iterable[Change]:
    """Publish the ranking, recounted after the objections that were upheld.

    Refused where it is not what was announced, unless the office says why: then both stand, with the reason.
    """
    quarter = _quarter(answers)
    known = results(desk, quarter)
    until = next((day for row in known if (day := dated(row, "until"))), None)
    if until is None:
        raise _refused("not_announced", quarter)
    if all(row["stage"] == "published" for row in known):
        raise _refused("published", quarter)
    if desk.day <= until:
        raise _refused("too_early", quarter, day=until.isoformat())
    waiting = [row for row in of(desk.rows("review_objections"), quarter) if row["stage"] != "decided"]
    if waiting:
        raise _refused("undecided", quarter, count=len(waiting))
    found, why = complete(desk, quarter), stored(answers.get("why"))
    other = differing(known, found)
    if other and not why:
        raise _refused("differs", quarter, districts=_told(other, found))
    shifts = [
        Shift(RESULTS, str(row["id"]), "published", desk.day) for row in known if row["stage"] != "published"
    ]
    return [*_written(found, stored(until)), *_both(quarter, other, why), *shifts]


def _told(other: Mapping[str, Row | None], found: Review) -> str:
    """The districts that differ, each with its announced and its recounted total and rank."""
    zh, en = [], []
    for one, row in other.items():
        was = (row["score"], row["rank"]) if row else (None, None)
        now = found.totals[one], found.ranks.get(one)
        zh.append(f"{one} {place(*was, '（第{}名）')} → {place(*now, '（第{}名）')}")
        en.append(f"{one} {place(*was, ' (no. {})')} → {place(*now, ' (no. {})')}")
    return both("、".join(zh), ", ".join(en))


def place(score: object, rank: object, how: str) -> str:
    """A total with its rank."""
    return f"{score:.2f}{how.format(rank)}" if isinstance(score, Decimal) else "—"


def _both(quarter: Quarter, other: Mapping[str, Row | None], why: str) -> list[Change]:
    """What was announced, kept beside what is published, with why they differ."""
    return [
        Put(RESULTS, joined([*map(str, quarter), one]),
            {"announced": stored(row["score"]), "announced_rank": stored(row["rank"]), "why": why} if row else {"why": why})
        for one, row in other.items()
    ]  # fmt: skip


ACTS = (
    Act("announce", "公示排名", "Announce the ranking", ASKS, announce,
        help_zh="算出总分和名次并公示，开始收异议；缺项、分值不足 100、没有回避的都会指出来。",
        help_en="Totals and ranks are announced for objections; what is missing is told."),
    Act("publish", "公布排名", "Publish the ranking",
        (*ASKS, text("why", "与公示不同的理由", "Why it differs from what was announced", help_zh="一致时不填", help_en="empty where it does not")),
        publish,
        help_zh="异议期满、异议都已答复后公布；成立的异议改数后在这里重算，与公示不同的要写理由，两个数都留着。",
        help_en="Once objections are decided; upheld ones are recounted here. What differs from the announced needs a reason; both stay."),
)  # fmt: skip
