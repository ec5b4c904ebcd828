"""The one way to write a value down, so that two machines hash the same bytes.

Canonical form is JSON with keys in code point order, no blanks, text in UTF-8 without needless escapes, and
no floating point numbers: a quantity is a string of digits ("4.30" stays "4.30"), so that no language's
printing of floats can break a seal.
"""

import json
from typing import Any


class NotCanonicalError(ValueError):
    """The value has no canonical form: a float, a key that is no text, or half a character."""


def canonical(value: Any) -> str:
    """`value` (dict, list, tuple, str, int, bool, None) as canonical JSON; raises `NotCanonicalError`."""
    _check(value)
    written = json.dumps(value, ensure_ascii=False, separators=(",", ":"), sort_keys=True)
    try:
        written.encode()
    except UnicodeEncodeError as fault:
        raise NotCanonicalError("half a surrogate pair") from fault
    return written


def _check(value: Any) -> None:
    if isinstance(value, dict):
        for key, inner in value.items():
            if not isinstance(key, str):
                raise NotCanonicalError(f"key {key!r} is no text")
            _check(inner)
    elif isinstance(value, list | tuple):
        for inner in value:
            _check(inner)
    elif not (value is None or isinstance(value, str | int)):
        raise NotCanonicalError(f"{type(value).__name__} has no canonical form")
