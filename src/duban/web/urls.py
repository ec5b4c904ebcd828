"""The addresses. Adding `.json` to a page gives its facts."""

from django.urls import include, path

from duban.web.api import api
from duban.web.urls_papers import PAPERS
from duban.web.urls_settlement import SETTLEMENT
from duban.web.urls_supervision import PATHS
from duban.web.views import (
    acts,
    assign,
    commitment,
    compare,
    desk,
    evidence,
    findings,
    frame,
    imports,
    item,
    living,
    me,
    numbers,
    people,
    proofs,
    remarks,
    rights,
    sheet,
    signin,
    split,
    table,
    units,
    wall,
    work,
)

handler404 = "duban.web.views.frame.not_found"
handler400 = "duban.web.views.frame.bad_request"
handler403 = "duban.web.views.frame.forbidden"

_PAGES = {
    "table": table.table, "findings": findings.findings, "numbers": numbers.numbers, "work": work.work,
    "desk": desk.desk, "wall": wall.wall, "rights": rights.rights,
    "me": me.me,
    "people": people.people,
    "assign": assign.assign,
    "units": units.units,
    "compare": compare.compare,
}  # fmt: skip

urlpatterns = [
    *PATHS,
    *PAPERS,
    *SETTLEMENT,
    path("", living.living),
    path("index.json", living.living, {"as_json": True}),
    *(path(name, view) for name, view in _PAGES.items()),
    *(path(f"{name}.json", view, {"as_json": True}) for name, view in _PAGES.items()),
    path("c/<str:id>.atom", remarks.feed),
    path("c/<str:id>/remark", remarks.send),
    path("c/<str:id>.json", commitment.commitment, {"as_json": True}),
    path("c/<str:id>", commitment.commitment),
    path("c/<str:id>/place", commitment.place),
    path("c/<str:id>/split.json", split.split, {"as_json": True}),
    path("c/<str:id>/split", split.split),
    path("c/<str:id>/split/do", split.act),
    path("i/<str:id>/<int:n>.json", item.item, {"as_json": True}),
    path("i/<str:id>/<int:n>", item.item),
    path("i/<str:id>/<int:n>/do", acts.do),
    path("i/<str:id>/<int:n>/draft", acts.draft),
    path("i/<str:id>/<int:n>/evidence/<str:sha256>", evidence.evidence),
    path("proofs/roots.json", proofs.roots),
    path("proofs/<int:seq>.json", proofs.proof),
    path("filing.xlsx", sheet.download),
    path("filing/upload", sheet.upload),
    path("filing/confirm", sheet.confirm),
    path("numbers/<str:id>/decide", numbers.decide),
    path("", include("duban.web.addresses")),
    path("", include("duban.web.registers.urls")),
    path("table.<str:suffix>", table.download),
    path("api/", api.urls),
    path("login", signin.sign_in),
    path("login/code", signin.code),
    path("logout", signin.logout),
    path("oidc", signin.city_start),
    path("oidc/back", signin.city_back),
    *(path(f"{what}/import", imports.load, {"what": what}) for what in imports.KINDS),
    path("units.<str:suffix>", imports.template, {"what": "units"}),
    path("people.<str:suffix>", imports.template, {"what": "people"}),
    path("people/give", imports.give),
    path("people/do", people.do),
    path("people/<str:name>.json", people.person, {"as_json": True}),
    path("people/<str:name>", people.person),
    path("desk/leader", desk.lead_by),
    path("units/do", units.do),
    path("units/<str:code>.json", units.unit, {"as_json": True}),
    path("units/<str:code>", units.unit),
    path("me/password", me.password),
    path("me/second", me.second_factor),
    path("me/end", me.end),
    path("language", frame.language),
    path("style.css", frame.style),
]
