"""What kind of promise a clause is, and its shortest wording."""

import re
from functools import cache

from duban.read.claims.heads import clean_name, strip_lead
from duban.read.lexicon import alternation, load

_CARRIER = re.compile(
    r"^(?:推动|支持|鼓励|引导|促进|确保|力争|争取|加快推进|加快|推进|加速推进|加速|着力推进|统筹推进|有序推进|全力推动|深入推进|扎实推进)(?=[一-龥“A-Za-z0-9《])"
)
_MANNER = re.compile(
    r"^(?:以[^，]{2,14}(?=推出|推动|建设|打造)|围绕[^，]{2,16}?(?=打造|建设|发展)|\d{1,2}[.．、]|[一二三四五六七八九十]是)"
)


@cache
def _patterns() -> dict[str, re.Pattern[str]]:
    kind = load("commitments")["kind"]
    join = "|".join
    return {
        "designation": re.compile(join(kind["designation"])),
        "mechanism": re.compile(
            f"{alternation(kind['mechanism_verbs'])}.*{alternation(kind['mechanism_nouns'])}"
        ),
        "mechanism_alone": re.compile(f"^{alternation(kind['mechanism_alone'])}"),
        "project_noun": re.compile(alternation(kind["project_nouns"])),
        "project_verb": re.compile(alternation(kind["project_verbs"])),
        "finish": re.compile(
            r"竣工|投产|开工|建成|完工|通车|并网|落地|投用|投运|开业|落户|满产|达产|前期工作|主体"
        ),
        "institution": re.compile(
            r"(?:组建|设立|成立).{2,24}(?:委员会|基金|专班|联盟|实验室|公司|中心|机构|协会)"
        ),
    }


def kind_of(text: str, has_claim: bool, due: str | None, year: int | None) -> tuple[str, str, float]:
    """(kind, rule, certainty): quantity, designation, mechanism, project, milestone or work."""
    if has_claim:
        return "quantity", "kind.states_a_target", 0.98
    p = _patterns()
    bare = strip_lead(_MANNER.sub("", text))
    if p["designation"].search(bare) and not re.search(r"创建成果|创建工作", bare):
        return "designation", "kind.title_to_win", 0.9
    if p["institution"].search(bare):
        return "mechanism", "kind.institution", 0.9
    project = p["project_noun"].search(bare)
    if project and p["finish"].search(bare):
        return "project", "kind.project_step", 0.9
    if p["mechanism_alone"].match(bare) or (
        p["mechanism"].search(bare) and not re.search(r"(?:等|批)[一-龥]{0,14}(?:项目|工程)", bare)
    ):
        named = re.search(r"(?:中心|基地|院|实验室)(?:建设)?$", bare) and not re.match(
            r"(?:建强|探索|组建|设立)", bare
        )
        return ("project", "kind.named_institution", 0.7) if named else ("mechanism", "kind.system", 0.85)
    if project and p["project_verb"].search(bare) and _named(bare):
        return "project", "kind.named_project", 0.8
    if due and year and due < f"{year}-12-31":
        return "milestone", "kind.dated_step", 0.8
    return "work", "kind.work", 0.75


def _named(text: str) -> bool:
    """Whether a project is named: members before 等, a place, a quote, or a long proper noun."""
    return bool(
        re.search(
            r"等|“|（|[一-龥]{2,}(?:路|河|街|山|湖|港|区|县|市|镇|园)|(?:实施|加快|建设|建成|推进|推动|投入运营)[一-龥]{6,}(?:项目|工程|园|中心|基地|机场|景区)",
            text,
        )
    )


def head_of(text: str, indicators: tuple[str, ...]) -> tuple[str, str]:
    """(shortest wording, rule) of what is promised."""
    if indicators:
        return "；".join(dict.fromkeys(indicators)), "head.indicators"
    bare = strip_lead(_MANNER.sub("", text))
    bare = _CARRIER.sub("", bare) or bare
    bare = strip_lead(bare)
    return clean_name(bare).strip("，。；：") or text, "head.without_manner"
