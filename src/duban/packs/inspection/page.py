"""The page of random inspection: which plans stand where, what the draw promises each class, what was found."""

from collections.abc import Iterable

from duban.core.period import period
from duban.packs.inspection.register import CLASSES, RESULTS
from duban.packs.inspection.rules import RANKS, THRESHOLDS
from duban.registers.blocks import days_late, figures
from duban.registers.pack import Desk
from duban.registers.page import Bar, Bars, Block, Cell, Grid, Said, Step, Steps, address
from duban.registers.plain import dated, said


def page(desk: Desk) -> Iterable[Block]:
    """The blocks for the year of the day."""
    year = period(str(desk.day.year))
    yield figures(desk, year)
    yield _plans(desk)
    if desk.rows(
        "objects"
    ):  # a reader who may not see the library is shown no count of it, rather than a nought
        yield _classes(desk)
    yield _results(desk)
    yield _late(desk)
    yield Said(
        desk.say(
            "先封存名单、写下封签，再用封存之后才公布的随机数抽取。抽取证书任何人都能用 duban draw verify 复算。",
            "The lists are frozen and their hash written down; the number that decides is published after that. "
            "Anyone can repeat a draw from its certificate with duban draw verify.",
        ),
        desk.say("怎样信得过", "Why it can be trusted"),
        "quiet",
    )


def _plans(desk: Desk) -> Steps:
    plans = desk.rows("plans")
    every = [
        Step(stage.label(desk.language), sum(1 for row in plans if row["stage"] == stage.name),
             sum(1 for row in plans if row["stage"] == stage.name and (end := dated(row, "end")) and end < desk.day
                 and stage.name != "finished"), link=address("plans", stage=stage.name))
        for stage in desk.pack.registered["plans"].stages
    ]  # fmt: skip
    return Steps(desk.say("抽查计划", "Plans"), tuple(every))


def _classes(desk: Desk) -> Grid:
    """Classes with their objects, their share, and how often they were inspected: strict with D, light with A."""
    objects, done = desk.rows("objects"), [row for row in desk.rows("inspections") if row["done_on"]]
    usual = THRESHOLDS.value("shares", desk.day)
    rows = []
    for rank in RANKS:
        label = next(code[2 if desk.language == "en" else 1] for code in CLASSES if code[0] == rank)
        have = sum(1 for row in objects if row["rank"] == rank and row["closed"] is not True)
        inspected = sum(1 for row in done if row["rank"] == rank)
        shown = (label, str(have), f"{usual[rank]}%", str(inspected))
        rows.append(
            tuple(
                Cell(text, link="" if at else address("objects", rank=rank)) for at, text in enumerate(shown)
            )
        )
    heads = (desk.say("信用分类", "Class"), desk.say("对象", "Objects"), desk.say("通常比例", "Usual share"),
             desk.say("已检查", "Inspected"))  # fmt: skip
    return Grid(desk.say("分级分类", "By class"), heads, tuple(rows))


def _results(desk: Desk) -> Bars:
    done = desk.rows("inspections")
    tones = {"fine": "good", "case": "bad", "gone": "bad"}
    bars = tuple(
        Bar(code[2] if desk.language == "en" else code[1], sum(1 for row in done if row["result"] == code[0]),
            tone=tones.get(code[0], "warn"), link=address("inspections", result=code[0]))
        for code in RESULTS
    )  # fmt: skip
    return Bars(desk.say("检查结果", "Results"), bars)


def _late(desk: Desk) -> Grid:
    """Inspections whose result should have been published."""
    names = {said(row, "id"): said(row, "name") for row in desk.rows("objects")}
    stage = desk.pack.registered["inspections"].staged["inspected"]
    rows = [(late, row) for row in desk.rows("inspections") if (late := days_late(stage, row, desk.day))]
    rows.sort(key=lambda one: (-one[0], said(one[1], "id")))
    cells = tuple(
        (Cell(names.get(said(row, "object"), said(row, "object")), link=address("inspections", str(row["id"]))),
         Cell(said(row, "unit", "—")), Cell(str(days), "bad"))
        for days, row in rows[:10]
    )  # fmt: skip
    heads = (desk.say("检查对象", "Object"), desk.say("单位", "Unit"), desk.say("超期天数", "Days late"))
    return Grid(desk.say("该公示而未公示", "Due to be published"), heads, cells,
                empty=desk.say("没有超期。", "None is late."))  # fmt: skip
