"""The addresses of the year's settlement."""

from django.urls import path

from duban.web.views import settlement

SETTLEMENT = [
    path("settlement", settlement.settlement),
    path("settlement.json", settlement.settlement, {"as_json": True}),
    path("settlement/pair", settlement.pair),
    path("settlement/<str:id>/overrule", settlement.overruled),
]
