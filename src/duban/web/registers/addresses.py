"""Where records stand on this site."""

from urllib.parse import quote


def record_address(register: str, id: str) -> str:
    """The address of a record's page."""
    return f"/r/{register}/{quote(id, safe='')}"
