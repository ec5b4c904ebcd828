"""Many counts by one grouping, in one walk over the rows.

Asked one by one, each count would look at every row again. So what all conditions have in common is looked at once,
then each part of the rest once, however many conditions have it; rows are counted by group and by which parts they
meet, and that small table is added up.
"""

from collections.abc import Mapping, Sequence
from functools import reduce
from operator import and_
from typing import Any

import ibis

from duban.registers.amount import Base
from duban.registers.expression import Both, Expression
from duban.registers.plain import Parameters
from duban.table.compile import compiled

_BITS = 62  # conditions that one number tells apart


def counted(
    table: ibis.Table, wanted: Sequence[Base], parameters: Parameters, groups: Mapping[str, Any]
) -> ibis.Table:
    """The counts of every group as `of_0`, `of_1` …; the table has no row without a group."""
    conditions = [_parts(base.where) for base in wanted]
    shared = [part for part in conditions[0] if all(_among(part, other) for other in conditions)]
    rests = [[part for part in parts if not _among(part, shared)] for parts in conditions]
    bits, masks = _masks([[[part] for part in rest] for rest in rests])
    whole, masks_of_whole = _masks([[rest] if rest else [] for rest in rests])
    if len(whole) < len(bits):  # the fewer bits, the fewer rows the small table has
        bits, masks = whole, masks_of_whole
    if len(bits) > _BITS:
        halves = len(wanted) // 2
        return _side_by_side(table, (wanted[:halves], wanted[halves:]), parameters, groups)
    there = 1 << len(bits)  # a bit for the rows that meet what is shared, whatever else they meet
    met: Any = ibis.literal(there, "int64")
    for at, bit in enumerate(bits):
        met = met + _truth(bit, table, parameters).ifelse(
            ibis.literal(1 << at, "int64"), ibis.literal(0, "int64")
        )
    if shared:
        met = _truth(shared, table, parameters).ifelse(met, ibis.literal(0, "int64"))
    told = table.select(**groups, met=met)
    small = told.group_by([*groups, "met"]).aggregate(many=told.count())
    figures = {
        f"of_{at}": small.many.sum(where=(small.met & (mask | there)) == (mask | there)).fill_null(0)
        for at, mask in enumerate(masks)
    }
    return small.group_by(list(groups)).aggregate(**figures)


def _parts(of: Expression | None) -> list[Expression]:
    """What must all hold; nothing for no condition."""
    if of is None:
        return []
    return [*_parts(of.left), *_parts(of.right)] if isinstance(of, Both) else [of]


def _among(part: Expression, parts: Sequence[Expression]) -> bool:
    return any(part is other for other in parts)


def _masks(wanted: Sequence[Sequence[list[Expression]]]) -> tuple[list[list[Expression]], list[int]]:
    """The different conditions, each with the bit of its place, and for each figure the bits that it needs."""
    bits: list[list[Expression]] = []
    return bits, [sum(1 << at for at in {_bit(bits, parts) for parts in one}) for one in wanted]


def _bit(bits: list[list[Expression]], parts: list[Expression]) -> int:
    """The number of a condition, the same for the same one."""
    for at, known in enumerate(bits):
        if len(known) == len(parts) and all(_among(part, known) for part in parts):
            return at
    bits.append(parts)
    return len(bits) - 1


def _truth(parts: Sequence[Expression], table: ibis.Table, parameters: Parameters) -> Any:
    truths = [compiled(part, table, parameters).truth() for part in parts]
    return reduce(and_, truths) if truths else ibis.literal(True)


def _side_by_side(
    table: ibis.Table, halves: Sequence[Sequence[Base]], parameters: Parameters, groups: Mapping[str, Any]
) -> ibis.Table:
    """More conditions than one number tells apart: two questions, joined by group."""
    first, second = (counted(table, half, parameters, groups) for half in halves)
    renamed = second.rename({f"of_{at + len(halves[0])}": f"of_{at}" for at in range(len(halves[1]))})
    return first.join(renamed, list(groups))
