"""An evidence file, given out to those who work on its item; never shown in the page's own name."""

from django.http import FileResponse, Http404, HttpRequest, HttpResponseBase
from django.shortcuts import render

from duban.actions.context import item_thing
from duban.assess.evidence import files_of
from duban.core.problem import Refused
from duban.web.evidence import vault
from duban.web.shelf import book_for
from duban.web.who import guard, told

_SEALED = {
    "Content-Security-Policy": "sandbox; default-src 'none'",
    "X-Content-Type-Options": "nosniff",
    "Cache-Control": "private, no-store",
}


def evidence(request: HttpRequest, id: str, n: int, sha256: str) -> HttpResponseBase:
    """The file `/i/<commitment>/<n>/evidence/<sha256>`, as an attachment; 410 when it is gone or was changed."""
    book, key = book_for(request), f"{id}/{n}"
    if key not in book.items or book.items[key].removed:
        raise Http404(key)
    guard(request, book, "working.read", item_thing(book, key))
    proof = files_of(book.tasks[key]).get(sha256) if key in book.tasks else None
    if proof is None:
        raise Http404(sha256)
    try:
        file = vault().open(proof.sha256, proof.name)
    except Refused as refusal:
        return render(request, "duban/message.html", {"message": " ".join(told(refusal))}, status=410)
    return FileResponse(
        file, as_attachment=True, filename=proof.name, content_type=proof.type, headers=_SEALED
    )
