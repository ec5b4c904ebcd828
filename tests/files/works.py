"""A register with something of everything, and messy sheets of it as offices keep them."""

from datetime import date

import openpyxl

from duban.registers.expression import F
from duban.registers.field import choice, day, integer, money, needed, number, text, unit, yes
from duban.registers.register import Check, Register, Stage

KINDS = (("new", "新建", "new", "新开工"), ("going", "续建", "going on"))
WORKS = Register(
    "works", "工程", "Works",
    (
        *needed(text("code", "项目编号", "Code", also=("编码",)), text("name", "项目名称", "Name"),
                choice("kind", "建设性质", "Kind", KINDS)),
        unit("unit", "责任单位", "Lead unit"),
        money("total", "总投资", "Total investment", help_zh="概算批复数", help_en="as approved"),
        money("planned", "计划投资", "Planned investment"),
        number("share", "完成比例", "Share done", "%"), integer("flats", "套数", "Flats", "套"),
        day("filed_on", "备案日期", "Filed on"), yes("private", "民间投资", "Private"),
        text("note", "备注", "Note"),
    ),
    key=("code",), title="name", unit="unit", began="filed_on",
    stages=(Stage("filed", "备案", "filed"),
            Stage("started", "开工", "started", ("unit",), ("施工许可证", "building permit")),
            Stage("done", "竣工", "done")),
    checks=(Check("within", F.planned <= F.total, "计划投资大于总投资", "more is planned than the whole costs"),),
)  # fmt: skip
HEADS = ["项目编号", "项目名称", "建设性质", "责任单位", "总投资", "计划投资", "备案日期", "开工日期"]
ROW = ["A-1", "一号桥", "新建", "市住建局", 1200, "300", date(2024, 1, 5), "2024年3月1日"]


def saved(path, rows, change=None, heads=HEADS):
    """A workbook of one sheet with heads and rows; `change` may do more to it."""
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "台账"
    for row in [heads, *rows] if heads else rows:
        sheet.append(row)
    if change:
        change(sheet)
    book.save(path)
    return path


def row(**told):
    """The sample row with some cells otherwise, by head."""
    return [told.get(head, cell) for head, cell in zip(HEADS, ROW, strict=True)]


def messy(path):
    """As it arrives: a title, two rows of heads, groups, totals, a hidden row, a hidden sheet, remarks."""
    rows = [
        ["2024年重点工程台账"], ["填报单位：市发改委", None, None, None, None, None, "单位：亿元"],
        ["序号", "编码", "项目名称", "性 质", "投资", None, "开工时间", "责任单位", "施工许可证编号", "形象进度"],
        [None, None, None, None, "总投资（亿元）", "计划投资(万元)"],
        ["一、", None, "新建项目", None, 3.5],
        [1, "A-1", "一号桥", "新开工", 1.2, 300, "2024.3.1", "市住建局", "许〔2024〕1号", "主体"],
        [2, "A-2", "二号桥", "续建", 2.3, "0.5亿元", date(2024, 4, 2), "市住建局", "许〔2024〕2号", ""],
        [None, "小计", None, None, 3.5, 5300], [],
        ["序号", "编码", "项目名称", "性 质", "投资", None, "开工时间", "责任单位"],
        [3, "A-3", "三号桥", "续建", "3000万元", None, None, "市交通局"],
        ["注：", "注：数据截至三月底"],
    ]  # fmt: skip

    def change(sheet):
        sheet.merge_cells("A1:J1")
        sheet.merge_cells("E3:F3")
        for letter in "ABCDGHIJ":
            sheet.merge_cells(f"{letter}3:{letter}4")
        sheet.merge_cells("H6:H7")
        sheet.row_dimensions[7].hidden = True
        sheet.parent.create_sheet("底稿").sheet_state = "hidden"

    return saved(path, rows, change, heads=None)
