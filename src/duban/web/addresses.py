"""The addresses of what is asked of units and of how they are judged: doubts and the calendar."""

from django.urls import path

from duban.web.views import calendar, doubts

_PAGES = {"doubts": doubts.doubts_page, "calendar": calendar.calendar}

urlpatterns = [
    *(path(name, view) for name, view in _PAGES.items()),
    *(path(f"{name}.json", view, {"as_json": True}) for name, view in _PAGES.items()),
    path("doubts/judge", doubts.judge),
]
