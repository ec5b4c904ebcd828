"""The supervision sheet (督办单): one matter, one sheet."""

from duban.core.problem import Problem, Refused
from duban.ledger.entries import Body as Entered
from duban.ledger.year.dated import Dated
from duban.ledger.year.matters import Matter, MatterConcluded
from duban.ledger.year.units import unit_named
from duban.papers.body import Body
from duban.papers.model import Paper
from duban.papers.sight import Sight
from duban.words import catalogue


def sheet(now: Sight, number: str, mark: str) -> Paper:
    """The sheet of a matter; raises `Refused` (papers.no_matter) when the book has none of this number."""
    matter = now.book.matters.get(number)
    if matter is None:
        raise Refused(Problem("papers.no_matter", number, {"known": len(now.book.matters)}))
    body, opened = Body(now), matter.opened.body
    body.pairs(
        [
            ("matter", opened.title), ("number", number), ("level", level_of(now, matter.level)),
            ("unit", unit_of(now, opened.unit)), ("opened", now.date(matter.opened.on)),
            ("origin", _origin(now, opened.origin)), ("deadline", now.date(matter.deadline)),
        ]
    )  # fmt: skip
    body.head("sheet_reason")
    body.plain(opened.reason)
    _items(body, matter)
    body.head("sheet_asked")
    if matter.deadline:
        body.text("sheet_reply_by", deadline=now.date(matter.deadline), unit=unit_of(now, opened.unit))
    else:
        body.text("sheet_reply", unit=unit_of(now, opened.unit))
    _course(body, matter)
    _conclusion(body, matter)
    title = now.say("sheet_title", matter=opened.title)
    return body.paper("sheet", title, mark=mark, about=number, to=unit_of(now, opened.unit))


def _origin(now: Sight, origin: str) -> str:
    """Whence the matter came; words that are no code of ours stay as they are."""
    return catalogue(now.locale).get(f"paper.origin_{origin}", origin)


def _items(body: Body, matter: Matter) -> None:
    now = body.sight
    found = [now.lights[key] for key in matter.opened.body.items if key in now.lights]
    body.head("sheet_items")
    body.table(
        [("item", 9), ("target", 5), ("light", -3), ("stands", 12), ("why", 7)],
        [(light.account.state.item.head, now.target(light), now.word(f"colour.{light.colour}"),
          now.reason(light), now.excuse(light)) for light in found],
    )  # fmt: skip


def _course(body: Body, matter: Matter) -> None:
    now = body.sight
    body.head("sheet_course")
    steps: tuple[Dated[Entered], ...] = (matter.opened, *matter.steps)
    body.table([("date", -5), ("step", -4), ("words", 16)],
               [(step.on, now.word(f"paper.step_{step.kind}"), _words(now, step)) for step in steps])  # fmt: skip


def _words(now: Sight, step: Dated[Entered]) -> str:
    """What a step says: its words or reason, with the level it set and the day it gave."""
    said = str(step.body.get("words") or step.body.get("reason") or "")
    level, deadline = step.body.get("level", ""), step.body.get("deadline", "")
    parts = [
        level_of(now, level) if level else "",
        said,
        now.say("until", day=now.date(deadline)) if deadline else "",
    ]
    return ("；" if now.locale == "zh" else "; ").join(part for part in parts if part) or "—"


def _conclusion(body: Body, matter: Matter) -> None:
    now, found = body.sight, matter.conclusion
    body.head("sheet_conclusion")
    if found is None or not isinstance(found.body, MatterConcluded):
        body.text("sheet_no_conclusion")
        return
    resolved = now.say("resolved" if found.body.resolved else "unresolved")
    body.plain(
        f"{found.body.words}（{resolved}）" if now.locale == "zh" else f"{found.body.words} ({resolved})"
    )
    if found.body.appeal_until:
        body.text("sheet_appeal", day=now.date(found.body.appeal_until))


def level_of(now: Sight, level: str) -> str:
    """提醒, 督办, 通报, 约谈."""
    return now.say(f"level_{level}")


def unit_of(now: Sight, unit: str) -> str:
    """The full name of a unit by code, name or alias; the text itself where the book knows none."""
    known = unit_named(now.book, unit) if unit else None
    return known.name if known else unit
