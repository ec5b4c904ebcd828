"""The rules of random inspection: until when results are published, what is frozen, what is drawn."""

import unicodedata
from collections.abc import Iterable, Mapping
from datetime import date
from decimal import Decimal
from importlib.resources import files

from duban.core.problem import Problem, Refused
from duban.core.workdays import after_workdays
from duban.engines.lots import Inspector, Lots, Object, certificate, draw_lots, list_hash, seed_of
from duban.registers.pack import Change, Desk, Put, Shift
from duban.registers.plain import Row, dated, said
from duban.registers.register import Values
from duban.registers.thresholds import load_thresholds

THRESHOLDS = load_thresholds(files(__package__) / "thresholds.toml")
RANKS = "ABCD"


def due_published(values: Values, since: date) -> date:
    """The day by which the result of an inspection is to be published."""
    return after_workdays(since, int(THRESHOLDS.value("publish_workdays", since)))


def lists_of(desk: Desk, plan: Row) -> tuple[list[Object], list[Inspector], dict[str, Decimal]]:
    """The objects and inspectors from which a plan draws, and its shares: its own, else the city's."""
    kind = said(plan, "kind")
    objects = [
        Object(said(row, "id"), said(row, "rank"), said(row, "kind"))
        for row in desk.rows("objects")
        if row["closed"] is not True and (not kind or row["kind"] == kind)
    ]
    avoids: dict[str, list[str]] = {}
    for row in desk.rows("recusals"):
        avoids.setdefault(said(row, "inspector"), []).append(said(row, "object"))
    inspectors = [
        Inspector(
            said(row, "id"), _listed(said(row, "kinds")), tuple(sorted(avoids.get(said(row, "id"), ())))
        )
        for row in desk.rows("inspectors")
        if row["away"] is not True
    ]
    return objects, inspectors, _shares(desk, plan)


def _listed(kinds: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in kinds.replace(",", "、").split("、") if part.strip())


def _shares(desk: Desk, plan: Row) -> dict[str, Decimal]:
    """Per class, what share is drawn; the city's thresholds where the plan says nothing."""
    usual = THRESHOLDS.value("shares", desk.day)
    own = {rank: plan.get(f"share_{rank.lower()}") for rank in RANKS}
    told = {rank: Decimal(str(usual[rank] if own[rank] is None else own[rank])) for rank in RANKS}
    return {rank: share / 100 for rank, share in told.items()}


def freeze(desk: Desk, answers: Values) -> Iterable[Change]:
    """Freeze a plan's lists: their hash is written before the number that decides is known.

    Which number that will be, and the day after today on which it is published, is said now: who enters it later
    has nothing left to choose. Lists that changed since are frozen again, with a number of a later day.
    """
    plan = _plan(desk, answers, "planned", "frozen")
    source, on = str(answers.get("source") or ""), answers.get("source_on")
    if not source or not isinstance(on, date) or on <= desk.day:
        raise Refused(Problem("inspection.not_announced", f"plans/{plan['id']}"))
    objects, inspectors, shares = lists_of(desk, plan)
    if not objects or len(inspectors) < 2:
        raise Refused(
            Problem(
                "inspection.too_few",
                f"plans/{plan['id']}",
                {"objects": len(objects), "inspectors": len(inspectors)},
            )
        )
    id = said(plan, "id")
    frozen = {"list_hash": list_hash(objects, inspectors, shares), "objects": str(len(objects))}
    yield Put("plans", id, {**frozen, "source": source, "source_on": on.isoformat()})
    yield Shift("plans", id, "frozen", desk.day)


def draw(desk: Desk, answers: Values) -> Iterable[Change]:
    """Draw objects and pairs by the published number; refused where the lists are not what was frozen."""
    plan = _plan(desk, answers, "frozen")
    id, nonce, on = said(plan, "id"), bare(str(answers["nonce"])), dated(plan, "source_on")
    if on and desk.day < on:
        raise Refused(Problem("inspection.too_early", f"plans/{id}", {"day": on.isoformat()}))
    if not nonce:
        raise Refused(Problem("inspection.no_number", f"plans/{id}"))
    objects, _, lots = drawn(desk, plan, nonce)
    ranks = {one.id: one.rank for one in objects}
    visits = _visits(desk, plan)
    yield Put("plans", id, {"nonce": nonce})
    for object, pair in lots.pairs.items():
        values = {"plan": id, "object": object, "inspectors": "、".join(pair), "rank": ranks[object],
                  "unit": said(plan, "unit"), "visit": visits.get(object, f"{id}~{object}")}  # fmt: skip
        yield Put("inspections", f"{id}~{object}", values)
    yield Shift("plans", id, "drawn", desk.day)


def bare(nonce: str) -> str:
    """A published number's letters and digits: blanks, points and widths of signs leave no choice of another draw."""
    return "".join(sign for sign in unicodedata.normalize("NFKC", nonce) if sign.isalnum()).upper()


def drawn(desk: Desk, plan: Row, nonce: str) -> tuple[list[Object], dict[str, object], Lots]:
    """A plan's objects, its certificate and its lots for a published number. Raises `Refused`."""
    place = f"plans/{plan['id']}"
    objects, inspectors, shares = lists_of(desk, plan)
    frozen = list_hash(objects, inspectors, shares)
    if frozen != plan["list_hash"]:
        raise Refused(Problem("inspection.lists_changed", place))
    lots = draw_lots(objects, inspectors, shares, seed_of(nonce, frozen))
    if lots.short:
        raise Refused(Problem("inspection.too_few_able", place, {"objects": "、".join(lots.short[:5])}))
    return objects, certificate(objects, inspectors, shares, nonce, lots), lots


def _visits(desk: Desk, plan: Row) -> Mapping[str, str]:
    """Visits that other plans of overlapping dates already owe to the same objects: joined, so it is visited once."""
    plans = {
        said(row, "id"): row for row in desk.rows("plans") if row["id"] != plan["id"] and _overlap(row, plan)
    }
    return {
        said(row, "object"): said(row, "visit")
        for row in desk.rows("inspections")
        if row["stage"] == "drawn" and row["plan"] in plans
    }


def _overlap(one: Row, other: Row) -> bool:
    dates = [dated(row, name) for row in (one, other) for name in ("start", "end")]
    return None not in dates and dates[0] <= dates[3] and dates[2] <= dates[1]  # type: ignore[operator]


def _plan(desk: Desk, answers: Values, *stages: str) -> Row:
    """The plan that is asked for, at one of the stages at which this can be done."""
    found = next((row for row in desk.rows("plans") if row["id"] == answers["plan"]), None)
    if found is None or found["stage"] not in stages:
        raise Refused(
            Problem(
                "inspection.plan_not_at", f"plans/{answers['plan']}", {"stage": f"plan_stage.{stages[0]}"}
            )
        )
    return found
