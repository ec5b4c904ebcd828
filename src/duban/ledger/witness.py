"""The ledger's tree and its root for each day: what is published so that outsiders can check what they are shown.

A leaf is the canonical form of {field: H(salt + canonical value)}: the outside of the entry and, as "body.x", every
field of its body. So a proof can show some fields of an entry and keep the others, as hashes that nobody can guess:
salt(n, field) = H(blind(n-1) + "/" + field),   blind(n) = H("blind" + blind(n-1) + canonical entry n),   blind(0) = "".
The blinds are never given out. A day ends at midnight in Beijing (UTC+8, China's one time).
"""

import json
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta, timezone
from typing import Any

from duban.core.problem import Problem, Refused
from duban.ledger.merkle import Tree, leaf_hash
from duban.ledger.seal import entry_form, hasher
from duban.ledger.store import Row, Store

# Values that come from the ledger's own canonical text are canonical already: no need to check each again.
_form = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), sort_keys=True).encode
BEIJING = timezone(timedelta(hours=8))
PROOF, PROOFS, ROOTS = "duban-proof-1", "duban-proofs-1", "duban-roots-1"


def day_of(at: str) -> str:
    """The day in Beijing of an instant as the ledger writes it."""
    return datetime.fromisoformat(at).astimezone(BEIJING).date().isoformat()


@dataclass(frozen=True, slots=True)
class DayRoot:
    """The tree as a day ended: how many entries, its root, and that it extends the listed day before."""

    day: str
    size: int
    root: str
    consistency: tuple[str, ...] = ()


def fields_of(row: Row) -> dict[str, Any]:
    """An entry as its leaf has it: the outside, and the fields of the body as they are written."""
    seq, at, on, actor, kind, account, body = row[:7]
    outside = {"seq": seq, "at": at, "on": on, "actor": actor, "kind": kind, "account": account}
    return outside | {f"body.{name}": value for name, value in json.loads(body).items()}


class Witness:
    """The tree over a ledger; `catch_up` takes in what was written since. Holds two hashes for each entry."""

    def __init__(self, algorithm: str) -> None:
        self.algorithm = algorithm
        self.tree = Tree(hasher(algorithm))
        self._digest = hasher(algorithm)
        self._blinds = [""]  # before each entry
        self._ends: dict[str, int] = {}  # how many entries there were as the day ended, by day

    def catch_up(self, store: Store) -> Iterator[int]:
        """Take in the entries that are new; gives the number of each, for a progress bar."""
        yield from self.take(store.rows(after=self.tree.size))

    def take(self, rows: Iterable[Row]) -> Iterator[int]:
        """Take in `rows`, the next ones. One written by a clock that had gone back belongs to the later day."""
        latest = next(reversed(self._ends), "")
        for row in rows:
            self.tree.add(leaf_hash(self._digest, _form(self._digests(row)).encode()))
            form = entry_form(*row[:6], row[6])
            self._blinds.append(self._digest(f"blind{self._blinds[-1]}{form}".encode()))
            latest = max(latest, day_of(row[1]))
            self._ends[latest] = row[0]
            yield row[0]

    def _salt(self, seq: int, field: str) -> str:
        return self._digest(f"{self._blinds[seq - 1]}/{field}".encode())

    def _digests(self, row: Row) -> dict[str, str]:
        digest, blind = self._digest, self._blinds[row[0] - 1]
        return {
            field: digest((digest(f"{blind}/{field}".encode()) + _form(value)).encode())
            for field, value in fields_of(row).items()
        }

    def roots(self, today: date) -> list[DayRoot]:
        """The root of every day before `today` on which something was written, each with how it extends the one before."""
        found: list[DayRoot] = []
        for day, size in self._ends.items():
            if day < today.isoformat():
                path = self.tree.consistency(found[-1].size, size) if found else []
                found.append(DayRoot(day, size, self.tree.root(size), tuple(path)))
        return found

    def day_for(self, seq: int, today: date) -> tuple[str, int]:
        """The first ended day that holds entry `seq`, and its size; raises `Refused` while there is none."""
        for day, size in self._ends.items():
            if day < today.isoformat() and 0 < seq <= size:
                return day, size
        code = "proof.not_yet" if 0 < seq <= self.tree.size else "proof.unknown"
        raise Refused(Problem(code, f"#{seq}", {"entries": self.tree.size}))

    def proof(self, row: Row, shown: Collection[str] | None, today: date) -> dict[str, Any]:
        """That an entry stood at the end of its day, with the values of the fields `shown`; None: its hash alone."""
        day, size = self.day_for(row[0], today)
        index = row[0] - 1
        made = {
            "format": PROOF, "algorithm": self.algorithm, "day": day, "size": size, "root": self.tree.root(size),
            "index": index, "path": self.tree.inclusion(index, size),
        }  # fmt: skip
        if shown is None:
            return made | {"leaf": self.tree.leaf(index)}
        values, digests = fields_of(row), self._digests(row)
        told = {field: [self._salt(row[0], field), values[field]] for field in values if field in shown}
        kept = {field: digest for field, digest in digests.items() if field not in shown}
        return made | {"shown": told, "hidden": kept}


def published(witness: Witness, government: str, year: int, today: date) -> dict[str, Any]:
    """The roots of all ended days as they are published."""
    rows = [
        {"day": one.day, "size": one.size, "root": one.root, "consistency": list(one.consistency)}
        for one in witness.roots(today)
    ]
    return {
        "format": ROOTS, "algorithm": witness.algorithm, "government": government, "year": year, "roots": rows,
    }  # fmt: skip
