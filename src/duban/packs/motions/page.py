"""The page of motions and proposals: what was asked, answered, solved; and which units are late."""

from collections.abc import Iterable
from decimal import Decimal

from duban.core.period import Period, period
from duban.packs.motions.register import CLASSES
from duban.registers.blocks import days_late, figures, pipeline
from duban.registers.pack import Desk
from duban.registers.page import Bar, Bars, Block, Cell, Grid, address
from duban.registers.plain import Row


def page(desk: Desk) -> Iterable[Block]:
    """The blocks of the page for the year of the day."""
    year = period(str(desk.day.year))
    rows = [row for row in desk.rows("motions") if row["received_on"] and year.contains(row["received_on"])]  # type: ignore[arg-type]
    yield figures(desk, year)  # answered and solved side by side: the one without the other misleads
    yield pipeline(desk, "motions", rows, desk.say("办到哪一步", "Where they stand"))
    yield _results(desk, rows)
    yield _units(desk, year, rows)


def _results(desk: Desk, rows: list[Row]) -> Bars:
    english = desk.language == "en"
    bars = [Bar(code[2] if english else code[1], sum(1 for row in rows if row["result"] == code[0]),
                link=address("motions", result=code[0])) for code in CLASSES]  # fmt: skip
    note = desk.say("办复不等于解决：只有A类是已解决。", "Answered is not solved: only class A is solved.")
    return Bars(desk.say("办理结果", "Results"), tuple(bars), desk.say("件", ""), note)


def _units(desk: Desk, year: Period, rows: list[Row]) -> Grid:
    """Units with what they have, worst first."""
    answered, solved = desk.figure("answered", year, ("unit",)), desk.figure("solved", year, ("unit",))
    lines, assigned = [], desk.pack.registered["motions"].staged["assigned"]
    for (unit,), rate in answered.items():
        own = [row for row in rows if row["unit"] == unit]
        late = max((days_late(assigned, row, desk.day) for row in own), default=0)
        shown = (unit, str(len(own)), _percent(rate.value), _percent(solved[unit,].value), str(late or ""))
        lines.append((late, tuple(Cell(text, "bad" if late and at == 4 else "", address("motions", unit=unit) if not at else "")
                                  for at, text in enumerate(shown))))  # fmt: skip
    lines.sort(key=lambda line: (-line[0], line[1][0].text))
    heads = (desk.say("主办单位", "Lead unit"), desk.say("件数", "Number"), desk.say("办复率", "Answered"),
             desk.say("解决率", "Solved"), desk.say("最长超期天数", "Longest days late"))  # fmt: skip
    return Grid(
        desk.say("各单位", "Units"),
        heads,
        tuple(cells for _, cells in lines),
        empty=desk.say("还没有交办。", "Nothing is assigned yet."),
    )


def _percent(value: Decimal | None) -> str:
    return "" if value is None else f"{value:.1f}%"
