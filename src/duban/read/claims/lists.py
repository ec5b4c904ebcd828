"""Claims that stand in one list: the clause they share, and the noun that its last one names for all."""

import re
from itertools import pairwise

from duban.read.claims.heads import clean_name, words
from duban.read.claims.mentions import Mention

LISTED = re.compile(r"(?:、|以及|(?<![总共饱])和|(?<!参)与|(?<![普涉])及)+$")
_OF_GRADE = re.compile(r".*?级(?P<thing>[^、级]{2,})$")
_RIGHT_NOUN = re.compile(r"(?:产能规模|产能|供应能力|处理能力|能力|装机规模|装机|库容)$")


def share_right_heads(group: list[Mention]) -> None:
    """What the last of "4个甲级、2个乙级园区" or "1万吨甲、2万吨乙产能" names holds for those before it."""
    for here, after in reversed(list(pairwise(group))):
        if not here.post and not here.indicator:  # "12类45件实事"
            here.indicator = after.indicator
        if not LISTED.search(here.post) or after.indicator_rule != "indicator.right_head":
            continue
        name, object_ = (
            here.indicator,
            _RIGHT_NOUN.search(clean_name(after.post).split("，")[0]),
        )
        if len(clean_name(here.post).strip("、和与及")) == 0:
            here.indicator = after.indicator
        elif name.endswith("级") and (graded := _OF_GRADE.match(after.indicator)):
            here.indicator = name + graded["thing"]  # "1个千亿级、3个百亿级产业集群"
        elif object_ and not words().measure.last(name):
            here.indicator = name + object_[0]


def by_clause(claims: list[Mention]) -> list[list[Mention]]:
    """The claims of a sentence, clause by clause."""
    groups: list[list[Mention]] = []
    for mention in claims:
        if groups and groups[-1][0].clause == mention.clause:
            groups[-1].append(mention)
        else:
            groups.append([mention])
    return groups
