"""The addresses of supervision, clearing and meetings."""

from django.urls import path

from duban.web.views import clearing, matters, meetings

PATHS = [
    path("matters", matters.all_matters),
    path("matters.json", matters.all_matters, {"as_json": True}),
    path("matters/open", matters.open_one),
    path("matters/rules", matters.follow_rules),
    path("matters/<int:number>.json", matters.matter, {"as_json": True}),
    path("matters/<int:number>", matters.matter),
    path("matters/<int:number>/do", matters.do),
    path("clearing", clearing.clearings),
    path("clearing.json", clearing.clearings, {"as_json": True}),
    path("clearing/draw", clearing.make_draw),
    path("clearing/draws/<int:number>.json", clearing.one_draw, {"as_json": True}),
    path("clearing/draws/<int:number>", clearing.one_draw),
    path("i/<str:id>/<int:n>/clear", clearing.do),
    path("i/<str:id>/<int:n>/object", clearing.object_to),
    path("meetings", meetings.all_meetings),
    path("meetings.json", meetings.all_meetings, {"as_json": True}),
    path("meetings/hold", meetings.hold),
    path("meetings/follow", meetings.follow),
    path("meetings/<int:number>.json", meetings.meeting, {"as_json": True}),
    path("meetings/<int:number>", meetings.meeting),
    path("meetings/<int:number>/do", meetings.do),
    path("wall/priority", meetings.set_priority),
]
