"""The monthly and the quarterly bulletin: five classes with shares, and what became of the same items.

Never totals alone: a total also moves when items come and go (docs/sources.md, UK 2014), so the change is counted on the
items of both days, and new and left items stand apart.
"""

from collections.abc import Callable, Iterable
from typing import Any

from duban.assess import Light
from duban.assess.ranking import pressure, tally
from duban.papers.body import Body
from duban.papers.model import Paper
from duban.papers.sight import CLASSES, OTHERS, Change, Sight, share, signed

_CLASS_COLUMNS = [(f"paper.class_{name}", -4) for name in CLASSES]


def bulletin(now: Sight, before: Sight, kind: str, mark: str) -> Paper:
    """The bulletin of the period that `now.day` lies in, compared with `before`."""
    body, change = Body(now), Change.between(before, now)
    _overview(body, before, change)
    _movement(body, before, change)
    _groups(body, "by_action", "action", now.action)
    _groups(body, "by_unit", "unit", lambda light: light.account.state.item.lead or now.say("no_lead"))
    _behind(body)
    _silent(body)
    method(body, before)
    title = now.say(
        "bulletin_title", government=now.book.government, year=now.book.year, span=_span(now, kind)
    )
    return body.paper(kind, title, mark=mark, since=before.day.isoformat(), to=now.say("bulletin_to"))


def _span(now: Sight, kind: str) -> str:
    """The name of the period: 2024年9月, 2024年第三季度."""
    day = now.day
    quarter = (day.month - 1) // 3 + 1
    numeral = "一二三四"[quarter - 1] if now.locale == "zh" else quarter
    return now.say(f"span_{kind}", year=day.year, month=day.month, quarter=numeral)


def _overview(body: Body, before: Sight, change: Change) -> None:
    now = body.sight
    counts, n = now.counts(), len(now.classes)
    was, still = before.counts(change.same), now.counts(change.same)
    body.head("overview")
    parts: dict[str, Any] = {name: counts[name] for name in CLASSES} | {
        f"{name}_share": share(counts[name], n) for name in CLASSES
    }
    body.text("lead", day=now.date(now.day), n=n, **parts)
    rows = [
        (now.say(f"class_{name}"), str(counts[name]), share(counts[name], n), str(was[name]), str(still[name]),
         signed(still[name] - was[name]))
        for name in CLASSES
    ]  # fmt: skip
    m = str(len(change.same))
    rows.append((now.say("total"), str(n), share(n, n), m, m, "—"))
    columns = [
        ("class", 5),
        ("items", -4),
        ("share", -4),
        ("same_before", -5),
        ("same_now", -5),
        ("change", -4),
    ]
    body.grid(columns, rows)
    others = {name: sum(light.status.status == name for light in now.lights.values()) for name in OTHERS}
    body.text("others", small=True, **others)
    body.text("lights", small=True, lights=light_counts(now, now.lights.values()))


def _movement(body: Body, before: Sight, change: Change) -> None:
    now = body.sight
    body.head("movement", since=now.date(before.day))
    body.text("same", m=len(change.same), new=len(change.new), left=len(change.left))
    if change.same:
        rows = [
            (now.say(f"class_{old}"), *(str(change.count(old, new)) for new in CLASSES), _sum(change, old))
            for old in CLASSES
        ]
        body.grid([("from_to", 6), *_CLASS_COLUMNS, ("total", -4)], rows)
    moved = sorted(
        (now.lights[key] for (old, new), keys in change.moves.items() if old != new and "behind" in (old, new)
         for key in keys),
        key=pressure,
    )  # fmt: skip
    body.text("moved_behind")
    body.table(
        [("item", 12), ("unit", 7), ("class_before", -4), ("class_now", -4)],
        [(*_named(light), now.say(f"class_{before.classes[light.key]}"), now.say(f"class_{now.classes[light.key]}"))
         for light in moved],
    )  # fmt: skip
    body.text("new_items")
    body.table([("item", 14), ("unit", 8), ("class", -4)],
               [(*_named(now.lights[key]), now.say(f"class_{now.classes[key]}")) for key in change.new])  # fmt: skip
    body.text("left_items")
    body.table([("item", 14), ("unit", 8), ("class_before", -4)],
               [(*_named(before.lights[key]), now.say(f"class_{before.classes[key]}")) for key in change.left])  # fmt: skip


def _sum(change: Change, old: str) -> str:
    return str(sum(change.count(old, new) for new in CLASSES))


def _groups(body: Body, head: str, column: str, name: Callable[[Light], str]) -> None:
    """Classes by group, in the order in which groups first appear in the report: no league table."""
    now, found = body.sight, dict[str, list[str]]()
    for key, light in now.lights.items():
        found.setdefault(name(light), []).append(key)
    body.head(head)
    rows = []
    for group, keys in found.items():
        counts = now.counts(keys)
        rows.append((group, str(len(keys)), *(str(counts[c]) for c in CLASSES)))
    body.grid([(column, 12), ("items", -4), *_CLASS_COLUMNS], rows)


def _behind(body: Body) -> None:
    now = body.sight
    found = sorted((light for key, light in now.lights.items() if now.classes[key] == "behind"), key=pressure)
    body.head("behind", n=len(found))
    body.table(
        [("item", 10), ("unit", 6), ("plan", -5), ("stands", 12), ("why", 8)],
        [(*_named(light), now.plan(light), now.reason(light), now.excuse(light)) for light in found],
    )


def _silent(body: Body) -> None:
    """Items whose newest figure or note has not come: neither behind nor on pace."""
    now = body.sight
    found = [light for light in now.lights.values() if light.status.status == "no_fresh_data"]
    body.head("silent", n=len(found))
    body.table([("item", 10), ("unit", 7), ("stands", 15)],
               [(*_named(light), now.reason(light)) for light in found])  # fmt: skip


def method(body: Body, before: Sight | None) -> None:
    """As of when, of how many, what is left out, by which rules, and how it was rounded."""
    now = body.sight
    body.head("method")
    removed = sum(item.removed for item in now.book.items.values())
    body.text("as_of", day=now.date(now.day), seq=now.book.seq, n=len(now.lights))
    body.text("excluded", removed=removed, unsplit=now.unsplit())
    body.text("profile", profile=profile_word(now))
    if before is not None:
        body.text("compared", since=now.date(before.day))


def profile_word(sight: Sight) -> str:
    """The profile's title and name; of a city's own also on what it rests."""
    profile = sight.profile
    title = profile.title.get(sight.locale) or profile.name
    own = sight.book.profiles.get(profile.name) and profile.source
    return sight.say(
        "own_profile" if own else "shipped_profile", title=title, name=profile.name, source=profile.source
    )


def light_counts(sight: Sight, lights: Iterable[Light]) -> str:
    """红灯3项、绿灯12项."""
    glue = "、" if sight.locale == "zh" else ", "
    return glue.join(
        sight.say("light_count", light=sight.word(f"colour.{c}"), n=n) for c, n in tally(lights).items()
    ) or sight.say("none")


def _named(light: Light) -> tuple[str, str]:
    item = light.account.state.item
    return item.head, item.lead or "—"
