"""Where Django keeps accounts and sessions: beside the book, in one file; in the book's own PostgreSQL else."""

from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit


def databases(book: str, folder: Path) -> dict[str, dict[str, Any]]:
    """Django's DATABASES for a book's folder or `postgresql://` address (several servers then share sign-ins)."""
    if "://" in book:
        return {"default": _postgresql(book)}
    return {
        "default": {
            "ENGINE": "django.db.backends.sqlite3",
            "NAME": folder / "web.sqlite3",
            # Under the defaults, threads that read and then write find the database locked.
            "OPTIONS": {
                "transaction_mode": "IMMEDIATE",
                "timeout": 20,
                "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL",
            },
        }
    }


def _postgresql(address: str) -> dict[str, Any]:
    parts = urlsplit(address)
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path.lstrip("/")) or unquote(parts.username or ""),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": parts.hostname or "",
        "PORT": str(parts.port or ""),
        "OPTIONS": dict(parse_qsl(parts.query)),
        "CONN_MAX_AGE": 600,
        "CONN_HEALTH_CHECKS": True,
    }
