"""What is wrong with data that came from outside, as a value.

Bad input never raises deep inside: it becomes a `Problem` that says what, where and with which figures;
`duban.words` turns it into a sentence. `Refused` is raised at an edge when the whole job cannot go on.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

SIDES = "¦"  # between the Chinese and the English of words that a pack brings with it


def both(zh: str, en: str) -> str:
    """Words in both languages as one value of a problem's data; `duban.words` picks the reader's."""
    return f"{zh}{SIDES}{en}"


@dataclass(frozen=True, slots=True)
class Problem:
    """One fault: `code` is `<area>.<fault>`, `place` names the file, sheet cell, line or account."""

    code: str
    place: str = ""
    data: Mapping[str, str | int] = field(default_factory=dict)
    level: str = "error"


class Refused(Exception):
    """The job was refused and nothing was changed; `problems` says why, the first one first."""

    def __init__(self, *problems: Problem) -> None:
        super().__init__("; ".join(f"{p.place}: {p.code}" for p in problems))
        self.problems = problems

    def __reduce__(self) -> tuple[type["Refused"], tuple[Problem, ...]]:
        """Whole when it comes out of another process."""
        return Refused, self.problems
