"""The register of cases (工单), and the topics that their repetition raises."""

from datetime import date

from duban.core.workdays import after_workdays
from duban.packs.hotline.rules import THRESHOLDS
from duban.registers.expression import F
from duban.registers.field import choice, day, integer, needed, point, reference, text, unit, yes
from duban.registers.record import day_by
from duban.registers.register import Check, Register, Stage, Values

CHANNELS = (("phone", "电话", "telephone", "来电"), ("web", "网络", "web", "网站", "APP", "微信", "小程序"),
            ("file", "批量导入", "file", "文件", "转办"), ("110", "110转来", "passed on by 110", "110"))  # fmt: skip
KINDS = (("consult", "咨询", "question"), ("help", "求助", "request for help"), ("suggestion", "建议", "suggestion"),
         ("complaint", "投诉", "complaint"), ("report", "举报", "report of a wrong"))  # fmt: skip
SATISFACTION = (("satisfied", "满意", "satisfied", "非常满意"), ("basically", "基本满意", "basically satisfied", "一般"),
                ("not", "不满意", "not satisfied", "非常不满意"))  # fmt: skip
# Why a remark on a promise is not shown: published beside the form (docs/remarks.md).
WITHHELD = (("secret", "涉密", "secret"), ("private", "涉及他人隐私", "another's private life"),
            ("abuse", "辱骂诽谤", "abuse or slander"), ("advert", "广告", "an advertisement"),
            ("other", "与这项承诺无关", "not about this promise"))  # fmt: skip
EXCLUSIONS = (("unreachable", "无法联系", "unreachable"), ("malicious", "恶意反复", "malicious"),
              ("legal", "应走诉讼信访途径", "for courts or petitions", "法定途径"),
              ("policy", "政策所限挂账", "limited by policy", "挂账"))  # fmt: skip


def due_done(values: Values, since: date) -> date:
    """The day by which an assigned case is to be done, in workdays by its kind."""
    return after_workdays(since, int(THRESHOLDS.value("workdays", since)[str(values["kind"])]))


def until_returned(values: Values, since: date) -> date:
    """The last day on which a unit may return a case; after it, it stands."""
    return after_workdays(since, int(THRESHOLDS.value("return_workdays", since)))


def due_contact(values: Values) -> date | None:
    """The day by which the caller is to be called; None for cases from before the rule."""
    received = values.get("received_on")
    return day_by(_contact, values, received) if isinstance(received, date) else None


def _contact(values: Values, since: date) -> date:
    return after_workdays(since, int(THRESHOLDS.value("contact_workdays", since)))


CASES = Register(
    "cases", "12345工单", "Hotline cases",
    (
        *needed(
            text("number", "工单编号", "Case number", also=("工单号", "受理编号")),
            day("received_on", "受理日期", "Received on", also=("来电时间", "受理时间", "创建时间")),
            choice("channel", "来源", "Channel", CHANNELS, also=("渠道", "受理渠道")),
            choice("kind", "类型", "Kind", KINDS, also=("诉求类型", "工单类型")),
        ),
        text("what", "诉求内容", "What was said", seen="own", also=("内容", "工单内容", "来电内容")),
        text("caller", "来电人", "Caller", seen="own", keeper="office", also=("诉求人", "联系人")),
        text("phone", "联系电话", "Telephone", seen="own", keeper="office", also=("电话", "来电号码")),
        text("place", "地点", "Place", seen="inner", also=("地址", "事发地")),
        text("district", "旗县区", "District", also=("区域", "属地")),
        point("at", "坐标", "Coordinates", seen="inner"),
        text("theme", "主题", "Theme", also=("分类", "一级分类")),
        unit("unit", "承办单位", "Unit", also=("主办单位", "责任单位", "派单单位")),
        text("link_110", "110警单号", "Police number", seen="inner"),
        day("contacted_on", "首次联系日期", "First contact on", also=("联系时间", "首次联系时间")),
        day("contact_due", "联系期限", "Contact due", status="derived"),
        text("reply", "办理结果", "What was done", seen="own", also=("办理情况", "答复内容")),
        day("called_on", "回访日期", "Called back on", keeper="office", also=("回访时间",)),
        yes("reached", "回访接通", "Caller reached", keeper="office", also=("是否接通",)),
        yes("solved", "是否解决", "Solved", keeper="office", also=("解决情况",)),
        choice("satisfaction", "满意度", "Satisfaction", SATISFACTION, keeper="office", also=("评价",)),
        choice("excluded", "剔除原因", "Left out because", EXCLUSIONS, keeper="office"),
        integer("redone", "重办次数", "Times redone", status="derived"),
        integer("bounced", "退回次数", "Times returned", status="derived"),
        reference("same_as", "并入工单", "Joined with", "cases", keeper="office"),
        text("commitment", "所说承诺", "Promise spoken of", keeper="office", also=("承诺编号",)),
        yes("shown", "公开", "Shown", keeper="office", help_zh="在承诺页公开诉求内容和办理结果",
            help_en="what was said and done stands on the promise's page"),
        choice("withheld", "不公开原因", "Not shown because", WITHHELD, keeper="office"),
    ),
    key=("number",), title="number", unit="unit", place="at", began="received_on",
    groups=("district", "unit", "theme", "kind", "channel"),
    stages=(
        Stage("received", "受理", "received"),
        Stage("returned", "退回", "returned", after=("assigned",), until=until_returned, counts="bounced"),
        Stage("redo", "重办", "to be redone", after=("done", "judged"), keeper="office", due=due_done, counts="redone"),
        Stage("assigned", "派单", "assigned", ("unit",), after=("received", "returned"), keeper="office", due=due_done),
        Stage("done", "办结", "done", ("reply",), after=("assigned", "redo")),
        Stage("judged", "定案", "settled by call-back", ("called_on", "reached"), after=("done",), keeper="office"),
        Stage("merged", "并单", "joined", ("same_as",), after=("received", "assigned"), keeper="office"),
    ),
    checks=(
        Check("contact_after", F.contacted_on >= F.received_on, "首次联系早于受理，请核对日期",
              "the first contact is before the receipt: check the dates"),
        Check("call_after", F.called_on >= F.received_on, "回访早于受理，请核对日期",
              "the call-back is before the receipt: check the dates"),
    ),
    complete=lambda values, today: {"contact_due": due_contact(values)},
    about_zh="一号受理，派单、联系、办结、回访、重办都有日期；来电人和内容只有承办单位和督查室看得到。",
    about_en="One number: assigned, contacted, done, called back, redone, each with its day; callers stay private.",
)  # fmt: skip

TOPICS = Register(
    "topics", "热点议题", "Hot topics",
    (
        *needed(text("district", "旗县区", "District"), text("theme", "主题", "Theme"),
                text("month", "月份", "Month", help_zh="如 2024-10", help_en="such as 2024-10")),
        integer("cases", "件数", "Cases"),
        unit("unit", "建议牵头单位", "Suggested lead", keeper="office"),
        text("became", "转为", "Became", keeper="office", help_zh="承诺、销号清单的编号",
             help_en="number of the commitment or clearance list"),
    ),
    key=("month", "district", "theme"), title="theme", unit="unit", groups=("district", "theme", "month"),
    stages=(
        Stage("raised", "提出", "raised"),
        Stage("taken", "采纳", "taken up", ("became",), keeper="office", after=("raised",)),
        Stage("left", "不采纳", "not taken up", keeper="office", after=("raised",)),
    ),
    about_zh="同区同题反复出现，就提成议题：转成承诺或销号清单，或说明不采纳。",
    about_en="What repeats becomes a topic: taken up as a commitment or list, or left with a reason.",
)  # fmt: skip

ARCHIVE = Register(
    "archive", "历史工单库", "Archive of cases",
    (
        *needed(text("number", "工单编号", "Case number", also=("工单号", "受理编号")),
                day("received_on", "受理日期", "Received on", also=("来电时间", "受理时间", "创建时间"))),
        choice("channel", "来源", "Channel", CHANNELS, also=("渠道", "受理渠道")),
        choice("kind", "类型", "Kind", KINDS, also=("诉求类型", "工单类型")),
        text("district", "旗县区", "District", also=("区域", "属地")),
        text("theme", "主题", "Theme", also=("分类", "一级分类")),
        unit("unit", "承办单位", "Unit", also=("主办单位", "责任单位", "派单单位")),
        day("contacted_on", "首次联系日期", "First contact on", also=("联系时间", "首次联系时间")),
        day("contact_due", "联系期限", "Contact due", also=("首次联系期限", "应联系日期"),
            help_zh="按原系统的口径，不另算；没有的，响应率不把它算作按时",
            help_en="as that system has it; a case without it does not count as in time"),
        day("called_on", "回访日期", "Called back on", also=("回访时间",)),
        yes("reached", "回访接通", "Caller reached", also=("是否接通",)),
        yes("solved", "是否解决", "Solved", also=("解决情况",)),
        choice("satisfaction", "满意度", "Satisfaction", SATISFACTION, also=("评价",)),
        choice("excluded", "剔除原因", "Left out because", EXCLUSIONS),
        text("same_as", "并入工单", "Joined with", also=("并入",)),
    ),
    key=("number",), kind="fed", title="number", unit="unit", began="received_on",
    groups=("district", "unit", "theme", "kind", "channel"), checks=CASES.checks,
    about_zh="原热线系统的工单，整批导入：只有算三率要的栏目，没有来电人、电话和内容。",
    about_en="Cases of the hotline's other system, fed as a whole: only what the rates need, no callers and no words.",
)  # fmt: skip
