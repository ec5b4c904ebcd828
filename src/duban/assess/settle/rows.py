"""A table of results: one row a figure, with declared columns. Every wrong cell is a problem that says its line."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal, InvalidOperation

from duban.assess.settle.figures import Outcome
from duban.core.measure import MEASURES
from duban.core.period import parse
from duban.core.problem import Problem, Refused

COLUMNS = {
    "indicator": "指标", "period": "期间", "value": "数值", "unit": "单位", "comparator": "比较", "source": "来源",
    "date": "日期", "measure": "计量", "target": "承诺",
}  # fmt: skip
NEEDED = ("indicator", "period", "value", "unit", "source")
SIGNS = {"": "eq", "=": "eq", ">": "ge", ">=": "ge", "≥": "ge", "<": "le", "<=": "le", "≤": "le", "≈": "approx",
         "eq": "eq", "ge": "ge", "le": "le", "approx": "approx"}  # fmt: skip
_GROWTH = re.compile(r"增速|增长|同比|涨幅|降幅|下降")
_RANK = re.compile(r"位次|排名|名次")
_MOVE = re.compile(r"提升|上升|前进|提高")
_ADDED = re.compile(r"新增|新开工|新建|新设|净增")


def outcomes_of_rows(head: Sequence[str], rows: Iterable[tuple[str, Sequence[str]]], name: str, rank: int) -> list[Outcome]:  # fmt: skip
    """Outcomes of (place, cells) under `head`. Raises `Refused` with every fault of the table."""
    columns = _columns(head, name)
    found: list[Outcome] = []
    faults: list[Problem] = []
    for place, cells in rows:
        row = {key: cells[at].strip() for key, at in columns.items() if at < len(cells)}
        if not any(row.values()):
            continue
        try:
            found.append(replace(_outcome(row, place, rank), file=name))
        except Refused as refused:
            faults += refused.problems
    if faults:
        raise Refused(*faults)
    return found


def _columns(head: Sequence[str], name: str) -> dict[str, int]:
    heads = [cell.strip() for cell in head]
    columns = {k: heads.index(w) for k, zh in COLUMNS.items() for w in (k, zh) if w in heads}
    missing = [f"{key}（{COLUMNS[key]}）" for key in NEEDED if key not in columns]
    if missing:
        raise Refused(Problem("settle.column_missing", name, {"missing": "、".join(missing)}))
    return columns


def _outcome(row: Mapping[str, str], place: str, rank: int) -> Outcome:
    if not row["indicator"]:
        raise Refused(Problem("settle.cell_wrong", place, {"column": COLUMNS["indicator"], "cell": ""}))
    start, end = _period(row["period"], place)
    sign = SIGNS.get(row.get("comparator", ""))
    if sign is None:
        raise Refused(Problem("settle.cell_wrong", place,
                              {"column": COLUMNS["comparator"], "cell": row["comparator"]}))  # fmt: skip
    measure = row.get("measure", "") or measure_of(row["indicator"], row["unit"])
    if measure not in (*MEASURES, "event", "amount"):
        raise Refused(Problem("settle.cell_wrong", place, {"column": COLUMNS["measure"], "cell": measure}))
    value = _number(row["value"], place)
    return Outcome(place, row["indicator"], measure, start, end, value, row["unit"], sign, row["source"],
                   row.get("date", ""), place, rank, row.get("target", ""))  # fmt: skip


def measure_of(name: str, unit: str) -> str:
    """The measure that the words of a row tell; "amount" where a level and an increment read alike."""
    if unit in ("事件", "event"):
        return "event"
    if unit in ("位", "名") or _RANK.search(name):
        return "change" if _MOVE.search(name) else "rank"
    if unit in ("%", "‰", "％"):
        return "growth" if _GROWTH.search(name) else "share"
    if "百分点" in unit:
        return "change"
    return "increment" if _ADDED.search(name) else "amount"


def _period(text: str, place: str) -> tuple[date, date]:
    """A day, two days with a slash, or a period code (2024, 2024-Q2, 2024-C07)."""
    try:
        if "/" in text:
            first, last = text.split("/")
            return date.fromisoformat(first.strip()), date.fromisoformat(last.strip())
        if re.fullmatch(r"\d{4}-\d\d-\d\d", text):
            return date.fromisoformat(text), date.fromisoformat(text)
        if re.match(r"\d{4}", text):
            period = parse(text, int(text[:4]))
            return period.start, period.end
    except (ValueError, AttributeError):
        pass
    raise Refused(Problem("settle.cell_wrong", place, {"column": COLUMNS["period"], "cell": text[:40]}))


def _number(text: str, place: str) -> Decimal | None:
    try:
        value = Decimal(text.replace(",", "")) if text else None
    except InvalidOperation:
        value = Decimal("NaN")
    if value is not None and not value.is_finite():
        raise Refused(Problem("settle.cell_wrong", place, {"column": COLUMNS["value"], "cell": text[:40]}))
    return value
