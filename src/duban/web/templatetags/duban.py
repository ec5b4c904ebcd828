"""Template filters: the domain's terms in the page's language, and a claim's figure."""

from typing import Any

from django import template
from django.utils.translation import gettext

from duban.web import shelf

register = template.Library()

TERMS = {
    "quantity": "定量", "milestone": "节点", "project": "项目", "designation": "争创", "mechanism": "机制", "work": "工作",
    "level": "总量", "increment": "增量", "growth": "增速", "change": "变动", "share": "占比", "rank": "位次", "duration": "时长",
    "open": "在办", "raised": "目标高于上年结果", "lowered": "目标低于上年结果", "same": "与上年结果持平", "unknown": "不可比",
    "target": "目标", "actual": "结果", "background": "背景", "claim": "数字", "role": "角色", "tense": "时态", "indicator": "指标",
    "measure": "计量", "value": "数值", "unit": "单位", "comparator": "比较", "due": "时限", "eq": "等于", "ge": "不低于", "le": "不高于",
    "approx": "左右", "range": "区间", "commitment.read": "读入", "claim.read": "读入数字", "claim.decided": "确认数字",
    "item.added": "新增事项", "item.changed": "修改事项", "document.read": "读入原文",
}  # fmt: skip


@register.filter
def term(code: Any) -> str:
    """The word for a code; what is no code stays as it is."""
    return gettext(TERMS[code]) if code in TERMS else ("" if code is None else str(code))


@register.filter
def figure(claim: Any) -> str:
    """≥3.8万人."""
    return shelf.figure(claim)


@register.filter
def field(claim: Any, name: str) -> Any:
    """A field of a claim by name."""
    return getattr(claim, name, "")


@register.filter
def item(mapping: Any, key: str) -> Any:
    """An entry of a mapping by key."""
    return mapping.get(key, "")
