"""Findings of the text, each with its place and reason."""

import re

from django.http import HttpRequest, HttpResponse
from django.utils.translation import get_language

from duban.web.shelf import book_for
from duban.web.views.common import page
from duban.words import sentence


def findings(request: HttpRequest, as_json: bool = False) -> HttpResponse:
    """The page `/findings`."""
    book = book_for(request)
    locale = "en" if (get_language() or "").startswith("en") else "zh"
    text = book.document.text if book.document else ""
    listed = [
        {
            "code": f.code, "level": f.level, "words": sentence(f.code, dict(f.data), locale),
            "line": text.count("\n", 0, f.start) + 1,
            "place": re.sub(r"\s+", "", text[max(0, f.start - 20) : f.end + 20]),
        }
        for f in sorted(book.findings.values(), key=lambda f: (f.level == "info", f.start))
    ]  # fmt: skip
    return page(request, "findings", book, {"findings": listed}, {"findings": listed}, as_json)
