"""From no book to a book: what a forked process must set anew before its first request."""

from pathlib import Path

from django.conf import settings
from django.db import connections

from duban.packs import settle_city
from duban.web.settings import secret_of


def rebook(folder: Path, hosts: list[str]) -> None:
    """Serve this folder's book from now on, for these hosts. Only before anything was served: nothing else is reset."""
    connections.close_all()
    settings.BOOK, settings.FOLDER, settings.ALLOWED_HOSTS = str(folder), folder, hosts
    settings.SECRET_KEY = secret_of(folder)
    connections.settings["default"]["NAME"] = folder / "web.sqlite3"
    settle_city(folder)
