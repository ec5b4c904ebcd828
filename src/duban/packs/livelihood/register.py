"""Three registers: what people ask for, the livelihood items that deputies choose, and the marks that both give them."""

from duban.registers.expression import F
from duban.registers.field import choice, day, integer, money, needed, number, reference, text, unit
from duban.registers.register import Check, Register, Stage

FROM = (("citizen", "群众", "citizens", "市民", "居民"), ("deputy", "代表委员", "deputies", "人大代表", "政协委员"),
        ("unit", "部门", "departments", "单位"))  # fmt: skip
WHO = (("deputy", "人大代表", "deputy", "代表"), ("citizen", "群众", "citizen", "市民"))
MARKS = (("satisfied", "满意", "satisfied"), ("basically", "基本满意", "basically satisfied"),
         ("not", "不满意", "not satisfied"))  # fmt: skip

WISHES = Register(
    "wishes", "候选项目", "Proposed items",
    (
        *needed(text("number", "编号", "Number"), text("subject", "项目", "Item", also=("项目名称", "建议内容")),
                choice("origin", "来源", "From", FROM, also=("征集来源",)),
                text("year", "年度", "For the year", help_zh="如 2025", help_en="such as 2025"),
                day("collected_on", "征集日期", "Collected on", also=("收到日期",))),
        text("district", "旗县区", "District", also=("属地",)),
        text("field", "领域", "Field", also=("类别",)),
        text("proposer", "提出人", "Proposed by", seen="inner", keeper="office"),
        integer("backers", "附议人数", "Backers", "人", also=("征集票数",)),
        money("cost", "概算", "Estimated cost", also=("估算投资",)),
        unit("unit", "拟承担单位", "Unit to do it", also=("责任单位",)),
        integer("present", "到会代表", "Deputies present", "人", status="derived"),
        integer("votes", "得票", "Votes", "票", keeper="office", also=("赞成票",)),
    ),
    key=("number",), title="subject", unit="unit", began="collected_on", groups=("year", "field", "origin", "district"),
    stages=(
        Stage("collected", "征集", "collected"),
        Stage("declined", "未列入", "not taken", after=("collected", "reviewed"), keeper="office"),
        Stage("reviewed", "初审", "reviewed", ("unit", "cost"), after=("collected",), keeper="office"),
        Stage("candidate", "候选", "on the ballot", after=("reviewed",), keeper="office"),
        Stage("lost", "未当选", "not chosen", ("votes",), after=("candidate",), keeper="office"),
        Stage("chosen", "当选", "chosen", ("votes",), after=("candidate",), keeper="office"),
    ),
    about_zh="群众提、代表定：征集、初审、候选、差额票决。",
    about_en="Proposed by the people, chosen by deputies: collected, reviewed, on the ballot with more than can win.",
)  # fmt: skip

ITEMS = Register(
    "livelihood_items", "民生实事", "Livelihood items",
    (
        *needed(text("number", "编号", "Number", also=("序号",)), text("subject", "项目", "Item", also=("项目名称",)),
                text("year", "年度", "Year")),
        reference("wish", "来自候选项目", "Chosen from", "wishes"),
        unit("unit", "承担单位", "Unit", also=("责任单位", "牵头单位")),
        number("target", "年度任务", "Target", also=("目标任务",)),
        text("counts", "计量单位", "Counted in"),
        number("done", "已完成", "Done so far", also=("完成量",)),
        money("budget", "预算", "Budget"),
        money("spent", "已支付", "Paid"),
        day("due", "完成时限", "Due"),
    ),
    key=("year", "number"), title="subject", unit="unit", groups=("year", "unit"),
    stages=(
        Stage("decided", "列入", "decided"),
        Stage("started", "实施", "under way", ("unit",)),
        Stage("claimed", "报完成", "claimed done", ("done",), ("完工资料", "papers of completion")),
        Stage("accepted", "验收", "accepted", proof=("验收意见", "record of acceptance"), keeper="office", by_other=True),
    ),
    checks=(Check("money", F.spent <= F.budget, "已支付多于预算，请核对两个数", "more is paid than budgeted: check both"),),
    about_zh="当选的项目：任务、进度、预算、验收；验收的不是做的人。",
    about_en="What was chosen: task, progress, money, acceptance by somebody who did not do it.",
)  # fmt: skip

OPINIONS = Register(
    "opinions", "评议", "Marks",
    (
        *needed(reference("item", "民生实事", "Item", "livelihood_items", also=("项目编号",)),
                choice("who", "评议人", "By", WHO, also=("身份",)),
                text("number", "票号", "Slip number", also=("评议票号", "问卷编号", "答卷编号", "编号", "序号"),
                     help_zh="评议票或问卷的编号，不是姓名", help_en="of the slip or the answer sheet, not a name"),
                choice("mark", "评价", "Mark", MARKS, also=("满意度",)),
                day("given_on", "日期", "Date", also=("评议日期",))),
        text("remark", "意见", "Remark", seen="inner", keeper="office", also=("建议",)),
    ),
    key=("item", "who", "number"), title="mark", groups=("item", "who", "mark"),
    about_zh="代表和群众分别评价，各有票号，同一票读两次只算一次；意见先由督查室看过。",
    about_en="Deputies and citizens mark apart, each slip by its number and counted once; remarks are seen by the office first.",
)  # fmt: skip
