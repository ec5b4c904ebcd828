"""Whether a row's own words name the promise that it answers: by an id, or as the words stand in the report."""

from collections.abc import Iterable, Sequence

from duban.assess.settle.figures import Aim, Outcome

SHORTEST = 4  # characters: shorter words stand in too many promises to name one


def stated(target: str, aim: Aim) -> bool:
    """Whether `target` names this promise; several numbers of one commitment are told apart by who asks."""
    return target in (aim.id, aim.commitment) or (len(target) >= SHORTEST and target in aim.text)


def unplaced(aims: Sequence[Aim], outcomes: Iterable[Outcome]) -> list[Outcome]:
    """The results whose row names a promise that is not in the text: a slip, to be told to whoever wrote it."""
    named = [o for o in outcomes if o.target]
    return [o for o in named if not any(stated(o.target, aim) for aim in aims)]
