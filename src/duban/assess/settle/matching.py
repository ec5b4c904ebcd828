"""How many of the pairs that do not link alone a person is shown."""

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files


@dataclass(frozen=True, slots=True)
class Matching:
    """`shown_from` is the least likeness (0 to 100) of a pair that is shown, `shown` how many for one promise;
    `successor_from` the least likeness of a next year's number that is offered in a promise's place.
    """

    shown_from: float
    shown: int
    successor_from: float


@cache
def shipped() -> Matching:
    """The numbers that come with duban, each with its reason in the file."""
    return Matching(**tomllib.loads(files(__package__).joinpath("matching.toml").read_text("utf-8")))
