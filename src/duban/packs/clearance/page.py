"""The page of the clearance lists: each list with what is open and late, the way down to none, who has been late longest."""

from collections.abc import Iterable
from datetime import date

from duban.core.period import month_end, period
from duban.packs.clearance.rules import doubled
from duban.registers.blocks import figures
from duban.registers.pack import Desk
from duban.registers.page import Block, Cell, Grid, Line, Lines, Said, address
from duban.registers.plain import Row, dated, decimal, said, whole

_SHOWN = ("found", "closed", "open", "overdue", "again")


def page(desk: Desk) -> Iterable[Block]:
    """The blocks for the year of the day."""
    year = period(str(desk.day.year))
    rows = desk.rows("problems")
    yield figures(desk, year, _SHOWN, bad=("overdue", "again"))
    if not rows:
        yield Said(desk.say("先在“销号清单目录”里建一张清单，再把问题导进来。",
                            "First make a list under “Clearance lists”, then import its problems."))  # fmt: skip
        return
    yield _lists(desk, rows)
    yield _way_down(desk, rows)
    yield _longest(desk, rows)
    yield _doubled(desk, rows)


def _lists(desk: Desk, rows: list[Row]) -> Grid:
    """Each list in a line; the worst first."""
    year = period(str(desk.day.year))
    names = {str(row["id"]): str(row["name"]) for row in desk.rows("lists")}
    figures = {name: desk.figure(name, year, ("list",)) for name in (*_SHOWN, "cleared")}
    lines = []
    for (code,) in figures["found"]:
        values = {name: found[code,].value if (code,) in found else None for name, found in figures.items()}
        cells = [Cell(names.get(code, code), link=address("problems", list=code))]
        for name in _SHOWN:
            bad = name in ("overdue", "again") and bool(values[name])
            cells.append(Cell(whole(values[name]), "bad" if bad else ""))
        rate = values["cleared"]
        cells.append(Cell("" if rate is None else f"{rate:.0f}%", "good" if rate == 100 else ""))
        lines.append((-(values["overdue"] or 0), code, tuple(cells)))
    heads = (
        desk.say("清单", "List"),
        *(desk.pack.indicated[n].label(desk.language) for n in (*_SHOWN, "cleared")),
    )
    return Grid(desk.say("各张清单", "The lists"), heads, tuple(cells for _, _, cells in sorted(lines)))


def _way_down(desk: Desk, rows: list[Row]) -> Lines:
    """Open problems at the end of each month of the year, up to the day."""
    ends = [month_end(desk.day.year, month) for month in range(1, 13)]
    values = [
        _open_on(rows, end) if end <= month_end(desk.day.year, desk.day.month) else None for end in ends
    ]
    labels = tuple(desk.say(f"{end.month}月", f"{end:%b}") for end in ends)
    line = Line(desk.pack.indicated["open"].label(desk.language), values)
    return Lines(desk.say("月末未销号", "Open at each month's end"), labels, (line,), desk.say("处", ""))


def _open_on(rows: list[Row], end: date) -> int:
    """How many were found by a day and not closed by it."""
    found = [row for row in rows if (day := dated(row, "found_on")) and day <= end]
    return sum(1 for row in found if not ((day := dated(row, "at_closed")) and day <= end))


def _longest(desk: Desk, rows: list[Row]) -> Grid:
    """The ten that are overdue longest."""
    late = [((desk.day - due).days, row) for row in rows
            if dated(row, "at_closed") is None and (due := dated(row, "due")) and due < desk.day]  # fmt: skip
    late.sort(key=lambda one: (-one[0], said(one[1], "id")))
    cells = tuple(
        (
            Cell(said(row, "what"), link=address("problems", str(row["id"]))),
            Cell(said(row, "unit", "—")),
            Cell(str(days), "bad"),
        )
        for days, row in late[:10]
    )
    heads = (desk.say("问题", "Problem"), desk.say("责任单位", "Unit"), desk.say("超期天数", "Days late"))
    return Grid(
        desk.say("超期最久", "Longest overdue"),
        heads,
        cells,
        empty=desk.say("没有超期。", "None is overdue."),
    )


def _doubled(desk: Desk, rows: list[Row]) -> Grid:
    """Problems of one list and place in much the same words under two numbers, which may be one; a person decides."""
    pairs = list(doubled(rows, float(decimal(desk.threshold("alike")))))
    cells = tuple(
        (
            Cell(said(later, "what"), link=address("problems", str(later["id"]))),
            Cell(said(first, "what"), link=address("problems", str(first["id"]))),
            Cell(said(later, "site")),
        )
        for later, first in pairs[:10]
    )
    heads = (
        desk.say("问题", "Problem"),
        desk.say("可能就是", "May be the same as"),
        desk.say("地点", "Place"),
    )
    note = desk.say(f"共 {len(pairs)} 处；是的填“与哪条是同一问题”并“并案”。",
                    f"{len(pairs)} in all; where it is, fill in “Same problem as” and join it.")  # fmt: skip
    return Grid(desk.say("一处是否记了两次", "Entered twice?"), heads, cells, note if pairs else "",
                desk.say("没有可疑的重复。", "None looks like another."))  # fmt: skip
