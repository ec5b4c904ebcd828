"""What kind of promise a clause is, and its shortest wording."""

import re
from dataclasses import dataclass
from functools import cache

from duban.read.claims.ends import Ends, Opening, Starts
from duban.read.commitments.wording import joined, plain_words, without_manner
from duban.read.lexicon import alternation, load
from duban.read.model import Claim

LONG = 40  # characters of a head beyond which the clause's own words read better

_FINISH = re.compile(
    r"竣工|投产|开工|建成|完工|通车|并网|落地|投用|投运|开业|落户|满产|达产|前期工作|主体完|增储上产|产业化|投入运营"
)
_VISION = Opening(
    r"(?:打造|建设)(?:全国|全市|全区|全省|自治区|国内|世界|国际|具有|面向|北方|中国|西部|区域|一流)[^、]*(?:基地|中心|高地|城市|之城|样板|集散地|区)(?:建设)?(?:、[^、]+(?:基地|中心|高地))*$",
    "打建",
)
_OF_OTHERS = Opening(
    r"(?:支持|鼓励|引导|推动)[^，]*(?:企业|主体|资本|机构)[^，]{0,12}(?:建设|开展|参与|加大|设立|发展)",
    "支鼓引推",
)
_TO_WIN = re.compile(r"争创|申报|申办|争取.{0,8}获批")
_SITE_STEP = re.compile(r"(?:开工|竣工|投产|满产|达产|完工|通车|并网|增储上产)(?:建设)?$")
_SEVERAL_PROJECTS = re.compile(r"[等批][一-龥]{0,14}(?:项目|工程)")
_INSTITUTION = re.compile(r"(?:中心|基地|院|实验室)(?:建设)?$")
_NAME = re.compile(
    r"[等“（]|[一-龥]{2,}[路河街山湖港区县市镇园]|(?:实施|加快|建设|建成|推进|推动|投入运营)[一-龥]{6,}(?:项目|工程|园|中心|基地|机场|景区)"
)


_SET_UP = re.compile(r"(?:组建|设立|成立).{2,24}(?:委员会|基金|专班|联盟|实验室|公司|中心|机构|协会)")
_BUILDING = ("建设", "功能定位")  # may stand behind a system's noun


@dataclass(frozen=True, slots=True)
class _Patterns:
    designation: re.Pattern[str]
    mechanism: re.Pattern[str]
    mechanism_nouns: Ends
    mechanism_alone: Starts
    project_noun: re.Pattern[str]
    project_verb: re.Pattern[str]
    programme: Ends


@cache
def _patterns() -> _Patterns:
    kind = load("commitments")["kind"]
    verbs, nouns = kind["mechanism_verbs"], kind["mechanism_nouns"]
    return _Patterns(
        re.compile("|".join(kind["designation"])),
        re.compile(f"{alternation(verbs)}.*{alternation(nouns)}{alternation(_BUILDING)}?$"),
        Ends(nouns),
        Starts(kind["mechanism_alone"]),
        re.compile(alternation(kind["project_nouns"])),
        re.compile(alternation(kind["project_verbs"])),
        Ends([*kind["programmes"], *(f"{programme}”" for programme in kind["programmes"])]),
    )


def kind_of(
    text: str, claims: tuple[Claim, ...], due: str | None, year: int | None
) -> tuple[str, str, float]:
    """(kind, rule, certainty): quantity, designation, mechanism, project, milestone or work.

    A promise with a number is a quantity, but for a title whose number only counts the winners.
    """
    if claims:
        title = _TO_WIN.match(without_manner(text))
        return (
            ("designation", "kind.titles_counted", 0.8)
            if title
            else ("quantity", "kind.states_a_target", 0.98)
        )
    bare = without_manner(text)
    if found := _title(bare) or _system(bare) or _site(bare):
        return found
    if due and year and due < f"{year}-12-31":
        return "milestone", "kind.dated_step", 0.8
    return "work", "kind.work", 0.75


def _title(text: str) -> tuple[str, str, float] | None:
    if _patterns().designation.search(text) and "创建成果" not in text and "创建工作" not in text:
        return "designation", "kind.title_to_win", 0.9
    if ("立" in text or "组建" in text) and _SET_UP.search(text):
        return "mechanism", "kind.institution", 0.9
    return ("work", "kind.vision", 0.8) if _VISION.match(text) else None


def _system(text: str) -> tuple[str, str, float] | None:
    p = _patterns()
    if _FINISH.search(text):
        if p.project_noun.search(text):
            return "project", "kind.project_step", 0.9
        if _SITE_STEP.search(text):
            return "project", "kind.site_step", 0.85
    if not p.mechanism_alone.begin(text) and (not _is_system(text) or _SEVERAL_PROJECTS.search(text)):
        return None
    named = _INSTITUTION.search(text) and not text.startswith(("建强", "探索", "组建", "设立"))
    return ("project", "kind.named_institution", 0.7) if named else ("mechanism", "kind.system", 0.85)


def _is_system(text: str) -> bool:
    """Whether it sets up something that lasts: its end tells, before its verb is looked for."""
    p = _patterns()
    ends = text.endswith(_BUILDING) or p.mechanism_nouns.last(text)
    return bool(ends) and p.mechanism.search(text) is not None


def _site(text: str) -> tuple[str, str, float] | None:
    p = _patterns()
    if p.programme.last(text) or _OF_OTHERS.match(text):
        return "work", "kind.programme", 0.8
    if p.project_noun.search(text) and p.project_verb.search(text) and _named(text):
        return "project", "kind.named_project", 0.8
    return None


def _named(text: str) -> bool:
    """Whether a project is named: members before 等, a place, a quote, or a long proper noun."""
    return bool(_NAME.search(text))


_SHORT = 4  # characters: a shorter head is said with the clause's own words
_BARE = frozenset(
    [*load("words")["noun"]["general"], "投资", "税收", "收入", "营收", "经济", "经济总量", "项目", "指标"]
)
_TITLE = re.compile(
    r"^(?:加快|大力|全力|着力|做大|做强|做优|做精|做实|壮大|培育|打造|发展|推进|推动|建设|提升|振兴|构建|加力|升级|持续)*"
    r"(?P<subject>[^，。、；：]{2,9}(?:产业|业|经济|园区|中心|集群|口岸|市场))(?:发展|建设|集聚|升级)?$"
)


def _whole(head: str, text: str, work: str) -> tuple[str, str]:
    """A head that says what is counted: 产值 in a work on 光伏产业 is its 产值, 培训 is said with its number."""
    if all(part in _BARE for part in head.split("、")) and (title := _TITLE.match(work)):
        return title["subject"] + head, "head.of_its_work"
    words = without_manner(text).strip("，。；：、 ")
    if (len(head) < _SHORT or head in _BARE) and len(head) < len(words) <= LONG:
        return words, "head.without_manner"
    return head, "head.indicators"


def head_of(text: str, indicators: tuple[str, ...], work: str = "") -> tuple[str, str]:
    """(shortest wording, rule) of what is promised: what is counted, or the clause without its manner.

    `work` is the title that the promise stands under.
    """
    if indicators:
        head, rule = _whole(plain_words(joined(indicators, text)), text, work)
        if (len(head) <= LONG or len(indicators) == 1) and head.count("“") == head.count("”"):
            return head, rule
    return plain_words(text), "head.without_manner"
