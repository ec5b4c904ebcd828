"""Parts against the total, by measure: items that share one claim; growth and ranks are never put together."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal

from duban.assess.account import Account, Known
from duban.assess.doubts.model import Doubt, grain, shown
from duban.core.measure import OVER_UNITS, Figure, over_units
from duban.ledger import Book


def parts(book: Book, accounts: Mapping[str, Account]) -> Iterator[Doubt]:
    """Items that begin from the same claim: their targets against it, and where one of them carries the whole,
    its figure against those of the others."""
    for claim, sharing in _by_claim(accounts).items():
        state = book.claims.get(claim)
        if len(sharing) < 2 or state is None or state.claim.value is None:
            continue
        if OVER_UNITS.get(sharing[0].plan.measure) != "sum":
            continue  # shares need their numerators, growth and ranks never add
        total = state.claim.value
        wholes = [account for account in sharing if _begun(account) == total]
        split = [account for account in sharing if _begun(account) != total]
        if len(wholes) == 1 and split:
            yield from _figures(wholes[0], split)
        if split and len(wholes) < 2:
            yield from _targets(claim, total, split)


def _by_claim(accounts: Mapping[str, Account]) -> dict[str, list[Account]]:
    """The items by the claim they begin from, each list of one measure and unit; items without a number are left out."""
    found: dict[str, list[Account]] = defaultdict(list)
    for account in accounts.values():
        begun = account.task.begun
        if begun is not None and begun.body.claim and begun.body.target.value is not None:
            found[begun.body.claim].append(account)
    return {claim: some for claim, some in found.items() if len({_kind(a) for a in some}) == 1}


def _kind(account: Account) -> tuple[str, str]:
    return account.plan.measure, account.target.unit


def _begun(account: Account) -> Decimal | None:
    return account.task.original.value if account.task.original else None


def _targets(claim: str, total: Decimal, split: Sequence[Account]) -> Iterator[Doubt]:
    """The parts' first targets do not come to the claim's value."""
    values = [value for account in split if (value := _begun(account)) is not None]
    come = sum(values, Decimal(0))
    if come != total and total:
        yield Doubt("parts_target", split[0].key, "", {
            "claim": claim, "sum": str(come), "total": f"{total}{split[0].target.unit}", "n": f"{len(values)}",
            "ratio": shown(come / total),
        })  # fmt: skip


def _figures(whole: Account, split: Sequence[Account]) -> Iterator[Doubt]:
    """For the latest period that all of them have: the parts together against the whole.

    Parts whose targets do not come to the whole's may stay below it, never above.
    """
    known = {figure.period.end: figure for figure in whole.figures}
    theirs = [{figure.period.end: figure for figure in account.figures} for account in split]
    common = set(known).intersection(*theirs)
    if not common:
        return
    end = max(common)
    figures: list[Known] = [part[end] for part in theirs]
    come = over_units(whole.plan.measure, [Figure(figure.value) for figure in figures]).value
    if come is None:
        return
    total = known[end].value
    rounding = sum((grain(f.value) / 2 for f in figures), grain(total) / 2)
    complete = sum((_begun(a) or Decimal(0) for a in split), Decimal(0)) == _begun(whole)
    if come - total > rounding or (complete and total - come > rounding):
        yield Doubt("parts_differ", whole.key, known[end].period.code, {
            "sum": str(come), "total": f"{total}{whole.target.unit}", "n": f"{len(figures)}",
            "gap": shown(come - total, 4),
        })  # fmt: skip
