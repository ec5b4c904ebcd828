"""Projects in the Open Contracting for Infrastructure Data Standard (OC4IDS 0.9): rows to plain data, field by field.

https://standard.open-contracting.org/infrastructure/ — codes of status, type, sector, role and milestone are its own.
"""

from collections.abc import Iterable, Mapping
from datetime import date
from decimal import Decimal

from duban.registers.pack import Desk, Publisher
from duban.registers.plain import Row
from duban.registers.register import Stage

VERSION = "0.9"
SCHEME = "CN-TZXM"  # our name for the codes of China's online approval platform for investment projects
STATUS = {"planned": "identification", "signed": "preparation", "started": "implementation", "entered": "implementation",
          "completed": "completion", "producing": "maintenance", "capacity": "maintenance", "counted": "maintenance"}  # fmt: skip
_MILESTONES = {"signed": ("approval", "projectApproval"), "started": ("delivery", "commencement"),
               "entered": ("reporting", None), "completed": ("delivery", "completion"),
               "producing": ("delivery", "commissioning"), "counted": ("reporting", None)}  # fmt: skip
Data = dict[str, object]


def package(desk: Desk, publisher: Publisher) -> Data:
    """All projects that the reader may see as one project package, as of the desk's day."""
    months: dict[str, list[Row]] = {}
    for row in desk.rows("project_investment"):
        months.setdefault(str(row["project"]), []).append(row)
    stages = desk.pack.registered["projects"].stages
    rows = sorted(desk.rows("projects"), key=lambda row: str(row["id"]))
    return {
        "uri": publisher.uri,
        "version": VERSION,
        "publishedDate": _moment(desk.day),
        "publisher": {"name": publisher.name},
        "projects": [project(row, months.get(str(row["id"]), ()), stages, desk) for row in rows],
    }


def project(row: Row, months: Iterable[Row], stages: Iterable[Stage], desk: Desk) -> Data:
    """One project; what is missing is left out, as the standard asks."""
    started, finished = row["at_started"], row["at_completed"]
    return _full({
        "id": row["id"],
        "updated": _moment(desk.day),
        "language": "zh",
        "title": row["name"],
        "description": row.get("content"),
        "status": STATUS.get(str(row["stage"])),
        "type": row.get("nature"),
        "sector": [row["branch"]] if row.get("branch") else None,
        "period": _period(started or row.get("start_planned"), finished or row.get("finish_planned")),
        "implementationPeriod": _period(started, finished),
        "identifiers": [{"id": row["platform_code"], "scheme": SCHEME}] if row.get("platform_code") else None,
        "publicAuthority": {"id": row["district"], "name": row["district"]} if row.get("district") else None,
        "parties": _parties(row),
        "locations": _locations(row),
        "budget": _full({"amount": _value(row.get("investment"))}),
        "forecasts": _metric(months, "planned", "Planned investment"),
        "metrics": _metric(months, "actual", "Investment done"),
        "milestones": [_milestone(row, stage, desk) for stage in stages if stage.name in _MILESTONES],
        "completion": _full({"endDate": _moment(finished)}),
        "relatedProjects": _earlier(row),
    })  # fmt: skip


def _full(data: Mapping[str, object]) -> Data:
    return {name: value for name, value in data.items() if value not in (None, {}, [], "")}


def _moment(day: object) -> str | None:
    return f"{day.isoformat()}T00:00:00+08:00" if isinstance(day, date) else None


def _period(start: object, end: object) -> Data:
    return _full({"startDate": _moment(start), "endDate": _moment(end)})


def _value(wan: object) -> Data | None:
    """万元 as yuan; whole yuan stay whole."""
    if not isinstance(wan, Decimal):
        return None
    yuan = wan * 10_000
    return {"amount": int(yuan) if yuan == yuan.to_integral_value() else float(yuan), "currency": "CNY"}


def _parties(row: Row) -> list[Data]:
    role = "funder" if row.get("sector") == "industry" else "procuringEntity"
    named = ((row.get("district"), "publicAuthority"), (row.get("enterprise"), role))
    return [{"id": name, "name": name, "roles": [role]} for name, role in named if name]


def _locations(row: Row) -> list[Data]:
    place = row.get("place")
    geometry = (
        {"type": "Point", "coordinates": [float(part) for part in str(place).split(",")]} if place else None
    )
    found = _full({"description": row.get("site"), "geometry": geometry})
    return [{"id": "1", **found}] if found else []


def _metric(months: Iterable[Row], field: str, title: str) -> list[Data]:
    observations = [
        {"id": f"{row['year']}-{row['month']:02d}", "value": _value(row[field]),
         "period": {"startDate": _moment(ends.replace(day=1)), "endDate": _moment(ends)}}
        for row in sorted(months, key=lambda row: str(row["ends_on"]))
        if row[field] is not None and isinstance(ends := row["ends_on"], date)
    ]  # fmt: skip
    return [{"id": "financialProgress", "title": title, "observations": observations}] if observations else []


def _milestone(row: Row, stage: Stage, desk: Desk) -> Data:
    kind, code = _MILESTONES[stage.name]
    met = row[f"at_{stage.name}"]
    due = {
        "started": row.get("gate_on") or row.get("start_planned"),
        "completed": row.get("finish_planned"),
    }.get(stage.name)
    late = isinstance(due, date) and due < desk.day
    return _full({
        "id": stage.name, "title": stage.label(desk.language), "type": kind, "code": code,
        "dueDate": _moment(due), "dateMet": _moment(met), "status": "met" if met else "notMet" if late else "scheduled",
    })  # fmt: skip


def _earlier(row: Row) -> list[Data]:
    if not row.get("phase_of"):
        return []
    return [{"id": "1", "scheme": "oc4ids", "identifier": row["phase_of"], "relationship": "expansion"}]
