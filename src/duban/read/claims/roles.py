"""Is a number a claim, the size of a named thing, or part of a name?"""

import re
from functools import cache, lru_cache

from duban.read.claims.ends import Closing, Opening
from duban.read.claims.mentions import Mention, moves_from
from duban.read.lexicon import alternation, load

_YEAR = re.compile(r"(?:19|20)\d{2}")
_NAME_TAIL = re.compile(
    r"周年|强(?!度|化|于|化)|月(?!均)|日(?![均产处供])|号|[a-zA-Zα-ω](?![a-zA-Z]*[時时瓦VW])|级(?!以上的?学)|点(?:半|钟)|时(?:起|整)|°|℃|后(?:[，。、]|大学|青年)|型|代|届|期(?![间末])|大(?:以来|精神|报告)|版|线|路|次(?:会议|全会|党代会)|多年来|年来|年间|年代|年(?:前|后)"
)
_NAME_HEAD = re.compile(r"(?:[A-Za-zα-ω] ?|国道|省道|县道|[GSXＧＳ]|第|文号|〕|No\.|№|[A-Z]座)$")
_IDIOM = re.compile(
    r"(?:八项规定|两个(?:市场|大局|循环|确立|维护|毫不动摇|一百年|文明|责任|积极性|健康)|两种资源|三个(?:务必|区分开来)|四个(?:意识|自信|全面|革命)|五个中心|三项制度|一个[一-龥])"
)
_SPAN = re.compile(r"(?:个月|年)(?:多?来|内|间|年均|平均|累计|共|以来|，|增速|增幅)")
_PLACE_MOVES = re.compile(
    r"(?:跃|上|提|前|晋|下|后)?(?:升|进|移|降|退)[一-龥]{0,2}(?:到|至|为|第)|[、，。；]|$"
)
_WAR = re.compile(
    r"(?:年|个月|天)?[一-龥“”]{0,6}?(?:主题活动|系列活动|攻坚战|行动|计划|方案|规划|会战|攻坚行动|马拉松)"
)
_HOTLINE = {"110", "12345", "12315", "120", "119", "12388", "12328", "12333", "96333", "12348"}
_ATTRIBUTE_TAIL = Opening(r"级(?!以上)|高规格|寸", "级高寸")
_CLASS = re.compile(
    r"(?:以上|以下)(?:的)?[一-龥“”]{0,10}(?:项目|企业|产业|园区|集群|工程|主体|单位|人口|村|公司|收入群体|学校|医院|设备|机组|锅炉|牧场|小区)"
)
# "产值过10亿元企业8家", "其中10亿元以上30个": a class of which so many are counted
_CLASS_COUNTED = re.compile(r"(?:的)?(?:项目|企业|园区|产业|集群|县|镇|村)?\d+个?(?:个|家|户|座)")
_COUNT_AFTER = re.compile(r"(?:的)?[一-龥“”]{2,14}\d+(?:个|家|户|座|台|套|处)")
_CLASS_OF_MONEY = re.compile(r"的[一-龥“”]{1,10}(?:增[至到]|增加[至到]|达到?|有|超过?|突破)\d")
_THING = re.compile(
    r"(?:项目|工程|生产线|基地|电站|变电站|园区|产业园|一期|二期|三期|装置|锅炉|机组|牧场|焚烧发电厂|项目部|水厂|医院|桥|线路|组件)"
)
_MAKE = re.compile(
    r"(?:形成|新增|新建|完成|达到|建成|推广|改造|实现|治理|争取|新开工|并网|建设|落实|增加|扩大|压减|压降|削减|减少|消化|新改建|改建|淘汰|打通|整治|修复|腾退|盘活|供应|出让|收储|拆除|铺设|更新|实施|筹集|提供|释放|节约|推进|种植|播种|约|近|超|超过|突破|不低于|不少于|通车|补充|完善|保障|投放|绿化|植树|造林|建起|开工|开通|收购|转化|消纳|配建|配套|启动|再造|提升)(?:了|约|近|超|超过)?$"
)


@lru_cache(512)
def _kinds(unit: str) -> tuple[bool, bool, bool]:
    """Whether the unit is one of size, of money, of time; there are some hundred units."""
    size, money, time = (bool(kind.fullmatch(unit)) for kind in _units())
    return size, money, time


@cache
def _units() -> tuple[re.Pattern[str], re.Pattern[str], re.Pattern[str]]:
    units = load("units")
    size, money, time = (
        re.compile(rf"[十百千万亿]*{alternation(units[kind])}") for kind in ("size", "money", "time")
    )
    return size, money, time


def _in_marks(text: str, at: int, opening: str, closing: str) -> bool:
    opened = text.rfind(opening, 0, at)
    return opened >= 0 and text.find(closing, opened, at) < 0


def _name(text: str, m: Mention) -> str | None:
    """The rule that makes the number part of a name, or None."""
    start, end = m.token.start, m.token.end
    head, tail = text[max(0, start - 14) : start], text[end : end + 30]
    if _in_marks(text, start, "《", "》"):
        return "role.in_title"
    arabic = m.token.text[0].isdigit()
    if not arabic and (_IDIOM.match(text, start) or head.endswith(("放在", "摆在"))):
        return "role.idiom"
    if m.token.rule == "numeral.ordinal" and not start and tail[:1] in ("，", "、"):
        return "role.item"
    if arabic and (not m.unit or m.unit == "年") and _YEAR.fullmatch(m.token.text):
        return "role.year"
    if (
        arabic
        and _may_be_named(head)
        and _NAME_HEAD.search(head)
        and not _counts_after_letters(m, head, tail)
    ):
        return "role.after_letters"
    if head.endswith("每") or (head.endswith("/") and head[-2:-1].isdigit()):
        return "role.per"
    if m.token.text in _HOTLINE and not m.unit:
        return "role.hotline"
    if arabic and (found := _NAME_TAIL.match(tail)) and not (m.unit and len(m.unit) > len(found[0])):
        return "role.name_tail"
    if arabic and _in_marks(text, start, "“", "”") and not re.match(r"[^”]*(?:以上|%)", tail):
        return "role.in_quotes"
    return _span_of_time(text, m, head, tail)


def _may_be_named(head: str) -> bool:
    """Whether `_NAME_HEAD` can match: anything but a Chinese character, or one of those that it ends with."""
    return head[-1:] < "一" or head[-1] in "道第号ＧＳ"


def _counts_after_letters(m: Mention, head: str, tail: str) -> bool:
    """第3位, 由第7升至第5, GDP 5%: a figure although a letter or 第 stands before it."""
    if re.match(r"[位名](?![额])", tail) or (head.endswith("第") and _PLACE_MOVES.match(tail)):
        return True
    return m.unit == "%" and head[-1:].isalpha()


def _span_of_time(text: str, m: Mention, head: str, tail: str) -> str | None:
    """The rule by which a stretch of time names a campaign, a horizon or a period, or None."""
    if m.unit in ("年", "个月") and _PERIOD_HEAD.search(head) and _SPAN.match(tail):
        return "role.period"
    if m.unit in ("年", "个月", "天", "月") and _WAR.match(text, m.tail) and not _TOOK.search(head):
        return "role.campaign"
    if m.unit in ("年", "个月") and text.startswith("内", m.tail):
        return "role.horizon"
    if (
        m.unit == "年"
        and head.endswith("用")
        and _TIME_USED.match(text, m.tail)
        and not head.endswith("仅用")
    ):
        return "role.horizon"
    if m.unit in ("小时", "分钟") and not _TIME_REACHED.search(head):
        return "role.period_name"
    return None


_TIME_USED = re.compile(r"(?:左右)?的?时间")
_PERIOD_HEAD = re.compile(r"(?:[^接邻附最靠]近|^近|过去|未来|今后|[^以之]前)$")
_TOOK = re.compile(r"(?:连续|缩短|提前|延长|仅用|用)$")
_TIME_REACHED = re.compile(r"(?:至|到|缩短|压缩|为|在|达|不超过|低于)$")
_NOUN = re.compile(r"[一-龥A-Za-z“](?<![和与及或])")
_GRADE = re.compile(r"[十百千万亿]*(?:元)?级")
_NO_NOUN = re.compile(
    r"(?:提高|提升|增加|增长|上升|下降|降低|降|减少|减|升|扩大|增|扩|拓展|跃|以|左右|上下|之|的?(?:目标|水平|能力|产能))"
)


def _next_is_noun(text: str, m: Mention) -> bool:
    return not _NO_NOUN.match(text, m.tail) and bool(_NOUN.match(text[m.tail : m.tail + 1]))


def _attribute(text: str, m: Mention, before: Mention | None) -> str | None:
    """The rule that makes the number the size or model of a named thing, or None."""
    size, money, time = _kinds(m.unit)
    head = text[m.clause[0] : m.token.start]
    rest = text[m.tail : m.clause[1]]
    if ("级" in text and _GRADE.match(text, m.token.end)) or _ATTRIBUTE_TAIL.match(rest):
        return "role.class_of_size"
    if _CAPACITY.search(head) and _next_is_noun(text, m):
        return "role.named_capacity"
    if money and rest.startswith("的") and _OF_SUCH_SIZE.search(head):
        return "role.named_capacity"
    if money and _CLASS_OF_MONEY.match(rest):
        return "role.threshold"
    threshold = m.comparator in ("ge", "le") and _CLASS.match(
        text, max(0, text.rfind("以", m.token.end, m.tail))
    )
    if money and (threshold or _CLASS_COUNTED.match(rest, 0)):
        return "role.threshold" if threshold or m.comparator == "ge" or head.endswith("过") else None
    if threshold and size and _COUNT_AFTER.match(rest):
        return "role.class_of_size"
    if (m.unit == "岁" and not re.search(r"寿命[^，]{0,14}$|(?:到|至|达)$", head)) or (
        m.token.rule == "numeral.round" and _ROUND_CLASS.match(rest)
    ):
        return "role.class_of_size"
    if m.unit.endswith(("千伏", "kV", "KV")):
        return "role.voltage"
    if rest.startswith("的") and (time or _DESCRIBED.search(head[-8:])) and _THING.search(rest):
        return "role.described_thing"
    if m.unit in ("米", "英寸", "毫米") and re.match(r"口径|直径|跨径|级", rest):
        return "role.size_of_named_thing"
    sized = size and _next_is_noun(text[: m.clause[1]], m)
    return _inside_name(text, m, before) if sized else None


_OF_SUCH_SIZE = re.compile(r"(?:投资|规模)$|投资\d[^，]*、$")
_DESCRIBED = re.compile(r"能力|规模|面积")
_ROUND_CLASS = re.compile(r"(?:以上)?(?:的)?[一-龥]{0,6}(?:企业|园区|项目|产业|集群|基地)")
_CAPACITY = Closing(
    r"(?:年产|日产|日处理能力?|日处理|年处理|总长|全长|单机|装机容量?|总投资|总规模)(?:超过?|近|约|达到?)?$",
    "产能力理长机容量资模超过近约达到",
)
_COUNTED = ("个", "座", "家", "条", "处")


def _inside_name(text: str, m: Mention, before: Mention | None) -> str | None:
    """Whether a size that stands before a noun is part of a name or what a verb produces."""
    head, rest = text[m.clause[0] : m.token.start], text[m.tail : m.clause[1]]
    if re.match(r"以上|(?:的)?(?:产能|能力|规模|目标|任务)", rest):
        return None
    same = before is not None and before.clause == m.clause
    if same and before is not None and before.tail == m.token.start and before.unit in _COUNTED:
        return "role.size_after_count"
    if _MAKE.search(head) or not head:
        return None
    listed = before is not None and re.fullmatch(r"[一-龥、]*[、和]", text[before.tail : m.token.start])
    claimed = before is not None and listed and before.role == "claim"
    if claimed and before is not None and before.unit == m.unit:
        return None
    if before is None or not same or _THING.search(rest):
        return "role.size_of_named_thing"
    if claimed:
        return None
    return "role.size_of_named_thing"


def set_roles(text: str, mentions: list[Mention]) -> None:
    """Decide every mention's role; stored under `role`, with its rule."""
    for index, mention in enumerate(mentions):
        before = mentions[index - 1] if index else None
        role, rule = "claim", "role.states_a_figure"
        if found := _name(text, mention):
            role, rule = "name", found
        elif found := _attribute(text, mention, before):
            role, rule = "attribute", found
        elif (
            mention.token.rule == "number"
            and not mention.unit
            and not moves_from(text, mention)
            and not re.search(
                r"第$|(?:居|列|进入|保持|跻身|排名|进)[一-龥]{0,6}前$|(?:达到?|[降升增减提缩扩][一-龥]?[至到为])(?:了|约)?$|(?:降至|降为|降到|归|清)$|(?:指数|系数|得分|评分|总分)(?:均|分别|排名)?(?:为|是|达到?|提?[升高]?[至到]|超过?|稳定在|保持在)*$",
                text[max(0, mention.token.start - 14) : mention.token.start],
            )
        ):
            role, rule = "name", "role.bare_number"
        mention.role, mention.role_rule = role, rule
