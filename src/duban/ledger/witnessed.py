"""Check a proof, or two published lists of roots, without the ledger: `Refused` with the first fault that is found."""

import json
import re
from typing import Any

import msgspec

from duban.core.canonical import NotCanonicalError, canonical
from duban.core.problem import Problem, Refused
from duban.ledger.merkle import extends, includes, leaf_hash
from duban.ledger.seal import Hasher, hasher
from duban.ledger.witness import PROOF, PROOFS, ROOTS, day_of

_HEX = re.compile(r"[0-9a-f]{64}")


class Proof(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A proof as it is written; either the shown and hidden fields, or the leaf alone."""

    format: str
    algorithm: str
    day: str
    size: int
    root: str
    index: int
    path: list[str]
    shown: dict[str, tuple[str, Any]] | None = None
    hidden: dict[str, str] | None = None
    leaf: str | None = None


class Proofs(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Several proofs in one file, as a site publishes them for each commitment."""

    format: str
    proofs: list[msgspec.Raw]


class Root(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A day of a list."""

    day: str
    size: int
    root: str
    consistency: list[str]


class Roots(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A list of roots as it is published."""

    format: str
    algorithm: str
    government: str
    year: int
    roots: list[Root]


def _refuse(code: str, place: str, **data: str | int) -> Refused:
    return Refused(Problem(code, place, data))


def read_proof(raw: bytes, place: str) -> Proof:
    """The proof in `raw`; raises `Refused` for what is none."""
    try:
        proof = msgspec.json.decode(raw, type=Proof)
    except (msgspec.MsgspecError, UnicodeError):
        raise _refuse("proof.file_wrong", place, format=PROOF) from None
    digests = [proof.root, *proof.path, *(proof.hidden or {}).values(), *([proof.leaf] if proof.leaf else [])]
    whole = (proof.leaf is None) == (proof.shown is not None) == (proof.hidden is not None)
    twice = set(proof.shown or ()) & set(proof.hidden or ())
    if proof.format != PROOF or not whole or twice or not all(map(_HEX.fullmatch, digests)):
        raise _refuse("proof.file_wrong", place, format=PROOF)
    return proof


def read_proofs(raw: bytes, place: str) -> list[Proof]:
    """The proofs in `raw`, one or a file of several; raises `Refused`."""
    try:
        some = msgspec.json.decode(raw, type=Proofs)
    except (msgspec.MsgspecError, UnicodeError):
        return [read_proof(raw, place)]
    if some.format != PROOFS:
        raise _refuse("proof.file_wrong", place, format=PROOFS)
    return [read_proof(bytes(one), f"{place}:{n}") for n, one in enumerate(some.proofs, 1)]


def read_roots(raw: bytes, place: str) -> Roots:
    """The list of roots in `raw`, each day checked to extend the one before; raises `Refused`."""
    try:
        roots = msgspec.json.decode(raw, type=Roots)
    except (msgspec.MsgspecError, UnicodeError):
        raise _refuse("proof.roots_wrong", place, format=ROOTS) from None
    digests = [text for one in roots.roots for text in (one.root, *one.consistency)]
    if roots.format != ROOTS or not roots.roots or not all(map(_HEX.fullmatch, digests)):
        raise _refuse("proof.roots_wrong", place, format=ROOTS)
    digest = hasher(roots.algorithm)
    for before, one in zip(roots.roots, roots.roots[1:], strict=False):
        told = extends(digest, before.size, one.size, before.root, one.consistency)
        if one.day <= before.day or told != (before.root, one.root):
            raise _refuse("proof.day_broken", place, day=one.day, before=before.day)
    return roots


def check_proof(proof: Proof, place: str, known: "str | Roots | None" = None) -> None:
    """That the proof holds, and leads to `known`: a published root, or a list that has its day. Raises `Refused`."""
    digest = hasher(proof.algorithm)
    leaf = proof.leaf or _leaf(digest, proof, place)
    if includes(digest, leaf, proof.index, proof.size, proof.path) != proof.root:
        raise _refuse("proof.broken", place, root=proof.root)
    if isinstance(known, str) and known != proof.root:
        raise _refuse("proof.other_root", place, root=proof.root, known=known)
    if isinstance(known, Roots):
        listed = next((one for one in known.roots if one.day == proof.day), None)
        if listed is None or (listed.size, listed.root) != (proof.size, proof.root):
            raise _refuse("proof.not_listed", place, day=proof.day, root=proof.root)
        if known.algorithm != proof.algorithm:
            raise _refuse("proof.not_listed", place, day=proof.day, root=proof.root)


def _leaf(digest: Hasher, proof: Proof, place: str) -> str:
    assert proof.shown is not None
    assert proof.hidden is not None
    try:
        told = {
            field: digest((salt + canonical(value)).encode()) for field, (salt, value) in proof.shown.items()
        }
        leaf = leaf_hash(digest, canonical(told | proof.hidden).encode())
    except (NotCanonicalError, UnicodeError):
        raise _refuse("proof.file_wrong", place, format=PROOF) from None
    seq, at = (proof.shown.get(field, ("", None))[1] for field in ("seq", "at"))
    if seq is not None and seq != proof.index + 1:
        raise _refuse("proof.other_entry", place, told=str(seq), found=proof.index + 1)
    if isinstance(at, str) and _written_after(at, proof.day):
        raise _refuse("proof.other_day", place, at=at, day=proof.day)
    return leaf


def _written_after(at: str, day: str) -> bool:
    try:
        return day_of(at) > day
    except ValueError:
        return True


def check_consistent(first: Roots, second: Roots, places: tuple[str, str]) -> int:
    """That the longer list keeps every day of the shorter one, and each extends the one before; how many days agree.

    Raises `Refused` naming the first day that was rewritten.
    """
    for field in ("government", "year", "algorithm"):
        told, found = (str(getattr(one, field)) for one in (first, second))
        if told != found:
            raise _refuse("proof.other_book", places[1], first=told, second=found)
    if second.roots[-1].size < first.roots[-1].size:
        first, second, places = second, first, (places[1], places[0])
    listed = {one.day: one for one in second.roots}
    for one in first.roots:
        other = listed.get(one.day)
        if other is None or (other.size, other.root) != (one.size, one.root):
            raise _refuse("proof.rewritten", places[1], day=one.day, other=places[0])
    return len(first.roots)


def shown_values(proof: Proof) -> str:
    """What the proof shows of its entry, as one line of JSON."""
    return json.dumps({field: value for field, (_, value) in (proof.shown or {}).items()}, ensure_ascii=False)
