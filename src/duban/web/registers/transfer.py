"""Records out as files, and in from the files that offices keep: every change and fault is shown before one is written."""

import csv
import io
from collections.abc import Iterable, Sequence
from pathlib import PurePath
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.core import signing
from django.core.exceptions import PermissionDenied
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from duban.actions.context import Writes, perform, refused
from duban.actions.records import put_records, weigh_records
from duban.core.problem import Refused
from duban.files.archive import LARGEST
from duban.files.plain import guarded
from duban.files.records import changes_of, kept_back, load_bytes, read_loaded, write_template
from duban.ledger import Book
from duban.registers.register import Register
from duban.registers.told import Told
from duban.web.exports import MOST, RecordsWanted
from duban.web.registers import feeds
from duban.web.registers.asked import Asked
from duban.web.registers.fed import found_by
from duban.web.registers.forms import kept
from duban.web.registers.found import Listed
from duban.web.registers.listing import guard_register, register_named
from duban.web.registers.named import worded
from duban.web.registers.sight import Sight
from duban.web.registers.words import column
from duban.web.shelf import book_for, keeper, locale, maker
from duban.web.today import today
from duban.web.views.common import page
from duban.web.views.table import TYPES
from duban.web.who import told, username
from duban.words import say

SHOWN = 100  # faults, and changes, on the page; all faults come as a file
SEALED = 2_000_000  # letters of a looked-at file that a page can carry; longer ones go through the command
_HOUR = 3600  # seconds that a looked-at file may wait for its confirmation
_NAMES = ("values", "place", "units", "stages", "id", "source", "proofs")


def download(request: HttpRequest, name: str, suffix: str) -> HttpResponse:
    """All records asked for as a file, with the fields that the reader sees; it may be brought in again.

    The file is made beside the server: writing ten thousand rows takes seconds.
    """
    if suffix not in ("xlsx", "csv"):
        raise Http404(suffix)
    book, register = book_for(request), register_named(name)[1]
    sight = Sight.of(request, book)
    guard_register(sight, register)
    asked = Asked.of_request(request, register, sight)
    some, fed = found_by(sight, asked), register.kind == "fed"
    if fed and some.count > MOST:
        raise refused("export.too_many", name, count=some.count, limit=MOST)
    wanted = RecordsWanted(
        name, f".{suffix}", some.ids() if isinstance(some, Listed) else [], username(request),
        settings.PUBLIC, locale(), "own" in sight.levels, book.as_of or "",
        dict(request.GET.items()) if fed else {}, sight.day.isoformat(), str(settings.FOLDER),
    )  # fmt: skip
    raw = maker().records(wanted)
    return _file(raw, f"{register.label(locale())}.{suffix}", TYPES[suffix])


def refused_rows(request: HttpRequest, name: str) -> FileResponse:
    """The rows of the last batch that were refused, with reasons, as CSV: it has what they say, so not for everybody."""
    register = register_named(name)[1]
    told = feeds.of(Sight.of(request, book_for(request)), register)
    if not told.feeds:
        raise PermissionDenied(_("不能收的行里有原文，只给接收数据的人。"))
    if not told.report or told.last is None:
        raise Http404(name)
    file = feeds.report_of(register, told.last).open("rb")
    called = f"{register.name}-{told.last.body.vintage}-refused.csv"
    return FileResponse(file, as_attachment=True, filename=called, content_type=TYPES["csv"])


def template(request: HttpRequest, name: str) -> HttpResponse:
    """The empty workbook of a register."""
    register, book = register_named(name)[1], book_for(request)
    guard_register(Sight.of(request, book), register)
    units = [unit.name for unit in book.units.values() if unit.closed is None]
    raw = write_template(register, locale(), units=units)
    return _file(raw, f"{register.label(locale())}{_('空表')}.xlsx", TYPES["xlsx"])


def _file(raw: bytes, name: str, kind: str) -> HttpResponse:
    head = content_disposition_header(True, name) or "attachment"
    return HttpResponse(raw, content_type=kind, headers={"Content-Disposition": head})


@never_cache
def load(request: HttpRequest, name: str) -> HttpResponse:
    """The page `/r/<register>/import`: a file is read and weighed, shown, and only then written."""
    pack, register = register_named(name)
    book = keeper().book()
    sight = Sight.of(request, book)
    if register.kind != "kept" or not kept(sight, register, None):
        raise PermissionDenied(_("你不能在这个台账里登记记录：请用承办单位或督查室的账户。"))
    data: dict[str, Any] = {"pack": pack, "register": register, "limit": LARGEST // 1_000_000}
    status = 200
    if request.method == "POST":
        try:
            if request.POST.get("sealed"):
                return _enter(request, register)
            data |= _looked(request, sight, register)
        except Refused as refusal:
            data["refusals"], status = told(refusal), 400
        except signing.BadSignature:
            data["refusals"], status = [_("核对的时间太长，或表已改动：请重新上传。")], 400
    response = page(request, "register_import", book, data, None, False)
    response.status_code = status
    return response


def _looked(request: HttpRequest, sight: Sight, register: Register) -> dict[str, Any]:
    """What the file would change and what is wrong with it."""
    read = read_loaded(*_sent(request), register, clear=request.POST.get("clear") == "1")
    weighed = weigh_records(sight.book, sight.who.username, register, read.rows, today())
    faults = [say(fault, sight.language) for fault in (*read.faults, *weighed.faults)]
    changes = list(changes_of(sight.book, register, weighed.writes))
    sealed = _sealed(request, register, "rows", [_plain(row) for row in read.rows]) if weighed.writes else ""
    fits = len(sealed) <= SEALED
    return {
        "read": read, "weighed": weighed, "notes": [say(note, sight.language) for note in read.notes],
        "faults": faults[:SHOWN], "fault_count": len(faults), "kept_back": kept_back(sight.book, register, read.rows, read.fields),
        "all_faults": _sealed(request, register, "faults", faults) if len(faults) > SHOWN else "",
        "changes": [_worded(sight, register, change) for change in changes[:SHOWN]],
        "change_count": len(changes), "sealed": sealed if fits else "", "too_long": not fits, "refused": read.refused + weighed.refused,
        "new": sum(1 for change in changes if change.how == "new"),
    }  # fmt: skip


def _sent(request: HttpRequest) -> tuple[str, Any]:
    file = request.FILES.get("file")
    if file is None:
        raise refused("list.no_file")
    plain = PurePath((file.name or "table").replace("\\", "/")).name
    name = "".join(c for c in plain if c.isprintable() and c not in '<>:"|?*/')[-60:] or "table"
    if (file.size or 0) > LARGEST:
        raise refused("sheet.too_large", name, limit=LARGEST // 1_000_000)
    return name, load_bytes(name, file.read())


def _worded(sight: Sight, register: Register, change: Any) -> dict[str, str]:
    """A change in the words of the page; `change.title` is as stored, or the id."""
    language, titled = sight.language, register.named.get(register.title)
    title = worded(sight, titled, change.title) if titled and change.title != change.id else change.title
    if change.field == "stage":
        stages = register.staged
        words = [stages[s].label(language) if s in stages else s for s in (change.before, change.after)]
        return {"title": title, "id": change.id, "how": change.how, "label": _("阶段"), "before": words[0], "after": f"{words[1]} {change.day}"}  # fmt: skip
    field = register.named.get(change.field)
    shown = [worded(sight, field, text) if field else text for text in (change.before, change.after)]
    label = column(register, change.field, language) if field else ""
    return {"title": title, "id": change.id, "how": change.how, "label": label, "before": shown[0], "after": shown[1]}  # fmt: skip


def _plain(row: Told) -> list[Any]:
    """A row as it is sealed into the page; the place of each cell stays with the look."""
    told_values = {name: getattr(row, name) for name in _NAMES}
    return [dict(v) if not isinstance(v, str) else v for v in told_values.values()]


def _sealed(request: HttpRequest, register: Register, what: str, data: Sequence[Any]) -> str:
    return signing.dumps(data, salt=_salt(request, register, what), compress=True)


def _salt(request: HttpRequest, register: Register, what: str) -> str:
    return f"duban.records:{what}:{register.name}:{username(request)}"


def _enter(request: HttpRequest, register: Register) -> HttpResponse:
    """Write what was looked at, on the book as it is now; what may not be written is refused whole, unless left out."""
    sealed = signing.loads(request.POST["sealed"], salt=_salt(request, register, "rows"), max_age=_HOUR)
    rows = [Told(**dict(zip(_NAMES, row, strict=True))) for row in sealed]
    who, leave_out = username(request), request.POST.get("leave_out") == "1"

    def act(book: Book) -> Writes:
        if leave_out:
            return weigh_records(book, who, register, rows, today()).writes
        return put_records(book, who, register, rows, today())

    entries = perform(keeper(), act, actor=who, at=timezone.now(), on=today())
    messages.success(request, _("已记 %(n)s 条账。") % {"n": len(entries)})
    return redirect(f"/r/{register.name}")


@require_POST
def faults(request: HttpRequest, name: str) -> HttpResponse:
    """All faults of a looked-at file as CSV, for whoever mends it."""
    register = register_named(name)[1]
    try:
        told_faults = signing.loads(
            request.POST.get("faults", ""), salt=_salt(request, register, "faults"), max_age=_HOUR
        )
    except signing.BadSignature:
        raise Http404(name) from None
    return _file(_lines(told_faults), f"{register.label(locale())}{_('问题')}.csv", TYPES["csv"])


def _lines(told_faults: Iterable[str]) -> bytes:
    out = io.StringIO(newline="")
    csv.writer(out).writerows([[guarded(text)] for text in told_faults])
    return out.getvalue().encode("utf-8-sig")
