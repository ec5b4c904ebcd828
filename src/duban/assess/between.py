"""What happened to the items between two days: lights, figures, targets, items that came, went, or were finished."""

from collections.abc import Mapping
from dataclasses import dataclass

from duban.assess.account import Known
from duban.assess.lights import Light
from duban.ledger.year.tasks import Target


@dataclass(frozen=True, slots=True)
class Change:
    """One item on both days: what it was then, what it is now."""

    then: Light
    now: Light

    @property
    def key(self) -> str:
        """The item's key."""
        return self.now.key

    @property
    def figures(self) -> tuple[Known | None, Known | None]:
        """The latest figure then and now."""
        return self.then.account.latest, self.now.account.latest

    @property
    def targets(self) -> tuple[Target, Target]:
        """The target then and now."""
        return self.then.account.target, self.now.account.target


@dataclass(frozen=True, slots=True)
class Between:
    """The changes by what changed; an item may stand in several lists. `compared` were there on both days."""

    lights: tuple[Change, ...]
    figures: tuple[Change, ...]
    targets: tuple[Change, ...]
    done: tuple[Change, ...]
    cleared: tuple[Change, ...]
    added: tuple[Light, ...]
    removed: tuple[Light, ...]
    compared: int


def between(then: Mapping[str, Light], now: Mapping[str, Light]) -> Between:
    """Compare the lights of two days, in the order of the later day's items."""
    both = [Change(then[key], light) for key, light in now.items() if key in then]
    return Between(
        lights=tuple(c for c in both if c.then.colour != c.now.colour),
        figures=tuple(c for c in both if _told(c.figures[0]) != _told(c.figures[1])),
        targets=tuple(c for c in both if c.targets[0] != c.targets[1]),
        done=tuple(c for c in both if c.now.status.status == "done" != c.then.status.status),
        cleared=tuple(c for c in both if _cleared(c.now) and not _cleared(c.then)),
        added=tuple(light for key, light in now.items() if key not in then),
        removed=tuple(light for key, light in then.items() if key not in now),
        compared=len(both),
    )


def _told(figure: Known | None) -> tuple[object, ...] | None:
    """What a figure says, apart from which entry says it; a zero is a figure, None is none."""
    return None if figure is None else (figure.period.code, figure.value, figure.origin)


def _cleared(light: Light) -> bool:
    return light.status.code == "status.cleared"
