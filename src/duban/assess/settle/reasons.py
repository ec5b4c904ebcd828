"""The line of reason of a verdict: its rule's sentence, and one more where sources differ."""

from collections.abc import Iterator, Mapping

from duban.assess.settle.figures import Verdict


def reasons(reason: str, data: Mapping[str, str]) -> Iterator[tuple[str, Mapping[str, str]]]:
    """(code of a sentence, what fills it), in order."""
    yield reason, data
    if data.get("others"):
        yield ("settle.others_ruled" if data.get("order") else "settle.others_given"), data


def reasons_of(verdict: Verdict) -> Iterator[tuple[str, Mapping[str, str]]]:
    """The same of a verdict."""
    return reasons(verdict.reason, verdict.data)
