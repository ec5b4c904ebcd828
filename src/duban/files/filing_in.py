"""The filing sheet read back: what a unit reports, cell by cell, and everything that is wrong with it."""

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from pathlib import Path

from duban.assess import Light
from duban.assess.calendar import OPEN_STAGES
from duban.assess.owed import asked, last_figure
from duban.core.period import Period, chinese, parse
from duban.core.problem import Problem, Refused
from duban.files.filing_columns import FIGURES, FILING_COLUMNS, FILING_NAMES, HINT, NOTES
from duban.files.grid import Grid, load_grids
from duban.files.heads import Heads, find_heads
from duban.files.typed import NotANumberError, typed_number
from duban.ledger import Book
from duban.ledger.year.filings import Filing
from duban.ledger.year.units import unit_named

_LONGEST = {"progress": 2000, "problems": 2000, "next_step": 2000, "reference": 200}


@dataclass(frozen=True, slots=True)
class Said:
    """One cell that says something: its place, what the field held before ("" for nothing), and what it says."""

    place: str
    field: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Filed:
    """What one row reports. `figures` and `notes` hold the cells that were filled in; a zero is one of them."""

    key: str
    head: str
    period: Period
    place: str
    figures: Mapping[str, Decimal]
    notes: Mapping[str, str]
    said: tuple[Said, ...]


@dataclass(slots=True)
class FilingsRead:
    """The rows that report something new, how many say what was reported already, and how many say nothing."""

    filed: list[Filed] = field(default_factory=list)
    same: int = 0
    idle: int = 0


def read_filings(path: Path, book: Book, lights: Mapping[str, Light], unit: str, day: date) -> FilingsRead:
    """Read the filing sheet in `path` as the unit of this code sends it. Raises `Refused` with every fault of every cell."""
    tables = [(g, heads) for g in load_grids(path) if (heads := find_heads(g, FILING_COLUMNS)) is not None]
    if not tables or not any("period" in heads.columns for _, heads in tables):
        raise Refused(Problem("sheet.no_filing_heads", path.name))
    found, faults = FilingsRead(), list[Problem]()
    seen: dict[tuple[str, date], str] = {}
    for grid, heads in tables:
        for row in range(heads.first, len(grid.rows)):
            line = _Row(grid, heads, row, book, lights, unit, day)
            if line.text("id") == HINT or heads.repeated(grid.rows[row]):
                continue
            try:
                _take(found, line, seen)
            except Refused as refused:
                faults += refused.problems
    if faults:
        raise Refused(*faults)
    return found


def _take(found: FilingsRead, line: "_Row", seen: dict[tuple[str, date], str]) -> None:
    if not line.filled():
        found.idle += bool(line.text("id"))
        return
    filed = line.filed()
    if filed is None:
        found.same += 1
        return
    twice = seen.setdefault((filed.key, filed.period.end), filed.place)
    if twice != filed.place:
        raise Refused(Problem("sheet.filing_twice", filed.place, {"other": twice, "item": filed.key}))
    found.filed.append(filed)


@dataclass(frozen=True, slots=True)
class _Row:
    """One row of the sheet, and what it is measured against."""

    grid: Grid
    heads: Heads
    row: int
    book: Book
    lights: Mapping[str, Light]
    unit: str
    day: date

    def text(self, name: str) -> str:
        """The text of a field's cell; "" where the sheet has no such column."""
        column = self.heads.columns.get(name, -1)
        cells = self.grid.rows[self.row]
        return cells[column].strip() if 0 <= column < len(cells) else ""

    def place(self, name: str) -> str:
        """The place of a field's cell, of the row's first one where the sheet has no such column."""
        return self.grid.at(self.row, self.heads.columns.get(name, self.heads.columns["id"]))

    def filled(self) -> bool:
        """Whether the unit filled anything in."""
        return any(self.text(name) or self._fault(name) for name in (*FIGURES, *NOTES))

    def filed(self) -> Filed | None:
        """What the row reports; None when it was reported already. Raises `Refused`."""
        light = self._light()
        which = self._period()
        figures, notes = self._figures(light), self._notes()
        held = self._held(light, which)
        if held is not None:
            if _says(held, figures, notes):
                return None
            raise self._refused(
                "filing.there_already", "period", period=chinese(which), stage=f"stage.{held.stage}"
            )
        self._check_asked(light, which)
        last = last_figure(light.account, which)
        before = {"value": f"{last.value:f}" if last is not None else ""}
        texts = {name: f"{value:f}" for name, value in figures.items()} | dict(notes)
        said = tuple(
            Said(self.place(n), FILING_NAMES[n], before.get(n, ""), text) for n, text in texts.items()
        )
        head = light.account.state.item.head
        return Filed(light.key, head, which, self.place("id"), figures, notes, said)

    def _light(self) -> Light:
        key = re.sub(r"\s", "", unicodedata.normalize("NFKC", self.text("id")))
        light = self.lights.get(key) or self.lights.get(key.upper())
        if light is None:
            raise self._refused("sheet.filing_item_unknown", "id", item=key[:40])
        item = light.account.state.item
        mine = [unit_named(self.book, name) for name in (item.lead, *item.partners)]
        if not any(unit is not None and unit.code == self.unit for unit in mine):
            raise self._refused("sheet.other_unit", "id", item=light.key, unit=item.lead or "—")
        return light

    def _period(self) -> Period:
        text = unicodedata.normalize("NFKC", self.text("period"))
        try:
            return parse(text.replace("--", "-"), self.book.year)
        except ValueError:
            raise self._refused("sheet.period_wrong", "period", period=text[:40]) from None

    def _figures(self, light: Light) -> dict[str, Decimal]:
        found, faults = {}, []
        for name in FIGURES:
            unit = light.account.target.unit if name == "value" else ""
            try:
                value = None if self._fault(name) else typed_number(self.text(name), unit)
            except NotANumberError as fault:
                told: dict[str, str | int] = {"value": self.text(name)[:40], "unit": unit or "—"}
                faults.append(Problem(str(fault), self.place(name), told))
                continue
            if value is not None:
                found[name] = value
        faults += [wrong for name in (*FIGURES, *NOTES) if (wrong := self._fault(name)) is not None]
        if ("numerator" in found) != ("denominator" in found) and not faults:
            faults.append(Problem("reading.half_a_share", self.place("numerator")))
        if faults:
            raise Refused(*faults)
        return found

    def _notes(self) -> dict[str, str]:
        found = {name: text for name in NOTES if (text := self.text(name))}
        for name, text in found.items():
            if len(text) > _LONGEST[name]:
                raise self._refused("sheet.text_long", name, column=FILING_NAMES[name], limit=_LONGEST[name])
        return found

    def _held(self, light: Light, which: Period) -> Filing | None:
        """The unit's own filing that holds this period."""
        for filing in light.account.task.filings.values():
            body = filing.opened.body
            if (body.unit_code, body.period) == (self.unit, which.code) and filing.stage not in OPEN_STAGES:
                return filing
        return None

    def _check_asked(self, light: Light, which: Period) -> None:
        periods = [a.period for a in asked(self.book, light.account, self.day)]
        if which.code in [period.code for period in periods]:
            return
        known = [f for f in light.account.figures if f.period.end == which.end and f.origin != "unit"]
        if known:
            data: dict[str, str | int] = {
                "value": f"{known[0].value:f}",
                "source": known[0].source,
                "entry": known[0].seq,
            }
            raise self._refused("sheet.known_already", "period", period=chinese(which), **data)
        listed = "、".join(chinese(period) for period in periods) or "—"
        raise self._refused("sheet.period_not_asked", "period", period=chinese(which), known=listed)

    def _fault(self, name: str) -> Problem | None:
        return self.grid.faults.get((self.row, self.heads.columns.get(name, -1)))

    def _refused(self, code: str, name: str, **data: str | int) -> Refused:
        return Refused(Problem(code, self.place(name), data))


def _says(filing: Filing, figures: Mapping[str, Decimal], notes: Mapping[str, str]) -> bool:
    """Whether a filing says just this already."""
    body = filing.opened.body
    parts = {name: value for name in FIGURES if (value := body[name]) is not None}
    if "numerator" in parts and "value" not in figures:
        del parts["value"]  # it was reckoned from its parts
    told = {"progress": body.progress, "problems": body.problems, "next_step": body.next_step}
    told["reference"] = next((e.reference for e in body.evidence if e.reference), "")
    return parts == dict(figures) and {name: text for name, text in told.items() if text} == dict(notes)
