"""How workbooks write a character that XML cannot hold: `_x000D_` is a carriage return (ECMA-376, ST_Xstring).

Text that only looks so must be escaped, or Excel shows another text than was meant.
"""

import re

_LOOKS_SO = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")
_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")


def escaped(text: str) -> str:
    """`text` as a workbook writes it."""
    return _LOOKS_SO.sub("_x005F_", text)


def unescaped(text: str) -> str:
    """What a workbook's text means."""
    return _ESCAPED.sub(lambda found: chr(int(found[1], 16)), text)
