"""Whether a row's own words name the promise that it answers: by an id, or as the words stand in the report."""

from duban.assess.settle.figures import Aim

SHORTEST = 4  # characters: shorter words stand in too many promises to name one


def stated(target: str, aim: Aim) -> bool:
    """Whether `target` names this promise; several numbers of one commitment are told apart by who asks."""
    return target in (aim.id, aim.commitment) or (len(target) >= SHORTEST and target in aim.text)
