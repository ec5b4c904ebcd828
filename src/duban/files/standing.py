"""Where an item stands, as cells of the table: its target beside the one it began with, its figure and light.

Targets are the ledger's, whatever the day. Figure, status and light are of one day, by the city's published rules;
the sentences come from whoever asks, since nothing here knows a language's catalogue.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date

from duban.assess import Known, Light, profile_of
from duban.assess.lights import lights
from duban.core.period import chinese, period
from duban.files.columns import GOALS, SIGNS, STATES
from duban.ledger import Book
from duban.ledger.bodies import ClaimRead
from duban.ledger.year.tasks import Target, Task

Say = Callable[[str, Mapping[str, object]], str]


@dataclass(frozen=True, slots=True)
class Day:
    """The day for which status and lights are told, and what gives a code its sentence."""

    day: date
    say: Say


def figure(of: ClaimRead | Target) -> str:
    """A bound, a value and its unit: ≥3.8万人."""
    high = f"–{of.high:f}" if of.high is not None else ""
    value = "" if of.value is None else f"{of.value:f}"
    return f"{SIGNS.get(of.comparator or '', '')}{value}{high}{of.unit or ''}"


def goal_cells(task: Task | None) -> dict[str, str]:
    """The target that counts, the one that the item began with, and each adjustment with its authority."""
    if task is None or task.original is None or task.target is None:
        return dict.fromkeys(GOALS, "")
    steps = [
        f"{made.on} {made.body.authority}：{made.body.reason}（{figure(made.body.target)}）"
        for made in task.adjustments
    ]
    return {"goal": figure(task.target), "first": figure(task.original), "adjusted": "\n".join(steps)}


def states_of(book: Book, on: Day | None) -> dict[str, dict[str, str]]:
    """The state cells of every item on the table, by its key; none without a day."""
    if on is None or not book.items:
        return {}
    return {key: _state(light, on.say) for key, light in lights(book, on.day, profile_of(book)).items()}


def no_state() -> dict[str, str]:
    """The state cells of a row that has no item, or of a table for no day."""
    return dict.fromkeys(STATES, "")


def _state(light: Light, say: Say) -> dict[str, str]:
    data = dict(light.status.data)
    if data.get("period"):
        data["period"] = chinese(period(data["period"]))
    return {
        "latest": _latest(light.account.latest, light.account.target.unit),
        "status": say(f"state.{light.status.status}", {}),
        "light": say(f"colour.{light.colour}", {}),
        "why": say(light.status.code, data),
    }


def _latest(known: Known | None, unit: str) -> str:
    if known is None:
        return ""
    source = f"，{known.source}" if known.source else ""
    return f"{known.value:f}{unit}（{chinese(known.period)}{source}）"
