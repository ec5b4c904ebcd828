"""How forecasts and lights did on years that were over."""

from collections.abc import Mapping

import msgspec


class Score(msgspec.Struct, frozen=True, gc=False):
    """A family's record. `covered` is the percentage of ends inside the 80 % interval, of `ranged` that had one.

    `error` is the mean distance from the end: percent of it, or points for rates. `against_pace` and `against_last` are
    that error as a part of the error of n/12 and of last year's profile, on the same days. `lights` by colour: how many, and how
    many of them kept their target in the end; likely is a chance of 80 % or more, unlikely of 20 % or less.
    """

    series: int = 0
    n: int = 0
    ranged: int = 0
    covered: float | None = None
    error: float | None = None
    against_pace: float | None = None
    against_last: float | None = None
    lights: Mapping[str, tuple[int, int]] = {}
    likely: int = 0
    likely_held: int = 0
    unlikely: int = 0
    unlikely_failed: int = 0
