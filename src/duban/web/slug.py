"""Names of things as names of files."""

import re
from hashlib import sha256

_SAFE = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,80}")


def slug(name: str) -> str:
    """`name` as the name of a file; its digest where it has letters that some file systems or addresses do not take."""
    return name if _SAFE.fullmatch(name) else f"x{sha256(name.encode()).hexdigest()[:16]}"
