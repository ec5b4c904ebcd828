"""The notice (督查通报): what is red, who has not reported, which matters are at this level, what is asked for."""

from duban.assess.ranking import pressure
from duban.papers.body import Body
from duban.papers.bulletin import light_counts, method
from duban.papers.model import Paper
from duban.papers.sheet import level_of, unit_of
from duban.papers.sight import Sight


def notice(now: Sight, mark: str) -> Paper:
    """The notice of a day."""
    body, counts = Body(now), now.counts()
    lights = list(now.lights.values())
    body.text("notice_lead", day=now.date(now.day), n=len(lights), lights=light_counts(now, lights),
              behind=counts["behind"], done=counts["done"])  # fmt: skip
    _pressing(body)
    _silent_units(body)
    _matters(body)
    body.head("asked")
    body.text("asked_reply")
    method(body, None)
    title = now.say("notice_title", government=now.book.government, year=now.book.year)
    return body.paper("notice", title, mark=mark, to=now.say("bulletin_to"))


def _pressing(body: Body) -> None:
    now = body.sight
    red = sorted((light for light in now.lights.values() if light.colour == "red"), key=pressure)
    body.head("red", n=len(red))
    body.table(
        [("item", 10), ("unit", 6), ("stands", 12), ("rule", 8)],
        [(light.account.state.item.head, light.account.state.item.lead or "—", now.reason(light), now.rule(light))
         for light in red],
    )  # fmt: skip


def _silent_units(body: Body) -> None:
    now, found = body.sight, dict[str, list[str]]()
    for light in now.lights.values():
        if light.status.status == "no_fresh_data":
            found.setdefault(light.account.state.item.lead or "—", []).append(light.account.state.item.head)
    body.head("silent_units", n=len(found))
    glue = "；" if now.locale == "zh" else "; "
    body.table([("unit", 7), ("items", -3), ("which", 18)],
               [(unit, str(len(heads)), glue.join(heads)) for unit, heads in found.items()])  # fmt: skip


def _matters(body: Body) -> None:
    now = body.sight
    open_ = [m for m in now.book.matters.values() if m.open and m.level in ("notice", "talk")]
    body.head("open_matters", n=len(open_))
    rows = []
    for matter in open_:
        late = bool(matter.deadline) and matter.deadline < now.day.isoformat() and not matter.answered
        state = "answered" if matter.answered else "overdue" if late else "waiting"
        rows.append((matter.number, matter.opened.body.title, unit_of(now, matter.opened.body.unit),
                     level_of(now, matter.level), matter.deadline or "—",
                     now.say(f"matter_{state}")))  # fmt: skip
    columns = [("number", 4), ("matter", 9), ("unit", 6), ("level", -3), ("deadline", -5), ("state", -5)]
    body.table(columns, rows)
