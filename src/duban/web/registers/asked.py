"""What the reader of a list asked for, in the words of the register's declaration: the filters are its fields."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal, InvalidOperation

from django.http import HttpRequest, QueryDict
from django.utils.translation import gettext as _

from duban.registers.expression import Value
from duban.registers.register import Register
from duban.web.registers.behind import Behind
from duban.web.registers.drawer import words
from duban.web.registers.sight import Shown, Sight
from duban.web.registers.words import column, value

PAGE = 50
VIEWS = ("list", "board", "map", "chart")
EXACT = ("choice", "yes", "unit", "reference")  # types of fields that are asked for by one value
_LONGEST = 200


@dataclass(frozen=True)
class Asked:
    """The filters of a list: `values` by field, `spans` (from, to) by column of days or numbers."""

    register: Register
    q: str = ""
    stage: str = ""
    late: bool = False
    disputed: bool = False
    values: Mapping[str, str] = field(default_factory=dict)
    spans: Mapping[str, tuple[Value, Value]] = field(default_factory=dict)
    behind: Behind | None = None
    sort: str = ""
    page: int = 1
    view: str = "list"

    @classmethod
    def of(cls, request: HttpRequest, register: Register, sight: Sight) -> "Asked":
        """What the address of a request asks of a register; what the register does not know is not asked."""
        told = {name: value[:_LONGEST] for name, value in request.GET.items() if value}
        sort, number, view = told.get("sort", ""), told.get("page", ""), told.get("view", "")
        return cls(
            register,
            told.get("q", "").strip(),
            told["stage"] if told.get("stage") in register.staged else "",
            told.get("late") == "1",
            told.get("disputed") == "1",
            {name: told[name] for name in exact(register) if name in told},
            _spans(register, told),
            Behind.of(register, told, sight),
            sort if sort.removeprefix("-") in sortable(register) else "",
            int(number) if number.isdecimal() and len(number) < 7 and int(number) else 1,
            view if view in VIEWS else "list",
        )

    @property
    def filtered(self) -> bool:
        """Whether anything but the stage is asked for."""
        return bool(self.q or self.late or self.disputed or self.values or self.spans or self.behind)

    def told(self, language: str) -> list[tuple[str, str]]:
        """What is asked for, as (name, value) in the words of the page; the order of rows is no filter."""
        named = self.register.named
        said = [(_("查找"), self.q)] if self.q else []
        said += [(_("阶段"), self.register.staged[self.stage].label(language))] if self.stage else []
        said += [(_("只看超期"), "")] if self.late else []
        said += [(_("只看有异议"), "")] if self.disputed else []
        said += [
            (named[name].label(language), value(named[name], text, language))
            for name, text in self.values.items()
        ]
        for name, (low, high) in self.spans.items():
            said.append((column(self.register, name, language), f"{low or ''}–{high or ''}"))
        return said

    def keeps(self, day: date, *, stages: bool = True) -> Callable[[Shown], bool]:
        """Whether a record is asked for; with `stages` false whatever its stage is."""
        q = self.q.casefold()

        def kept(shown: Shown) -> bool:
            record = shown.record
            return (
                (not stages or not self.stage or record.state.stage == self.stage)
                and (not self.late or record.late(day) > 0)
                and (not self.disputed or bool(shown.disputed))
                and all(shown.value(name) == value for name, value in self.values.items())
                and all(_within(shown, name, span) for name, span in self.spans.items())
                and (self.behind is None or self.behind.keeps(shown))
                and (not q or _found(shown, q))
            )

        return kept

    def order(self, found: list[Shown], day: date) -> list[Shown]:
        """The records in the order asked for; what has no value comes last."""
        if not self.sort:
            return found
        name, down = self.sort.removeprefix("-"), self.sort.startswith("-")
        keyed = [(_key(shown, name, day), shown) for shown in found]
        there = sorted((pair for pair in keyed if pair[0] is not None), key=lambda p: p[0], reverse=down)  # type: ignore[arg-type, return-value]
        return [shown for _, shown in there] + [shown for key, shown in keyed if key is None]


def exact(register: Register) -> tuple[str, ...]:
    """The fields that are asked for by one value: choices, units, references, and what lists are grouped by."""
    return tuple(f.name for f in register.fields if f.type in EXACT or f.name in register.groups)


def spanned(register: Register) -> tuple[tuple[str, str], ...]:
    """The columns that are asked for from one value to another, with their types."""
    types = ("date", "number", "integer")
    return tuple((name, kind) for name, kind in register.columns.items() if kind in types)


def sortable(register: Register) -> tuple[str, ...]:
    """By what a list may be sorted."""
    return ("id", "due", "late", "since", *(f.name for f in register.fields if f.type != "point"), "stage")


def changed(get: QueryDict, **new: str) -> str:
    """The address's questions with some put otherwise ("" takes one away), from the first page on."""
    told = get.copy()
    told.pop("page", None)
    for name, wanted in new.items():
        told.pop(name, None)
        if wanted:
            told[name] = wanted
    return f"?{told.urlencode()}" if told else "?"


def _spans(register: Register, told: Mapping[str, str]) -> dict[str, tuple[Value, Value]]:
    found = {}
    for name, kind in spanned(register):
        ends = tuple(_end(told.get(f"{name}.{side}", ""), kind) for side in ("from", "to"))
        if ends != (None, None):
            found[name] = (ends[0], ends[1])
    return found


def _end(text: str, kind: str) -> Value:
    """A day or number of an address; None for what is none."""
    try:
        value = date.fromisoformat(text) if kind == "date" else Decimal(text)
    except (ValueError, InvalidOperation):
        return None
    return value if isinstance(value, date) or value.is_finite() else None


def _within(shown: Shown, name: str, span: tuple[Value, Value]) -> bool:
    value = None if name in shown.hidden else shown.record.row.get(name)
    low, high = span
    return value is not None and (low is None or value >= low) and (high is None or value <= high)  # type: ignore[operator]


def _found(shown: Shown, q: str) -> bool:
    if not shown.hidden:
        return q in shown.record.text
    said = (words(f, shown.value(f.name)) for f in shown.fields)
    return q in shown.id.casefold() or any(q in text.casefold() for text in said)


def _key(shown: Shown, name: str, day: date) -> Value:
    record = shown.record
    if name == "id":
        return shown.id
    if name == "due":
        return record.due
    if name == "since":
        return record.since
    if name == "late":
        return record.late(day) or None
    if name == "stage":
        return record.row.get("stage")
    return None if name in shown.hidden else record.row.get(name)
