"""Rows that a feed refuses: the first hundred faults for people to see, all of them in a file."""

import csv
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import IO, Any

import pyarrow as pa

from duban.core.problem import Problem

SHOWN = 100
Says = Callable[[Problem], str]  # a problem in words


class Refusals:
    """Writes faults down as they are found. `place` is the name of the file that is fed."""

    def __init__(self, path: Path, place: str, say: Says) -> None:
        self.path, self.place, self.say = path, place, say
        self.first: list[Problem] = []
        self.faults = 0
        self._opened: IO[str] = path.open("w", encoding="utf-8-sig", newline="")
        self._writer: Any = csv.writer(self._opened)
        self._writer.writerow(["row", "code", "value", "what"])

    def add(self, row: int, fault: Problem) -> None:
        """One fault of a row."""
        told = Problem(fault.code, f"{self.place}!{row}", fault.data)
        if len(self.first) < SHOWN:
            self.first.append(told)
        self.faults += 1
        value = str(fault.data.get("value", ""))
        self._writer.writerow(
            [row, fault.code, f"'{value}" if value[:1] in "=+-@" else value, self.say(told)]
        )

    def add_rows(self, rows: pa.Array, faults: Iterable[tuple[int, Problem]]) -> None:
        """Faults of a batch, by their line in it; `rows` are the rows of the file."""
        for at, fault in faults:
            self.add(rows[at].as_py(), fault)

    def close(self) -> None:
        """Finish the file."""
        self._opened.close()
