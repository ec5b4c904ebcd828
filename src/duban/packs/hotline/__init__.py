"""The hotline (12345 接诉即办): one number, deadlines in workdays, call-backs, three rates that show what they leave out."""

from duban.packs.hotline.indicators import INDICATORS
from duban.packs.hotline.page import page
from duban.packs.hotline.register import ARCHIVE, CASES, TOPICS
from duban.packs.hotline.rules import THRESHOLDS, again, dispatch, merge, raise_topics, send_back, suggest
from duban.registers.field import needed, reference, text
from duban.registers.pack import Act, Pack

_CASE = reference("case", "工单", "Case", "cases")
_WHY = text("why", "原因", "Reason")

PACK = Pack(
    "hotline",
    "12345接诉即办",
    "12345 hotline",
    about_zh="一号受理、按词典建议承办单位、按工作日计时、回访定案；三率旁边总有件数、回访率和剔除率。",
    about_en="One number, a unit suggested with its reason, workdays counted, call-backs; three rates with what they rest on.",
    registers=(CASES, TOPICS, ARCHIVE),
    indicators=INDICATORS,
    thresholds=THRESHOLDS,
    acts=(
        Act("dispatch", "自动派单", "Assign what is sure", (), dispatch,
            help_zh="只派把握不低于门槛的；门槛缺省高于1，即全由人派。",
            help_en="Only what is as sure as the threshold; by default it is above 1, so a person assigns all."),
        Act("merge", "并单", "Join cases", needed(_CASE, reference("with_case", "并入", "With", "cases")), merge,
            help_zh="重复的来件并成一件，只计一次。", help_en="Repeated cases become one and are counted once."),
        Act("again", "重办", "Have it redone", needed(_CASE, _WHY), again,
            help_zh="来电人说没解决的，退回重办并计次。", help_en="Not solved in the caller's eyes: redone, and counted."),
        Act("send_back", "改派", "Take back", needed(_CASE, _WHY), send_back,
            help_zh="派错的收回另派并计次。", help_en="Assigned to the wrong unit: taken back, and counted."),
        Act("raise_topics", "提出热点议题", "Raise topics", (), raise_topics,
            help_zh="本月同区同题反复出现的，逐一提成议题。", help_en="Makes a topic of everything that repeats this month."),
    ),
    suggests=suggest,
    page=page,
    leaves_zh=("不接电话：话务、录音由呼叫系统管", "只记到日，不计两小时签收这样的时限", "词典只提建议，不懂反话和方言"),
    leaves_en=("does not take calls: telephony stays with its own system", "counts days, not limits of two hours",
               "the lexicon only suggests; it knows neither irony nor dialect"),
)  # fmt: skip
