"""A random inspection's draw: objects by class without putting back, then pairs of inspectors with recusal.

Anyone repeats it from the certificate alone: the frozen lists, their hash, and a seed that was published after the
lists were frozen. Who is drawn follows from digests of seed and name (`engines.draw`), so neither a machine nor a
random library has to be trusted.
"""

import hashlib
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import ROUND_CEILING, Decimal
from typing import Any

from duban.core.canonical import canonical
from duban.core.problem import Problem
from duban.engines.draw import digest

METHOD = "sha256-ascending, stratified, pairs-by-least-load"
PAIR = 2  # inspectors at least: Administrative Penalty Law 2021, art. 42; State Council notice 国办发〔2015〕58号


@dataclass(frozen=True, slots=True)
class Object:
    """What may be inspected: its id, its credit class (a letter), and what kind of supervision it falls under."""

    id: str
    rank: str
    kind: str = ""


@dataclass(frozen=True, slots=True)
class Inspector:
    """Who may inspect: id, the kinds that they are qualified for (all when none is named), and whom they must avoid."""

    id: str
    kinds: tuple[str, ...] = ()
    avoids: tuple[str, ...] = ()

    def may(self, one: Object) -> bool:
        """Whether they are qualified for the object and have no interest in it."""
        return one.id not in self.avoids and (not self.kinds or not one.kind or one.kind in self.kinds)


@dataclass(frozen=True, slots=True)
class Lots:
    """The outcome: the objects drawn in each class, and for each its inspectors; `short` are objects without enough."""

    drawn: Mapping[str, tuple[str, ...]]
    pairs: Mapping[str, tuple[str, ...]]
    short: tuple[str, ...]


def list_hash(
    objects: Iterable[Object], inspectors: Iterable[Inspector], shares: Mapping[str, Decimal]
) -> str:
    """The SHA-256 of both lists and the shares in canonical form: what is frozen before the seed is known."""
    return hashlib.sha256(canonical(_lists(objects, inspectors, shares)).encode()).hexdigest()


def seed_of(nonce: str, frozen: str) -> str:
    """The seed: what was published after the freezing, and the hash of what was frozen."""
    return f"{nonce}\n{frozen}"


def draw_lots(
    objects: Sequence[Object], inspectors: Sequence[Inspector], shares: Mapping[str, Decimal], seed: str,
    size: int = PAIR,
) -> Lots:  # fmt: skip
    """Draw ceil(share × number) objects of each class, then `size` inspectors for each: those with the least to do
    who may, ties by digest. Raises ValueError for a share outside 0 to 1 or an object listed twice.
    """
    if len({one.id for one in objects}) < len(objects) or len({one.id for one in inspectors}) < len(
        inspectors
    ):
        raise ValueError("an object or inspector stands on the list twice")
    drawn = {
        rank: _drawn([o.id for o in objects if o.rank == rank], share, seed) for rank, share in shares.items()
    }
    known = {one.id: one for one in objects}
    load: Counter[str] = Counter()
    pairs: dict[str, tuple[str, ...]] = {}
    for id in sorted((id for ids in drawn.values() for id in ids), key=lambda id: digest(seed, id)):
        able = [one.id for one in inspectors if one.may(known[id])]
        able.sort(key=lambda inspector: (load[inspector], digest(seed, f"{id}\n{inspector}")))
        pairs[id] = tuple(able[:size])
        load.update(pairs[id])
    return Lots(drawn, pairs, tuple(id for id, pair in pairs.items() if len(pair) < size))


def _drawn(ids: Sequence[str], share: Decimal, seed: str) -> tuple[str, ...]:
    if not 0 <= share <= 1:
        raise ValueError(f"a share of {share} cannot be drawn")
    count = int((share * len(ids)).to_integral_value(ROUND_CEILING))
    return tuple(sorted(ids, key=lambda id: digest(seed, id))[:count])


def certificate(
    objects: Sequence[Object], inspectors: Sequence[Inspector], shares: Mapping[str, Decimal], nonce: str, lots: Lots
) -> dict[str, Any]:  # fmt: skip
    """All that is needed to repeat the draw, and its outcome, as plain JSON values."""
    lists = _lists(objects, inspectors, shares)
    return {
        "method": METHOD, "nonce": nonce, "list_hash": list_hash(objects, inspectors, shares), **lists,
        "drawn": {rank: list(ids) for rank, ids in lots.drawn.items()},
        "pairs": {id: list(pair) for id, pair in lots.pairs.items()},
    }  # fmt: skip


def verify_certificate(told: Mapping[str, Any], place: str) -> list[Problem]:
    """What in a certificate does not follow from its own lists and nonce; nothing where all of it does."""
    try:
        objects = [Object(o["id"], o["rank"], o["kind"]) for o in told["objects"]]
        inspectors = [Inspector(i["id"], tuple(i["kinds"]), tuple(i["avoids"])) for i in told["inspectors"]]
        shares = {rank: Decimal(share) for rank, share in told["shares"].items()}
        if told["method"] != METHOD:
            return [Problem("draw.method_unknown", place, {"method": str(told["method"])[:60]})]
        frozen = list_hash(objects, inspectors, shares)
        again = draw_lots(objects, inspectors, shares, seed_of(told["nonce"], frozen))
        parts = {"list_hash": frozen, "drawn": {r: list(ids) for r, ids in again.drawn.items()},
                 "pairs": {id: list(pair) for id, pair in again.pairs.items()}}  # fmt: skip
        return [
            Problem(f"draw.{part}_differs", place) for part, value in parts.items() if told[part] != value
        ]
    except (KeyError, TypeError, ValueError, ArithmeticError, AttributeError):
        return [Problem("draw.certificate_wrong", place)]


def _lists(
    objects: Iterable[Object], inspectors: Iterable[Inspector], shares: Mapping[str, Decimal]
) -> dict[str, Any]:
    return {
        "objects": [{"id": o.id, "rank": o.rank, "kind": o.kind} for o in sorted(objects, key=lambda o: o.id)],
        "inspectors": [{"id": i.id, "kinds": sorted(i.kinds), "avoids": sorted(i.avoids)}
                       for i in sorted(inspectors, key=lambda i: i.id)],
        "shares": {rank: str(shares[rank]) for rank in sorted(shares)},
    }  # fmt: skip
