"""Units and people from a table: a template, a dry run that shows every change, and then the very same list entered."""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path, PurePath

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import UploadedFile
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from duban.actions.context import Writes, perform
from duban.actions.people import import_people, reset_person
from duban.actions.units import import_units
from duban.core.problem import Problem, Refused
from duban.core.rights import Thing, may
from duban.files.archive import LARGEST
from duban.files.lists import Head, write_list, write_list_csv
from duban.files.roster import PEOPLE, UNITS, Roster, person_rows, read_people, read_units, unit_rows
from duban.ledger import Book
from duban.read.lexicon import load as load_words
from duban.web import accounts
from duban.web.shelf import book_for, keeper, locale
from duban.web.today import today
from duban.web.views.common import page
from duban.web.views.people import guarded, lines
from duban.web.who import actor, told, username
from duban.words import say

_SHOWN = 400  # changes listed one by one


@dataclass(frozen=True, slots=True)
class Kind:
    """What can be imported: its sheet's name, its columns, how it is read, and the action that enters it."""

    name: str
    heads: tuple[Head, ...]
    read: Callable[[Path, Book], Roster]
    enter: Callable[[Book, str, Roster], Writes]


KINDS = {
    "units": Kind("单位", UNITS, read_units, lambda book, me, found: import_units(book, me, found.units)),
    "people": Kind(
        "人员", PEOPLE, read_people, lambda book, me, found: import_people(book, me, found.people)
    ),
}


@never_cache
def load(request: HttpRequest, what: str) -> HttpResponse:
    """The pages `/units/import` and `/people/import`. A list with any fault changes nothing."""
    book, kind = keeper().book(), KINDS[what]
    _guard(request, book, what)
    data: dict[str, object] = {"what": what, "heads": kind.heads, "limit": LARGEST // 1_000_000}
    if request.method == "POST":
        try:
            name, raw = _sent(request)
            found = _read(kind, name, raw, book)
            if request.POST.get("list"):
                return _enter(request, kind, name, raw)
            _checked(kind, book, username(request), found)
            data |= _shown(kind, found)
        except Refused as refusal:
            data["faults"] = told(refusal)
    return page(request, "import", book, data, None, False)


def _guard(request: HttpRequest, book: Book, what: str) -> None:
    if what == "people":
        guarded(request, book)
        return
    decision = may(actor(request, book), "unit.edit", Thing("units"))
    if not decision:
        raise PermissionDenied(say(Problem(decision.code, "units", decision.data), locale()))


def _sent(request: HttpRequest) -> tuple[str, bytes]:
    """The list as it was shown in the dry run, or the file that was sent: its name and what it holds."""
    text = request.POST.get("list", "")
    if text:
        return "list.csv", text.encode()
    file = request.FILES.get("file")
    if not isinstance(file, UploadedFile):
        raise Refused(Problem("list.no_file"))
    if (file.size or 0) > LARGEST:
        raise Refused(Problem("sheet.too_large", _plain_name(file), {"limit": LARGEST // 1_000_000}))
    return _plain_name(file), file.read()


def _plain_name(file: UploadedFile) -> str:
    """The file's own name without any folder or odd character."""
    name = PurePath((file.name or "table").replace("\\", "/")).name
    return "".join(c for c in name if c.isprintable() and c not in '<>:"|?*/')[-60:] or "table"


def _read(kind: Kind, name: str, raw: bytes, book: Book) -> Roster:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / name
        path.write_bytes(raw)
        return kind.read(path, book)


def _checked(kind: Kind, book: Book, me: str, found: Roster) -> Writes:
    """What the action would write; its refusals speak of the list's cells."""
    try:
        return kind.enter(book, me, found)
    except Refused as refusal:
        raise Refused(*found.placed(refusal.problems)) from None


def _shown(kind: Kind, found: Roster) -> dict[str, object]:
    """Every change by thing, and the list again for the form that enters it."""
    names = {head.field: head.name for head in kind.heads}
    by_key = [(key, list(edits)) for key, edits in groupby(found.edits, key=lambda edit: edit.key)]
    told = [
        {
            "key": key,
            "new": edits[0].before is None,
            "edits": [(names[e.field], e.before, e.after, e.place) for e in edits],
        }
        for key, edits in by_key[:_SHOWN]
    ]
    columns = [head for head in kind.heads if any(head.field in line.cells for line in found.lines.values())]
    rows = [
        {**line.cells, **({"code": key} if "code" in line.cells else {})} for key, line in found.lines.items()
    ]
    return {
        "read": True, "changes": told, "count": len(by_key), "rows": len(found.lines), "more": len(by_key) - len(told),
        "list": write_list_csv(columns, rows).decode("utf-8-sig"),
    }  # fmt: skip


def _enter(request: HttpRequest, kind: Kind, name: str, raw: bytes) -> HttpResponse:
    me = username(request)
    left = {name for name, person in keeper().book().people.items() if person.left}
    done = perform(keeper(), lambda book: _checked(kind, book, me, _read(kind, name, raw, book)), actor=me,
                   at=timezone.now(), on=today())  # fmt: skip
    for entry in done:
        if (name := entry.account.partition("/")[2]) in left and entry.account.startswith("person/"):
            accounts.close(name)  # who comes back gets a new password
    messages.success(request, _("已记账 %(n)s 条。") % {"n": len(done)})
    return redirect("/units" if kind.name == "单位" else "/people")


def template(request: HttpRequest, what: str, suffix: str) -> HttpResponse:
    """What stands in the book as the very table that can be read in again; the heads alone where nobody stands."""
    book, kind = book_for(request), KINDS[what]
    if what == "people":
        guarded(request, book)
        rows = person_rows(book, [one.username for one in lines(book, username(request))])
    else:
        rows = unit_rows(book) or starter(book)
        if not request.user.is_authenticated:  # the public reads names of units, not of persons
            rows = [{**row, "contact": "", "phone": ""} for row in rows]
    writers = {
        "xlsx": lambda: write_list(kind.name, kind.heads, rows),
        "csv": lambda: write_list_csv(kind.heads, rows),
    }
    if suffix not in writers:
        raise Http404(suffix)
    types = {
        "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        "csv": "text/csv; charset=utf-8",
    }
    name = content_disposition_header(True, f"{kind.name}-{book.government}.{suffix}") or "attachment"
    return HttpResponse(writers[suffix](), content_type=types[suffix], headers={"Content-Disposition": name})


def starter(book: Book) -> list[dict[str, str]]:
    """For a book without units: the government and the departments that Chinese cities commonly have, to be mended."""
    root = book.government if book.government.endswith("政府") else f"{book.government}人民政府"
    rows = [{"name": root, "code": "zf", "kind": "政府"}]
    for code, unit in load_words("departments").items():
        words = {name: "、".join(unit.get(name, ())) for name in ("aliases", "duties")}
        rows.append({"name": unit["name"], "code": code, "kind": "部门", "parent": root, **words})
    return rows


@never_cache
def give(request: HttpRequest) -> HttpResponse:
    """`/people/give`: a first password for every account of mine that has none yet, shown this one time."""
    book = keeper().book()
    who = guarded(request, book)
    waiting = [one for one in lines(book, who.username) if not one.signs_in and not one.left]
    if request.method != "POST":
        return page(request, "give", book, {"waiting": waiting}, None, False)
    for one in waiting:
        perform(keeper(), lambda now, name=one.username: reset_person(now, who.username, name, what="password"),
                actor=who.username, at=timezone.now(), on=today())  # fmt: skip
    given = [(one, accounts.give_password(one.username)) for one in waiting]
    return page(request, "give", book, {"given": given}, None, False)
