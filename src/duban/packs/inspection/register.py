"""Two libraries and one rule: objects and inspectors to draw from, the plans that draw, the inspections that follow."""

from duban.packs.inspection.rules import due_published
from duban.registers.expression import F
from duban.registers.field import choice, day, integer, needed, number, point, reference, text, unit, yes
from duban.registers.register import Check, Register, Stage

CLASSES = (("A", "A类（守信）", "A: trustworthy", "A"), ("B", "B类", "B", "B类"), ("C", "C类", "C", "C类"),
           ("D", "D类（失信）", "D: untrustworthy", "D"))  # fmt: skip
RESULTS = (
    ("fine", "未发现问题", "nothing found", "合格", "正常"),
    ("mended", "发现问题已当场改正", "mended on the spot"),
    ("ordered", "责令改正", "ordered to mend"),
    ("case", "立案查处", "case opened"),
    ("gone", "查无下落", "not to be found"),
)

OBJECTS = Register(
    "objects", "检查对象名录库", "Objects of inspection",
    (
        *needed(
            text("code", "统一社会信用代码", "Credit code", also=("信用代码", "对象编号")),
            text("name", "名称", "Name", also=("企业名称", "检查对象")),
            choice("rank", "信用风险分类", "Credit class", CLASSES, also=("信用等级", "分类")),
        ),
        text("kind", "监管类别", "Kind of supervision", also=("行业", "类别")),
        text("district", "旗县区", "District", also=("属地",)),
        text("address", "地址", "Address"),
        yes("closed", "已注销或停业", "Closed down", also=("是否注销",)),
        point("at", "坐标", "Coordinates"),
    ),
    key=("code",), title="name", place="at", groups=("rank", "kind", "district"), seen="inner",
    about_zh="一单两库之一：可以抽到的对象。", about_en="The first library: what may be drawn.",
)  # fmt: skip

INSPECTORS = Register(
    "inspectors", "执法人员名录库", "Inspectors",
    (
        *needed(text("number", "执法证号", "Licence number", also=("证号",)), text("name", "姓名", "Name")),
        unit("unit", "单位", "Unit", also=("执法单位",)),
        text("kinds", "执法类别", "Qualified for", help_zh="多个用顿号隔开；不填为各类都行",
             help_en="several with 、 between; none means all kinds"),
        yes("away", "不参加抽取", "Not to be drawn", also=("是否请假",)),
    ),
    key=("number",), title="name", unit="unit", groups=("unit",), seen="own",
    about_zh="一单两库之二：可以抽到的人。只有本单位和督查室看得到。",
    about_en="The second library: who may be drawn. Seen by their own unit and the office only.",
)  # fmt: skip

RECUSALS = Register(
    "recusals", "回避", "Recusals",
    (
        *needed(reference("inspector", "执法人员", "Inspector", "inspectors", also=("执法证号",)),
                reference("object", "检查对象", "Object", "objects", also=("统一社会信用代码",))),
        text("why", "利害关系", "Interest", also=("回避原因",)),
    ),
    key=("inspector", "object"), title="why", seen="own",
    about_zh="与谁有利害关系就不抽去查谁。", about_en="Nobody is drawn to inspect what they have an interest in.",
)  # fmt: skip

PLANS = Register(
    "plans", "抽查计划", "Inspection plans",
    (
        *needed(text("number", "任务编号", "Number", also=("编号",)), text("name", "抽查任务", "Task", also=("任务名称",)),
                day("start", "开始日期", "Start"), day("end", "结束日期", "End")),
        unit("unit", "发起单位", "Unit", also=("牵头部门",)),
        text("partners", "联合单位", "Joint units", also=("配合部门",)),
        text("kind", "监管类别", "Kind of supervision", help_zh="不填为全部对象", help_en="all objects where it is empty"),
        *(number(f"share_{rank.lower()}", f"{rank}类抽查比例", f"Share of class {rank}", "%", high=100)
          for rank in "ABCD"),
        text("list_hash", "名单封签", "Hash of the frozen lists", status="derived"),
        text("source", "随机数取自", "The number comes from", status="derived"),
        day("source_on", "随机数公布日期", "The number is published on", status="derived"),
        text("nonce", "公布的随机数", "Published number", status="derived"),
        integer("objects", "名单内对象", "Objects on the list", status="derived"),
    ),
    key=("number",), title="name", unit="unit", groups=("unit",),
    stages=(
        Stage("planned", "制定计划", "planned"),
        Stage("frozen", "封存名单", "lists frozen", after=("planned", "frozen"), keeper="office"),
        Stage("drawn", "抽取", "drawn", keeper="office"),
        Stage("finished", "完成", "finished", keeper="office"),
    ),
    checks=(Check("order", F.end >= F.start, "结束日期早于开始日期", "the end is before the start"),),
    about_zh="先封存名单，后公布随机数，再抽取：谁也不能先看结果。",
    about_en="The lists are frozen, then the number is published, then it is drawn: nobody sees the outcome first.",
)  # fmt: skip

INSPECTIONS = Register(
    "inspections", "检查结果", "Inspections",
    (
        *needed(reference("plan", "任务", "Task", "plans", also=("任务编号",)),
                reference("object", "检查对象", "Object", "objects", also=("统一社会信用代码",))),
        text("visit", "上门批次", "Visit", status="derived", help_zh="同一对象的联合检查只上门一次"),
        text("inspectors", "检查人员", "Inspectors", status="derived", seen="inner"),
        unit("unit", "检查单位", "Unit"),
        text("rank", "信用风险分类", "Credit class", status="derived"),
        day("done_on", "检查日期", "Inspected on", also=("检查时间",)),
        choice("result", "检查结果", "Result", RESULTS, also=("结果",)),
        text("found", "发现的问题", "What was found", also=("问题",)),
    ),
    key=("plan", "object"), title="object", unit="unit", groups=("plan", "unit", "rank", "result"),
    stages=(
        Stage("drawn", "抽中", "drawn"),
        Stage("inspected", "已检查", "inspected", ("done_on", "result"), due=due_published),
        Stage("published", "已公示", "published", keeper="office"),
    ),
    about_zh="抽中的对象，一条一次检查；结果要按期公示。", about_en="One record an inspection; results are published in time.",
)  # fmt: skip
