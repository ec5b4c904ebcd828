"""One record: its fields, where it stands, what its words suggest, its history, and the forms to go on with it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render

from duban.actions.records import record_thing
from duban.core.problem import Refused
from duban.core.rights import may
from duban.packs import packs
from duban.registers.field import Field
from duban.registers.pack import Pack
from duban.registers.record import reached
from duban.registers.register import Register, Stage
from duban.web.evidence import vault
from duban.web.registers import feeds
from duban.web.registers.addresses import record_address
from duban.web.registers.disputes import disputable, disputes, plain_disputes
from duban.web.registers.drawn import drawn
from duban.web.registers.fed import found_by, one_of
from duban.web.registers.forms import Input, inputs, kept, own_unit
from duban.web.registers.listing import register_named
from duban.web.registers.named import named, worded
from duban.web.registers.plain import plain_record
from duban.web.registers.question import Question
from duban.web.registers.sight import Shown, Sight
from duban.web.registers.story import sees_files, story
from duban.web.registers.words import head, value
from duban.web.shelf import book_for
from duban.web.today import looking_back, today
from duban.web.views.common import page
from duban.web.who import told

LINKED = 24  # records that refer to this one, shown with it
SEALED = {
    "Content-Security-Policy": "sandbox; default-src 'none'",
    "X-Content-Type-Options": "nosniff",
    "Cache-Control": "private, no-store",
}


@dataclass(frozen=True, slots=True)
class Step:
    """A stage on the record's way: reached on a day (which may be disputed), standing there now, or still to come."""

    stage: Stage
    label: str
    on: date | None
    now: bool
    disputed: bool


@dataclass(frozen=True, slots=True)
class Next:
    """A stage to which the reader may move the record, with the fields that it still asks for."""

    stage: Stage
    label: str
    proof: str
    inputs: tuple[Input, ...]
    onward: bool


@dataclass(frozen=True, slots=True)
class Idea:
    """A value that the record's words suggest for a field, in words, with its reason and how sure it is."""

    field: Field
    label: str
    stored: str
    shown: str
    percent: int
    why: str


@dataclass(frozen=True, slots=True)
class Cell:
    """A field with its value in words, which may be disputed; `link` leads to what it refers to."""

    label: str
    text: str
    field: Field
    disputed: bool
    link: str = ""


@dataclass(frozen=True, slots=True)
class Linked:
    """Records of another register that refer to this one by a field: the first of `count`, with what tells them apart."""

    register: Register
    field: Field
    some: tuple[tuple[Shown, str], ...]
    count: int


def new(request: HttpRequest, name: str) -> HttpResponse:
    """The page `/r/<register>/new`: a form with the fields that the reader may fill in."""
    book = book_for(request)
    pack, register = register_named(name)
    sight = Sight.of(request, book)
    return form_page(request, sight, pack, register, {}, ())


def form_page(
    request: HttpRequest, sight: Sight, pack: Pack, register: Register, values: Mapping[str, str],
    faults: tuple[str, ...], status: int = 200,
) -> HttpResponse:  # fmt: skip
    """The form of a new record, with what was typed before and what was wrong with it."""
    fields = kept(sight, register, None)
    own = own_unit(sight, register)
    every = inputs(sight, fields, {**own, **values}, fixed=frozenset(own))
    first = {*register.key, register.unit, register.title}
    data = {
        "pack": pack, "register": register, "inputs": [i for i in every if i.field.required or i.field.name in first],
        "later": [i for i in every if not (i.field.required or i.field.name in first)], "typed": bool(values), "faults": faults, "allowed": bool(fields) and not looking_back(request) and register.kind == "kept",
        "key": [head(register.named[name], sight.language) for name in register.key],
    }  # fmt: skip
    response = page(request, "register_new", sight.book, data, None, False)
    response.status_code = status if data["allowed"] else 403
    return response


def record(request: HttpRequest, name: str, id: str, as_json: bool = False) -> HttpResponse:
    """The page `/r/<register>/<id>`."""
    pack, register = register_named(name)
    sight = Sight.of(request, book_for(request))
    shown = one_of(sight, register, id)
    if shown is None:
        raise Http404(id)
    return record_page(request, sight, pack, register, shown, as_json=as_json)


def record_page(
    request: HttpRequest, sight: Sight, pack: Pack, register: Register, shown: Shown, *,
    values: Mapping[str, str] | None = None, faults: tuple[str, ...] = (), status: int = 200, as_json: bool = False,
) -> HttpResponse:  # fmt: skip
    """A record's page; after a refusal with what was typed and why it was refused."""
    fed, works = register.kind == "fed", sees_files(sight, register, shown)
    acting = not looking_back(request) and not fed
    now = {**shown.record.state.values, **(values or {})}
    fields = kept(sight, register, shown.record.state) if acting else ()
    fields = tuple(field for field in fields if field.name not in shown.hidden)
    late = shown.record.late(sight.day)
    data = {
        "pack": pack, "register": register, "shown": shown, "state": shown.record.state, "title": named(sight, register, shown),
        "cells": cells(sight, register, shown), "way": way(register, shown, sight.language), "late": late,
        "left": (shown.record.due - sight.day).days if shown.record.due and not late else None,
        "nexts": nexts(sight, register, shown, now) if acting else (), "inputs": inputs(sight, fields, now),
        "ideas": ideas(sight, pack, register, shown, fields) if acting else (), "faults": faults, "asked_values": bool(values),
        "removable": acting and bool(may(sight.who, "record.remove", record_thing(sight.book, register, shown.record.state, shown.record.state.values))),
        "feed": feeds.of(sight, register) if fed else None, "story": () if fed else story(sight, register, shown), "files": works, "linked": linked(sight, register, shown),
        "beside": drawn(pack.blocks_beside(sight.desk(pack), register.name, shown.row)),
        "disputes": disputes(sight, register, shown, works), "disputable": disputable(sight, register, shown) if acting else (), "acting": acting,
        "partial": bool(shown.hidden), "today_iso": today().isoformat(), "since_iso": (shown.record.since or date.min).isoformat(),
    }  # fmt: skip
    public = plain_record(shown, sight.day) | {
        "register": register.name,
        "disputes": plain_disputes(data["disputes"]),
    }
    response = page(request, "register_record", sight.book, data, public, as_json)
    response.status_code = status
    return response


def cells(sight: Sight, register: Register, shown: Shown) -> list[Cell]:
    """The fields that the reader sees and the record has, and those that are asked for and missing."""
    found = []
    for field in shown.fields:
        stored = shown.value(field.name)
        if stored or field.asked:
            link = record_address(field.to, stored) if field.type == "reference" and stored else ""
            found.append(
                Cell(
                    head(field, sight.language),
                    worded(sight, field, stored),
                    field,
                    field.name in shown.disputed,
                    link,
                )
            )
    return found


def way(register: Register, shown: Shown, language: str) -> list[Step]:
    """The stages in order, with the day on which the record last reached each."""
    days = reached(register, shown.record.state)
    now = shown.record.state.stage
    return [
        Step(s, s.label(language), days.get(s.name), s.name == now, f"at_{s.name}" in shown.disputed)
        for s in register.stages
    ]


def nexts(sight: Sight, register: Register, shown: Shown, values: Mapping[str, str]) -> list[Next]:
    """The stages to which the reader may move the record now."""
    state = shown.record.state
    thing = record_thing(sight.book, register, state, state.values)
    mine = {field.name for field in kept(sight, register, state)}
    order = list(register.staged)
    found = []
    for stage in register.next(state.stage):
        level = f"kept_{stage.keeper}"
        closing, moving = (
            may(sight.who, "record.close", thing, level),
            may(sight.who, "record.move", thing, level),
        )
        if closing if stage.by_other else moving:
            asked = [register.named[n] for n in stage.requires if not state.values.get(n) and n in mine]
            proof = stage.proof[sight.language == "en"] if stage.proof else ""
            onward = order.index(stage.name) > order.index(state.stage)
            found.append(
                Next(stage, stage.label(sight.language), proof, inputs(sight, asked, values), onward)
            )
    return found


def ideas(
    sight: Sight, pack: Pack, register: Register, shown: Shown, fields: tuple[Field, ...]
) -> list[Idea]:
    """What the record's own words suggest for fields that the reader may fill in; a person decides."""
    if pack.suggests is None or not fields:
        return []
    mine = {field.name: field for field in fields}
    found = []
    for one in pack.suggestions(sight.desk(pack), register.name, shown.row):
        field = mine.get(one.field)
        if field is not None and shown.value(field.name) != one.value:
            why = one.why_en if sight.language == "en" else one.why_zh
            told_value = value(field, one.value, sight.language)
            found.append(
                Idea(field, head(field, sight.language), one.value, told_value, round(one.sure * 100), why)
            )
    return found


def linked(sight: Sight, register: Register, shown: Shown) -> list[Linked]:
    """The records of other registers that refer to this one, as far as the reader may see them."""
    found = []
    for pack in packs().values():
        for other in pack.registers:
            for field in other.fields:
                if field.type == "reference" and field.to == register.name:
                    those = found_by(sight, Question(other, values={field.name: shown.id}))
                    many, some = those.count, those.part(0, LINKED)
                    named = tuple((one, _told_apart(sight, other, field, one)) for one in some)
                    found += [Linked(other, field, named, many)] if some else []
    return found


def _told_apart(sight: Sight, other: Register, field: Field, one: Shown) -> str:
    """What a record is called beside others of the same; where its title is what they share, the rest of its key."""
    if one.value(other.title) and other.title != field.name:
        return named(sight, other, one)
    return " · ".join(one.value(name) for name in other.key if name != field.name) or one.id


def evidence(request: HttpRequest, name: str, id: str, sha256: str) -> HttpResponseBase:
    """A file that proves a stage, for those who work on the record; 410 when it is gone or was changed."""
    register = register_named(name)[1]
    sight = Sight.of(request, book_for(request))
    shown = one_of(sight, register, id)
    if shown is None or not sees_files(sight, register, shown):
        raise Http404(sha256)
    proofs = {p.sha256: p for move in shown.record.state.moves for p in move.evidence if p.sha256}
    proof = proofs.get(sha256)
    if proof is None:
        raise Http404(sha256)
    try:
        file = vault().open(proof.sha256, proof.name)
    except Refused as refusal:
        return render(request, "duban/message.html", {"message": " ".join(told(refusal))}, status=410)
    return FileResponse(
        file, as_attachment=True, filename=proof.name, content_type=proof.type, headers=SEALED
    )
