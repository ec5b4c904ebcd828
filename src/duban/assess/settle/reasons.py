"""The line of reason of a verdict: its rule's sentence, and one more where sources differ."""

from collections.abc import Iterator, Mapping

from duban.assess.settle.figures import Verdict
from duban.core.problem import both

_POINTS = "个百分点"


def reasons(reason: str, data: Mapping[str, str]) -> Iterator[tuple[str, Mapping[str, str]]]:
    """(code of a sentence, what fills it), in order; units that have a name in both languages come in both."""
    told = {name: _in_both(value) for name, value in data.items()}
    yield reason, told
    if data.get("others"):
        yield ("settle.others_ruled" if data.get("order") else "settle.others_given"), told


def reasons_of(verdict: Verdict) -> Iterator[tuple[str, Mapping[str, str]]]:
    """The same of a verdict."""
    return reasons(verdict.reason, verdict.data)


def _in_both(value: str) -> str:
    if not value.endswith(_POINTS):
        return value
    return both(value, value.replace(_POINTS, " percentage points"))
