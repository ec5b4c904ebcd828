"""The leader's one-page brief (领导专报): five things, lights by action, what moved, which decisions are open."""

from duban.assess import Light
from duban.assess.ranking import WORST, on_top, tally
from duban.ledger.year.meetings import DecisionFollowed
from duban.ledger.year.people import leader_of
from duban.papers.body import Body
from duban.papers.bulletin import light_counts, profile_word
from duban.papers.model import Paper
from duban.papers.sheet import unit_of
from duban.papers.sight import Change, Sight

DECISIONS = 5  # more do not fit on the page; how many there are is always told
NAMED = 5  # items that got worse are named up to here
WIDEST = 46  # Chinese characters of a cell, so that one page holds


def brief(now: Sight, before: Sight, mark: str, leader: str = "") -> Paper:
    """The brief, of the items of `leader` (an account, or a name of the table) or of all."""
    now, before = _of(now, leader), _of(before, leader)
    body = Body(now)
    lights = list(now.lights.values())
    body.text("brief_lead", day=now.date(now.day), n=len(lights), lights=light_counts(now, lights))
    body.head("brief_top", rule=now.say("by_hand" if now.book.priority else "by_rule"))
    body.table(
        [("item", 11), ("unit", 6), ("light", -3), ("stands", 13)],
        [(short(i.head), i.lead or "—", now.word(f"colour.{light.colour}"), short(now.reason(light)))
         for light in on_top(now.book, now.lights) for i in [light.account.state.item]],
    )  # fmt: skip
    _actions(body)
    _movement(body, before)
    _decisions(body)
    body.text("brief_method", small=True, profile=profile_word(now), seq=now.book.seq, unsplit=now.unsplit())
    person = now.book.people.get(leader)
    who = now.say("brief_for", leader=person.placed.name if person else leader) if leader else ""
    name = now.say("brief_title", government=now.book.government, year=now.book.year)
    return body.paper(
        "brief", name, mark=mark, about=leader, since=before.day.isoformat(), to=who, dense=True
    )


def _of(sight: Sight, leader: str) -> Sight:
    """The sight with the items of one leader only; all where none is named."""
    if not leader:
        return sight
    mine = {
        key: light
        for key, light in sight.lights.items()
        for item in [light.account.state.item]
        if leader in (item.leader, leader_of(sight.book, item))
    }
    return Sight(
        sight.book, sight.day, sight.locale, sight.profile, mine, {k: sight.classes[k] for k in mine}
    )


def _actions(body: Body) -> None:
    now, found = body.sight, dict[str, list[Light]]()
    for light in now.lights.values():
        found.setdefault(now.action(light), []).append(light)
    shown = [c for c in WORST if any(light.colour == c for light in now.lights.values())]
    body.head("brief_actions")
    body.grid(
        [("action", 14), ("items", -3), *((f"colour.{c}", -3) for c in shown)],
        [(short(name), str(len(some)), *(str(tally(some).get(c, 0)) for c in shown))
         for name, some in found.items()],
    )  # fmt: skip


def _movement(body: Body, before: Sight) -> None:
    now = body.sight
    change = Change.between(before, now)
    better, worse = list[str](), list[str]()
    for key in change.same:
        old, new = before.lights[key].colour, now.lights[key].colour
        if "grey" in (old, new) or old == new:
            continue
        (better if WORST.index(new) > WORST.index(old) else worse).append(
            now.lights[key].account.state.item.head
        )
    body.head("brief_movement", since=now.date(before.day))
    body.text("brief_moved", m=len(change.same), better=len(better), worse=len(worse), new=len(change.new),
              left=len(change.left), names=_names(now, worse))  # fmt: skip


def _names(now: Sight, heads: list[str]) -> str:
    """The first few by name, and how many there are."""
    told = ("、" if now.locale == "zh" else ", ").join(heads[:NAMED])
    return now.say("and_more", names=told, n=len(heads)) if len(heads) > NAMED else told or now.say("none")


def _decisions(body: Body) -> None:
    now = body.sight
    open_ = [c for c in now.book.decisions.values()
             if not any(isinstance(s.body, DecisionFollowed) and s.body.done for s in c.steps)]  # fmt: skip
    late = [c for c in open_ if c.opened.body.due and c.opened.body.due < now.day.isoformat()]
    open_.sort(key=lambda c: (c.opened.body.due or "9", c.opened.seq))
    body.head("brief_decisions", n=len(open_), late=len(late))
    body.table(
        [("decision", 15), ("unit", 7), ("due", -6)],
        [(short(c.opened.body.words), unit_of(now, c.opened.body.unit) or "—", c.opened.body.due or "—")
         for c in open_[:DECISIONS]],
    )  # fmt: skip


def short(text: str) -> str:
    """At most `WIDEST` Chinese characters' width, so that the brief stays one page; a cut ends in an ellipsis."""
    used = 0.0
    for at, char in enumerate(text):
        used += 0.5 if char.isascii() else 1
        if used > WIDEST:
            return text[: at - 1] + "…"
    return text
