"""An item's plan: which kind, with a picture of what it lets expect, its data as a small table, checked before saving."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

import msgspec
from django.http import Http404, HttpRequest, HttpResponse, QueryDict

from duban.actions.context import item_thing
from duban.actions.plans import check_plan, planned
from duban.actions.tasks import set_plan
from duban.assess import Account, Light
from duban.core.period import FREQUENCIES, chinese, grid, month_end
from duban.core.problem import Refused
from duban.core.rights import may
from duban.ledger import Book
from duban.ledger.year.tasks import PlanSet
from duban.plan import KINDS, Plan, expected
from duban.plan.trajectory import DATED, plan_fault
from duban.web.chart import Chart, chart
from duban.web.shelf import book_for
from duban.web.standing import standing
from duban.web.today import shown_day
from duban.web.views.common import page
from duban.web.views.written import written
from duban.web.who import actor, told

ROWS = 6  # steps of a form; more are added by saving and coming back
WIDE, HIGH = 120, 44  # the small picture of a kind


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind to choose from: its small picture, "" where its data is not there yet."""

    name: str
    points: str
    chosen: bool


def plan(request: HttpRequest, id: str, n: int, as_json: bool = False) -> HttpResponse:
    """The page `/i/<commitment>/<n>/plan`; a form sent to it saves, or with `look` only draws."""
    book, key = book_for(request), f"{id}/{n}"
    if key not in book.items or book.items[key].removed:
        raise Http404(key)
    light = standing(book, shown_day(request))[key]
    if request.method != "POST":
        made = light.account.task.plan
        kind = request.GET.get("kind", "") or (made.body.kind if made else "") or _usual(light.account)
        return _page(request, book, light, _begun(light.account, kind), as_json=as_json)
    asked = asked_plan(request.POST)
    try:
        check_plan(planned(light.account, asked), asked, f"item/{key}")
    except Refused as refusal:
        answer = _page(request, book, light, asked, faults=told(refusal))
        answer.status_code = 400
        return answer
    if "look" in request.POST:
        return _page(request, book, light, asked)
    return written(request, lambda now, who: set_plan(now, who, key, asked), f"/i/{key}/plan")


def asked_plan(form: QueryDict) -> PlanSet:
    """The plan that a form states; rows without a value say nothing."""
    pairs = ((form.get(f"k{row}", "").strip(), form.get(f"v{row}", "").strip()) for row in range(1, 13))
    data = {key: value.replace(",", "").replace("，", "") for key, value in pairs if key and value}
    lag = form.get("lag", "").strip() or "0"
    return PlanSet(
        form.get("kind", ""), data, form.get("frequency", "month"), int(lag) if lag.isdecimal() and len(lag) < 5 else -1,
        form.get("workdays") == "1", form.get("cumulative") == "1", form.get("reason", ""),
    )  # fmt: skip


def _usual(account: Account) -> str:
    return expected(account.plan, date(account.plan.year, 6, 30)).kind


def _begun(account: Account, kind: str) -> PlanSet:
    """The plan as it is, or another kind of it without data."""
    if kind not in KINDS:
        raise Http404(kind)
    made = account.task.plan
    if made is None:
        return PlanSet(kind)
    return (
        made.body
        if made.body.kind == kind
        else msgspec.structs.replace(made.body, kind=kind, data={}, reason="")
    )


def _page(
    request: HttpRequest, book: Book, light: Light, asked: PlanSet, *, faults: list[str] | None = None,
    as_json: bool = False,
) -> HttpResponse:  # fmt: skip
    account = light.account
    drawn = planned(account, asked)
    draft = msgspec.structs.replace(account, plan=drawn) if not plan_fault(drawn) else None
    data = {
        "light": light, "account": account, "state": account.state, "asked": asked, "faults": faults or [],
        "kinds": kinds(account, asked), "rows": rows(account, asked), "draft": _picture(draft, shown_day(request)),
        "months": months(draft) if draft else [], "frequencies": FREQUENCIES, "history": account.task.plans,
        "edits": bool(may(actor(request, book), "plan.set", item_thing(book, light.key))),
        "changes": account.task.plan is not None,
    }  # fmt: skip
    made = account.task.plan
    public = {
        "key": light.key, "kind": made.body.kind if made else "", "used": light.status.kind,
        "data": dict(made.body.data) if made else {}, "frequency": account.schedule.frequency,
        "lag": account.schedule.lag, "expected": [{"by": m["by"], "value": m["value"]} for m in months(account)],
    }  # fmt: skip
    return page(request, "plan", book, data, public, as_json)


def _picture(account: Account | None, day: date) -> Chart | None:
    return chart(account, day) if account is not None else None


def kinds(account: Account, asked: PlanSet) -> list[Kind]:
    """Every kind with the small picture of what it would expect with the data that is there."""
    found = []
    for name in KINDS:
        data = asked.data if name == asked.kind else {}
        drawn = msgspec.structs.replace(account.plan, kind=name, data=data)
        found.append(Kind(name, "" if plan_fault(drawn) else _points(drawn), name == asked.kind))
    return found


def _points(plan: Plan) -> str:
    """Shares of the way at the month-ends, as a line in the small picture."""
    shares = [(month, expected(plan, month_end(plan.year, month)).share) for month in range(1, 13)]
    known = [
        (month, min(max(share, Decimal(0)), Decimal(100))) for month, share in shares if share is not None
    ]
    return " ".join(
        f"{4 + (WIDE - 8) * month / 12:.1f},{HIGH - 4 - (HIGH - 8) * float(s) / 100:.1f}"
        for month, s in known
    )


def rows(account: Account, asked: PlanSet) -> list[dict[str, str]]:
    """The rows of the data table of a kind: fixed months or periods, or free days."""
    data: Mapping[str, Any] = asked.data
    if asked.kind == "seasonal":
        return [{"key": str(m), "name": str(m), "value": str(data.get(str(m), ""))} for m in range(1, 13)]
    if asked.kind == "profile":
        return [{"key": p.code, "name": chinese(p), "value": str(data.get(p.code, ""))}
                for p in grid(account.plan.year - 1, "month")]  # fmt: skip
    if asked.kind in DATED:
        told_ = [{"key": day, "name": "", "value": str(value)} for day, value in sorted(data.items())]
        free = max(2, ROWS - len(told_))
        return [*told_, *({"key": "", "name": "", "value": ""} for _ in range(free))][:12]
    return []


def months(account: Account) -> list[dict[str, str]]:
    """What the plan lets expect at the end of each month: a value, or a stage."""
    found = []
    for month in range(1, 13):
        end = month_end(account.plan.year, month)
        goal = expected(account.plan, end)
        value = goal.stage if goal.value is None else f"{goal.value.quantize(Decimal('0.01')).normalize():f}"
        found.append({"by": end.isoformat(), "month": str(month), "value": value})
    return found
