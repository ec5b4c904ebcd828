"""The addresses. Adding `.json` to a page gives its facts."""

from django.urls import path

from duban.web.api import api
from duban.web.views import commitment, findings, frame, living, numbers, table

handler404 = "duban.web.views.frame.not_found"

_PAGES = {"table": table.table, "findings": findings.findings, "numbers": numbers.numbers}

urlpatterns = [
    path("", living.living),
    path("index.json", living.living, {"as_json": True}),
    *(path(name, view) for name, view in _PAGES.items()),
    *(path(f"{name}.json", view, {"as_json": True}) for name, view in _PAGES.items()),
    path("c/<str:id>.json", commitment.commitment, {"as_json": True}),
    path("c/<str:id>", commitment.commitment),
    path("numbers/<str:id>/decide", numbers.decide),
    path("table.<str:suffix>", table.download),
    path("api/", api.urls),
    path("login", frame.login),
    path("logout", frame.logout),
    path("language", frame.language),
    path("style.css", frame.style),
]
