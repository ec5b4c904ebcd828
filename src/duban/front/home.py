"""The front's own few pages: which governments there are, and what went wrong."""

from collections.abc import Sequence
from html import escape

from aiohttp import web

from duban.core.problem import Problem
from duban.front.roster import Government
from duban.web.style import sheet
from duban.words import say

_CSP = "default-src 'none'; style-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
_WORDS = {
    "zh": ("督办", "各级政府账本", "年", "这里的账本不公开名录。请用本单位的网址打开。"),
    "en": ("duban", "Governments", "", "The list is not public here: open your government by its own address."),
}  # fmt: skip


def home(request: web.Request, every: Sequence[Government]) -> web.Response:
    """The list of governments; none are named where the pages are not public."""
    lang = _language(request)
    _title, heading, year, closed = _WORDS[lang]
    rows = "".join(
        f'<li><a href="//{one.code}.{escape(request.host)}/"><span lang="zh-Hans">{escape(one.name)}</span> {one.year}{year}</a></li>'
        for one in every
    )
    body = (
        f'<h1>{heading} <span class="n">{len(every)}</span></h1><ul class="plainlist">{rows}</ul>'
        if every
        else f"<p>{closed}</p>"
    )
    return _page(lang, body, 200)


def message(request: web.Request, problem: Problem, status: int) -> web.Response:
    """One sentence that says what is wrong."""
    lang = _language(request)
    return _page(lang, f'<p role="alert">{escape(say(problem, lang))}</p>', status)


def style() -> web.Response:
    """The style sheet of all pages."""
    return web.Response(
        body=sheet(), content_type="text/css", charset="utf-8", headers={"Cache-Control": "max-age=3600"}
    )


def _language(request: web.Request) -> str:
    told = request.cookies.get("django_language", "") or request.headers.get("Accept-Language", "")
    return "en" if told.lower().startswith("en") else "zh"


def _page(lang: str, body: str, status: int) -> web.Response:
    title = _WORDS[lang][0]
    text = (
        f'<!doctype html><html lang="{"en" if lang == "en" else "zh-Hans"}"><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f'<title>{title}</title><link rel="stylesheet" href="/style.css">'
        f'<main><div class="narrow wide">{body}</div></main></html>'
    )
    return web.Response(
        text=text, status=status, content_type="text/html", headers={"Content-Security-Policy": _CSP}
    )
