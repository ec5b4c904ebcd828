"""A pack's declaration in words, as Markdown: its registers, stages, checks, indicators with their cases, thresholds.

The command and the documentation show the same words, so that neither can say what the pack does not do.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from decimal import Decimal
from typing import Any

from duban.registers.explain import explained
from duban.registers.field import Field
from duban.registers.indicator import Case, Indicator
from duban.registers.pack import Pack
from duban.registers.register import Register, Stage
from duban.registers.thresholds import Threshold

Say = Callable[[str, str], str]
_TYPES = {"text": ("文字", "text"), "number": ("数字", "number"), "integer": ("整数", "whole number"),
          "date": ("日期", "date"), "yes": ("是否", "yes or no"), "choice": ("选项", "choice"),
          "unit": ("单位", "unit"), "reference": ("引用", "reference"), "point": ("坐标", "point")}  # fmt: skip
_STATUSES = {"required": ("必填", "required"), "optional": ("", ""), "derived": ("自动算出", "worked out"),
             "retired": ("停用", "retired")}  # fmt: skip
_LEVELS = {
    "open": ("公开", "everybody"),
    "inner": ("登录可见", "who signs in"),
    "own": ("本单位和督查室", "its unit and the office"),
}
_KEEPERS = {"own": ("本单位", "its unit"), "office": ("督查室", "the office")}
_KINDS = {"kept": ("由人填写", "kept by people"), "fed": ("由别的系统导入", "fed from another system")}
_MEASURES = {"level": ("总量", "level"), "increment": ("增量", "increment"), "growth": ("增速", "growth"),
             "change": ("变化", "change"), "share": ("占比", "share"), "rank": ("位次", "rank"),
             "duration": ("时长", "duration"), "event": ("事项", "event")}  # fmt: skip


def declared(pack: Pack, language: str) -> str:
    """All that the pack declares, in one language."""

    def say(zh: str, en: str) -> str:
        return en if language == "en" else zh

    lines = [f"# {pack.label(language)} `{pack.name}`", "", say(pack.about_zh, pack.about_en), ""]
    for register in pack.registers:
        lines += _register(register, language, say)
    if pack.indicators:
        lines += [say("## 指标", "## Indicators"), ""]
        for indicator in pack.indicators:
            lines += _indicator(pack, indicator, language, say)
    if pack.thresholds.every:
        lines += [say("## 门槛", "## Thresholds"), "", *_thresholds(pack.thresholds.every, say), ""]
    if pack.acts:
        lines += [say("## 功能", "## Acts"), ""]
        lines += [
            f"- {say(a.zh, a.en)} `{a.name}`: {say(a.help_zh, a.help_en)}".rstrip(": ") for a in pack.acts
        ]
        lines.append("")
    lines += [say("## 不做什么", "## Not done"), "", *(f"- {text}" for text in say_all(pack, language)), ""]
    return "\n".join(lines)


def say_all(pack: Pack, language: str) -> tuple[str, ...]:
    """What the pack leaves undone."""
    return pack.leaves_en if language == "en" else pack.leaves_zh


def _register(register: Register, language: str, say: Say) -> Iterator[str]:
    yield say(f"## 台账：{register.zh} `{register.name}`", f"## Register: {register.en} `{register.name}`")
    yield ""
    if about := say(register.about_zh, register.about_en):
        yield about
        yield ""
    key = ", ".join(register.named[name].en for name in register.key)
    chinese = "、".join(register.named[name].zh for name in register.key)
    yield say(f"{_KINDS[register.kind][0]}；编号由{chinese}定。" if key else f"{_KINDS[register.kind][0]}；记录自动编号。",
              f"{_KINDS[register.kind][1].capitalize()}; " + (f"the key is {key}." if key else "records are numbered."))  # fmt: skip
    yield ""
    heads = say(
        "栏目 名称 类型 必填 谁看 谁填 其他表头 说明",
        "field name type status seen_by kept_by other_heads help",
    ).split()
    yield from _table(
        [head.replace("_", " ") for head in heads], (_field(f, language, say) for f in register.fields)
    )
    if register.stages:
        yield say("阶段：", "Stages:")
        yield ""
        heads = say(
            "阶段 名称 从哪里来 先填 凭证 谁登记", "stage name from fields_first proof entered_by"
        ).split()
        rows = (_stage(register, stage, language, say) for stage in register.stages)
        yield from _table([head.replace("_", " ") for head in heads], rows)
    if register.checks:
        yield say("核对：", "Checks:")
        yield ""
        yield from (f"- {say(check.zh, check.en)}" for check in register.checks)
        yield ""


def _field(of: Field, language: str, say: Say) -> Iterable[str]:
    kind = say(*_TYPES[of.type]) + (f" ({of.unit})" if of.unit else "") + (f" → {of.to}" if of.to else "")
    if of.codes:
        kind += "：" if language != "en" else ": "
        kind += "、".join(c.zh for c in of.codes) if language != "en" else ", ".join(c.en for c in of.codes)
    keeper = say(*_KEEPERS[of.keeper]) if of.asked else ""
    status = say(*_STATUSES[of.status])
    return (f"`{of.name}`", say(of.zh, of.en), kind, status, say(*_LEVELS[of.seen]), keeper, "、".join(of.also),
            say(of.help_zh, of.help_en))  # fmt: skip


def _stage(register: Register, stage: Stage, language: str, say: Say) -> Iterable[str]:
    before = [register.staged[name].label(language) for name in register.before(stage.name)]
    needs = [
        register.named[name].en if language == "en" else register.named[name].zh for name in stage.requires
    ]
    keeper = say(*_KEEPERS[stage.keeper]) + (
        say("（不是经办的人）", " (not who did the work)") if stage.by_other else ""
    )
    between = say("、", ", ")
    counts = register.named[stage.counts] if stage.counts else None
    named = stage.label(language) + (
        say(f"（计入{counts.zh}）", f" (counted in {counts.en})") if counts else ""
    )
    return (f"`{stage.name}`", named, between.join(before) or say("登记时", "when entered"),
            between.join(needs), say(*stage.proof) if stage.proof else "", keeper)  # fmt: skip


def _indicator(pack: Pack, one: Indicator, language: str, say: Say) -> Iterator[str]:
    register = pack.registered[one.register]
    yield f"### {one.label(language)} `{pack.name}.{one.name}`"
    yield ""
    measure = say(*_MEASURES.get(one.measure, (one.measure, one.measure)))
    yield say(f"定义：{explained(one, register, 'zh')}。", f"Definition: {explained(one, register, 'en')}.")
    yield ""
    yield say(
        f"计量：{measure}，{one.unit}。依据：{one.source}。",
        f"Measure: {measure}, {one.unit}. Source: {one.source}.",
    )
    yield ""
    for case in one.cases:
        yield _case(case, say)
    yield ""


def _case(case: Case, say: Say) -> str:
    source = say(f"（{case.source}）", f" ({case.source})") if case.source else ""
    value = case.value or say("没有数", "no figure")
    return say(f"- 算例：{case.period}，{len(case.rows)} 条记录，得 {value}{source}",
               f"- Worked case: {case.period}, {len(case.rows)} records give {value}{source}")  # fmt: skip


def _thresholds(every: Iterable[Threshold], say: Say) -> Iterator[str]:
    heads = say("名称 自何日起 数 依据 说明", "name from value source note").split()
    rows = (
        (f"`{one.name}`", one.since.isoformat(), _value(one.value), one.source, one.note) for one in every
    )
    return _table(heads, rows)


def _value(value: Any) -> str:
    if isinstance(value, Mapping):
        return ", ".join(f"{name} {_value(inner)}" for name, inner in value.items())
    if isinstance(value, list | tuple):
        return ", ".join(map(_value, value))
    return f"{value:f}" if isinstance(value, Decimal) else str(value)


def _table(heads: Iterable[str], rows: Iterable[Iterable[str]]) -> Iterator[str]:
    """A table of Markdown, without columns that have nothing in them."""
    named, listed = (
        list(heads),
        [[cell.replace("|", "\\|").replace("\n", " ") for cell in row] for row in rows],
    )
    kept = [at for at, _ in enumerate(named) if any(row[at] for row in listed)]
    yield "| " + " | ".join(named[at] for at in kept) + " |"
    yield "|" + " --- |" * len(kept)
    for row in listed:
        yield "| " + " | ".join(row[at] for at in kept) + " |"
    yield ""
