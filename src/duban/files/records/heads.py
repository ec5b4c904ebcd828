"""Where the heads of a register's columns stand in a sheet, however they were merged, moved, renamed or given units.

What a head says exactly is taken: a field's name in Chinese or English, its other names, a stage's date. What it
only resembles is suggested and never taken; a person names it.
"""

import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from rapidfuzz import fuzz, process

from duban.core.problem import Problem, Refused, both
from duban.files.records.sheet import Sheet
from duban.registers.register import Register, Stage
from duban.registers.typed import known_unit, scale

SEARCHED = 30  # rows from the top
_DEEPEST = 4  # rows that heads take
_ALIKE = 60  # of 100: from here on a head is suggested
_DATES = ("日期", "时间", "日", "年月日")
# What figures count in besides what is converted: over a field in another unit such a head is refused.
_UNITS = frozenset(
    [
        "米",
        "千米",
        "公里",
        "里",
        "亩",
        "万亩",
        "人",
        "万人",
        "户",
        "万户",
        "个",
        "套",
        "万套",
        "间",
        "台",
        "辆",
        "度",
        "千瓦",
        "万千瓦",
        "兆瓦",
        "千瓦时",
        "立方米",
        "‰",
        "%",
        "美元",
        "万美元",
        "亿美元",
    ]
)
_UNIT_NOTE = re.compile(r"(?:金额|计量)?单位[:：]\s*([^\s:：,，;；()（）]+)")


def bare(text: str) -> str:
    """A head without blanks (备 注), marks, remarks in brackets, and capitals."""
    return re.sub(r"\([^)]*\)|[\s*:\"“”]", "", unicodedata.normalize("NFKC", text)).lower()


def labels_of(register: Register) -> dict[str, str]:
    """Each column's name by its Chinese label: fields, `at_<stage>`, `proof_<stage>`, `id` and `stage`."""
    found = {f.zh: f.name for f in register.fields}
    for stage in register.stages:
        found |= {f"{stage.zh}日期": f"at_{stage.name}"} if f"{stage.zh}日期" not in found else {}
    return found


def names_of(register: Register) -> dict[str, str]:
    """The column for each head that a file may have for it; a field's own name goes before any other."""
    found: dict[str, str] = {}
    for name, heads in _heads_of(register):
        for head in heads:
            found.setdefault(bare(head), name)
    return found


def _heads_of(register: Register) -> Iterator[tuple[str, tuple[str, ...]]]:
    yield from ((f.name, (f.zh, f.name)) for f in register.fields)
    yield from ((f.name, (f.en, *f.also)) for f in register.fields)
    yield "id", ("id", "记录号", "record id")
    if register.stages:
        yield "stage", ("stage", "阶段", "当前阶段", "所处阶段")
    for stage in register.stages:
        yield f"at_{stage.name}", (f"at_{stage.name}", entered(stage, "zh"), entered(stage, "en"),
                                   *(stage.zh + more for more in _DATES), f"{stage.en} on", f"{stage.en} date")  # fmt: skip
        if stage.proof:
            zh, en = stage.proof
            yield (
                f"proof_{stage.name}",
                (f"proof_{stage.name}", zh, f"{zh}编号", f"{zh}文号", f"{stage.zh}佐证", en),
            )


def entered(stage: Stage, language: str) -> str:
    """A head for the day on which a stage was reached that no field can have."""
    return f"date of “{stage.en}”" if language == "en" else f"进入“{stage.zh}”日期"


@dataclass(frozen=True, slots=True)
class Head:
    """A column that is ours: where it stands, its head's words, and what these say it counts in."""

    name: str
    column: int
    text: str
    place: str
    unit: str = ""
    rank: int = 2


@dataclass(slots=True)
class Heads:
    """The columns found by name; rows of records start at `first`. `others` are (place, head) of columns not ours.

    `unit` is what stands over the whole table, `words` all that the heads over a column say.
    """

    columns: dict[str, Head]
    first: int
    rows: range
    others: list[tuple[str, str]] = field(default_factory=list)
    unit: str = ""
    words: dict[int, frozenset[str]] = field(default_factory=dict)


def find_heads(sheet: Sheet, register: Register, given: Mapping[str, str]) -> Heads | None:
    """The heads of a sheet, None where fewer than two of its columns are the register's.

    `given` are heads that a person named: the head's words, and the column that they mean.
    Raises `Refused` when two columns claim the same field with the same right.
    """
    names = names_of(register) | {bare(head): name for head, name in given.items()}
    texts = _texts(sheet)
    best = (0, 0, 0)
    heads: list[Head] = []
    for top in range(len(texts)):
        for depth in range(1, min(_DEEPEST, len(texts) - top) + 1):
            tried = list(_matched(sheet, texts[top : top + depth], top, names))
            score = (len({head.name for head in tried}), -depth, -top)
            if score > best:
                best, heads = score, tried
    if best[0] < min(2, len(register.fields)):
        return None
    depth, top = -best[1], -best[2]
    under = [bottom + 1 for first, _, bottom, _ in sheet.spans if first < top + depth and bottom >= top]
    rows = range(top, max([top + depth, *under]))
    columns = _single(heads)
    taken = {head.column for head in columns.values()}
    result = Heads(columns, _below(texts, rows.stop), rows, unit=_unit_note(texts[: rows.stop]))
    result.words = {c: _words(texts[: top + depth], c) for c in taken}
    result.others = [
        (sheet.at(top + depth - 1, c), text)
        for c, text in _lowest(texts[top : top + depth])
        if c not in taken
    ]
    return result


def _texts(sheet: Sheet) -> list[list[str]]:
    """The texts of the first rows, merged cells filled in both ways."""
    height = min(SEARCHED + _DEEPEST, len(sheet.cells))
    texts = [[sheet.text(r, c) for c in range(len(sheet.cells[r]))] for r in range(height)]
    for top, left, bottom, right in sheet.spans:
        for r in range(top, min(bottom + 1, height)):
            for c in range(left, min(right + 1, len(texts[r]))):
                texts[r][c] = texts[top][left]
    return texts


def _matched(sheet: Sheet, rows: list[list[str]], top: int, names: Mapping[str, str]) -> Iterator[Head]:
    for column in range(max(map(len, rows), default=0)):
        stack = list(dict.fromkeys(row[column] for row in rows if column < len(row) and row[column]))
        if not stack:
            continue
        for rank, text in _sayings(stack):
            name, unit = _known(text, names)
            if name:
                yield Head(
                    name, column, stack[-1], sheet.at(top + len(rows) - 1, column), unit or _unit(stack), rank
                )
                break


def _sayings(stack: list[str]) -> Iterator[tuple[int, str]]:
    """What a column's heads say together, from the most to the least certain."""
    if len(stack) > 1:
        yield 3, "".join(map(_unbracketed, stack))
        yield 3, "".join(map(_unbracketed, stack[-2:]))
        yield 3, "".join(map(_unbracketed, reversed(stack[-2:])))
    yield 2, stack[-1]


def _unbracketed(text: str) -> str:
    return re.sub(r"\([^)]*\)", "", unicodedata.normalize("NFKC", text))


def _known(text: str, names: Mapping[str, str]) -> tuple[str, str]:
    """The column that a head names, and the unit that stands at its end without brackets."""
    name = bare(text)
    if name in names:
        return names[name], ""
    for at in range(1, len(name)):
        if known_unit(name[at:]) and name[:at] in names:
            return names[name[:at]], name[at:]
    return "", ""


def _unit(stack: list[str]) -> str:
    """What the heads over a column count in, where one of them says so in brackets; the lowest first."""
    for text in reversed(stack):
        for inner in re.findall(r"\(([^()]*)\)", unicodedata.normalize("NFKC", text)):
            told = re.sub(r"^单位:", "", inner.strip())
            if known_unit(told) or told in _UNITS:
                return str(told)
    return ""


def _unit_note(rows: list[list[str]]) -> str:
    """The unit that stands over the whole table: "单位：亿元"."""
    for row in rows:
        for text in row:
            found = _UNIT_NOTE.search(unicodedata.normalize("NFKC", text))
            if found and known_unit(found[1]):
                return str(found[1])
    return ""


def _below(texts: list[list[str]], first: int) -> int:
    """The first row below the heads that does not only number the columns (1 2 3, 甲 乙 1 2)."""
    if first < len(texts):
        filled = [text for text in texts[first] if text]
        numbers = [int(text) for text in filled if text.isascii() and text.isdigit()]
        others = [text for text in filled if not (text.isascii() and text.isdigit())]
        in_order = len(numbers) >= 3 and numbers == list(range(1, len(numbers) + 1))
        if in_order and all(text in "甲乙丙丁戊栏次" for text in others):
            return first + 1
    return first


def _lowest(rows: list[list[str]]) -> Iterator[tuple[int, str]]:
    for column in range(max(map(len, rows), default=0)):
        stack = [row[column] for row in rows if column < len(row) and row[column]]
        if stack:
            yield column, stack[-1].replace("\n", "")


def _words(rows: list[list[str]], column: int) -> frozenset[str]:
    return frozenset(row[column] for row in rows if column < len(row) and row[column])


def _single(heads: list[Head]) -> dict[str, Head]:
    """One column for each name: the one whose head says it more fully."""
    found: dict[str, Head] = {}
    for head in sorted(heads, key=lambda head: (-head.rank, head.column)):
        other = found.setdefault(head.name, head)
        if other is not head and other.rank == head.rank:
            raise Refused(Problem("sheet.head_twice", head.place, {"name": head.text, "other": other.place}))
    return found


def suggestions(register: Register, heads: Heads) -> Iterator[Problem]:
    """For each head that is not ours, the column that it may mean and that the file does not have."""
    free = {zh: name for zh, name in labels_of(register).items() if name not in heads.columns}
    english = {f.name: f.en for f in register.fields} | {
        f"at_{s.name}": f"date of {s.en}" for s in register.stages
    }
    for place, text in heads.others:
        alike = process.extractOne(bare(text), list(free), scorer=fuzz.ratio, score_cutoff=_ALIKE)
        if alike:
            label = both(alike[0], english[free[alike[0]]])
            yield Problem("records.head_alike", place, {"head": text[:40], "name": label}, "note")


def head_faults(register: Register, heads: Heads) -> Iterator[Problem]:
    """Heads that count in what their field cannot be converted from."""
    for head in heads.columns.values():
        kept = register.named.get(head.name)
        if (
            kept
            and kept.numeric
            and head.unit
            and head.unit != kept.unit
            and scale(head.unit, kept.unit) is None
        ):
            data = {"head": head.text[:40], "given": head.unit, "unit": kept.unit or "—"}
            yield Problem("records.head_unit", head.place, {**data, "field": both(kept.zh, kept.en)})
