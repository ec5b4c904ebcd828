"""Units report on their items; heads countersign; the office or a checker accepts or returns; figures are disputed.

A filing: submitted → countersigned → accepted (locked), or returned with a reason; reopening is an entry.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields, replace
from decimal import Decimal

import msgspec

from duban.actions.context import Writes, actor_of, item_thing, refused, require, task_of, words
from duban.actions.rules import rule
from duban.core.measure import share_of
from duban.core.period import period
from duban.core.problem import Problem, Refused
from duban.core.rights import Thing, may
from duban.ledger import Book
from duban.ledger.entries import Body
from duban.ledger.year.filings import (
    BASES,
    EVIDENCE,
    ORIGINS,
    DisputeDecided,
    DisputeRaised,
    Evidence,
    Filing,
    FilingAccepted,
    FilingCountersigned,
    FilingReopened,
    FilingReturned,
    FilingSubmitted,
    Reading,
    ReadingPosted,
    is_day,
)
from duban.ledger.year.units import above

# From which stage a step may be taken.
STEPS = {
    "countersigned": ("submitted",),
    "accepted": ("submitted", "countersigned"),  # submitted only where the city asks for no countersignature
    "returned": ("submitted", "countersigned", "reopened"),
    "reopened": ("accepted",),
}
ROUNDED = Decimal("0.05")  # what a share written with one decimal may differ from its parts
OPEN_STAGES = ("returned", "reopened")  # a filing at these leaves its period free for a new one


@dataclass(frozen=True, slots=True)
class Report:
    """What a unit says of one item for one period; a figure, words, or both. The form fills the last three in."""

    period: str
    value: Decimal | None = None
    numerator: Decimal | None = None
    denominator: Decimal | None = None
    basis: str = ""
    scope: str = ""
    source: str = ""
    progress: str = ""
    problems: str = ""
    next_step: str = ""
    claims_done: bool = False
    evidence: tuple[Evidence, ...] = ()
    began: str = ""
    asked: int = 0
    known: int = 0


FIGURE = ("value", "numerator", "denominator")


def submit_filing(book: Book, username: str, key: str, report: Report) -> Writes:
    """Report on an item for a period. An open filing of the same unit and period must be returned first.

    The figure is the lead's alone; a partner adds words and evidence.
    """
    place = f"item/{key}"
    thing = item_thing(book, key)
    given = [f.name for f in fields(Report) if f.name not in _FORM and getattr(report, f.name) != f.default]
    for field in given or ["progress"]:
        require(book, username, "filing.submit", thing, "value" if field in _WITH_FIGURE else field)
    if not given:
        raise refused("filing.empty", place)
    _check_reading(report, place)
    report = replace(report, value=_share(book, key, report))
    for field in ("progress", "problems", "next_step"):
        words(getattr(report, field), field, place, required=False)
    for proof in report.evidence:
        check_evidence(proof, place)
    unit = actor_of(book, username).unit
    for filing in task_of(book, key).filings.values():
        body = filing.opened.body
        if (body.period, body.unit_code) == (report.period, unit) and filing.stage not in OPEN_STAGES:
            raise refused("filing.there_already", place, period=report.period, stage=f"stage.{filing.stage}")
    n = max(task_of(book, key).filings, default=0) + 1
    said = {field.name: getattr(report, field.name) for field in fields(Report)}
    return [(place, FilingSubmitted(n=n, unit_code=unit, **said))]


def tabled(
    period: str, figures: Mapping[str, Decimal], notes: Mapping[str, str], *, asked: int, known: int
) -> Report:
    """A row of a filing sheet as a report: figures by `FIGURE`, notes by field with `reference` for the evidence."""
    told = {name: text for name, text in notes.items() if name != "reference"}
    proof = notes.get("reference", "")
    evidence = (Evidence("document", proof),) if proof else ()
    return Report(period, **figures, **told, evidence=evidence, asked=asked, known=known)  # type: ignore[arg-type]


def submit_filings(book: Book, username: str, reports: Sequence[tuple[str, str, Report]]) -> Writes:
    """Report on several items at once, all or nothing: each with the item's key and the place of its row.

    Raises `Refused` with what is wrong with each, at its place.
    """
    writes: Writes = []
    faults: list[Problem] = []
    for key, place, report in reports:
        try:
            ((account, body),) = submit_filing(book, username, key, report)
        except Refused as refusal:
            faults += [Problem(problem.code, place, problem.data) for problem in refusal.problems]
            continue
        earlier = sum(written == account for written, _ in writes)
        writes.append((account, msgspec.structs.replace(body, n=body["n"] + earlier)))
    if faults:
        raise Refused(*faults)
    return writes


_FORM = ("period", "began", "asked", "known")
_WITH_FIGURE = (*FIGURE, "basis", "scope", "source", "claims_done")


def countersign_filing(book: Book, username: str, key: str, n: int) -> Writes:
    """The unit's head stands for a filing that someone else of the unit submitted."""
    return _step(book, username, key, n, "countersign", "countersigned", FilingCountersigned(n))


def accept_filing(book: Book, username: str, key: str, n: int) -> Writes:
    """Take a filing as it is, and lock it; countersigned first unless the city asks for no countersignature."""
    filing = filing_of(book, key, n)
    if filing.stage == "submitted" and rule(book, "countersign") == "yes":
        raise refused("filing.not_countersigned", f"item/{key}#{n}")
    return _step(book, username, key, n, "accept", "accepted", FilingAccepted(n))


def return_filing(book: Book, username: str, key: str, n: int, *, reason: str) -> Writes:
    """Send a filing back; it counts for nothing from now on."""
    told = words(reason, "reason", f"item/{key}#{n}")
    return _step(book, username, key, n, "return", "returned", FilingReturned(n, told))


def reopen_filing(book: Book, username: str, key: str, n: int, *, reason: str) -> Writes:
    """Unlock an accepted filing, for a reason, so that a new one can replace it."""
    told = words(reason, "reason", f"item/{key}#{n}")
    return _step(book, username, key, n, "reopen", "reopened", FilingReopened(n, told))


def filing_of(book: Book, key: str, n: int) -> Filing:
    """The filing of this number; raises `Refused` when there is none."""
    filing = task_of(book, key).filings.get(n)
    if filing is None:
        raise refused("filing.unknown", f"item/{key}#{n}")
    return filing


def filing_thing(book: Book, key: str, filing: Filing) -> Thing:
    """A filing as rights see it: the unit that filed it, and who has had a hand in it."""
    doers = filing.actors("filing.submitted", "filing.countersigned")
    item = item_thing(book, key)
    unit = filing.opened.body.unit_code
    return Thing(
        f"item/{key}#{filing.n}", unit, item.lead, item.partners, item.checker, item.leader,
        above(book, unit), doers, frozenset({unit}) if unit else frozenset(),
    )  # fmt: skip


def _step(book: Book, username: str, key: str, n: int, action: str, stage: str, body: Body) -> Writes:
    filing = filing_of(book, key, n)
    require(book, username, f"filing.{action}", filing_thing(book, key, filing))
    if filing.stage not in STEPS[stage]:
        now, then = f"stage.{filing.stage}", f"stage.{stage}"
        raise refused("filing.stage_wrong", f"item/{key}#{n}", now=now, then=then)
    return [(f"item/{key}", body)]


def post_reading(book: Book, username: str, key: str, reading: ReadingPosted) -> Writes:
    """Enter official statistics or what a register holds; the same reading again adds nothing."""
    place = f"item/{key}"
    require(book, username, "reading.post", item_thing(book, key))
    if reading.origin not in ORIGINS[:2]:  # a lower book's is gathered, a unit's is filed
        raise refused(
            "reading.origin_unknown", place, origin=reading.origin[:40], known=", ".join(ORIGINS[:2])
        )
    _check_reading(reading, place)
    if reading.origin == "statistics" and reading.vintage and not is_day(reading.vintage):
        raise refused("reading.vintage_wrong", place, vintage=reading.vintage[:40])
    if (
        reading.value is None
    ):  # what was published is entered as published, also where its parts say otherwise
        reading = msgspec.structs.replace(reading, value=_share(book, key, reading))
    if reading.value is None:
        raise refused("field.missing", place, field="field.value")
    words(reading.source, "source", place, limit=200)
    if any(posted.body == reading for posted in task_of(book, key).readings):
        return []
    return [(place, reading)]


def raise_dispute(
    book: Book, username: str, key: str, about: int, *, value: Decimal, reason: str, source: str
) -> Writes:
    """Say that the figure of the entry `about` (its number) is wrong: one's own, why, and from where."""
    place = f"item/{key}"
    require(book, username, "dispute.raise", item_thing(book, key))
    task = task_of(book, key)
    figures = {posted.seq for posted in task.readings if posted.body.value is not None}
    figures |= {f.opened.seq for f in task.filings.values() if f.opened.body.value is not None}
    if about not in figures:
        raise refused("dispute.no_figure", place, about=about)
    if any(case.opened.body.about == about and not case.steps for case in task.disputes):
        raise refused("dispute.there_already", place, about=about)
    told = words(reason, "reason", place)
    return [(place, DisputeRaised(about, value, told, words(source, "source", place, limit=200)))]


def decide_dispute(book: Book, username: str, key: str, about: int, *, upheld: bool, reason: str) -> Writes:
    """Decide whose figure stands; both stay to be seen."""
    place = f"item/{key}"
    cases = [c for c in task_of(book, key).disputes if c.opened.body.about == about and not c.steps]
    if not cases:
        raise refused("dispute.none_open", place, about=about)
    item = item_thing(book, key)
    doers = frozenset({cases[0].opened.actor})
    require(book, username, "dispute.decide", Thing(place, item.unit, item.lead, doers=doers,
                                                    doer_units=item.doer_units))  # fmt: skip
    return [(place, DisputeDecided(about, upheld, words(reason, "reason", place)))]


def may_see_working(book: Book, username: str, key: str) -> bool:
    """Whether someone may see an item's working papers: filings on their way, disputes, explanations."""
    return bool(may(actor_of(book, username), "working.read", item_thing(book, key)))


def _check_period(code: str, place: str) -> None:
    """Raise `Refused` for what is no period: a figure that belongs nowhere could be shown nowhere."""
    try:
        period(code)
    except ValueError:
        raise refused("reading.period_wrong", place, period=code[:20]) from None


def _check_reading(reading: Reading | Report, place: str) -> None:
    words(reading.period, "period", place, limit=20)
    _check_period(reading.period, place)
    words(reading.source, "source", place, limit=200, required=False)
    words(reading.scope, "scope", place, limit=200, required=False)
    if reading.basis not in BASES:
        raise refused("reading.basis_unknown", place, basis=reading.basis[:40], known=", ".join(BASES[1:]))
    for figure in (reading.value, reading.numerator, reading.denominator):
        if figure is not None and not figure.is_finite():
            raise refused("reading.not_finite", place)
    if (reading.numerator is None) != (reading.denominator is None):
        raise refused("reading.half_a_share", place)
    if reading.denominator is not None and reading.denominator == 0:
        raise refused("reading.denominator_zero", place)


def _share(book: Book, key: str, reading: Reading | Report) -> Decimal | None:
    """The value; where its parts are given, what they come to. Raises `Refused` where the two differ."""
    target = task_of(book, key).target
    if (
        reading.numerator is None
        or reading.denominator is None
        or target is None
        or target.measure != "share"
    ):
        return reading.value  # of a growth the parts are its two levels, of others what the unit says
    made = share_of(reading.numerator, reading.denominator, target.unit)
    if reading.value is not None and abs(reading.value - made) > ROUNDED:
        raise refused("reading.share_differs", f"item/{key}", value=str(reading.value), made=f"{made:f}")
    return made


_SHA256 = re.compile(r"[0-9a-f]{64}")


def check_evidence(proof: Evidence, place: str) -> None:
    if proof.kind not in EVIDENCE:
        raise refused("evidence.kind_unknown", place, kind=proof.kind[:40], known=", ".join(EVIDENCE))
    words(proof.reference, "reference", place, limit=200, required=proof.kind != "file")
    if (proof.kind == "file") != bool(proof.sha256):
        raise refused("evidence.file_missing", place)
    if proof.sha256 and not (_SHA256.fullmatch(proof.sha256) and proof.name and proof.size > 0):
        raise refused("evidence.file_missing", place)
