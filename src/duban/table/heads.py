"""Which column of a fed file is which field: by its Chinese or English name, its other names, or the field's name."""

import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from duban.core.problem import Problem, Refused, both
from duban.registers.field import Field
from duban.registers.register import Register, Stage
from duban.registers.typed import scale

SEARCHED = 30  # rows in which the heads are looked for


@dataclass(frozen=True, slots=True)
class Columns:
    """`at` gives the column of each name that the register has, `units` what a column's head counts in.

    `extra` are heads that are not ours, `row` the row of the heads, the first is 0.
    """

    at: Mapping[str, int]
    units: Mapping[str, str]
    extra: tuple[str, ...]
    row: int


def bare(head: str) -> str:
    """A head without blanks, marks, remarks in brackets, and capitals."""
    return re.sub(r"\([^)]*\)|[\s*:]", "", unicodedata.normalize("NFKC", head)).lower()


def find_columns(register: Register, rows: Sequence[Sequence[str]], place: str) -> Columns:
    """The heads among the first rows of a file: the row that names most fields. Raises `Refused`.

    Refused is a file without heads, with two columns of one field, without a column of a field that must be there,
    and with a head that counts in what its field cannot be converted from.
    """
    names = dict(_names(register))
    known = [sum(bare(text) in names for text in row) for row in rows[:SEARCHED]]
    if not any(known):
        raise Refused(Problem("feed.no_heads", place, {"register": both(register.zh, register.en)}))
    row = known.index(max(known))
    found = _matched(rows[row], names, place)
    needed = [f for f in register.fields if f.required or f.name in register.key]
    missing = [f for f in needed if f.name not in found]
    if missing:
        listed = both("、".join(f.zh for f in missing), ", ".join(f.en for f in missing))
        raise Refused(Problem("feed.column_missing", place, {"fields": listed}))
    units = dict(_units(register, rows[row], found, place))
    ours = set(found.values())
    extra = tuple(head.strip() for at, head in enumerate(rows[row]) if at not in ours and head.strip())
    return Columns(found, units, extra, row)


def _names(register: Register) -> Iterator[tuple[str, str]]:
    """Every head that a file may have, and the column that it means; what comes later goes before."""
    for stage in register.stages:
        name = f"at_{stage.name}"
        for head in (f"{stage.zh}日期", f"{stage.zh}时间", f"{stage.en} on", name):
            yield bare(head), name
        yield from ((bare(head), f"proof_{stage.name}") for head in _papers(stage))
    if register.stages:
        yield from ((head, "stage") for head in ("stage", "阶段", "当前阶段"))
    for field in register.fields:
        yield from ((bare(head), field.name) for head in field.also)
    for field in register.fields:
        yield from ((bare(head), field.name) for head in (field.name, field.en, field.zh))


def _papers(stage: Stage) -> Iterator[str]:
    """Heads of the column with the number of the paper that a stage asks for."""
    if stage.proof:
        zh, en = stage.proof
        yield from (zh, f"{zh}编号", f"{zh}文号", f"{stage.zh}佐证", en, f"proof_{stage.name}")


def _matched(heads: Sequence[str], names: Mapping[str, str], place: str) -> dict[str, int]:
    found: dict[str, int] = {}
    for at, head in enumerate(heads):
        name = names.get(bare(head))
        if name is None:
            continue
        if name in found:
            raise Refused(
                Problem("feed.head_twice", place, {"head": head[:40], "other": heads[found[name]][:40]})
            )
        found[name] = at
    return found


def _units(
    register: Register, heads: Sequence[str], found: Mapping[str, int], place: str
) -> Iterator[tuple[str, str]]:
    for name, at in found.items():
        field = register.named.get(name)
        told = re.search(r"\(([^()]*)\)", unicodedata.normalize("NFKC", heads[at]))
        unit = told[1].strip().removeprefix("单位:") if told else ""
        if field is None or not field.numeric or not unit or unit == field.unit:
            continue
        if scale(unit, field.unit) is not None:
            yield name, unit
        elif _counts(unit):
            raise Refused(_other_unit(field, heads[at], unit, place))


def _counts(unit: str) -> bool:
    """Whether a remark in brackets is a unit that we know of another kind."""
    return any(scale(unit, known) is not None for known in ("元", "平方米", "吨"))


def _other_unit(field: Field, head: str, unit: str, place: str) -> Problem:
    data = {"field": both(field.zh, field.en), "head": head[:40], "given": unit, "unit": field.unit or "—"}
    return Problem("feed.head_unit", place, data)
