"""The rows of the site's tables: only what is named here leaves, so a field that is added to the book stays inside."""

from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from django.utils import translation

from duban.assess import Light
from duban.assess.settle.reasons import reasons
from duban.ledger.year.filings import is_day
from duban.web.shelf import Row
from duban.web.site.gathered import Gathered, opened
from duban.web.slug import slug
from duban.web.templatetags.duban import reason
from duban.words import sentence

Record = dict[str, Any]  # by column; None is missing; a Decimal is a number


def records(site: Gathered) -> dict[str, list[Record]]:
    """The rows of every table, in order."""
    items = [
        site.lights[key]
        for row in site.rows
        for i in row.items
        if (key := i.account.partition("/")[2]) in site.lights
    ]
    return {
        "commitments": [_commitment(site, row) for row in site.rows],
        "claims": [_claim(row, claim) for row in site.rows for claim in row.claims],
        "items": [_item(light) for light in items],
        "figures": [one for light in items for one in _figures(light)],
        "adjustments": [one for light in items for one in _adjustments(light)],
        "verdicts": [one for row in site.rows if (one := _verdict(site, row.one.id))],
        "units": [
            {"code": u.code, "name": u.name, "kind": u.unit.kind, "parent": u.unit.parent, "closed": u.closed is not None}
            for u in site.units
        ],
        "entries": [one for row in site.rows for one in _entries(site, row.one.id)],
        "roots": [{name: one[name] for name in ("day", "size", "root")} for one in site.roots["roots"]],
    }  # fmt: skip


def _commitment(site: Gathered, row: Row) -> Record:
    one, verdict = row.one, site.verdict(row.one.id)
    return {
        "id": one.id, "kind": one.kind, "category": row.category.name, "action_no": one.action_no or None, "action": one.action,
        "work": one.work, "head": one.head, "text": one.text, "start": one.start, "end": one.end, "due": row.due,
        "state": row.state, "light": row.colour, "verdict": verdict.verdict if verdict else "", "page": f"c/{slug(one.id)}.html",
    }  # fmt: skip


def _claim(row: Row, claim: Any) -> Record:
    names = ("id", "indicator", "measure", "comparator", "value", "high", "unit", "due", "start", "end")
    return {"commitment": row.one.id} | {name: getattr(claim, name) for name in names}


def _reason(light: Light, language: str) -> str:
    with translation.override(language):
        return reason(light)


def _item(light: Light) -> Record:
    item, account = light.account.state.item, light.account
    target, began, latest = account.target, account.task.original, account.latest
    return {
        "key": light.key, "commitment": account.state.commitment, "n": account.state.n, "head": item.head, "lead": item.lead,
        "partners": "、".join(item.partners), "checker": item.checker, "due": item.due or "",
        "state": light.status.status, "light": light.colour,
        "reason_zh": _reason(light, "zh-hans"), "reason_en": _reason(light, "en"), "rule": light.profile,
        "measure": target.measure, "target": target.value, "target_high": target.high, "comparator": target.comparator,
        "unit": target.unit, "original": began.value if began else None,
        "latest_period": latest.period.code if latest else "", "latest": latest.value if latest else None,
    }  # fmt: skip


def _figures(light: Light) -> Iterator[Record]:
    for one in opened(light.account).figures:
        yield {
            "item": light.key, "period": one.period.code, "value": one.value, "unit": light.account.target.unit,
            "origin": one.origin, "source": one.source, "published": one.published if is_day(one.published) else None,
            "entry": one.seq,
        }  # fmt: skip


def _adjustments(light: Light) -> Iterator[Record]:
    for one in light.account.task.adjustments:
        yield {
            "item": light.key, "day": one.on, "value": one.body.target.value, "unit": one.body.target.unit,
            "authority": one.body.authority, "reason": one.body.reason, "entry": one.seq,
        }  # fmt: skip


def told_verdict(site: Gathered, id: str, language: str) -> str:
    """The rule's reason for the verdict on a commitment, in words."""
    settled = site.verdict(id)
    if settled is None:
        return ""
    body = settled.judged[-1].body
    return " ".join(sentence(code, data, language) for code, data in reasons(body.reason, body.data))


def _verdict(site: Gathered, id: str) -> Record | None:
    settled = site.verdict(id)
    if settled is None:
        return None
    last = settled.judged[-1]
    return {
        "commitment": id, "verdict": settled.verdict, "by_rule": last.body.verdict,
        "by_person": settled.by_person is not None, "reason_zh": told_verdict(site, id, "zh"),
        "reason_en": told_verdict(site, id, "en"), "entry": last.seq,
    }  # fmt: skip


def _entries(site: Gathered, id: str) -> Iterator[Record]:
    for line in site.lines(id):
        yield {
            "seq": line.seq, "commitment": id, "day": line.on, "written": line.at, "kind": line.kind,
            "account": line.account, "unit": line.unit, "proof": f"proofs/{slug(id)}.json" if line.proved else "",
        }  # fmt: skip


def plain(value: Any) -> Any:
    """A value as JSON has it: numbers of the book as texts, so that no digit is lost."""
    return str(value) if isinstance(value, Decimal) else value
