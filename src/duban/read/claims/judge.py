"""Tense, measure and due date of a claim."""

import re

from duban.read.claims.ends import Closing, Ends
from duban.read.claims.heads import verb_of
from duban.read.claims.mentions import Mention, moves_from
from duban.read.claims.standing import stands
from duban.read.due import find_due, opening_due
from duban.read.lexicon import alternation, load
from duban.read.model import Section

_W = load("words")
_RISE, _FALL = alternation(_W["link"]["rise"]), alternation(_W["link"]["fall"])
_GROWTH_BEFORE = re.compile(
    rf"(?:{_RISE}|{_FALL})(?:了|约|近|超|超过|不低于|保持在|达到|达|为|目标|在|率|幅度|{_RISE})*(?:分别)?(?:为|达到|达|约|超过)?$"
)
_LEVEL_WORD = Closing(
    r"(?:达到|达|突破|超过|稳定在|保持在|控制在|维持在|[到至]|总数|总量|累计达|保有量|为|超|站上|迈上|跨上|现有|拥有|已有|共有|不低于|低于|不超过|破|接近|逾|增至|减至)(?:了|约|近)?$",
    "达到破过在至数量为超上有于近逾了约",
)
_LEVEL_NOUN = Ends(_W["noun"]["level"])
_SHARE_NOUN = re.compile(r"(?:率|占比|比重|比例|占|盖度|覆盖面|比|度|占有率|份额|指数)$")
_FROM = re.compile(r"(?:^|[，、一-龥])(?:由|从)[^，。]*$")
_PAST = re.compile(r"去年|上年|已经?(?:建成|达到|完成|有)|(?:自|现)有")
_AIM = re.compile(r"奋斗目标|的目标|目标任务|计划|力争|预计|要求|不得|国家下达|下达")


_FORMER_AIM = re.compile(r"(?:目标|计划|任务)$|锚定|奋斗目标")
_LAST_YEAR = ("去年", "上年", "过去一年")
_RATES_BEFORE = re.compile(r"(?:\d[\d.,]*%?(?:以上|左右)?[、和及与])+$")
_TO_PART_OF = re.compile(r"(?:至|到|为)[^，。]{1,10}的$")
_TAKES = re.compile(r"占(?!比)[^，增长降]{0,12}$")
_FALLS = re.compile(rf"{_FALL}(?!到|至|为)")
_GROWTH_NEAR = re.compile(rf"(?:{_RISE}|{_FALL})[^，、。]{{0,4}}(?:分别)?[^，。]{{0,6}}$")
_SPEED = re.compile(r"(?:增速|增幅|增长率|降幅|涨幅)")
_NTH = re.compile(r"[第前]$")
_PLACES_MOVED = re.compile(r"前进|上升|提升|前移|跃升|晋升|进位|下降|提高|后退")
_YEAR_TAIL = re.compile(r"(?:19|20)\d\d年(?:底|末)?的?$")
_TOTALS = re.compile(r"^、?(?:总数|总量|累计|总规模|共)[^，]{0,4}$")
_HAS = re.compile(r"(?:全[市省区县]|我[市省区县])?(?:现有|拥有|共有|已有)")
_ADDED = Closing(r"(?:净增加?|增加|减少|新增)(?:了|约|近)?$", "增加少了约近")
_MOVED_BY = Closing(
    r"(?:提高|提升|上升|下降|降低|上调|下调|上涨|下跌|回落)(?:了|约|近|超|超过|不低于)?$",
    "高升降低调涨跌落了约近超过于",
)
_ADDED_THING = re.compile(r"(?:新增|净增)[一-龥]{0,8}$")
_REACHED_TAIL = Closing(
    r"(?:突破|超过|达到|达|为|约|近|超|实现|力争|预计|完成)+$", "破过到达为约近超现争计成"
)
_PER_MANY = re.compile(r"(?:[^，]{0,4}每[十百千万]|人均)")


_PLANNED = re.compile(r"计划(?:增长|完成|为|是|实现|投资|新增)$")
_FACETS = re.compile(r"(?:大)?(?:方面|领域|环节|层面|维度)(?P<next>\d)?")
_ALONG = re.compile(r"(?:从|在|围绕|聚焦|涵盖|涉及)(?:这)?$")


def set_tense(text: str, mention: Mention, section: Section) -> None:
    """target in the plan, actual in the review; a base or a standing fact is background."""
    left = text[mention.clause[0] : mention.token.start]
    right = text[mention.tail : mention.clause[1]]
    tense, rule, sure = (
        ("target", "tense.plan", 0.95)
        if section.part in ("plan", "duties")
        else ("actual", "tense.review", 0.95)
    )
    if moves_from(text, mention):
        tense, rule = "background", "tense.base_value"
    elif (
        section.part == "review"
        and "目标" in right
        and _FORMER_AIM.search(text[mention.clause[0] : mention.clause[1]])
    ):
        tense, rule, sure = "background", "tense.former_aim", 0.7
    elif section.part == "review" and _PLANNED.search(left):  # "计划增长9%，上半年完成…"
        tense, rule, sure = "background", "tense.former_aim", 0.8
    elif (facets := _FACETS.match(right)) and (facets["next"] or _ALONG.search(left)):
        tense, rule, sure = (
            "background",
            "tense.facets",
            0.8,
        )  # "在12个方面30个事项": along what, not how much
    elif tense == "target" and stands(left, right, mention):
        tense, rule, sure = "background", "tense.standing_fact", 0.7
    elif tense == "target" and left.endswith("总投资") and right.startswith("的"):
        tense, rule, sure = "background", "tense.standing_fact", 0.6
    elif tense == "target" and text.startswith(_LAST_YEAR, mention.clause[0]):
        tense, rule, sure = "actual", "tense.last_year", 0.8
    mention.tense, mention.tense_rule, mention.tense_sure = tense, rule, sure


_NOT_GROWTH = re.compile(
    r"不少于|不多于|少于|增加值|增长(?:的)?贡献|增值税?|增长极|增长点|增速|减排|减税|扩大内需|自然增长率"
)
_GROWTH = re.compile(rf"{_RISE}|{_FALL}")
_CHANGED_TO = re.compile(
    r"(?:提高|上升|提升|增加|增长|扩大|增|升|降|下降|降低|压减|压缩|减少|减|回落|收窄)(?:到|至|为)(?:约|近)?$"
)
_RATE_REACHED = re.compile(
    r"(?:(?<!增长)(?<!增速)率|占比|比重|比例|份额)(?:均|分别|稳定|保持|稳步)*(?:达到|达|为|在|超过|突破|不低于|超|到|约)*$"
)


_REACHES = re.compile(r"[、并]?(?:达到?|为|升至|升到|提高到|提高至|降至|降到|突破|超过)")


def _percent(left: str, mention: Mention, indicator: str) -> tuple[str, str]:
    if _REACHES.fullmatch(mention.pre) and indicator.endswith(("率", "占比", "比重", "比例")):
        return "share", "measure.rate_reached"  # "提高2个百分点、达到38%"
    last = left[max(left.rfind("，"), left.rfind("；")) + 1 :]
    tail = _NOT_GROWTH.sub(lambda m: m[0] if m[0] == "增速" else "〇" * len(m[0]), last)
    tail = _RATES_BEFORE.sub("", tail)
    near = tail[-24:]
    if indicator.endswith("自然增长率"):
        return "share", "measure.rate"
    if indicator.endswith(("增速", "增长率", "增幅", "涨幅")) or "增速由" in left:
        return "growth", "measure.growth_rate"
    if _RATE_REACHED.search(near) or _TO_PART_OF.search(near) or _CHANGED_TO.search(near):
        return "share", "measure.rate_reached"
    if _TAKES.search(near):
        return "share", "measure.rate"
    if _FALLS.match(tail) or _GROWTH_BEFORE.search(near) or _GROWTH_NEAR.search(near):
        return "growth", "measure.growth_word"
    if "分别" in tail and _GROWTH.search(tail.split("分别")[-1]):
        return "growth", "measure.growth_word"
    if _SPEED.search(tail):
        return "growth", "measure.growth_rate"
    return "share", "measure.rate"


_THAN_ALL = re.compile(
    r"(?:比|较)全[国省市区县州盟][^，]{0,6}[高低多少快慢]出?$|(?:高于|低于|高出|低出)全[国省市区县州盟](?:平均(?:水平)?)?$"
)


def _by_place(left: str, unit: str, rule: str) -> tuple[str, str, float] | None:
    """Ranks and moves among others."""
    if rule == "numeral.ordinal" or (unit in ("", "位", "名", "位次") and _NTH.search(left)):
        return "rank", "measure.rank", 0.95
    if "全" in left and _THAN_ALL.search(left):  # 人均产值比全省高0.9万元
        return "change", "measure.over_place", 0.8
    if unit in ("位", "个位次", "位次", "名") and _PLACES_MOVED.search(left):
        return "change", "measure.places", 0.95
    return None


_PARTS = ("number.fraction", "numeral.fraction", "numeral.tenths", "numeral.half")


def _by_unit(left: str, mention: Mention, indicator: str) -> tuple[str, str, float] | None:
    """What the unit alone decides: growth, points, shares, runs and times."""
    unit, rule = mention.unit, mention.token.rule
    if rule in ("numeral.two_digit", "numeral.double") or (
        unit in ("倍", "番") and re.search(r"增长|增加|提高|翻", left)
    ):
        return "growth", "measure.growth_word", 0.9
    if rule == "number.ratio":
        return "share", "measure.ratio", 0.8
    if rule == "numeral.half" and re.search(rf"(?:{_RISE}|{_FALL})(?:了|约|近|超过?)?$", left):
        return "growth", "measure.growth_word", 0.85
    if left.endswith("连续") and unit in ("年", "届", "次", "个月", "个季度", "季度", "天", "周"):
        return "duration", "measure.run", 0.9
    if not unit and rule == "number":  # 满意度从84.7提升至89.6
        return "level", "measure.bare_figure", 0.7
    if unit == "倍":  # 是上年的1.8倍: a ratio to a standing figure
        return "level", "measure.multiple", 0.85
    if rule == "numeral.run":
        return "duration", "measure.run", 0.9
    if "百分点" in unit or "个点" in unit:
        return "change", "measure.points", 0.97
    if unit in ("%", "‰", "成") or (rule in _PARTS and not unit):
        return (*_percent(left, mention, indicator), 0.95)
    if unit == "天" and _ADDED.search(left):  # 优良天数增加13天
        return "increment", "measure.added", 0.85
    if _TIME.fullmatch(unit):
        return "duration", "measure.time", 0.9
    return None


_TIME = re.compile(r"个?(?:年|月|季度|小时|工作日)|天|日|周|分钟|秒|学年")
_DEED = re.compile(r"(?:新增|新建|完成|建成|改造|培育|引进|新开工|发放|减免|争取|举办|开展|实施)[^，]*$")
_REACHED_EACH = re.compile(r"达到|达|突破|超过|提高到|提高至|增加到|为")
_LISTED_BEFORE = re.compile(r"(?:\d[\d.,]*[^，、和\d]{0,6}[、和及与])+$")


_DOING = alternation(w for w in _W["verb"]["doing"] if w not in _W["noun"]["states"])
_DONE = re.compile(rf"{_DOING}$")
_DOES = re.compile(alternation(w for w in _W["verb"]["doing"] if len(w) > 1))
_BEYOND = re.compile(r"(?:超过?|超出|突破|逾|破|接近|近|约)(?:了|约|近)?$")
_FOR = re.compile(r"(?:^|[、，])(?:并|共|先后|累计|已|免费)*(?:为|给|向|对)(?:超过?|近|约|逾)?$")
_STOCK_NOUN = re.compile(
    r"(?:企业|人才|院士|人员|人数|机构|平台|基地|专家|劳动者|工程师|主体|商户|园区|集群|学校|医院|工厂|实验室|“[^”]+”|冠军|航线|站|车|家庭农场|合作社)$"
)
_COUNTED = re.compile(r"万?[人名户家位所个座条辆台架艘]")


def _by_move(left: str, indicator: str, mention: Mention) -> tuple[str, str, float] | None:
    """What was added, or by how much a level rose or fell."""
    if _ADDED.search(left):
        return "increment", "measure.added", 0.9
    if _moved_by(left, indicator, mention):
        return "change", "measure.moved_by", 0.75
    added = "增" in indicator and _ADDED_THING.search(indicator)
    return ("increment", "measure.added", 0.85) if added else None


def _moved_by(left: str, indicator: str, mention: Mention) -> bool:
    """Whether "预期寿命提高1岁" tells by how much a level rose or fell; 改造提升3个园区 is a deed."""
    found = _MOVED_BY.search(left)
    if found is None or mention.indicator_rule == "indicator.right_head":
        return False
    small = mention.unit in ("元", "岁", "分", "斤", "公斤", "个等级", "级") or "/" in mention.unit
    return small or bool(_LEVEL_NOUN.last(left[: found.start()]) or _LEVEL_NOUN.last(indicator))


def _is_deed(left: str, indicator: str) -> bool:
    """Whether "发放消费券超7亿元" counts what was done, although it says how much was passed."""
    return bool(_BEYOND.search(left)) and bool(verb_of(indicator) or _DONE.search(indicator))


def _before_list(left: str) -> str:
    """The words before the first number of a list: "达到5万户、"."""
    return _LISTED_BEFORE.sub("", left) if left[-1:] in ("、", "和", "及", "与") else left


def _is_stock(indicator: str, mention: Mention, before: Mention | None) -> bool:
    """Whether "两院院士70位" without any verb says how many there are, in a result and not within a list of deeds."""
    if mention.tense != "actual" or mention.indicator_rule != _LEFT:
        return False
    listed = before is not None and before.measure == "increment"
    return (
        not listed
        and bool(_STOCK_NOUN.search(indicator))
        and not re.search(r"^新|[对为向让使]|[净流转]", indicator)
        and not _DOES.search(indicator)
    )


def _by_words(left: str, right: str, mention: Mention, before: Mention | None) -> tuple[str, str, float]:
    """A level that is reached or held, or a deed that is counted."""
    indicator = mention.indicator
    left = _YEAR_TAIL.sub("", left) if left[-1:] in ("年", "的", "底", "末") else left
    if _TOTALS.search(mention.pre):  # "新增4家、总量达到21家"
        left = mention.pre
    if _HAS.match(left):
        return "level", "measure.standing_stock", 0.85
    if moved := _by_move(left, indicator, mention):
        return moved
    head = _REACHED_TAIL.before(indicator)
    stock = _LEVEL_NOUN.last(head) and not verb_of(head)
    each = "分别" in left and _REACHED_EACH.search(left.split("分别")[-1])
    reached = each or _LEVEL_WORD.search(_before_list(left)[-12:])
    if (
        reached
        and not _DEED.search(left)
        and not _FOR.search(left)
        and (stock or not _is_deed(left, indicator))
    ):
        return "level", "measure.reached", 0.9
    if "形成" in left + indicator and any(w in indicator for w in ("产能", "供应能力", "供给能力")):
        return "level", "measure.capacity", 0.86
    if _PER_MANY.match(indicator):
        return "level", "measure.per_head", 0.85
    if stock:
        return "level", "measure.stock_noun", 0.85
    if not left.strip("，、全市") and "实现" in right:
        return "level", "measure.state_of_all", 0.7
    beside = before is not None and before.clause == mention.clause and before.measure == "level"
    if beside and mention.pre.startswith("、") and not _DOES.search(indicator):
        return "level", "measure.as_the_list_before", 0.8
    if _COUNTED.fullmatch(mention.unit) and _is_stock(indicator, mention, before):
        return "level", "measure.plain_count", 0.65
    return "increment", "measure.deed", 0.87


_LEFT = "indicator.left_head"


def _as_whole(left: str, mention: Mention, before: Mention | None) -> tuple[str, str, float] | None:
    """ "接待游客2亿人次，其中入境游客30万人次": a part counts as its whole does."""
    where = before is not None and left.startswith(("其中", "、其中", "，其中"))
    if before is None or not where or _DOES.search(mention.indicator):
        return None
    kind, alike = before.measure, before.unit[-1:] == mention.unit[-1:]
    return (kind, "measure.as_its_whole", 0.8) if alike and kind in ("level", "increment") else None


_MERE_LINK = re.compile(rf"[^一-龥]*(?:{alternation(_W['link']['verbs'])}|并|再)*[^一-龥]*")


def _each_of_list(mention: Mention, before: Mention) -> bool:
    """ "分别比年初增加16亿元、19亿元": each counts as the first of its 分别 list does."""
    return (
        mention.indicator_rule == before.indicator_rule == "indicator.respectively"
        and before.clause == mention.clause
        and before.unit == mention.unit
        and before.token.rule == mention.token.rule
        and before.tense == mention.tense
        and re.fullmatch("[、和及与]", mention.pre) is not None
    )


def _measure(text: str, mention: Mention, before: Mention | None) -> tuple[str, str, float]:
    left = text[mention.clause[0] : mention.token.start]
    right = text[mention.tail : mention.clause[1]]
    indicator = mention.indicator
    if before is not None and _each_of_list(mention, before):
        return before.measure, "measure.as_the_list_before", 0.85
    alike = before is not None and before.unit == mention.unit == "%" and _MERE_LINK.fullmatch(left)
    if alike and before is not None and before.indicator == indicator:
        return before.measure, "measure.as_before", 0.8  # "增长7.5%，力争达到8%"
    return (
        _by_place(left, mention.unit, mention.token.rule)
        or _by_unit(left, mention, indicator)
        or _as_whole(left, mention, before)
        or _by_words(left, right, mention, before)
    )


def set_measure(text: str, mention: Mention, before: Mention | None = None) -> None:
    """How the number counts (docs/glossary.md): the kind of quantity decides its arithmetic later."""
    kind, rule, sure = _measure(text, mention, before)
    if kind == "increment" and mention.tense == "background":
        kind, rule = "level", "measure.standing_fact"
    mention.measure, mention.measure_rule, mention.measure_sure = kind, rule, sure


_MANY_YEARS = re.compile(r"20\d\d年|十[二三四五六]五")


def set_due(text: str, mention: Mention, year: int | None, horizon: int = 0) -> None:
    """Targets fall due at the end of the plan year, or of the many years planned, unless their clause says else."""
    mention.due, mention.due_rule, mention.due_sure = None, "due.none", 0.95
    if mention.tense != "target" or year is None:
        return
    found = find_due(text[mention.clause[0] : mention.clause[1]], year)
    before = None
    if not found and mention.clause[0]:
        found = opening_due(text, year, mention.clause[0])
    if not found and _MANY_YEARS.search(text, 0, mention.clause[0]):
        before = find_due(text[: mention.clause[0]], year)
    if found:
        value, rule, sure = found.value, found.rule, 0.95
    elif horizon:
        value, rule, sure = f"{horizon}-12-31", "due.plan_period", 0.85
    else:
        value, rule, sure = f"{year}-12-31", "due.plan_year", 0.9
    if before and before.rule in ("due.horizon", "due.plan_period") and before.value > value:
        value, rule = before.value, before.rule
    mention.due, mention.due_rule, mention.due_sure = value, rule, sure
