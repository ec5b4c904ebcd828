"""The register of motions and proposals: its fields, stages and checks."""

from duban.packs.motions.rules import due_answer, until_returned
from duban.registers.expression import F
from duban.registers.field import choice, day, needed, text, unit, yes
from duban.registers.register import Check, Register, Stage

KINDS = (
    ("motion", "人大代表建议", "deputies' motion", "建议", "议案"),
    ("proposal", "政协提案", "CPPCC proposal", "提案"),
)
CLASSES = (
    ("A", "A类（已解决）", "A: solved", "A类"),
    ("B", "B类（正在解决或列入计划）", "B: under way or planned", "B类"),
    ("C", "C类（暂不能解决）", "C: cannot be solved now", "C类"),
    ("D", "D类（留作参考）", "D: for reference", "D类"),
)
SATISFACTION = (
    ("satisfied", "满意", "satisfied"),
    ("basically", "基本满意", "basically satisfied"),
    ("not", "不满意", "not satisfied"),
)

FIELDS = (
    *needed(
        text("number", "编号", "Number", also=("案号", "建议编号", "提案编号")),
        choice("kind", "类别", "Kind", KINDS, also=("类型",)),
        text("subject", "标题", "Subject", also=("案由", "题目", "建议标题")),
        day("received_on", "收到日期", "Received on", also=("提出日期",)),
    ),
    text("by", "领衔人", "First signatory", also=("提出人", "提案者", "代表", "委员")),
    unit("unit", "主办单位", "Lead unit", also=("承办单位", "牵头单位")),
    text("partners", "会办单位", "Helping units", also=("协办单位",)),
    yes("hard", "涉及面广、处理难度大", "Wide or difficult", keeper="office"),
    text("theme", "领域", "Field of work", also=("分类",)),
    choice("result", "办理结果", "Result", CLASSES, also=("办理类别", "答复类别", "办结类型")),
    choice(
        "satisfaction", "满意度", "Satisfaction", SATISFACTION, also=("反馈意见", "评价"), keeper="office"
    ),
    yes("published", "答复已公开", "Reply published"),
)

STAGES = (
    Stage("received", "收到", "received"),
    Stage("returned", "退回", "returned", after=("assigned",), until=until_returned),
    Stage(
        "assigned",
        "交办",
        "assigned",
        ("unit",),
        after=("received", "returned", "judged"),
        keeper="office",
        due=due_answer,
    ),
    Stage("answered", "答复", "answered", ("result",), ("答复函", "letter of reply"), after=("assigned",)),
    Stage("judged", "已反馈", "judged", ("satisfaction",), keeper="office"),
)

MOTIONS = Register(
    "motions",
    "建议提案",
    "Motions and proposals",
    FIELDS,
    key=("number",),
    title="subject",
    unit="unit",
    began="received_on",
    groups=("unit", "kind", "theme", "result"),
    stages=STAGES,
    checks=(
        Check(
            "partner_not_lead",
            F.partners != F.unit,
            "主办单位同时又是会办单位，请改其一",
            "the lead unit is its own helping unit: change one of them",
        ),
    ),
    about_zh="人大代表建议和政协提案，从交办到答复、反馈；承办单位只填办理结果。",
    about_en="Deputies' motions and CPPCC proposals from assignment to reply and judgement; units fill in the result.",
)
