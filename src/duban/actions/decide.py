"""A person confirms or corrects one field of a claim: an entry that stays when the text is read again."""

from datetime import date, datetime
from decimal import Decimal

from duban.actions.context import actor_of, secret
from duban.core.problem import Problem
from duban.core.rights import Thing, may
from duban.ledger import Book, Draft, Entry, Store, instant
from duban.ledger.bodies import ClaimDecided, ClaimRead
from duban.ledger.states import parsed, shown
from duban.ledger.values import FIELDS, LONGEST, NEVER_EMPTY


def decide_field(
    store: Store,
    book: Book,
    claim_id: str,
    field: str,
    value: str | None,
    *,
    reason: str,
    actor: str,
    at: datetime,
    on: date,
) -> Entry | Problem:
    """Enter that `field` of a claim is `value` (None: it has none). The same value as before confirms it.

    A value that the field cannot hold is a Problem, and nothing is written. Raises `Refused` only when the
    ledger cannot be written.
    """
    state = book.claims.get(claim_id)
    place = f"claim/{claim_id}"
    if state is None or state.dropped:
        return Problem("decision.claim_unknown", place)
    allowed = may(actor_of(book, actor), "claim.decide", Thing(place))
    if not allowed:
        return Problem(allowed.code, place, allowed.data)
    value = value.strip() or None if value is not None else None
    fault = _fault(state.claim, field, value, reason, place) or secret(f"{value}\n{reason}", "reason", place)
    if fault is not None:
        return fault
    was = shown(getattr(state.claim, field))
    body = ClaimDecided(field, value, reason.strip(), was)
    return store.append([Draft(instant(at), on.isoformat(), actor, place, body)])[0]


def _fault(claim: ClaimRead, field: str, value: str | None, reason: str, place: str) -> Problem | None:
    """Why this value cannot stand in this field, or None."""
    if field not in FIELDS:
        return Problem("decision.field_unknown", place, {"field": field, "known": ", ".join(FIELDS)})
    holds, known = FIELDS[field]
    if value is None and field in NEVER_EMPTY:
        return Problem("decision.value_missing", place, {"field": field})
    if value is not None and not holds(value):
        return _wrong(field, value, known, place)
    if len(reason) > 10 * LONGEST:
        return Problem("decision.reason_long", place, {"limit": 10 * LONGEST})
    low, high = (parsed(f, value) if f == field else getattr(claim, f) for f in ("value", "high"))
    if field in ("value", "high") and _crossed(low, high):
        return Problem("decision.range_crossed", place, {"value": str(low), "high": str(high)})
    return None


def _wrong(field: str, value: str, known: tuple[str, ...], place: str) -> Problem:
    data: dict[str, str | int] = {"field": field, "value": value[:40]}
    if known:
        return Problem("decision.value_not_listed", place, data | {"known": ", ".join(known)})
    code = {"due": "decision.due_wrong", "value": "decision.not_a_number", "high": "decision.not_a_number"}
    return Problem(code.get(field, "decision.words_wrong"), place, data | {"limit": LONGEST})


def _crossed(low: Decimal | None, high: Decimal | None) -> bool:
    return low is not None and high is not None and low > high
