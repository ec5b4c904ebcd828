"""Numbers that three districts divide among them: items of one claim, each with a part of the whole's target."""

import random
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import ROUND_DOWN, Decimal

import msgspec

from duban.ledger import Book
from duban.ledger.items import ItemChange
from duban.ledger.year.tasks import Target
from duban.simulate.cast import DISTRICTS

SHARES = (Decimal("0.5"), Decimal("0.3"), Decimal("0.2"))
MOST = 4  # numbers divided; the last of them with parts that leave a tenth of it to nobody


@dataclass(frozen=True, slots=True)
class Wanted:
    """An item to be added: the claim it begins from, and the part of it that it takes (None: all of it)."""

    change: ItemChange
    claim: str
    part: Decimal | None = None


def divided(book: Book, wanted: Sequence[Wanted], chance: random.Random) -> Iterator[Wanted]:
    """The items with some numbers divided among the districts, the parts after their whole.

    Where the parts do not make the whole there is no item for the whole: the districts carry all of it.
    """
    able = [one for one in wanted if _divisible(book, one.claim)]
    chosen = {id(one): n for n, one in enumerate(chance.sample(able, min(MOST, len(able))))}
    for one in wanted:
        n = chosen.get(id(one))
        if n != MOST - 1:
            yield one
        if n is not None:
            yield from _parts(one, book.claims[one.claim].claim.value or Decimal(0), lost=n == MOST - 1)


def _divisible(book: Book, claim: str) -> bool:
    if claim not in book.claims:
        return False
    told = book.claims[claim].claim
    rising = told.comparator in ("", "ge", "eq", None) and told.high is None
    return rising and told.measure == "increment" and told.value is not None and told.value >= 100


def _parts(whole: Wanted, value: Decimal, *, lost: bool) -> Iterator[Wanted]:
    grain = Decimal(1).scaleb(min(0, int(value.as_tuple().exponent)))
    total = value * Decimal("0.9") if lost else value
    parts = [(total * share).quantize(grain, ROUND_DOWN) for share in SHARES]
    if not lost:
        parts[0] += value - sum(parts)
    for (_code, name), part in zip(DISTRICTS[: len(parts)], parts, strict=True):
        head = f"{whole.change.head}（{name}）"
        yield Wanted(replace(whole.change, head=head, lead=name, partners=()), whole.claim, part)


def target_of(full: Target, part: Decimal | None) -> Target | None:
    """The target of a part; None where the item takes all of it."""
    return None if part is None else msgspec.structs.replace(full, value=part)


def keys_of(wanted: Sequence[Wanted]) -> Iterator[str]:
    """The keys that the items get, in order."""
    count: dict[str, int] = {}
    for one in wanted:
        count[one.change.commitment] = n = count.get(one.change.commitment, 0) + 1
        yield f"{one.change.commitment}/{n}"


def wholes_of(wanted: Sequence[Wanted], keys: Sequence[str]) -> Mapping[str, str]:
    """For each part's key the key of its whole, where there is one."""
    whole = {one.claim: key for one, key in zip(wanted, keys, strict=True) if one.claim and one.part is None}
    return {
        key: whole[one.claim]
        for one, key in zip(wanted, keys, strict=True)
        if one.part is not None and one.claim in whole
    }
