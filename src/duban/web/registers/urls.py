"""The addresses of packs, registers, records and indicators."""

from django.urls import path

from duban.web.registers import acting, bind, changes, indicator, listing, pages, record, saved, transfer

urlpatterns = [
    path("packs", pages.all_packs),
    path("packs.json", pages.all_packs, {"as_json": True}),
    path("x/<str:name>.json", pages.one_pack, {"as_json": True}),
    path("x/<str:name>", pages.one_pack),
    path("x/<str:name>/do", acting.do),
    path("x/<str:name>/files/<str:file>.json", pages.export),
    *(path(f"r/<str:name>.{suffix}", transfer.download, {"suffix": suffix}) for suffix in ("xlsx", "csv")),
    path("r/<str:name>.json", listing.listing, {"as_json": True}),
    path("r/<str:name>", listing.listing),
    path("r/<str:name>/new", changes.make),
    path("r/<str:name>/import", transfer.load),
    path("r/<str:name>/faults.csv", transfer.faults),
    path("r/<str:name>/refused.csv", transfer.refused_rows),
    path("r/<str:name>/template.xlsx", transfer.template),
    path("n/<str:name>.json", indicator.indicator, {"as_json": True}),
    path("n/<str:name>", indicator.indicator),
    path("n/<str:name>/bind", bind.bind),
    path("saved/<str:name>", saved.save),
    path("r/<str:name>/<str:id>.json", record.record, {"as_json": True}),
    path("r/<str:name>/<str:id>", record.record),
    path("r/<str:name>/<str:id>/do", changes.do),
    path("r/<str:name>/<str:id>/evidence/<str:sha256>", record.evidence),
]
