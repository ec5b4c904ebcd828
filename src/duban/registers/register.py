"""A register (台账): which records are kept, under which fields, checks and stages.

`kept` registers are kept by people in duban; `fed` ones come from another system, file by file.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from duban.registers.expression import Expression, Value
from duban.registers.field import LEVELS, Field

Values = dict[str, Value]
Completes = Callable[[Values, date], Values]
Due = Callable[[Values, date], date | None]
_WORDED = ("text", "choice", "unit", "reference")  # types of fields that say words
KINDS = ("kept", "fed")


@dataclass(frozen=True, slots=True, eq=False)
class Check:
    """What must hold for every record (missing is no fault). The sentences say what is wrong and the mend.

    In a kept register, `Column("project.district")` is the district of the record to which the field `project`
    points, as the text that is stored.
    """

    name: str
    holds: Expression
    zh: str
    en: str


@dataclass(frozen=True, slots=True)
class Stage:
    """A step of a record's life. It is entered from the stage before it, or from those in `after`, none skipped.

    A move back to an earlier stage of the order undoes those after it: put what sends a record back (returned,
    reopened) before what it undoes.

    `requires` are the fields that must be filled; `proof` names the paper to be shown (zh, en), by its number or as
    a file. `by_other`: whoever did the record's work may not move it here (closer is never doer). `due` gives, from
    the values and the day on which the stage was entered, until when it may last; `until`, from the values and the
    day on which the stage before was entered, until when this one may be entered at all (a return in time, else it
    stands). `counts` is the derived field that says how often the stage was entered, by hand, by an act or by a file.
    """

    name: str
    zh: str
    en: str
    requires: tuple[str, ...] = ()
    proof: tuple[str, str] | None = None
    after: tuple[str, ...] | None = None
    keeper: str = "own"
    by_other: bool = False
    due: Due | None = None
    until: Due | None = None
    counts: str = ""

    def label(self, language: str) -> str:
        """Its name in a language."""
        return self.en if language == "en" else self.zh


@dataclass(frozen=True, eq=False)
class Register:
    """`key` are the fields that make a record the one it is: a second one with the same key is the same record.

    Without a key, records are numbered. `title` is the field that names a record to people, `unit` the one that says
    whose it is, `place` the one with its point, `began` the date on which its first stage began (else the day of entry), `groups` those by which lists and indicators may be grouped.
    `complete` fills derived fields from the others. A fed register's figures are stale `fresh` days after a feed.
    """

    name: str
    zh: str
    en: str
    fields: tuple[Field, ...]
    key: tuple[str, ...] = ()
    kind: str = "kept"
    title: str = ""
    unit: str = ""
    place: str = ""
    began: str = ""
    groups: tuple[str, ...] = ()
    stages: tuple[Stage, ...] = ()
    checks: tuple[Check, ...] = ()
    complete: Completes | None = None
    fresh: int = 0
    seen: str = "open"
    about_zh: str = ""
    about_en: str = ""

    def __post_init__(self) -> None:
        names = [f.name for f in self.fields]
        if len(set(names)) < len(names):
            raise ValueError(f"register {self.name}: two fields of one name")
        used = (*self.key, *filter(None, (self.title, self.unit, self.place, self.began)), *self.groups)
        used = (*used, *(name for stage in self.stages for name in stage.requires))
        counted = {stage.counts for stage in self.stages if stage.counts}
        if counted - {f.name for f in self.fields if (f.type, f.status) == ("integer", "derived")}:
            raise ValueError(f"register {self.name}: what stages count is a derived whole number")
        strange = set(used) - {*names, "stage"}
        if strange or self.kind not in KINDS or self.seen not in LEVELS:
            raise ValueError(f"register {self.name}: {', '.join(sorted(strange)) or self.kind} is not known")

    def label(self, language: str) -> str:
        """Its name in a language."""
        return self.en if language == "en" else self.zh

    @cached_property
    def named(self) -> Mapping[str, Field]:
        """Its fields by name."""
        return {f.name: f for f in self.fields}

    @cached_property
    def looked_at(self) -> tuple[Field, ...]:
        """The fields that must be filled, or must point to a record that is there."""
        return tuple(f for f in self.fields if f.required or f.type == "reference" or f.name in self.key)

    @cached_property
    def joins_itself(self) -> bool:
        """Whether its records may point to each other."""
        return any(f.to == self.name for f in self.fields)

    @cached_property
    def searched(self) -> tuple[str, ...]:
        """The fields in which lists are searched beside the id: those declared so, else what names a record.

        In a kept register that declares none, all of them.
        """
        declared = tuple(f.name for f in self.fields if f.search)
        if declared or self.kind == "kept":
            return declared or tuple(self.named)
        return tuple(f.name for f in self.fields if f.name in (*self.key, self.title) and f.type in _WORDED)

    @cached_property
    def staged(self) -> Mapping[str, Stage]:
        """Its stages by name, in order."""
        return {stage.name: stage for stage in self.stages}

    @cached_property
    def order(self) -> Mapping[str, int]:
        """The place of each stage, the first is 0."""
        return {stage.name: at for at, stage in enumerate(self.stages)}

    @cached_property
    def columns(self) -> Mapping[str, str]:
        """The type of every column that expressions may read: fields, the stage, and the day it reached each."""
        found = {"id": "text", **{f.name: f.type for f in self.fields}}
        if self.stages:
            found |= {"stage": "text", **{f"at_{stage.name}": "date" for stage in self.stages}}
        return found

    def before(self, stage: str) -> tuple[str, ...]:
        """The stages from which this one may be entered; the first of all from none."""
        order = list(self.staged)
        at = order.index(stage)
        after = self.stages[at].after
        return after if after is not None else tuple(order[at - 1 : at]) if at else ()

    def next(self, stage: str) -> tuple[Stage, ...]:
        """The stages that a record at this one may move to."""
        return tuple(other for other in self.stages if stage in self.before(other.name))
