"""Many counts by one grouping, in one walk over the rows.

Asked one by one, each count would look at every row again. So what all conditions have in common is looked at once,
then the rest of each, and rows are counted by group and by which conditions they meet; that small table is added up.
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
    bits: list[list[Expression]] = []
    where = [_bit(bits, rest) for rest in rests]
    if len(bits) > _BITS:
        halves = len(wanted) // 2
        return _side_by_side(table, (wanted[:halves], wanted[halves:]), parameters, groups)
    met: Any = sum((_truth(bit, table, parameters).ifelse(1 << at, 0).cast("int64") for at, bit in enumerate(bits)),
                   start=ibis.literal(1 << len(bits), "int64"))  # fmt: skip
    if shared:
        met = _truth(shared, table, parameters).ifelse(met, ibis.literal(0, "int64"))
    told = table.select(**groups, met=met)
    small = told.group_by([*groups, "met"]).aggregate(many=told.count())
    figures = {
        f"of_{at}": small.many.sum(where=(small.met & (1 << bit)) != 0).fill_null(0)
        for at, bit in enumerate(where)
    }
    return small.group_by(list(groups)).aggregate(**figures)


def _parts(of: Expression | None) -> list[Expression]:
    """What must all hold; nothing for no condition."""
    if of is None:
        return []
    return [*_parts(of.left), *_parts(of.right)] if isinstance(of, Both) else [of]


def _among(part: Expression, parts: Sequence[Expression]) -> bool:
    return any(part is other for other in parts)


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
