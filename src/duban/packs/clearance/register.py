"""Two registers: which lists the city keeps, and the problems on them, one record however often each is found."""

from datetime import date

from duban.registers.expression import Column, F
from duban.registers.field import choice, day, money, needed, point, reference, text, unit
from duban.registers.register import Check, Register, Stage, Values

GRADES = (("minor", "一般", "minor"), ("major", "较大", "major", "较重"), ("grave", "重大", "grave", "严重"))

LISTS = Register(
    "lists", "销号清单目录", "Clearance lists",
    (
        *needed(text("code", "清单代号", "Code"), text("name", "清单名称", "Name", also=("清单",))),
        unit("unit", "主管单位", "Unit in charge", also=("牵头单位",)),
        text("proof", "销号凭什么", "What proves a clearing", help_zh="例如：验收表、现场复核记录"),
        text("basis", "依据", "Basis"),
    ),
    key=("code",), title="name", unit="unit",
    about_zh="每张清单一条：半拉子工程、检查问题、混接点、隐患、欠款……",
    about_en="One record a list: half-finished projects, findings, mixed drains, hazards, arrears …",
)  # fmt: skip


def due_fixed(values: Values, since: date) -> date | None:
    """The day that the plan sets for the problem; the lists have no common deadline."""
    due = values.get("due")
    return due if isinstance(due, date) else None


PROBLEMS = Register(
    "problems", "销号问题", "Problems to clear",
    (
        *needed(
            reference("list", "清单", "List", "lists", also=("清单代号", "所属清单")),
            text("code", "问题编号", "Number", also=("编号", "点位编号", "序号"),
                 help_zh="现场的编号；没有编号的写地点全称，同一问题再发现时写同一个",
                 help_en="the number on site; without one the full name of the place, the same when it is found again"),
            text("what", "问题", "Problem", also=("问题描述", "存在问题", "隐患描述")),
            day("found_on", "发现日期", "Found on", also=("排查日期", "检查日期", "发现时间")),
        ),
        text("site", "地点", "Place", also=("位置", "地址", "点位")),
        text("district", "旗县区", "District", also=("属地", "所在区")),
        choice("grade", "等级", "Grade", GRADES, also=("隐患等级", "风险等级")),
        text("found_by", "发现方式", "Found by", also=("来源", "问题来源")),
        text("cause", "成因", "Cause", also=("原因", "问题原因")),
        unit("unit", "责任单位", "Unit responsible", also=("整改单位", "牵头单位")),
        text("measure", "整改措施", "Measure", also=("措施", "整改方案")),
        day("due", "整改期限", "Due", also=("完成时限", "整改时限", "计划完成时间")),
        money("amount", "涉及金额", "Amount", also=("欠款金额", "金额")),
        point("at", "坐标", "Coordinates", also=("经纬度",)),
        reference("same_as", "与哪条是同一问题", "Same problem as", "problems", keeper="office",
                  help_zh="填了并“并案”的不再单独计数", help_en="joined with it, a problem is not counted by itself"),
    ),
    key=("list", "code"), title="what", unit="unit", place="at", began="found_on", groups=("list", "district", "grade", "unit"),
    stages=(
        Stage("found", "发现", "found"),
        Stage("reopened", "重开", "reopened", after=("claimed", "closed"), keeper="office"),
        Stage("planned", "定措施", "planned", ("unit", "measure", "due"), after=("found", "reopened"), keeper="office",
              due=due_fixed),
        Stage("claimed", "报完成", "claimed done", proof=("整改证明", "proof of the work"), after=("planned",), due=due_fixed),
        Stage("closed", "销号", "closed", proof=("验收记录", "record of the check"), keeper="office", by_other=True),
        Stage("joined", "并案", "joined", ("same_as",), after=("found", "reopened", "planned"), keeper="office"),
    ),
    checks=(
        Check("not_itself_joined", ~Column("same_as.same_as").given, "所指的那条已并入别的问题，请改指那一条",
              "what it points to is joined with another itself: point to that one"),
        Check("due_after_found", F.due >= F.found_on, "整改期限早于发现日期，请核对两个日期",
              "the deadline is before the day of finding: check both dates"),
    ),
    about_zh="同一清单同一编号只有一条：再发现时更新原来那条；编号不同的同一问题并案，只计一处；做事的人不能给自己销号。",
    about_en="One record for one number of one list, found again the same; two numbers are joined and count once; nobody closes their own work.",
)  # fmt: skip
