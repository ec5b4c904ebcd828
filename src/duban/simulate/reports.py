"""What simulated units write into the forms that they get, and what the statistics bureau publishes."""

import random
from datetime import date
from decimal import Decimal

import msgspec

from duban.actions.filings import FIGURE, Report
from duban.assess import Account, account_of
from duban.assess.owed import Form, form_of
from duban.core.period import Period
from duban.ledger import Book
from duban.ledger.year.filings import Evidence, ReadingPosted
from duban.simulate.figures import levels_of, parts_of, value_of
from duban.simulate.items import Actor

PROGRESS = (
    "已完成前期工作，正在按计划推进。",
    "现场施工有序，累计完成过半。",
    "已组织两次调度，进度符合安排。",
    "主体部分完成，进入收尾。",
)
PROBLEMS = ("", "", "", "部分地块手续还在办理。", "资金拨付慢于计划。", "设备到货推迟。")
NEXT = ("下月完成节点任务。", "加快手续办理。", "组织专班现场推进。")
BOAST = "全年任务已全部完成。"
MODEST = "进度滞后，正在追赶。"
WORDY = 0.1  # of the reports with a figure that say something besides
PROVEN = 0.3  # of the reports that name a record as evidence
KEPT = 0.6  # of the notes that stay as they were the month before


def reported(book: Book, chance: random.Random, actor: Actor, month: Period) -> Report:
    """A unit's report on a month: what its form asks, and now and then more. Its opening is not told yet."""
    account = account_of(book, actor.key)
    value = value_of(book, chance, actor, month)
    proof = f"模拟〔{month.year}〕{chance.randint(1, 300)}号" if chance.random() < PROVEN else ""
    habitual = actor.does("boasts", month) or actor.does("modest", month)
    wordy = value is None or habitual or chance.random() < WORDY
    plain = value is not None and not wordy and not proof
    form = form_of(account, month, actor.lead, figure=value is not None, short=plain)
    given = _figures(account, actor, value) | ({"reference": proof} if proof else {})
    if wordy:
        given |= _notes(chance, actor, month, form)
    figures = {name: Decimal(given[name]) for name in FIGURE if name in given}
    return Report(
        month.code, figures.get("value"), figures.get("numerator"), figures.get("denominator"), source="模拟",
        progress=given.get("progress", ""), problems=given.get("problems", ""), next_step=given.get("next_step", ""),
        evidence=(Evidence("document", proof),) if proof else (), asked=form.counted(given), known=len(form.known),
    )  # fmt: skip


def _figures(account: Account, actor: Actor, value: Decimal | None) -> dict[str, str]:
    """The figure as the form asks it: a share by what it is made of."""
    if value is None:
        return {}
    if account.plan.measure == "share":
        top, bottom = parts_of(actor.key, value, account.target.unit)
        return {"numerator": str(top), "denominator": str(bottom)}
    return {"value": str(value)}


def _notes(chance: random.Random, actor: Actor, month: Period, form: Form) -> dict[str, str]:
    """Progress, problems and the next step; what the form has carried over often stays."""
    found = {"progress": chance.choice(PROGRESS)}
    for name, texts in (("problems", PROBLEMS), ("next_step", NEXT)):
        carried = form.carried.get(name, "")
        found[name] = carried if carried and chance.random() < KEPT else chance.choice(texts)
    if actor.does("boasts", month):
        found["progress"] = BOAST
    if actor.does("modest", month):
        found["problems"] = MODEST
    return found


def published(actor: Actor, month: Period, account: Account, value: Decimal, day: date) -> ReadingPosted:
    """What the bureau publishes: shares with their parts, rates of growth with both levels, others alone."""
    parts: dict[str, Decimal] = {}
    slip = actor.habit in ("mislevels", "misparts") and month.end.month >= actor.since
    if account.plan.measure == "share":
        top, bottom = parts_of(actor.key, value, account.target.unit)
        parts = {
            "numerator": (top * Decimal("0.9")).quantize(Decimal(1)) if slip else top,
            "denominator": bottom,
        }
    if account.plan.measure == "growth":
        now, before = levels_of(actor.key, value)
        parts = {"numerator": now, "denominator": before * Decimal("1.02") if slip else before}
    basis = "nominal" if account.plan.measure == "growth" else ""
    made = ReadingPosted(month.code, value, basis=basis, source="模拟统计月报", vintage=day.isoformat())
    return msgspec.structs.replace(made, **parts)
