"""What the city has on of the packs, and its own thresholds, hold for commands as they hold for pages."""

import os
from pathlib import Path


def settle(location: str) -> None:
    """Let the city's file beside the book at `location` hold in this process; raises `Refused` for a wrong one."""
    from duban.packs import settle_city

    settle_city(folder_of(location))


def folder_of(location: str) -> Path:
    """The folder of a book; of one on PostgreSQL the one that `DUBAN_FOLDER` names."""
    return Path(os.environ.get("DUBAN_FOLDER", ".")) if "://" in location else Path(location)
