"""Large files are made in a process beside the server's, so that nobody waits for somebody else's workbook or PDF.

The maker keeps a book of its own on the same ledger and catches up before each file. It lives as long as its
standard input: when the server stops, or is killed, it ends by itself.
"""

import json
import os
import subprocess
import sys
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from datetime import date
from pathlib import Path
from threading import Lock
from typing import IO

from duban import papers
from duban.actions.context import actor_of
from duban.actions.seen import Seen, seen, veil
from duban.core.problem import Problem, Refused
from duban.files import WRITERS, Day
from duban.files import records as record_files
from duban.ledger import Book, BookKeeper, open_store
from duban.packs import pack_of
from duban.papers import Paper, to_json
from duban.registers.amount import count
from duban.registers.record import state_of
from duban.registers.register import Register
from duban.table.choose import Engines, veiled
from duban.web.registers.question import Question
from duban.words import sentence

_LENGTH = 8  # bytes before every answer, big-endian; the highest bit says that it is a fault's text
_FAULT = 1 << 63
MOST = 100_000  # rows of a fed register in a file; all of them are in the file that was fed
_NICE = 5  # the maker gives way to the server, which answers people who wait for a page


@dataclass(frozen=True, slots=True)
class RecordsWanted:
    """Records of a register as a file of a kind (".xlsx"), by their ids in order, for one account.

    Those of a fed register are `asked` for by the words of an address, on a `day`; its files are beside the book in
    `folder`. The maker weighs again what the account sees of each record; `username` "" is the public, `published`
    whether public pages are on, `as_of` a day or "".
    """

    register: str
    suffix: str
    ids: Sequence[str]
    username: str
    published: bool
    language: str
    proofs: bool
    as_of: str = ""
    asked: Mapping[str, str] = field(default_factory=dict)
    day: str = ""
    folder: str = ""


@dataclass(slots=True)
class Maker:
    """The process that makes the files of one book; started at the first wish, and again if it died."""

    location: str
    _process: "subprocess.Popen[bytes] | None" = None
    _lock: Lock = field(default_factory=Lock)

    def made(self, suffix: str, as_of: date | None, today: date | None = None) -> bytes:
        """The table as a file of this kind, with every entry committed so far, its lights as of the day
        asked for, else of `today`, else none. Raises `Refused`."""
        days = [day.isoformat() if day else "" for day in (as_of, today)]
        return self._wished("table", suffix, *days)

    def paper(self, made: Paper, suffix: str) -> bytes:
        """A document as a file of this kind (".docx", ".pdf"). Raises `Refused`."""
        return self._wished("paper", suffix, to_json(made))

    def records(self, wanted: RecordsWanted) -> bytes:
        """Records of a register as a file, with every entry committed so far. Raises `Refused`."""
        return self._wished("records", wanted.suffix, json.dumps(asdict(wanted)))

    def _wished(self, what: str, suffix: str, *about: str) -> bytes:
        wish = json.dumps([what, suffix, *about]).encode() + b"\n"
        with self._lock:
            for _ in range(2):
                answer = self._asked(wish)
                if answer is not None:
                    return answer
        raise Refused(Problem("export.failed", suffix, {"fault": "process"}))

    def _asked(self, wish: bytes) -> bytes | None:
        """The answer; None where the process is gone."""
        if self._process is None or self._process.poll() is not None:
            self._process = subprocess.Popen(
                [sys.executable, "-m", "duban.web.exports", self.location],
                stdin=subprocess.PIPE, stdout=subprocess.PIPE,
            )  # fmt: skip
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        try:
            self._process.stdin.write(wish)
            self._process.stdin.flush()
        except OSError:
            return None
        return _answer(self._process.stdout)


def _answer(stream: IO[bytes]) -> bytes | None:
    head = stream.read(_LENGTH)
    if len(head) < _LENGTH:
        return None
    length = int.from_bytes(head)
    raw = stream.read(length & ~_FAULT)
    if length & _FAULT:
        raise Refused(Problem("export.failed", "", {"fault": raw.decode()}))
    return raw


def main(location: str, wishes: IO[bytes], answers: IO[bytes]) -> None:
    """Answer wishes, a line of JSON each, until there are no more."""
    if hasattr(os, "nice"):  # not on Windows
        os.nice(_NICE)
    keeper = BookKeeper(open_store(location))
    for line in wishes:
        what, *wish = json.loads(line)
        try:
            raw, fault = _made(keeper, what, wish), 0
        except Exception as told:  # whatever it is, the next wish must be answered
            raw, fault = f"{type(told).__name__}: {told}".encode(), _FAULT
        answers.write((len(raw) | fault).to_bytes(_LENGTH) + raw)
        answers.flush()


def _made(keeper: BookKeeper, what: str, wish: list[str]) -> bytes:
    if what == "table":
        return _table(keeper, *wish)
    return _records(keeper, RecordsWanted(**json.loads(wish[1]))) if what == "records" else _paper(*wish)


def _records(keeper: BookKeeper, wanted: RecordsWanted) -> bytes:
    """What the account sees of these records, by the one way by which records leave."""
    book = keeper.as_of(date.fromisoformat(wanted.as_of)) if wanted.as_of else keeper.book()
    pack = pack_of(wanted.register)
    assert pack is not None
    register = pack.registered[wanted.register]
    some = _fed(book, register, wanted) if register.kind == "fed" else _kept(book, register, wanted)
    write = record_files.WRITERS[wanted.suffix]
    return write(register, some, wanted.language, proofs=wanted.proofs, simulated=bool(book.simulated))


def _kept(book: Book, register: Register, wanted: RecordsWanted) -> Iterable[Seen]:
    every = book.registers.get(register.name, {})
    states = (every[id] for id in wanted.ids if id in every and not every[id].removed)
    return seen(book, actor_of(book, wanted.username), register, states, published=wanted.published)


def _fed(book: Book, register: Register, wanted: RecordsWanted) -> Iterable[Seen]:
    day, engine = date.fromisoformat(wanted.day), Engines(Path(wanted.folder)).of(book, register)
    units = [unit for (unit,) in engine.found([count()], {}, (register.unit,))] if register.unit else []
    seen_by = veil(book, actor_of(book, wanted.username), register, units, published=wanted.published)
    question = Question.of(register, wanted.asked, day)
    rows = veiled(engine, register, seen_by).rows(
        question.where(), question.parameters(day), MOST, question.order
    )
    for row in rows:
        names = seen_by.of(str(row.get(register.unit) or "") if register.unit else "")
        yield Seen(state_of(register, row), tuple(field for field in register.fields if field.name in names))


def _table(keeper: BookKeeper, suffix: str, as_of: str, today: str) -> bytes:
    book = keeper.as_of(date.fromisoformat(as_of)) if as_of else keeper.book()
    on = Day(date.fromisoformat(as_of or today), sentence) if as_of or today else None
    return WRITERS[suffix](book, on)


def _paper(suffix: str, told: str) -> bytes:
    return papers.WRITERS[suffix](papers.from_json(told))


if __name__ == "__main__":
    main(sys.argv[1], sys.stdin.buffer, sys.stdout.buffer)
