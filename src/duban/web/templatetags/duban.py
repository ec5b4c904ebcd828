"""Template filters: the domain's terms in the page's language, and a claim's figure."""

from decimal import Decimal
from typing import Any

from django import template
from django.utils.translation import gettext

from duban.core.period import chinese, period
from duban.web import shelf
from duban.words import sentence

register = template.Library()

TERMS = {
    "quantity": "定量", "milestone": "节点", "project": "项目", "designation": "争创", "mechanism": "机制", "work": "工作",
    "level": "总量", "increment": "增量", "growth": "增速", "change": "变动", "share": "占比", "rank": "位次", "duration": "时长",
    "open": "在办", "raised": "目标高于上年结果", "lowered": "目标低于上年结果", "same": "与上年结果持平", "unknown": "不可比",
    "target": "目标", "actual": "结果", "background": "背景", "claim": "数字", "role": "角色", "tense": "时态", "indicator": "指标",
    "measure": "计量", "value": "数值", "unit": "单位", "comparator": "比较", "due": "时限", "eq": "等于", "ge": "不低于", "le": "不高于",
    "approx": "左右", "range": "区间", "commitment.read": "读入", "claim.read": "读入数字", "claim.decided": "确认数字",
    "not_started": "未启动", "on_pace": "达进度", "ahead": "超进度", "behind": "欠进度", "done": "已完成", "waiting": "待统计",
    "suspended": "已中止", "no_fresh_data": "无新数据", "countersign": "签批", "accept": "接收", "return": "退回", "reopen": "重开",
    "sure": "有把握", "likely": "较有把握", "doubtful": "有难度", "unlikely": "难以完成", "week": "本周末", "month": "本月末",
    "quarter": "本季末", "year": "年底", "filing.submitted": "报送", "filing.countersigned": "签批报送",
    "filing.accepted": "接收报送", "filing.returned": "退回报送", "filing.reopened": "重开报送", "reading.posted": "录入统计数",
    "dispute.raised": "提出异议", "dispute.decided": "裁定异议", "target.set": "确定目标", "target.adjusted": "调整目标",
    "plan.set": "制定计划", "assignment.made": "交办", "assignment.returned": "退回交办", "assignment.decided": "裁定交办",
    "delay.explained": "说明原因", "delay.decided": "认定原因", "judgement.given": "研判", "item.halted": "中止",
    "item.resumed": "恢复", "split.proposed": "提出分解", "split.decided": "审定分解",
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


def _say(code: str, data: Any = None) -> str:
    return sentence(code, data or {}, shelf.locale())


@register.filter
def light_word(colour: str) -> str:
    """The name of a colour."""
    return _say(f"colour.{colour}") if colour else ""


@register.filter
def reason(light: Any) -> str:
    """Why the light is as it is, in one sentence with its figures; periods by their names."""
    data = dict(light.status.data)
    if data.get("period"):
        data["period"] = chinese(period(data["period"])) if shelf.locale() == "zh" else data["period"]
    return _say(light.status.code, data)


@register.filter
def by_rule(light: Any) -> str:
    """The rule that coloured a light, in the words of its profile."""
    says = light.rule.says
    return f"{light.profile} · {says.get(shelf.locale()) or next(iter(says.values()), '')}"


@register.filter
def target(of: Any) -> str:
    """A target's bound, value and unit."""
    if of is None or of.value is None:
        return ""
    high = f"–{of.high}" if of.high is not None else ""
    about = gettext("左右") if of.comparator == "approx" else ""
    sign = shelf.SIGNS.get(of.comparator or "eq", "") if not about else ""
    return f"{sign}{of.value}{high}{of.unit}{about}"


@register.filter
def short(value: Any) -> str:
    """A number with two decimals at most."""
    return f"{value.quantize(Decimal('0.01')).normalize():f}" if value is not None else ""


@register.filter
def plan_word(kind: str) -> str:
    """The name of a plan's kind."""
    return _say(f"plan.{kind}") if kind else gettext("未定")


@register.filter
def role_word(role: str) -> str:
    """The name of a unit's part in an item."""
    return _say(f"relation.{role}")


@register.filter
def stage_word(stage: str) -> str:
    """The name of a filing's stage."""
    return _say(f"stage.{stage}")


@register.filter
def origin_word(origin: str) -> str:
    """Where a figure comes from."""
    return gettext({"statistics": "统计", "register": "台账", "unit": "单位报送"}[origin])


@register.filter
def told(step: Any) -> str:
    """What a step says in words: its reason, or its words."""
    return str(step.body.get("reason") or step.body.get("words") or "")


@register.filter
def step(judgement: Any) -> str:
    """The step of a judgement, in words."""
    return term(judgement.body.step)
