"""Roots of days and proofs of entries, as files to keep."""

from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse

from duban.web import proofs
from duban.web.shelf import keeper
from duban.web.today import today


def _file(made: dict[str, Any], name: str) -> HttpResponse:
    return JsonResponse(
        made,
        json_dumps_params={"ensure_ascii": False, "indent": 1},
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )


def roots(request: HttpRequest) -> HttpResponse:
    """The file `/proofs/roots.json`: the root of every ended day, each with how it extends the one before."""
    return _file(proofs.roots(keeper().book(), today()), "roots.json")


def proof(request: HttpRequest, seq: int) -> HttpResponse:
    """The file `/proofs/<seq>.json`: that the entry stood at the end of its day, with what everybody may see of it."""
    return _file(proofs.proof(seq, today()), f"{seq}.json")
