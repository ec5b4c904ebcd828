"""What another system has becomes the next vintage of a fed register: checked in the lake, decided in the ledger.

The checked file is safely on the disk before the entry is written, and gets its vintage's name after it. Cut off
anywhere between, the next reader finishes it (see `duban.table.lake`).
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from duban.actions.context import perform, refused, require, words
from duban.actions.feeds import take_feed
from duban.core.problem import Problem
from duban.core.rights import Thing
from duban.ledger import Book, BookKeeper
from duban.registers.register import Register
from duban.table.choose import installed

if TYPE_CHECKING:
    from duban.table.feed import Checked, Contract
    from duban.table.lake import Lake

Says = Callable[[Problem], str]


@dataclass(frozen=True, slots=True)
class Fed:
    """What became of a feed: `state` is taken, held or same; `faults` the first hundred of those in `report`."""

    state: str
    vintage: int
    rows: int
    refused: int
    faults: tuple[Problem, ...] = ()
    notes: tuple[Problem, ...] = ()
    report: Path | None = None


@dataclass(frozen=True, slots=True)
class Feeder:
    """Feeds registers of one book for one person. `say` puts a problem into words, for the file of refused rows."""

    keeper: BookKeeper
    folder: Path
    username: str
    at: datetime
    on: date
    say: Says

    def file(self, register: Register, path: Path, *, name: str = "", accepted: str = "") -> Fed:
        """Feed a CSV, Excel or Parquet file. Raises `Refused`, and then nothing has changed.

        `accepted` is the reason for taking it although it has lost half of the rows, or a column.
        """
        return self._fed(
            register, accepted, lambda feed, more: feed.check_file(register, path, name=name, **more)
        )

    def query(self, register: Register, address: str, query: str, *, name: str, accepted: str = "") -> Fed:
        """Feed the result of a query by `postgresql://…` or `sqlite:///path`; `name` is what people call it."""
        return self._fed(
            register,
            accepted,
            lambda feed, more: feed.check_query(register, address, query, name=name, **more),
        )

    def accept(self, register: Register, reason: str) -> Fed:
        """Take the file that is held, for a reason."""
        lake = self._lake(register)
        from duban.table.feed import Checked

        with lake.alone(register.name):
            held = self.keeper.book().held.get(register.name)
            staged = lake.staged(register.name, held.body.sha256) if held else None
            if staged is None or not lake.waiting(register.name, staged.sha256).exists():
                raise refused("feed.none_held", f"feed/{register.name}")
            return self._settled(
                register, lake, Checked(staged), words(reason, "reason", f"feed/{register.name}")
            )

    def _fed(
        self, register: Register, accepted: str, check: Callable[[Any, dict[str, Any]], "Checked"]
    ) -> Fed:
        lake = self._lake(register)
        from duban.table import feed

        with lake.alone(register.name):
            book = self.keeper.book()
            contract, references = _contract(book, lake, register, accepted), _references(book, register)
            more = {
                "lake": lake,
                "day": self.on,
                "say": self.say,
                "contract": contract,
                "references": references,
            }
            return self._settled(register, lake, check(feed, more), accepted)

    def _settled(self, register: Register, lake: "Lake", checked: "Checked", accepted: str) -> Fed:
        staged, entries = checked.staged, []
        if not checked.known:
            entries = perform(
                self.keeper,
                lambda book: take_feed(
                    book, self.username, register, name=staged.name, sha256=staged.sha256, rows=staged.rows,
                    refused_rows=staged.refused, accepted=accepted,
                ),
                actor=self.username, at=self.at, on=self.on,
            )  # fmt: skip
        book = self.keeper.book()
        lake.settle(book, register.name)
        vintages = book.feeds.get(register.name, ())
        held = book.held.get(register.name)
        waits = held is not None and held.body.sha256 == staged.sha256  # also when it is fed once more
        state = "held" if waits else "same" if not entries else entries[0].kind.partition(".")[2]
        return Fed(
            state, len(vintages), staged.rows, staged.refused, checked.faults, checked.notes, checked.report
        )

    def _lake(self, register: Register) -> "Lake":
        """The lake, for who may feed the register; nothing is read or written for who may not."""
        place = f"feed/{register.name}"
        require(self.keeper.book(), self.username, "feed.take", Thing(place))
        if register.kind != "fed":
            raise refused("feed.not_fed", place)
        if not installed():
            raise refused("feed.not_installed", place)
        from duban.table.lake import Lake

        return Lake.beside(self.folder)


def _contract(book: Book, lake: "Lake", register: Register, accepted: str) -> "Contract":
    from duban.table.feed import Contract

    vintages = book.feeds.get(register.name, ())
    before = lake.staged(register.name, vintages[-1].body.sha256) if vintages else None
    return Contract(before, bool(accepted))


def _references(book: Book, register: Register) -> dict[str, Any]:
    """The ids of the kept registers to which its fields point."""
    import pyarrow as pa

    names = {f.to for f in register.fields if f.type == "reference" and f.to != register.name}
    return {name: pa.array(_ids(book, name), pa.string()) for name in names if name in book.registers}


def _ids(book: Book, register: str) -> Iterable[str]:
    return [state.id for state in book.registers.of(register)]
