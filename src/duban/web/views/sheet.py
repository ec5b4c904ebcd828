"""A unit's filings by workbook: download what is owed, upload it filled in, look at every cell, then enter it."""

import tempfile
from collections.abc import Iterable
from decimal import Decimal
from pathlib import Path
from typing import Any

from django.contrib import messages
from django.core import signing
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from duban.actions.context import Writes, actor_of, perform, refused
from duban.actions.filings import Report, submit_filings, tabled
from duban.assess.owed import owed_by
from duban.core.problem import Refused
from duban.files.archive import LARGEST
from duban.files.filing_columns import KNOWN
from duban.files.filing_in import Filed, FilingsRead, read_filings
from duban.files.filing_out import write_filing
from duban.ledger import Book
from duban.web.shelf import book_for, keeper
from duban.web.standing import standing
from duban.web.today import today
from duban.web.views.common import page
from duban.web.views.table import TYPES
from duban.web.who import told, username

_HOUR = 3600  # seconds that a looked-at sheet may wait for its confirmation


def download(request: HttpRequest) -> HttpResponse:
    """The sheet `/filing.xlsx` of all that the reader's unit owes today."""
    book = book_for(request)
    unit = _unit(request, book)
    lights = standing(book, today())
    raw = write_filing(unit.name, owed_by(book, lights, unit.name, today()), lights, today().isoformat())
    name = content_disposition_header(True, f"{unit.name}填报表{today().isoformat()}.xlsx")
    return HttpResponse(
        raw, content_type=TYPES["xlsx"], headers={"Content-Disposition": name or "attachment"}
    )


@require_POST
def upload(request: HttpRequest) -> HttpResponse:
    """Read a sheet and show every cell that it would enter; nothing is entered yet."""
    book, who = book_for(request), username(request)
    unit = _unit(request, book)
    try:
        read = _read(request, book, unit.code)
        rows = [_row(filed) for filed in read.filed]
        _writes(book, who, rows)
    except Refused as refusal:
        return render(request, "duban/filing_faults.html", {"faults": told(refusal)}, status=400)
    data = {"read": read, "sealed": signing.dumps(rows, salt=_salt(who), compress=True) if rows else ""}
    return page(request, "filing_check", book, data, None, False)


@require_POST
def confirm(request: HttpRequest) -> HttpResponse:
    """Enter what was looked at; asked again, as it may be refused by now."""
    who = username(request)
    try:
        rows = signing.loads(request.POST.get("sealed", ""), salt=_salt(who), max_age=_HOUR)
        perform(
            keeper(),
            lambda book: _writes(book, who, rows),
            actor=who or "public",
            at=timezone.now(),
            on=today(),
        )
    except signing.BadSignature:
        return _again(request, [_("核对的时间太长，或表已改动：请重新上传。")])
    except Refused as refusal:
        return _again(request, told(refusal))
    messages.success(request, _("已报送 %(n)s 项。") % {"n": len(rows)})
    return redirect("/work")


def _again(request: HttpRequest, faults: Iterable[str]) -> HttpResponse:
    return render(request, "duban/filing_faults.html", {"faults": faults}, status=400)


def _unit(request: HttpRequest, book: Book) -> Any:
    """The unit for which the reader reports; 403 for everybody else."""
    who = actor_of(book, username(request))
    unit = book.units.get(who.unit)
    if unit is None or not who.roles & {"reporter", "head"}:
        raise PermissionDenied(_("只有报送单位的填报人和负责人能按表报送。"))
    return unit


def _read(request: HttpRequest, book: Book, unit: str) -> FilingsRead:
    """The uploaded sheet as the unit sends it, never more than a sheet may be."""
    sheet = request.FILES.get("sheet")
    if sheet is None:
        raise refused("sheet.empty", "—")
    name = Path(sheet.name or "").name
    if (sheet.size or 0) > LARGEST:
        raise refused("sheet.too_large", name, limit=LARGEST // 1_000_000)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / (name[-80:] or "sheet")
        path.write_bytes(sheet.read())
        return read_filings(path, book, standing(book, today()), unit, today())


def _row(filed: Filed) -> list[Any]:
    """A row as it is sealed into the page; quantities as texts."""
    figures = {name: f"{value:f}" for name, value in filed.figures.items()}
    return [filed.key, filed.place, filed.period.code, figures, dict(filed.notes), len(filed.said)]


def _writes(book: Book, who: str, rows: list[list[Any]]) -> Writes:
    return submit_filings(book, who, [(key, place, _report(*rest)) for key, place, *rest in rows])


def _report(period: str, figures: dict[str, str], notes: dict[str, str], asked: int) -> Report:
    return tabled(period, {n: Decimal(v) for n, v in figures.items()}, notes, asked=asked, known=KNOWN)


def _salt(who: str) -> str:
    return f"duban.filing:{who}"
