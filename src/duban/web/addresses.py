"""The addresses of what is asked of units and of how they are judged."""

from django.urls import path

from duban.web.views import burden, calendar, cascade, demands, doubts, plan, profiles, rules, ties

_PAGES = {
    "doubts": doubts.doubts_page, "calendar": calendar.calendar, "burden": burden.burden,
    "cascade": cascade.cascade, "ties": ties.ties, "demands/new": demands.new,
    "rules": rules.rules, "profiles/<str:name>": profiles.profile, "i/<str:id>/<int:n>/plan": plan.plan,
}  # fmt: skip

urlpatterns = [
    *(path(f"{name}.json", view, {"as_json": True}) for name, view in _PAGES.items()),
    *(path(name, view) for name, view in _PAGES.items()),
    path("doubts/judge", doubts.judge),
    path("ties/do", ties.act),
]
