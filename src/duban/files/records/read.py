"""Records read from a file as offices keep them: what each row says, what is skipped, and everything that is wrong."""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from duban.core.problem import Problem, Refused, both
from duban.files.records.heads import Head, Heads, find_heads, head_faults, names_of, suggestions
from duban.files.records.sheet import Loaded, Sheet, load_sheets
from duban.registers.field import Field, day
from duban.registers.register import Register
from duban.registers.told import Told
from duban.registers.typed import NOTHING, read, scale

Progress = Callable[[int, int], None]  # rows done, rows of all
_LISTED = 12  # places that a remark names one by one
_TOTAL = re.compile(r".{0,12}(?:合计|小计|总计|共计|累计)[:：]?|(?:sub)?totals?\b.{0,12}|grand total", re.I)
_NOTE = re.compile(r"(?:附?注|说明|备注|填表|制表|审核|复核|联系|单位负责|填报)[^。]{0,8}[:：]|note", re.I)
_ORDINAL = re.compile(r"[（(]?[一二三四五六七八九十]{1,3}[)）]?[、.．]?.{0,20}")
_DAY = day("day", "日期", "date")
_CLOCK = re.compile(r"[ T]\s*\d{1,2}[:：]\d{2}(?:[:：]\d{2}(?:\.\d+)?)?\s*$")  # the time of a day


@dataclass(slots=True)
class RecordsRead:
    """The rows that say something of a record; those with a fault of a cell are not among them.

    `faults` are of cells, `refused` how many rows have one, `notes` what was skipped, and why, for people to see.
    `fields` are the register's fields for which the file has a column.
    """

    rows: list[Told] = field(default_factory=list)
    faults: list[Problem] = field(default_factory=list)
    refused: int = 0
    notes: list[Problem] = field(default_factory=list)
    fields: frozenset[str] = frozenset()


class _Places(Mapping[str, str]):
    """The places of a row's cells, made only when something is wrong with one."""

    __slots__ = ("columns", "row", "sheet")

    def __init__(self, sheet: Sheet, row: int, columns: Mapping[str, Head]) -> None:
        self.sheet, self.row, self.columns = sheet, row, columns

    def __getitem__(self, name: str) -> str:
        return self.sheet.at(self.row, self.columns[name].column)

    def __iter__(self) -> Iterator[str]:
        return iter(self.columns)

    def __len__(self) -> int:
        return len(self.columns)


def read_records(
    path: Path, register: Register, *, heads: Mapping[str, str] | None = None, clear: bool = False,
    progress: Progress | None = None,
) -> RecordsRead:  # fmt: skip
    """Read the file as records of the register. Raises `Refused` for a file that cannot be read as one at all.

    `heads` names columns whose heads do not say what they are: the head's words, and the field's name or label.
    With `clear` an empty cell clears its field; without, it says nothing.
    """
    return read_loaded(path.name, load_sheets(path), register, heads=heads, clear=clear, progress=progress)


def read_loaded(
    name: str, loaded: Loaded, register: Register, *, heads: Mapping[str, str] | None = None, clear: bool = False,
    progress: Progress | None = None,
) -> RecordsRead:  # fmt: skip
    """The same from sheets that were loaded already."""
    given = _named(register, heads or {})
    tables = _tables(name, loaded, register, given)
    found = RecordsRead(fields=frozenset().union(*(t.heads.columns for t in tables)) & set(register.named))
    total, done = sum(len(t.sheet.cells) - t.heads.first for t in tables), 0
    for table in tables:
        found.notes += [Problem("records.column_not_read", place, {"head": head[:40]}, "note")
                        for place, head in table.heads.others]  # fmt: skip
        found.notes += suggestions(register, table.heads)
        for row in range(table.heads.first, len(table.sheet.cells)):
            table.take(found, row, clear)
            done += 1
            if progress is not None and done % 1000 == 0:
                progress(done, total)
        found.notes += table.remarks()
    if loaded.hidden:
        found.notes.append(
            Problem("records.sheets_hidden", name, {"names": "、".join(loaded.hidden)}, "note")
        )
    return found


def _named(register: Register, heads: Mapping[str, str]) -> dict[str, str]:
    """The columns that a person named, by head. Raises `Refused` for a field that the register does not have."""
    names, found = names_of(register), {}
    for head, wanted in heads.items():
        name = wanted if wanted in register.columns else names.get(wanted.lower().replace(" ", ""), "")
        if not name:
            raise Refused(Problem("record.no_such_field", head, {"field": wanted}))
        found[head] = name
    return found


def _tables(name: str, loaded: Loaded, register: Register, given: Mapping[str, str]) -> list["_Table"]:
    """The sheets that are tables of the register. Raises `Refused` where none is, or a column must be there."""
    every = [
        _Table(s, h, register) for s in loaded.sheets if (h := find_heads(s, register, given)) is not None
    ]
    if not every:
        wanted = both(
            "、".join(f.zh for f in register.fields if f.asked),
            ", ".join(f.en for f in register.fields if f.asked),
        )
        raise Refused(Problem("records.no_heads", name, {"wanted": wanted}))
    whole = [table for table in every if not table.missing()]
    if not whole:
        table = min(every, key=lambda table: len(table.missing()))
        raise Refused(*table.missing(), *suggestions(register, table.heads))
    faults = [fault for table in whole for fault in head_faults(register, table.heads)]
    if faults:
        raise Refused(*faults)
    for table in every:
        if table not in whole:
            whole[0].notes.append(Problem("records.sheet_not_read", table.sheet.place,
                                          dict(table.missing()[0].data), "note"))  # fmt: skip
    return whole


class _Table:
    """A sheet with the register's heads."""

    def __init__(self, sheet: Sheet, heads: Heads, register: Register) -> None:
        self.sheet, self.heads, self.register = sheet, heads, register
        self.notes: list[Problem] = []
        self.skipped: dict[str, list[int]] = {}
        columns = heads.columns
        self.fields = [f for f in register.fields if f.asked and f.name in columns]
        self.named = [(f.name, columns[f.name].column) for f in self.fields]
        self.days = [f.name for f in self.fields if f.type == "date"]
        self.stages = [
            (s.name, columns[f"at_{s.name}"].column) for s in register.stages if f"at_{s.name}" in columns
        ]
        self.proofs = [(s.name, columns[f"proof_{s.name}"].column) for s in register.stages
                       if f"proof_{s.name}" in columns]  # fmt: skip
        self.units = {f.name: unit for f in self.fields if (unit := self._unit(f))}
        self.used = sorted({head.column for head in columns.values()})
        keys = register.key or tuple(f.name for f in register.fields if f.required)[:1]
        self.keys = [columns[name].column for name in keys if name in columns]
        self.required = [columns[f.name].column for f in register.fields if f.required and f.name in columns]
        self.bad = {at for at in (*sheet.marks.formulas, *sheet.marks.errors) if at[1] in self.used}

    def _unit(self, of: Field) -> str:
        """What a field's column counts in: as its head says, else as stands over the table."""
        own = self.heads.columns[of.name].unit
        if own or not of.numeric or not of.unit:
            return own if of.numeric else ""
        return self.heads.unit if self.heads.unit and scale(self.heads.unit, of.unit) is not None else ""

    def missing(self) -> list[Problem]:
        """The columns that must be there and are not; a record that names itself by `id` needs none."""
        if "id" in self.heads.columns and not self.register.key:
            return []
        place = self.sheet.place
        return [
            Problem(
                "records.column_missing",
                place,
                {"field": both(f.zh, f.en), "heads": "、".join((f.zh, *f.also))},
            )
            for f in self.register.fields
            if (f.required or f.name in self.register.key) and f.name not in self.heads.columns
        ]

    def take(self, found: RecordsRead, row: int, clear: bool) -> None:
        """Add what a row says, or note why it is skipped or refused."""
        texts = self.sheet.texts(row, self.used)
        faults = [f for c in self.used if (f := self.sheet.fault(row, c)) is not None] if self.bad else []
        if not texts and not faults:
            return
        why = self._skipped(row, texts)
        if why:
            self.skipped.setdefault(why, []).append(row)
            return
        told = self._told(row, texts, faults, clear)
        if row in self.sheet.marks.hidden_rows:
            self.skipped.setdefault("hidden", []).append(row)
        if faults:
            found.faults += faults
            found.refused += 1
        else:
            found.rows.append(told)

    def _skipped(self, row: int, texts: Mapping[int, str]) -> str:
        """Why a row is no record: it repeats the heads, adds up, heads a group, or remarks; "" where it is one."""
        texts = {column: text for column, text in texts.items() if text.strip() not in NOTHING}
        first = self._first(row, texts)
        keyless = not any(column in texts for column in self.keys)
        if texts and all(text in self.heads.words[column] for column, text in texts.items()):
            return "heads"
        alone = keyless or first in (texts.get(column) for column in self.keys)
        if alone and _TOTAL.fullmatch(first.replace(" ", "")):
            return "totals"
        lacking = sum(column not in texts for column in self.required)
        if _NOTE.match(first) and lacking >= len(self.required) - 1:
            return "remarks"
        if len(texts) == 1 and len(self.used) > 2 and (keyless or (lacking and _ORDINAL.fullmatch(first))):
            return "groups"
        if lacking * 2 >= len(self.required) > 1 and lacking and _ORDINAL.fullmatch(first):
            return "groups"
        return ""

    def _first(self, row: int, texts: Mapping[int, str]) -> str:
        """The first text of a row, of whatever column."""
        before = range(min(texts)) if texts else ()
        return next((text for c in before if (text := self.sheet.text(row, c)) and not text.isdigit()),
                    texts[min(texts)] if texts else "")  # fmt: skip

    def _told(self, row: int, texts: Mapping[int, str], faults: list[Problem], clear: bool) -> Told:
        values = {name: texts.get(c, "") for name, c in self.named if clear or c in texts}
        stages = {name: texts[c] for name, c in self.stages if c in texts}
        proofs = {name: texts.get(c, "") for name, c in self.proofs}
        places = _Places(self.sheet, row, self.heads.columns)
        for name in self.days:
            if ":" in values.get(name, "") or "：" in values.get(name, ""):
                values[name] = _CLOCK.sub("", values[name])
        for name, text in stages.items():
            stages[name], fault = read(_DAY, _CLOCK.sub("", text), places[f"at_{name}"])
            if fault:
                faults.append(fault)
        if "stage" in self.heads.columns and not faults:
            self._check_stage(texts, stages, places, faults)
        id = (
            texts.get(self.heads.columns["id"].column, "")
            if "id" in self.heads.columns and not self.register.key
            else ""
        )
        place = self.sheet.row_at(row)
        return Told(
            values, place, places, self.units, {n: d for n, d in stages.items() if d}, id, place, proofs
        )

    def _check_stage(
        self,
        texts: Mapping[int, str],
        stages: Mapping[str, str],
        places: Mapping[str, str],
        faults: list[Problem],
    ) -> None:
        """A stage that the row names must be the last one whose day it gives."""
        said = texts.get(self.heads.columns["stage"].column, "")
        stage = next((s for s in self.register.stages if said in (s.name, s.zh, s.en)), None)
        if not said or (stage is not None and (not stages or list(stages)[-1] == stage.name)):
            return
        if stage is None:
            known = both(
                "、".join(s.zh for s in self.register.stages), ", ".join(s.en for s in self.register.stages)
            )
            faults.append(
                Problem("records.stage_unknown", places["stage"], {"value": said[:40], "known": known})
            )
        else:
            last = self.register.staged[list(stages)[-1]]
            data = {"stage": both(stage.zh, stage.en), "last": both(last.zh, last.en)}
            faults.append(Problem("records.stage_without_day", places["stage"], data))

    def remarks(self) -> list[Problem]:
        """What was skipped, a sentence a kind, with its rows."""
        found = list(self.notes)
        for why, rows in self.skipped.items():
            listed = "、".join(str(row + 1) for row in rows[:_LISTED]) + ("…" if len(rows) > _LISTED else "")
            found.append(
                Problem(f"records.{why}", self.sheet.place, {"count": len(rows), "rows": listed}, "note")
            )
        return found
