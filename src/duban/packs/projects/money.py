"""Money by month as curves: planned, done and reported, each added up from the year's first month."""

from collections.abc import Iterable
from datetime import date
from decimal import Decimal

from duban.registers.amount import rounded
from duban.registers.pack import Desk
from duban.registers.page import Line, Lines
from duban.registers.plain import Row, dated

YI = 10_000  # 万元 in one 亿元
CENT = Decimal("0.01")


def curves(desk: Desk, rows: Iterable[Row]) -> Lines:
    """The day's year in 亿元; months that have not ended, or for which nobody gave a figure, have no value done."""
    sums: dict[str, dict[int, Decimal]] = {"planned": {}, "actual": {}, "reported": {}}
    for row in rows:
        ends = dated(row, "ends_on")
        if ends is None or ends.year != desk.day.year:
            continue
        for field, by_month in sums.items():
            told = row[field]
            if isinstance(told, Decimal) and _counts(field, ends, desk.day):
                by_month[ends.month] = by_month.get(ends.month, Decimal(0)) + told
    labels = (("planned", desk.say("计划", "planned")), ("actual", desk.say("完成", "done")),
              ("reported", desk.say("纳统", "reported")))  # fmt: skip
    return Lines(
        desk.say("投资曲线（累计）", "Investment, cumulated"),
        tuple(desk.say(f"{month}月", str(month)) for month in range(1, 13)),
        tuple(Line(label, _cumulated(sums[field])) for field, label in labels),
        desk.say("亿元", "100 million yuan"),
        desk.say("当月数逐月累加，月末起计入。", "Each month's own, added up, from its last day on."),
    )


def _counts(field: str, ends: date, day: date) -> bool:
    """What is planned is known before; what is done counts when its month has ended."""
    return field == "planned" or ends <= day


def _cumulated(by_month: dict[int, Decimal]) -> list[Decimal | None]:
    first, last, running, found = min(by_month, default=13), max(by_month, default=0), Decimal(0), []
    for month in range(1, 13):
        running += by_month.get(month, Decimal(0))
        found.append(rounded(running / YI, CENT) if first <= month <= last else None)
    return found
