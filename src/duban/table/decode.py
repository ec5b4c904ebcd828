"""Columns of texts as typed columns, many rows at a time, with the very faults that the reader of one text finds.

What most values look like is recognised for whole columns at once. Everything else is given to `typed.read`, each
different text once, so that a file and a form accept the same.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import pyarrow as pa
import pyarrow.compute as pc

from duban.core.problem import Problem, both
from duban.registers.field import Field
from duban.registers.typed import LONGEST, read, scale
from duban.table.columns import DIGITS, PLACES, WHOLE, arrow_type

_REMEMBERED = 16 << 20  # bytes of a column's texts whose reading is kept, with what keeping one takes
_ENTRY = 300  # of these bytes, for each text beside its own
_FEW = 4  # a column with one different text in so many is read text by text
_NUMBERS = {
    "number": rf"^-?\d{{1,{DIGITS - PLACES}}}(\.\d{{1,{PLACES}}})?$",
    "integer": rf"^-?\d{{1,{WHOLE}}}$",
}
# The time of a day, which a date does not have; after an instant its distance from Greenwich.
_CLOCK = r"[ T]\s*\d{1,2}[:：]\d{2}([:：]\d{2}(\.\d+)?)?\s*(Z|[+-]\d{2}:?\d{2})?\s*$"
_NOTHING = pa.array(["", "-", "—", "/"])

Fault = tuple[int, Problem]  # row of the batch, and what is wrong, without its place


@dataclass(slots=True)
class Decoder:
    """Reads one column of a file, batch by batch. `unit` is what its head counts in."""

    column: Field
    unit: str = ""
    many: bool = False  # its texts are mostly different
    known: dict[str, tuple[str, Problem | None]] = field(default_factory=dict)
    held: int = 0  # bytes of `known`

    def decode(self, texts: pa.Array) -> tuple[pa.Array, list[Fault]]:
        """The column's values, and the faults of rows; a text with a fault gives no value."""
        if self.column.type == "date" and pc.any(pc.match_substring_regex(texts, "[:：]")).as_py():
            texts = pc.replace_substring_regex(texts, _CLOCK, "")
        if not self.many and self.column.type != "point":
            coded = texts.dictionary_encode()
            if len(coded.dictionary) * _FEW <= len(texts) or len(texts) < 1000:
                return self._each(coded)
            self.many = self.column.type in ("text", "unit", "reference", "number", "integer")
        if self.column.numeric:
            return self._numbers(texts)
        if self.column.type in ("text", "unit", "reference"):
            return self._texts(texts)
        return self._each(texts.dictionary_encode())

    def _each(self, coded: pa.DictionaryArray) -> tuple[pa.Array, list[Fault]]:
        """Every different text by the reader."""
        told = [self._read(text) for text in coded.dictionary.to_pylist()]
        values, more = _values(self.column, [stored for stored, _ in told])
        wrong: dict[int, Problem] = {at: fault for at, (_, fault) in enumerate(told) if fault is not None}
        wrong |= {at: _does_not_fit(self.column, told[at][0]) for at in more}
        return values.take(coded.indices), _spread(coded.indices, wrong)

    def _read(self, text: str) -> tuple[str, Problem | None]:
        found = self.known.get(text)
        if found is None:
            if self.held > _REMEMBERED:
                self.known.clear()
                self.held = 0
            self.held += _ENTRY + 4 * len(text)
            found = self.known[text] = read(self.column, text, "", unit=self.unit)
        return found

    def _texts(self, texts: pa.Array) -> tuple[pa.Array, list[Fault]]:
        trimmed = pc.utf8_trim_whitespace(texts)
        trimmed = pc.if_else(pc.is_in(trimmed, _NOTHING), pa.scalar(None, pa.string()), trimmed)
        plain = pc.all(pc.utf8_is_printable(trimmed)).as_py() is not False
        short = (pc.max(pc.utf8_length(trimmed)).as_py() or 0) <= LONGEST
        return (
            (trimmed, [])
            if plain and short and self._bare(trimmed)
            else self._each(texts.dictionary_encode())
        )

    def _bare(self, trimmed: pa.Array) -> bool:
        """Whether no text is a reference with signs that ids have otherwise."""
        if self.column.type != "reference":
            return True
        ascii_ = pc.all(pc.string_is_ascii(trimmed)).as_py() is not False
        return ascii_ and not pc.any(pc.match_substring(trimmed, "/")).as_py()

    def _numbers(self, texts: pa.Array) -> tuple[pa.Array, list[Fault]]:
        kind = arrow_type(self.column)
        usual = pc.fill_null(pc.match_substring_regex(texts, _NUMBERS[self.column.type]), False)
        values = self._converted(pc.if_else(usual, texts, pa.scalar(None, pa.string())), kind)
        if values is None:
            return self._each(texts.dictionary_encode())
        usual = pc.and_(usual, self._in_range(values, kind))
        rest = pc.and_(pc.invert(usual), pc.is_valid(texts))
        if not pc.any(rest).as_py():
            return values, []
        others, faults = self._each(pc.if_else(rest, texts, pa.scalar(None, pa.string())).dictionary_encode())
        return pc.if_else(rest, others, values), faults

    def _converted(self, texts: pa.Array, kind: pa.DataType) -> pa.Array | None:
        """Usual numbers in the field's unit; None where a conversion needs the reader."""
        times = scale(self.unit, self.column.unit) if self.unit else None
        if times is None:
            return texts.cast(kind)
        if self.column.type == "integer":
            return None
        try:
            return pc.multiply(texts.cast(pa.decimal128(DIGITS, PLACES)), pa.scalar(times)).cast(kind)
        except pa.ArrowInvalid:
            return None

    def _in_range(self, values: pa.Array, kind: pa.DataType) -> pa.Array:
        found = pc.is_valid(values)
        for limit, holds in ((self.column.low, pc.greater_equal), (self.column.high, pc.less_equal)):
            if limit is not None:
                bound = pa.scalar(int(limit) if kind == pa.int64() else limit, kind)
                found = pc.and_(found, pc.fill_null(holds(values, bound), False))
        return found


def _values(column: Field, stored: Sequence[str]) -> tuple[pa.Array, list[int]]:
    """Stored texts as values, and the places of those that have more digits than the column."""
    kind = arrow_type(column)
    texts = pa.array([text or None for text in stored], pa.string())
    if kind == pa.bool_():
        return pc.equal(texts, "yes"), []
    if kind == pa.string():
        return texts, []
    try:
        return texts.cast(kind), []
    except pa.ArrowInvalid:
        large = [at for at, text in enumerate(stored) if text and not _fits(text, kind)]
        return pa.array([None if at in set(large) else text.as_py() for at, text in enumerate(texts)],
                        pa.string()).cast(kind), large  # fmt: skip


def _fits(text: str, kind: pa.DataType) -> bool:
    try:
        pa.array([text]).cast(kind)
    except pa.ArrowInvalid:
        return False
    return True


def _does_not_fit(column: Field, text: str) -> Problem:
    places = 0 if column.type == "integer" else arrow_type(column).scale
    data: Mapping[str, str | int] = {
        "field": both(column.zh, column.en),
        "value": text[:40],
        "places": places,
    }
    return Problem("feed.too_many_digits", "", data)


def _spread(indices: pa.Array, wrong: Mapping[int, Problem]) -> list[Fault]:
    """The faults of different texts at every row that has them."""
    if not wrong:
        return []
    rows = pc.indices_nonzero(pc.fill_null(pc.is_in(indices, pa.array(list(wrong), indices.type)), False))
    return [
        (row, wrong[code]) for row, code in zip(rows.to_pylist(), indices.take(rows).to_pylist(), strict=True)
    ]
