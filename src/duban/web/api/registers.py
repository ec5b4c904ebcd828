"""Packs, registers and indicators in the API: the same records and figures as the pages, for the same eyes."""

from datetime import date
from typing import Annotated, Any

from django.http import HttpRequest
from ninja import Path, Query, Router, Schema

from duban.core.period import Period, period
from duban.core.problem import Problem
from duban.packs import indicator_named, pack_of, packs
from duban.registers.explain import explained
from duban.registers.grouping import months
from duban.registers.indicator import Indicator, Reckoned
from duban.registers.pack import Pack
from duban.web.api.routes import REFUSALS, AsOf, Id, Limit, Offset, Text
from duban.web.api.shapes import Errors, Page, errors
from duban.web.registers.behind import disputed_behind
from duban.web.registers.fed import found_by, one_of
from duban.web.registers.plain import plain_record, plain_register, text
from duban.web.registers.question import Question
from duban.web.registers.sight import Sight
from duban.web.shelf import book_on, locale
from duban.web.today import today
from duban.web.who import actor

router = Router()
Name = Annotated[str, Path(max_length=160)]


class FieldOut(Schema):
    """A field of a register; `codes` are the values of a choice with their words."""

    name: str
    type: str
    label: str
    unit: str
    status: str
    codes: dict[str, str]
    to: str


class StageOut(Schema):
    """A stage of a record's life."""

    name: str
    title: str


class RegisterOut(Schema):
    """A register's declaration: `kept` by people, or `fed` by another system."""

    name: str
    title: str
    kind: str
    key: list[str]
    fields: list[FieldOut]
    stages: list[StageOut]


class PackOut(Schema):
    """A pack with the names of its registers and indicators."""

    name: str
    title: str
    about: str
    registers: list[str]
    indicators: list[str]


class RecordOut(Schema):
    """A record with the fields that the caller may see, as stored; `disputed` are those whose value is disputed."""

    id: str
    values: dict[str, str]
    stage: str | None
    since: date | None
    due: date | None
    days_late: int
    disputed: list[str]


class RecordPage(Page):
    """Records."""

    items: list[RecordOut]


class FigureOut(Schema):
    """An indicator's figure; of a quotient also what it is made of. Null where it is missing."""

    group: str
    value: str | None
    numerator: str | None
    denominator: str | None


class IndicatorOut(Schema):
    """An indicator, in words what it is, and its figures for a period; of how many of its records a value is disputed."""

    name: str
    title: str
    register_name: str
    measure: str
    unit: str
    source: str
    words: str
    period: str
    disputed: int
    figures: list[FigureOut]


@router.get("/packs", response={200: list[PackOut], **REFUSALS}, operation_id="packs")
def all_packs(request: HttpRequest, q: Text = "") -> list[dict[str, Any]]:
    """The packs that the city has on; with `q` those whose name or purpose has these words."""
    found = [_pack(pack) for pack in packs().values()]
    return [one for one in found if q.casefold() in f"{one['name']} {one['title']} {one['about']}".casefold()]


@router.get(
    "/registers/{name}", response={200: RegisterOut, 404: Errors, **REFUSALS}, operation_id="register"
)
def register(request: HttpRequest, name: Name) -> Any:
    """A register's declaration."""
    pack = pack_of(name)
    if pack is None:
        return 404, errors([Problem("api.unknown", f"register/{name}")], locale())
    return plain_register(pack.registered[name], locale())


@router.get(
    "/registers/{name}/records", response={200: RecordPage, 404: Errors, **REFUSALS}, operation_id="records"
)
def records(
    request: HttpRequest,
    name: Name,
    stage: Text = "",
    unit: Text = "",
    late: Annotated[bool, Query(description="Only those over their deadline")] = False,
    offset: Offset = 0,
    limit: Limit = 100,
    as_of: AsOf = None,
) -> Any:
    """The records of a register that the caller may see and that match, in the order in which they came.

    Of a fed register only the first 10,000 can be turned through, in order of their ids; `late` is not asked of it.
    """
    pack = pack_of(name)
    if pack is None:
        return 404, errors([Problem("api.unknown", f"register/{name}")], locale())
    one, sight = pack.registered[name], _sight(request, as_of)
    values = {one.unit or "-": unit} if unit else {}
    if (stage and stage not in one.staged) or "-" in values:
        return {"total": 0, "offset": offset, "items": []}
    found = found_by(sight, Question(one, stage=stage, values=values, late=late and one.kind == "kept"))
    items = [plain_record(shown, sight.day) for shown in found.part(offset, limit)]
    return {"total": found.count, "offset": offset, "items": items}


@router.get(
    "/registers/{name}/records/{id}",
    response={200: RecordOut, 404: Errors, **REFUSALS},
    operation_id="record",
)
def record(request: HttpRequest, name: Name, id: Id, as_of: AsOf = None) -> Any:
    """One record."""
    pack, sight = pack_of(name), _sight(request, as_of)
    shown = one_of(sight, pack.registered[name], id) if pack else None
    if shown is None:
        return 404, errors([Problem("api.unknown", f"record/{name}/{id}")], locale())
    return plain_record(shown, sight.day)


@router.get(
    "/indicators/{name}", response={200: IndicatorOut, 404: Errors, **REFUSALS}, operation_id="indicator"
)
def indicator(
    request: HttpRequest,
    name: Name,
    when: Annotated[str, Query(alias="period", max_length=12, description="2024, 2024-M05, 2024-C09 …")] = "",
    by: Annotated[
        str,
        Query(
            max_length=80,
            description="A field of the register's groups, or the month of a date (received_on.month)",
        ),
    ] = "",
    as_of: AsOf = None,
) -> Any:
    """An indicator ("projects.completed") for a period (the year so far), of all records or by a field."""
    named, sight = indicator_named(name), _sight(request, as_of)
    if named is None:
        return 404, errors([Problem("api.unknown", f"indicator/{name}")], locale())
    pack, one = named
    asked = _period(when or str(sight.day.year))
    register = pack.registered[one.register]
    if asked is None or by not in ("", *register.groups, *months(register)):
        return 422, errors([Problem("api.invalid", "query.period" if asked is None else "query.by", {"fault": when or by})], locale())  # fmt: skip
    found = sight.figures(register, one, asked, (by,) if by else ())
    return _indicator(sight, pack, one, asked, found)


def _indicator(
    sight: Sight, pack: Pack, one: Indicator, when: Period, found: dict[tuple[str, ...], Reckoned]
) -> dict[str, Any]:
    register = pack.registered[one.register]
    return {
        "name": f"{pack.name}.{one.name}", "title": one.label(sight.language), "register_name": register.name,
        "measure": one.measure, "unit": one.unit, "source": one.source, "words": explained(one, register, sight.language),
        "period": when.code, "disputed": disputed_behind(sight, register, one, when),
        "figures": [
            {"group": "".join(group), "value": text(f.value), "numerator": text(f.numerator), "denominator": text(f.denominator)}
            for group, f in sorted(found.items())
        ],
    }  # fmt: skip


def _pack(pack: Pack) -> dict[str, Any]:
    language = locale()
    return {
        "name": pack.name, "title": pack.label(language), "about": pack.about_en if language == "en" else pack.about_zh,
        "registers": list(pack.registered), "indicators": [f"{pack.name}.{name}" for name in pack.indicated],
    }  # fmt: skip


def _sight(request: HttpRequest, as_of: date | None) -> Sight:
    book = book_on(as_of)
    return Sight(book, actor(request, book), as_of or today(), locale())


def _period(code: str) -> Period | None:
    try:
        return period(code)
    except ValueError:
        return None
