"""The operations of the API, each a few lines over the book."""

import re
from collections.abc import Sequence
from datetime import date
from typing import Annotated, Any, Literal

from django.http import HttpRequest
from django.utils import timezone
from ninja import Path, Query, Router
from ninja.security import django_auth
from pydantic import BeforeValidator

from duban.actions import decide_field
from duban.core.problem import Problem
from duban.ledger import Book
from duban.ledger.states import ClaimState, CommitmentState
from duban.web.api.shapes import (
    BookOut,
    ClaimOut,
    ClaimPage,
    CommitmentOut,
    CommitmentPage,
    Decision,
    EntryPage,
    Errors,
    FindingOut,
    Kind,
    LinkOut,
    Measure,
    errors,
)
from duban.web.history import lines
from duban.web.shelf import Filters, Row, book_on, locale, rows, store
from duban.web.today import today
from duban.web.views.common import claim_plain, plain
from duban.words import sentence

router = Router()


def _iso(text: object) -> object:
    """Only YYYY-MM-DD: pydantic alone would take a bare number for seconds since 1970."""
    if isinstance(text, str) and not re.fullmatch(r"\d{4}-\d\d-\d\d", text):
        raise ValueError("YYYY-MM-DD")
    return text


Day = Annotated[date, BeforeValidator(_iso)]
AsOf = Annotated[
    Day | None,
    Query(description="The book as it was on this day", examples=["2024-06-30"]),
]
Offset = Annotated[int, Query(ge=0, le=1_000_000)]
Limit = Annotated[int, Query(ge=1, le=500)]
Text = Annotated[str, Query(max_length=80)]
Id = Annotated[str, Path(max_length=80)]
REFUSALS: dict[Any, Any] = {403: Errors, 422: Errors}


def _missing(code: str, place: str) -> tuple[int, dict[str, Any]]:
    return 404, errors([Problem(code, place)], locale())


def _commitment(row: Row) -> dict[str, Any]:
    shown = [{"n": i.n, **{f: i.item[f] for f in i.item.keys()}} for i in row.items]  # noqa: SIM118
    return {**plain(row), "items": [{**one, "partners": list(one["partners"])} for one in shown]}


def part(found: Sequence[Any], offset: int, limit: int) -> dict[str, Any]:
    """The rows of a list from `offset` on, `limit` at most, and how many there are in all."""
    return {"total": len(found), "offset": offset, "items": found[offset : offset + limit]}


@router.get("/book", response={200: BookOut, **REFUSALS}, operation_id="book")
def book(request: HttpRequest, as_of: AsOf = None) -> dict[str, Any]:
    """Whose account this is and how much it holds."""
    found = book_on(as_of)
    return {
        "government": found.government,
        "year": found.year,
        "as_of": as_of,
        "entries": found.seq,
        "version": found.document.version if found.document else 0,
        "commitments": sum(not s.dropped for s in found.commitments.values()),
        "claims": sum(not s.dropped for s in found.claims.values()),
        "findings": len(found.findings),
    }


@router.get("/commitments", response={200: CommitmentPage, **REFUSALS}, operation_id="commitments")
def commitments(
    request: HttpRequest,
    kind: Annotated[Kind | None, Query()] = None,
    measure: Annotated[Measure | None, Query()] = None,
    action: Annotated[int | None, Query(ge=0, le=1000)] = None,
    unit: Text = "",
    q: Text = "",
    sort: Annotated[Literal["kind", "due", "head"] | None, Query()] = None,
    offset: Offset = 0,
    limit: Limit = 100,
    as_of: AsOf = None,
) -> dict[str, Any]:
    """The commitments that match every filter given, in the order of the text unless sorted."""
    number = "" if action is None else str(action)
    filters = Filters(number, kind or "", measure or "", q=q, sort=sort or "", unit=unit)
    found = filters.order([row for row in rows(book_on(as_of), as_of or today()) if filters.keeps(row)])
    some = part(found, offset, limit)
    return {**some, "items": [_commitment(row) for row in some["items"]]}


@router.get(
    "/commitments/{id}", response={200: CommitmentOut, 404: Errors, **REFUSALS}, operation_id="commitment"
)
def commitment(request: HttpRequest, id: Id, as_of: AsOf = None) -> Any:
    """One commitment."""
    found = book_on(as_of)
    state: CommitmentState | None = found.commitments.get(id)
    if state is None or state.dropped:
        return _missing("api.unknown", f"commitment/{id}")
    return _commitment(Row.of(found, state, as_of or today()))


@router.get("/claims", response={200: ClaimPage, **REFUSALS}, operation_id="claims")
def claims(
    request: HttpRequest,
    unsure: Annotated[bool, Query(description="Only those with a field that needs a person")] = False,
    offset: Offset = 0,
    limit: Limit = 100,
    as_of: AsOf = None,
) -> dict[str, Any]:
    """The numbers of the text, in its order."""
    live = [s for s in book_on(as_of).claims.values() if not s.dropped and (s.unsure() or not unsure)]
    some = part(sorted(live, key=lambda s: s.read.start), offset, limit)
    return {**some, "items": [claim_plain(s.claim) for s in some["items"]]}


@router.get("/claims/{id}", response={200: ClaimOut, 404: Errors, **REFUSALS}, operation_id="claim")
def claim(request: HttpRequest, id: Id, as_of: AsOf = None) -> Any:
    """One number."""
    state: ClaimState | None = book_on(as_of).claims.get(id)
    if state is None or state.dropped:
        return _missing("api.unknown", f"claim/{id}")
    return claim_plain(state.claim)


@router.get("/findings", response={200: list[FindingOut], **REFUSALS}, operation_id="findings")
def findings(request: HttpRequest, as_of: AsOf = None) -> list[dict[str, Any]]:
    """What is wrong with the text itself, in its order."""
    found = sorted(book_on(as_of).findings.values(), key=lambda f: f.start)
    names = ("id", "code", "level", "start", "end")
    return [
        {**{n: getattr(f, n) for n in names}, "sentence": sentence(f.code, f.data, locale())} for f in found
    ]


@router.get("/links", response={200: list[LinkOut], **REFUSALS}, operation_id="links")
def links(request: HttpRequest, as_of: AsOf = None) -> list[dict[str, Any]]:
    """Results of last year beside the targets that follow them."""
    names = ("review", "plan", "movement", "reason")
    return [{n: getattr(link, n) for n in names} for link in book_on(as_of).links.values()]


@router.get("/entries", response={200: EntryPage, **REFUSALS}, operation_id="entries")
def entries(
    request: HttpRequest,
    account: Annotated[
        str, Query(max_length=120, description="commitment/A1.1-01, claim/…, item/…, document")
    ],
    offset: Offset = 0,
    limit: Limit = 100,
    as_of: AsOf = None,
) -> dict[str, Any]:
    """The entries of an account and those below it, as far as the reader may see them."""
    found: Book = book_on(as_of)
    some = part(lines(request, found, found.timeline(account)), offset, limit)
    names = ("seq", "at", "on", "actor", "kind", "account", "seal")
    return {**some, "items": [{n: getattr(e, n) for n in names} for e in some["items"]]}


@router.post(
    "/claims/{id}/decisions",
    response={201: ClaimOut, 400: Errors, 401: Errors, 404: Errors, **REFUSALS},
    auth=django_auth,
    operation_id="decide",
)
def decide(request: HttpRequest, id: Id, decision: Decision) -> Any:
    """Confirm or correct one field of a number; the decision is an entry in the office's name."""
    done = decide_field(
        store(), book_on(None), id, decision.field, decision.value, reason=decision.reason,
        actor=request.user.get_username(), at=timezone.now(), on=today(),
    )  # fmt: skip
    if isinstance(done, Problem):
        return 404 if done.code == "decision.claim_unknown" else 400, errors([done], locale())
    return 201, claim_plain(book_on(None).claims[id].claim)
