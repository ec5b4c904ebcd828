"""Items and task forces: who leads what by when, against which target; every change with its reason."""

from datetime import date, timedelta
from typing import Any

import msgspec

from duban.actions.context import Writes, item_of, item_thing, refused, require, task_of, words
from duban.actions.plans import check_plan, planned
from duban.actions.rules import rule
from duban.assess.account import account_of
from duban.core.rights import Thing
from duban.core.workdays import after_workdays
from duban.ledger import Book
from duban.ledger.bodies import ClaimRead, Item, ItemChanged
from duban.ledger.states import CommitmentState
from duban.ledger.values import COMPARATORS, MEASURES, is_due
from duban.ledger.year.tasks import (
    HALTS,
    JUDGEMENTS,
    AssignmentDecided,
    AssignmentMade,
    AssignmentReturned,
    DelayDecided,
    DelayExplained,
    ItemHalted,
    ItemResumed,
    JudgementGiven,
    PlanSet,
    Target,
    TargetAdjusted,
    TargetSet,
)
from duban.ledger.year.units import unit_named


def commitment_of(book: Book, commitment: str) -> CommitmentState:
    """The commitment of this id; raises `Refused` when there is none now."""
    state = book.commitments.get(commitment)
    if state is None or state.dropped:
        raise refused("commitment.unknown", f"commitment/{commitment[:40]}")
    return state


def commitment_thing(book: Book, commitment: str, doers: frozenset[str] = frozenset()) -> Thing:
    """A commitment as rights see it: through its first item, the one that says who leads."""
    items = commitment_of(book, commitment).items
    if items:
        thing = item_thing(book, f"{commitment}/{items[0].n}", doers=doers)
        return Thing(f"commitment/{commitment}", thing.lead, thing.lead, thing.partners, leader=thing.leader,
                     path=thing.path, doers=doers)  # fmt: skip
    return Thing(f"commitment/{commitment}", doers=doers)


def check_item(book: Book, item: Item, place: str, commitment: str) -> None:
    """Raise `Refused` for an item without words, of another commitment, led by no unit or twice by one."""
    words(item.head, "head", place, limit=400)
    if item.commitment != commitment:
        raise refused("split.other_commitment", place, other=item.commitment[:40])
    if not item.lead:
        raise refused("split.no_lead", place, head=item.head[:40])
    for name in (item.lead, *item.partners, *([item.checker] if item.checker else [])):
        unit = unit_named(book, name)
        if unit is None or unit.closed is not None:
            raise refused("split.unit_unknown", place, unit=name[:40])
    if item.lead in item.partners:
        raise refused("split.lead_twice", place, unit=item.lead)
    if item.due is not None and not is_due(item.due):
        raise refused("split.due_wrong", place, due=item.due[:40])


def assigned(book: Book, item: Item, today: date) -> AssignmentMade:
    """The assignment that an item's lead makes; it can be returned until the rule's days have passed."""
    days = int(rule(book, "return_workdays"))
    return AssignmentMade(item.lead, item.partners, after_workdays(today, days).isoformat())


def return_assignment(book: Book, username: str, key: str, *, reason: str, today: date) -> Writes:
    """The lead says within the days set why the item is not its own."""
    case = task_of(book, key).assignment
    place = f"item/{key}"
    if case is None:
        raise refused("assignment.none", place)
    in_time = today.isoformat() <= case.opened.body.until
    require(
        book, username, "assignment.return", item_thing(book, key, facts=("returnable",) if in_time else ())
    )
    if case.steps:
        raise refused("assignment.returned_already", place)
    return [(place, AssignmentReturned(words(reason, "reason", place)))]


def decide_assignment(
    book: Book, username: str, key: str, *, stands: bool, reason: str, lead: str = "", today: date
) -> Writes:
    """Decide on a return: it stands, or the item goes to another lead, who may in turn return it."""
    place = f"item/{key}"
    require(book, username, "assignment.decide", item_thing(book, key))
    case = task_of(book, key).assignment
    if case is None or not isinstance(case.last.body, AssignmentReturned):
        raise refused("assignment.none_returned", place)
    writes: Writes = [(place, AssignmentDecided(stands, words(reason, "reason", place)))]
    if stands:
        return writes
    item = item_of(book, key).item
    unit = unit_named(book, lead)
    if unit is None or unit.closed is not None or unit.name == item.lead:
        raise refused("split.unit_unknown", place, unit=lead[:40])
    partners = tuple(p for p in item.partners if p != unit.name)
    moved = changed(item, lead=unit.name, partners=partners)
    return [*writes, (place, moved), (place, assigned(book, moved, today))]


def changed(item: Item, **fields: Any) -> ItemChanged:
    """The item with some fields changed, as an entry writes it: whole."""
    return ItemChanged(**{name: fields.get(name, item[name]) for name in Item.__struct_fields__})


def target_of_claim(claim: ClaimRead) -> Target:
    """The target as the document's number states it."""
    return Target(
        claim.indicator or "", claim.measure or "", claim.value, claim.high, claim.unit or "",
        claim.comparator or "", claim.due or "",
    )  # fmt: skip


def begin_target(book: Book, username: str, key: str, claim: str, part: Target | None = None) -> Writes:
    """The target with which an item begins: its claim's, or `part` of it. Later changes are adjustments."""
    place = f"item/{key}"
    require(book, username, "item.edit", item_thing(book, key), "target")
    if task_of(book, key).begun is not None:
        raise refused("target.begun", place)
    state = book.claims.get(claim)
    if state is None or state.dropped:
        raise refused("decision.claim_unknown", f"claim/{claim[:40]}")
    target = part or target_of_claim(state.claim)
    check_target(target, place)
    return [(place, TargetSet(target, claim))]


def adjust_target(
    book: Book, username: str, key: str, target: Target, *, authority: str, reason: str
) -> Writes:
    """Change a target by an authority for a reason; what it began with stays beside it."""
    place = f"item/{key}"
    require(book, username, "target.adjust", item_thing(book, key))
    now = task_of(book, key).target
    if now is None:
        raise refused("target.none", place)
    if target == now:
        raise refused("target.same", place)
    check_target(target, place)
    body = TargetAdjusted(target, words(authority, "authority", place), words(reason, "reason", place))
    return [(place, body)]


def check_target(target: Target, place: str) -> None:
    """Raise `Refused` for a target without a value, with crossed bounds, or words that are not known."""
    if target.value is None:
        raise refused("field.missing", place, field="field.value")
    if target.high is not None and target.high < target.value:
        raise refused("decision.range_crossed", place, value=str(target.value), high=str(target.high))
    for field, known in (("measure", MEASURES), ("comparator", COMPARATORS)):
        if target[field] and target[field] not in known:
            listed = ", ".join(known)
            raise refused(
                "decision.value_not_listed", place, field=field, value=target[field][:40], known=listed
            )
    if target.due and not is_due(target.due):
        raise refused("split.due_wrong", place, due=target.due[:40])


def set_plan(book: Book, username: str, key: str, plan: PlanSet) -> Writes:
    """Set how the target shall be reached; a later plan replaces it with its reason, the earlier stays."""
    place = f"item/{key}"
    require(book, username, "plan.set", item_thing(book, key))
    before = task_of(book, key).plan
    if before is not None:
        if msgspec.structs.replace(plan, reason="") == msgspec.structs.replace(before.body, reason=""):
            return []
        words(plan.reason, "reason", place)
    check_plan(planned(account_of(book, key), plan), plan, place)
    return [(place, plan)]


def explain_delay(
    book: Book, username: str, key: str, *, reason: str, until: str = "", today: date
) -> Writes:
    """Say why an item lags, and until when that should count."""
    place = f"item/{key}"
    require(book, username, "delay.explain", item_thing(book, key))
    return [(place, DelayExplained(words(reason, "reason", place), later_day(until, today, place)))]


def decide_delay(
    book: Book, username: str, key: str, *, accepted: bool, reason: str = "", until: str = "", today: date
) -> Writes:
    """Accept the last explanation, until a day, or not, with the reason why not."""
    place = f"item/{key}"
    delays = task_of(book, key).delays
    if not delays or delays[-1].steps:
        raise refused("delay.none_open", place)
    require(book, username, "delay.decide", item_thing(book, key, doers=[delays[-1].opened.actor]))
    told = words(reason, "reason", place, required=not accepted)
    return [(place, DelayDecided(accepted, told, later_day(until, today, place)))]


def judge(book: Book, username: str, key: str, *, step: str, told: str = "") -> Writes:
    """Write down one's own view of how likely delivery is."""
    place = f"item/{key}"
    require(book, username, "judgement.give", item_thing(book, key))
    if step not in JUDGEMENTS:
        raise refused("judgement.unknown", place, step=step[:40], known=", ".join(JUDGEMENTS))
    return [(place, JudgementGiven(step, words(told, "words", place, required=False)))]


def halt(
    book: Book, username: str, key: str, *, how: str, reason: str, until: str = "", today: date
) -> Writes:
    """Suspend an item, or say that it waits for statistics, for a reason."""
    place = f"item/{key}"
    require(book, username, "item.halt", item_thing(book, key))
    if how not in HALTS or task_of(book, key).halt is not None:
        raise refused("item.halt_wrong", place, how=how[:40], known=", ".join(HALTS))
    return [(place, ItemHalted(how, words(reason, "reason", place), later_day(until, today, place)))]


def resume(book: Book, username: str, key: str, *, reason: str = "") -> Writes:
    """Let a halted item go on."""
    place = f"item/{key}"
    require(book, username, "item.halt", item_thing(book, key))
    if task_of(book, key).halt is None:
        raise refused("item.not_halted", place)
    return [(place, ItemResumed(words(reason, "reason", place, required=False)))]


def later_day(until: str, today: date, place: str) -> str:
    """`until` when it is "" or a day after today within two years; else raises `Refused`."""
    if not until:
        return ""
    try:
        day = date.fromisoformat(until)
    except ValueError:
        raise refused("date.wrong", place, date=until[:40]) from None
    if not today < day <= today + timedelta(days=731):
        raise refused("date.not_later", place, date=until, today=today.isoformat())
    return day.isoformat()
