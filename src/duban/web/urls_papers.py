"""The addresses of documents and notices."""

from django.urls import path

from duban.web.views import notices, papers

_SUFFIXES = ("", ".json", ".docx", ".pdf")

PAPERS = [
    path("papers", papers.papers),
    path("papers.json", papers.papers, {"as_json": True}),
    path("papers/issue", papers.issue),
    *(path(f"papers/draft{suffix}", papers.draft, {"suffix": suffix}) for suffix in _SUFFIXES),
    *(path(f"papers/<int:n>{suffix}", papers.issued, {"suffix": suffix}) for suffix in _SUFFIXES),
    path("notices", notices.notices),
    path("notices.json", notices.notices, {"as_json": True}),
    path("notices/seen", notices.seen),
    path("notices/letters", notices.letters),
    path("notices/leave", notices.leave),
]
