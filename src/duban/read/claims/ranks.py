"""Places among others: "增速居全省第3位"."""

import re

from duban.read.claims.mentions import Mention

_RANK_VERB = re.compile(
    r"^(?P<head>.*)(?:保持|位居|位列|居(?!民)于?|列(?!车|入)|排名?|排在|进入|升至|升到|上升到|上升至|提升至|提升到|前移至|达到|挺进|跻身|跃至|晋升至|进到|由|从|蝉联|至|到|位(?!于)|为|荣?获)(?:在)?[一-龥“”]{0,8}?(?:首位|前列)?[第前]?$"
)
_RANK_ADVERB = re.compile(
    r"(?:继续|连续|始终|稳定|保持|持续|稳步?|均|都|分别|双双|[跃上攀回晋提]?升|(?<![学单席床岗品方部吨])位|跃|上|攀|仍|一直|名|排|提|回|晋|进|再|首次|历史性)+$"
)
_FOR_YEARS = re.compile(r"(?:连续)?多年(?:来)?$|连年$")
_AMONG = re.compile(
    r"(?:[一二三四五六七八九十两\d]+[省市县区旗州盟]|同类(?:城市|县|地区)?|全国|全省|全区|全市|全县|全球|世界|[东中西]部|同类|省内|国内|区内|盟市|地级市|省会城市)*[第前]?$"
)


def is_rank(mention: Mention) -> bool:
    """第一, 第13位, 前3: a place among others."""
    if mention.token.rule == "numeral.ordinal":
        return True
    return mention.pre.endswith(("第", "前")) and mention.unit in ("", "位", "名", "位次")


def holder_of(before: str) -> str:
    """Who or what holds the place, from the words before its number: without the verb and the compared."""
    found = _RANK_VERB.match(before)
    holder = _RANK_ADVERB.sub("", _AMONG.sub("", found["head"] if found else before))
    return _FOR_YEARS.sub("", holder).removesuffix("中")
