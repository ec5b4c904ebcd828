"""The one style sheet: every room's own sheet, in order of their names."""

from functools import cache
from importlib.resources import files


@cache
def sheet() -> bytes:
    """The sheets of all rooms as one, in UTF-8."""
    sheets = (f for f in (files("duban.web") / "static/duban").iterdir() if f.name.endswith(".css"))
    return b"".join(one.read_bytes() for one in sorted(sheets, key=lambda one: one.name))
