"""A commitment is split into items: proposed by its lead, decided by its leader; targets that add up, or a word why not."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, timedelta

import msgspec

from duban.actions.context import Writes, actor_of, refused, require, words
from duban.actions.rules import has_rule, rule
from duban.actions.tasks import (
    assigned,
    check_item,
    check_target,
    commitment_of,
    commitment_thing,
    target_of_claim,
)
from duban.core.measure import OVER_UNITS, falling
from duban.core.problem import Problem, Refused
from duban.ledger import Book
from duban.ledger.bodies import ClaimRead, Item, ItemAdded, ItemChanged
from duban.ledger.year.dated import Case
from duban.ledger.year.tasks import (
    Part,
    SplitDecided,
    SplitProposed,
    Target,
    TargetAdjusted,
    TargetSet,
)


def propose_split(
    book: Book,
    username: str,
    commitment: str,
    items: tuple[Item, ...],
    reason: str = "",
    parts: tuple[Part, ...] = (),
) -> Writes:
    """Propose the items of a commitment; each needs words, a lead that is a unit, and a deadline that can be read.

    `parts` says for each item which number of the commitment it takes, and how much of it. Without a `reason`,
    every number is taken, the parts add up where their measure adds, and no item is due after its commitment.
    """
    place = f"commitment/{commitment}"
    require(book, username, "split.propose", commitment_thing(book, commitment))
    if not items:
        raise refused("split.empty", place)
    for item in items:
        check_item(book, item, place, commitment)
    if parts and len(parts) != len(items):
        raise refused("split.parts_differ", place, items=len(items), parts=len(parts))
    _check_parts(book, commitment, parts)
    told = words(reason, "reason", place, required=False)
    lacking = tuple(shortfalls(book, commitment, items, parts))
    if lacking and not told:
        raise Refused(*lacking)
    return [(place, SplitProposed(items, told, parts))]


def _check_parts(book: Book, commitment: str, parts: Sequence[Part]) -> None:
    """Raise `Refused` for a part of a number that the commitment does not state, or one that is no number."""
    known = {claim.id for claim in claims_of(book, commitment)}
    for part in parts:
        if part.claim and part.claim not in known:
            raise refused("split.claim_unknown", f"commitment/{commitment}", claim=part.claim[:40])
        if part.value is not None and not (part.claim and part.value.is_finite()):
            raise refused("split.value_of_nothing", f"commitment/{commitment}", value=str(part.value)[:40])


def claims_of(book: Book, commitment: str) -> list[ClaimRead]:
    """The numbers that a commitment promises."""
    known = (book.claims.get(claim) for claim in commitment_of(book, commitment).read.claims)
    return [
        state.claim
        for state in known
        if state is not None and not state.dropped and state.claim.value is not None
    ]


def shortfalls(
    book: Book, commitment: str, items: Sequence[Item], parts: Sequence[Part]
) -> Iterator[Problem]:
    """What a split leaves open: numbers without an item, parts that do not add up, deadlines after the promise's."""
    place = f"commitment/{commitment}"
    for claim in claims_of(book, commitment) if parts else ():
        name = claim.indicator or claim.number
        mine = [part for part in parts if part.claim == claim.id]
        if not mine:
            yield Problem("split.claim_left", place, {"indicator": name})
            continue
        total = sum(part.value if part.value is not None else claim.value or 0 for part in mine)
        less = falling(claim.measure or "", claim.comparator or "")
        short = claim.value is not None and (total > claim.value if less else total < claim.value)
        if OVER_UNITS.get(claim.measure or "") == "sum" and short:
            data: dict[str, str | int] = {
                "indicator": name,
                "total": f"{total:f}",
                "value": f"{claim.value:f}",
            }
            yield Problem("split.not_added_up", place, data)
    promised = commitment_of(book, commitment).read.due or ""
    for item in items:
        if _is_date(promised) and _is_date(item.due or "") and (item.due or "") > promised:
            yield Problem(
                "split.due_later",
                place,
                {"head": item.head[:40], "due": item.due or "", "promised": promised},
            )


def _is_date(due: str) -> bool:
    return len(due) == 10 and due[:4].isdecimal()


def open_split(book: Book, commitment: str) -> Case[SplitProposed] | None:
    """The proposal that waits for a decision; None when there is none."""
    case = next(iter(reversed(book.splits.get(commitment, ()))), None)
    return None if case is None or case.steps else case


def split_until(book: Book, day: str) -> date | None:
    """By when a split that was asked for, or proposed, on `day` shall be done; None where the city set no days."""
    if not has_rule(book, "split_days"):
        return None
    return date.fromisoformat(day) + timedelta(days=int(rule(book, "split_days")))


def decide_split(
    book: Book, username: str, commitment: str, *, approved: bool, reason: str = "", today: date
) -> Writes:
    """Approve the last proposal, and its items and targets replace those on the table; or return it with a reason.

    Raises `Refused` where items that would go have been reported on: their history would lose its item.
    """
    place = f"commitment/{commitment}"
    case = open_split(book, commitment)
    if case is None:
        raise refused("split.none_open", place)
    require(
        book, username, "split.decide", commitment_thing(book, commitment, frozenset({case.opened.actor}))
    )
    told = words(reason, "reason", place, required=not approved)
    writes: Writes = [(place, SplitDecided(approved, told))]
    if not approved:
        return writes
    body = case.opened.body
    accounts = _accounts(book, commitment, len(body.items))
    writes += _items(book, accounts, body.items, today)
    return writes + list(_targets(book, username, commitment, accounts, body))


def _accounts(book: Book, commitment: str, count: int) -> list[str]:
    """The first proposed items take the numbers there are, the rest get new ones."""
    state = commitment_of(book, commitment)
    numbers = [item.n for item in state.items]
    if len(numbers) > count:
        raise refused("split.loses_items", f"commitment/{commitment}", now=len(numbers), then=count)
    numbers += range(state.next_item, state.next_item + count - len(numbers))
    return [f"item/{commitment}/{n}" for n in numbers]


def _items(book: Book, accounts: Sequence[str], items: Sequence[Item], today: date) -> Writes:
    writes: Writes = []
    for account, item in zip(accounts, items, strict=True):
        before = book.items.get(account.partition("/")[2])
        kind = ItemAdded if before is None else ItemChanged
        body = kind(**{name: item[name] for name in Item.__struct_fields__})
        writes.append((account, body))
        if item.lead and not (before is not None and before.item.lead == item.lead):
            writes.append((account, assigned(book, body, today)))
    return writes


def _targets(
    book: Book, username: str, commitment: str, accounts: Sequence[str], body: SplitProposed
) -> Iterable[tuple[str, TargetSet | TargetAdjusted]]:
    """The targets of the parts; one that an item began with is adjusted only where the whole still adds up."""
    whole = not any(shortfalls(book, commitment, body.items, body.parts))
    for account, item, part in zip(accounts, body.items, body.parts, strict=False):
        if not part.claim:
            continue
        target = _target(book, item, part)
        check_target(target, account)
        task = book.tasks.get(account.partition("/")[2])
        now = task.target if task else None
        if now is None:
            yield account, TargetSet(target, part.claim)
        elif (now.value, now.unit, now.due) != (target.value, target.unit, target.due):
            if not whole:
                raise refused("split.adjust_first", account, value=str(now.value))
            name = actor_of(book, username).name
            changed = msgspec.structs.replace(target, base=now.base)
            yield account, TargetAdjusted(changed, f"分解审定（{name}）", body.reason or "按分解方案")


def _target(book: Book, item: Item, part: Part) -> Target:
    whole = target_of_claim(book.claims[part.claim].claim)
    due = item.due or whole.due
    if part.value is None or part.value == whole.value:
        return msgspec.structs.replace(whole, due=due)
    return msgspec.structs.replace(whole, value=part.value, high=None, due=due)
