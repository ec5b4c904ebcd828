"""Numbers inside a promise that only say what is there already."""

import re

from duban.read.claims.heads import split_list
from duban.read.claims.mentions import Mention
from duban.read.lexicon import alternation, load

_STANDING = re.compile(r"^(?:依托|用好|发挥|现有|以)")
# "目前已有", "全市现有规上企业": how many there are; "已建成的", "现有的": those that are there
_THERE_ARE = re.compile(
    r"(?:^|[，、一-龥])(?:目前|现在|截至目前)[^，]*(?:有|达到?|建成|开工|落地|完成)(?:了|约|近|超过?)?$"
    r"|(?:已有|现有|现已建成|目前有)(?:约|近|超过?)?$|^(?:全[市省区县州旗]|我[市省区县])?(?:现有|已有|共有)(?!产权)[^，、]{2,16}$"
    r"|(?<!对)(?:已|现|共|拥)(?:经)?(?:建成|投用|建|有|投产|开工|运营|入驻|创建|认定|开通)(?:投用|运营)?的$|对已[一-龥]{2,4}的$"
)
_SUPPORTED = re.compile(r"^(?:支持|鼓励|依托)$")
_DEED = alternation(["承担", "参与", "牵头", *(w for w in load("words")["verb"]["doing"] if len(w) > 1)])
_THEY_DO = re.compile(rf"[^，、\d]{{2,16}}?{_DEED}(?:[^，\d]*[^，、和\d])?\d")
_NAMED_LIST = re.compile(r"(?:[^，、]+、)*[^，、]+[、和与及][^，、等]+$")


def stands(left: str, right: str, mention: Mention) -> bool:
    """Whether the number within a promise only says what is there, or how many were just named."""
    if _STANDING.match(left) or (("有" in left or "已" in left) and _THERE_ARE.search(left)):
        return True
    if "基础上" in right and (left.startswith("在") or right.startswith(("的", "基"))):
        return True
    if mention.token.rule == "numeral.count" and ("、" in left or "和" in left):
        return _names_them(left, mention)
    return bool(_SUPPORTED.match(left)) and bool(_THEY_DO.match(right))


def _names_them(left: str, mention: Mention) -> bool:
    """ "北山水库、南岭隧道两个项目": the list before the count has as many members."""
    found = _NAMED_LIST.search(left)
    return found is not None and mention.value == len(split_list(found[0]))
