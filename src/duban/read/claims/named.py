"""Names that an indicator takes from what the text said before it."""

import re

from duban.read.claims.heads import split_list, spread, strip_lead, verb_of, words
from duban.read.lexicon import alternation, load

_W = load("words")
_STOCKS = ("总数", "总量", "总户数", "保有量", "存量")
_SUBJECT = re.compile(
    r"(?:^|[，。；“])(?:加快|大力|全力|积极|着力|加速|持续|推动|做大做强)*(?:发展|做大|做强|壮大|培育|打造|推进|建设|建强)+"
    r"(?P<subject>[^，。；、]{1,14}?(?:产业|业|经济|交易中心|集群))(?=[，、]|行动|$)"
)
_PAIRS = {
    "农村居民": "城镇居民", "农村常住居民": "城镇常住居民", "农民": "城镇居民", "农村": "城镇",
    "城镇居民": "农村居民", "城镇常住居民": "农村常住居民", "城镇": "农村", "女性": "男性",
}  # fmt: skip
_GRADE = r"(?:国家|省|自治区|市|州|盟|区|县|旗|镇|乡|部|国|世界)级"
_GRADES = re.compile(rf"(?:(?:(?:{_GRADE})(?:[、和及]|以上)*)+|省|国家|市)")
_ITS_GRADE = re.compile(rf"^(?:{_GRADE}(?:[、和及]|以上)*)+")
_WENT = re.compile(
    r"(?:再创|创下?|创造)(?:了)?(?:历史)?(?:新高|新纪录|最好水平)$|(?:稳步|持续|快速|较快|平稳|大幅|稳定|显著|明显|不断|进一步|逐步|稳中有?|再上|实现)+(?:新?台阶|突破|增长|提升|提高|增加|上升|下降|降低|减少|改善|扩大|攀升|优化|回升|向好|有升|升)$"
)
_ALL_WENT = re.compile(
    r"(?:近年来|首次|实现|出现|持续|均|保持|继续|呈|双双|稳步|大幅|快速|全面)*(?:“[^”]{2,5}”|双[升降增赢]|[双三四][升降增]|(?:增长|提升|下降|攀升|向好|回升|增加|提高))$"
)
_MOVES = re.compile(r"^(?:提高|提升|降低|扩大|增加|压减|上调|调整)")
_CLASS = re.compile(r"^.*?[十百千万亿]元(?:及)?以[上下](?:的)?")
_HAVING = re.compile(
    r"^(?:目前|现在)?(?:(?:现|已经?|共|还)?(?<!国)(?:拥有|有(?!产权|机|色|线|效|害|限|关))|已(?:建成|投用|投产|建))(?:的)?"
)
_NUMBER = re.compile("[0-9]")
_OWN_VERB = re.compile(r"(?:已(?!婚)|全部|如期|顺利|按期|提前|相继)")
_PLACE = re.compile(r"全[国省市区县州盟旗]|[东中西]部|周边|同类")
_OVER_EACH = re.compile(
    r"[，、]?(?:分别|均)*(?:(?P<verb>高于|低于|快于|优于|好于|高出|低出|领先)(?P<places>[^，\d]{4,16}?)(?:平均(?:水平)?|增速)?"
    r"|[比较](?P<others>[^，\d]{4,16}?)(?:平均(?:水平)?)?(?:分别)?(?P<more>[高低快慢多少]出?))"
)


def subject_of(general: str, text: str, at: int, anchor: str) -> str:
    """What a general name such as 产值 or 总数 belongs to: the industry named before it, or the indicator before."""
    found = next(reversed(list(_SUBJECT.finditer(text, 0, at))), None)
    if found:
        return found["subject"]
    bare = re.sub(r"^(?:新增|净增加?|累计|新登记|新培育)|(?:净增加?|新增|累计)$", "", anchor)
    if general in _STOCKS:
        return re.sub(rf"{alternation(_STOCKS)}$", "", bare.removeprefix(verb_of(bare)))
    noun = words().measure.last(bare)
    stem = re.sub(r"(?:净增加?|新增|累计|播种|种植)$", "", bare[: -len(noun)] if noun else bare)
    plain = stem.removeprefix(verb_of(stem)) if not noun or verb_of(stem) else stem
    plain = re.sub(r"^(?:.*[元级]以上|亿元以上)", "", plain)
    return "" if general.startswith(plain) or not (noun or plain != anchor) else plain


def counterpart(head: str, last: str) -> str:
    """ "农村居民增长8%" after 城镇居民人均可支配收入: the same of the other half; else nothing."""
    other = _PAIRS.get(head, "")
    return head + last[len(other) :] if other and last.startswith(other) and len(last) > len(other) else ""


def graded(head: str, thing: str) -> str:
    """ "国家级小巨人企业5家、省级30家": the thing before, of another grade; else nothing."""
    if not thing or not _GRADES.fullmatch(head):
        return ""
    its = _ITS_GRADE.match(thing)
    return head + thing[its.end() :] if its and its.end() < len(thing) else ""


def _clause_before(text: str, at: int) -> str:
    """The words of the clause that ends at the comma before `at`; nothing where it has a number."""
    if at < 3 or text[at - 1] not in "，：" or text[at - 2] in "%元个家项户人名次位":
        return ""
    start = max(text.rfind(mark, 0, at - 1) for mark in "，；：") + 1
    said = text[start : at - 1]
    return "" if len(said) > 40 or _NUMBER.search(said) else said


def went_before(text: str, at: int) -> str:
    """ "粮食产量再创新高，达到36亿斤": what the clause before says went up or down; else nothing."""
    before = _clause_before(text, at)
    went = _WENT.search(before) if before else None
    name = strip_lead(before[: went.start()]) if went else ""
    return name if name and words().measure.last(name) else ""


def object_before(text: str, at: int) -> str:
    """ "提高养老金标准，每月增加20元": the object of a clause before that has no number; else nothing."""
    name = strip_lead(_clause_before(text, at))
    name = _MOVES.sub("", name.removeprefix(verb_of(name)))
    return name if words().measure.last(name) and "的" not in name else ""


def of_class(head: str, thing: str) -> str:
    """ "亿元以上项目150个，其中10亿元以上30个": the thing before, of another class; else nothing."""
    noun = _CLASS.sub("", thing) if head.endswith(("元以上", "元以下")) else ""
    return head + noun.removeprefix(verb_of(noun)) if noun and noun != thing else ""


def plain(head: str) -> str:
    """Without the words that only say that there is something: "目前已有项目" is 项目."""
    return _HAVING.sub("", head) if head[:1] in "目现已共拥还" else head


def list_before(text: str, at: int) -> list[str]:
    """ "事故起数、死亡人数实现“双下降”，分别下降2%、3%": what the clause before lists; [] where it lists nothing."""
    before = _clause_before(text, at)
    found = _ALL_WENT.search(before) if before else None
    return spread(split_list(strip_lead(before[: found.start()]))) if found else []


def done_to(right: str, thing: str) -> str:
    """ "40个项目中，36个已开工": the thing before with what became of it; else nothing."""
    return thing + right if thing and _OWN_VERB.match(right) else ""


def over_each(pre: str, count: int) -> list[str]:
    """ "分别高于全国、全省3.2个、1.1个百分点": with each place that is compared; () if these are not `count`."""
    found = _OVER_EACH.fullmatch(pre)
    if not found:
        return []
    places = _PLACE.findall(found["places"] or found["others"])
    if len(places) != count:
        return []
    return [found["verb"] + p if found["verb"] else f"比{p}{found['more']}" for p in places]
