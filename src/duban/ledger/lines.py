"""The ledger as JSON Lines, for keeping, checking and moving: out and in without loss.

The first line is a header: format, algorithm, how many entries follow, the last seal (so a file cut short is
noticed). Every other line is one entry in canonical form with its seal.
"""

import json
from collections.abc import Iterable, Iterator
from datetime import date
from pathlib import Path
from typing import IO, Any

from duban.core.canonical import NotCanonicalError, canonical
from duban.core.problem import Problem, Refused
from duban.ledger.entries import check_stamp, decoded
from duban.ledger.seal import hasher
from duban.ledger.store import Chain, Head, Row, Store

FORMAT = "duban-ledger-1"
_ORDER = ("seq", "at", "on", "actor", "kind", "account", "body", "seal")
_HEADER = 1000  # bytes that a header has at most: of another file no more is read
_TYPES = (int, str, str, str, str, str, dict, str)


def export_lines(store: Store, out: IO[str], as_of: date | None = None) -> Head:
    """Write the header and every entry there is now to `out`; returns the head that was written.

    With `as_of`, the entries up to the last that counts by the end of that day: a whole chain, from which every
    book up to that day can be folded.
    """
    head = store.head() if as_of is None else store.head_for(as_of)
    header = {"algorithm": store.algorithm, "entries": head.seq, "format": FORMAT, "seal": head.seal}
    out.write(canonical(header) + "\n")
    for row in store.rows(upto=head.seq):
        out.write(_line(row) + "\n")
    return head


def _line(row: Row) -> str:
    seq, at, on, actor, kind, account, body, seal = row
    shell = {"account": account, "actor": actor, "at": at, "kind": kind, "on": on, "seal": seal, "seq": seq}
    texts = {name: canonical(value) for name, value in shell.items()} | {"body": body}
    return "{" + ",".join(f'"{name}":{texts[name]}' for name in sorted(texts)) + "}"


class Parcel:
    """A file of lines: its header, and its rows checked one by one as they are read."""

    def __init__(self, path: Path) -> None:
        self.path = path
        with self._opened() as lines:
            header = self._header(lines.readline(_HEADER))
        self.algorithm: str = header["algorithm"]
        self.head = Head(header["entries"], header["seal"])
        hasher(self.algorithm)

    def _opened(self) -> IO[bytes]:
        try:
            return self.path.open("rb")
        except OSError as fault:
            raise Refused(Problem("ledger.file_unreadable", str(self.path), {"fault": str(fault)})) from fault

    def _header(self, line: bytes) -> dict[str, Any]:
        try:
            header = json.loads(line)
        except ValueError:
            header = None
        types = {"algorithm": str, "entries": int, "format": str, "seal": str}
        if (
            not isinstance(header, dict)
            or {k: type(v) for k, v in header.items()} != types
            or header["format"] != FORMAT
        ):
            raise Refused(Problem("ledger.header_wrong", f"{self.path}:1", {"format": FORMAT}))
        return header

    def rows(self) -> Iterator[Row]:
        """The rows in order; raises `Refused` naming the first line that is broken, or that is missing."""
        chain = Chain(self.algorithm)
        with self._opened() as lines:
            for number, line in enumerate(_text_lines(lines, self.path), 1):
                if number > 1:
                    place = f"{self.path}:{number}"
                    row = _row(line, place)
                    broken = chain.broken_by(row)
                    if broken:
                        data: dict[str, str | int] = {"entry": row[0], "why": broken.code}
                        raise Refused(Problem("ledger.line_broken", place, data))
                    yield row
        if chain.head != self.head:
            data = {"expected": self.head.seq, "found": chain.head.seq}
            raise Refused(Problem("ledger.cut_short", str(self.path), data))


def import_lines(parcel: Parcel, store: Store) -> Head:
    """Bring a checked parcel into an empty ledger of the same algorithm, whole or not at all."""
    if store.algorithm != parcel.algorithm:
        data: dict[str, str | int] = {"ledger": store.algorithm, "file": parcel.algorithm}
        raise Refused(Problem("ledger.algorithm_differs", store.location, data))
    store.insert_sealed(parcel.rows())
    return parcel.head


def check_parcel(path: Path) -> Parcel:
    """The parcel at `path` after a pass over every line; nothing is written. Raises `Refused`."""
    parcel = Parcel(path)
    for _ in parcel.rows():
        pass
    return parcel


def _text_lines(lines: Iterable[bytes], path: Path) -> Iterator[str]:
    """Lines of UTF-8 split at line feeds only; raises `Refused` for one that is not UTF-8."""
    for number, line in enumerate(lines, 1):
        try:
            yield line.decode()
        except UnicodeDecodeError as fault:
            raise Refused(Problem("ledger.line_wrong", f"{path}:{number}", {"fault": str(fault)})) from fault


def _row(line: str, place: str) -> Row:
    """One line as a row; raises `Refused` when it is no entry that this version can read."""
    try:
        value = json.loads(line)
        if not isinstance(value, dict) or sorted(value) != sorted(_ORDER):
            raise ValueError("not the fields of an entry")
        fields = [value[name] for name in _ORDER]
        if [type(field) for field in fields] != list(_TYPES):
            raise ValueError("a field of the wrong type")
        body = canonical(fields[6])
    except (ValueError, NotCanonicalError) as fault:
        raise Refused(Problem("ledger.line_wrong", place, {"fault": str(fault)})) from fault
    seq, at, on, actor, kind, account, _, seal = fields
    fault_outside = check_stamp(at, on, actor, account, place)
    if fault_outside:
        raise Refused(fault_outside)
    decoded(kind, body, place)
    return (seq, at, on, actor, kind, account, body, seal)
