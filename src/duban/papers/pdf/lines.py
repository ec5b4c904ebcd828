"""Text into lines of a width, by the rules of Chinese typesetting: no line begins with 。or ends with （."""

import re
from collections.abc import Callable, Iterator

Width = Callable[[str], float]
NO_START = frozenset("，。、；：！？）》〉」』】〕”’％%…—～·,.;:!?)]}›»℃°")
NO_END = frozenset("（《〈「『【〔“‘([{‹«￥$")
_TOKEN = re.compile(r"[0-9A-Za-z\u00c0-\u024f\u0370-\u052f\u0600-\u06ff'._/\-+@#&=]+|\s+|.", re.S)


def wrapped(text: str, width: float, measure: Width, first: float = 0) -> list[str]:
    """`text` in lines no wider than `width`, the first narrower by `first`; one empty line for an empty text."""
    lines, line, room = list[str](), list[str](), width - first
    used = 0.0
    for token in _tokens(text, width, measure):
        size = measure(token)
        if used + size <= room + 0.01 or not line:
            if line or not token.isspace():
                line.append(token)
                used += size
            continue
        kept, carried = _broken(line, token)
        if size + sum(map(measure, carried)) > width:
            kept, carried = line, []
        lines.append("".join(kept).rstrip())
        line = [t for t in (*carried, token) if not (t.isspace() and not carried)]
        used, room = sum(map(measure, line)), width
    return [*lines, "".join(line).rstrip()] if line or not lines else lines


def _broken(line: list[str], token: str) -> tuple[list[str], list[str]]:
    """The line, and what of its end goes down to the next one so that both begin and end as they may."""
    cut = len(line)
    while (
        cut > 1
        and len(line) - cut < 3
        and ((line[cut:] or [token])[0][0] in NO_START or line[cut - 1][-1] in NO_END)
    ):
        cut -= 1
    stuck = (line[cut:] or [token])[0][0] in NO_START or line[cut - 1][-1] in NO_END
    return (line, []) if stuck else (line[:cut], line[cut:])


def _tokens(text: str, width: float, measure: Width) -> Iterator[str]:
    """Characters and words; a word wider than a line comes in pieces."""
    for token in _TOKEN.findall(text):
        piece = ""
        for char in token if len(token) > 1 and measure(token) > width else ():
            if piece and measure(piece + char) > width:
                yield piece
                piece = ""
            piece += char
        yield piece or token
