"""A file, or the result of a query, of another system is checked for a fed register and waits in the lake."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

import pyarrow as pa

from duban.core.problem import Problem, Refused, both
from duban.registers.register import Register
from duban.table.heads import Columns, find_columns
from duban.table.lake import Lake, Staged
from duban.table.query import open_query
from duban.table.refusals import Refusals, Says
from duban.table.sources import Source, digest_of, open_source
from duban.table.staging import Staging
from duban.table.whole import without_faults


@dataclass(frozen=True, slots=True)
class Checked:
    """What came of checking: the staged file, the first hundred faults, all of them in a file, and notes."""

    staged: Staged
    faults: tuple[Problem, ...] = ()
    report: Path | None = None
    notes: tuple[Problem, ...] = ()
    known: bool = False  # it is the file of the latest vintage: nothing is to be done


@dataclass(frozen=True, slots=True)
class Contract:
    """What a feed is held to: the file before, whose columns it must have unless a person accepts that it has not."""

    before: Staged | None = None
    accepted: bool = False


def check_file(
    register: Register, path: Path, lake: Lake, *, day: date, say: Says, name: str = "",
    references: Mapping[str, pa.Array] | None = None, contract: Contract = Contract(),
) -> Checked:  # fmt: skip
    """Check a file and let its good rows wait in the lake. Raises `Refused` where it is refused as a whole."""
    before = contract.before
    if before is not None and path.is_file() and digest_of(path) == before.sha256:
        return Checked(before, known=True)
    source = open_source(path, lambda rows, place: find_columns(register, rows, place), name=name)
    return _checked(register, source, lake, day, say, references or {}, contract)


def check_query(
    register: Register, address: str, query: str, lake: Lake, *, day: date, say: Says, name: str,
    references: Mapping[str, pa.Array] | None = None, contract: Contract = Contract(),
) -> Checked:  # fmt: skip
    """The same for a query's result. `name` is what people call it: an address may hold a password."""
    source = open_query(address, query, lambda rows, place: find_columns(register, rows, place), name=name)
    if contract.before is not None and source.sha256 == contract.before.sha256:
        return Checked(contract.before, known=True)
    return _checked(register, source, lake, day, say, references or {}, contract)


def _checked(
    register: Register, source: Source, lake: Lake, day: date, say: Says, references: Mapping[str, pa.Array],
    contract: Contract,
) -> Checked:  # fmt: skip
    _hold_to(register, source, contract)
    room = lake.room(register.name)
    with TemporaryDirectory(dir=room, prefix="checking-") as place:
        made, report = Path(place) / "made.parquet", Path(place) / "refused.csv"
        refusals = Refusals(report, source.name, say)
        try:
            rows, refused = Staging(register, source, day, references).write(made, refusals)
            left_out = without_faults(register, made, refusals) if rows else 0
        finally:
            refusals.close()
        kept = lake.refused(register.name, source.sha256)
        report.replace(kept)
        if rows == left_out:
            raise Refused(
                Problem("feed.no_rows", source.name, {"refused": refused + left_out}), *refusals.first
            )
        told = tuple(sorted(source.columns.at))
        staged = Staged(register.name, source.name, source.sha256, rows - left_out, refused + left_out, told)
        lake.keep(staged, made)
    return Checked(staged, tuple(refusals.first), kept, tuple(_notes(source.columns, source.name)))


def _hold_to(register: Register, source: Source, contract: Contract) -> None:
    """Refuse a file that has lost a column which the one before had."""
    if contract.before is None or contract.accepted:
        return
    gone = [name for name in contract.before.columns if name not in source.columns.at]
    if gone:
        fields = [register.named[name] for name in gone if name in register.named]
        zh = "、".join(f.zh for f in fields) or "、".join(gone)
        en = ", ".join(f.en for f in fields) or ", ".join(gone)
        raise Refused(
            Problem("feed.column_gone", source.name, {"fields": both(zh, en), "before": contract.before.name})
        )


def _notes(columns: Columns, place: str) -> list[Problem]:
    """What was not read."""
    extra = "、".join(head[:20] for head in columns.extra)
    return [Problem("feed.column_extra", place, {"heads": extra}, "note")] if extra else []
