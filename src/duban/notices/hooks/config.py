"""The file of robots: `hooks.toml` in the book's folder (mode 0600), or the file that DUBAN_HOOKS names."""

import os
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from duban.core.problem import Problem, Refused

KINDS = ("dingtalk", "wecom", "plain")
EVENTS = (
    "matter.opened", "matter.raised", "matter.concluded", "decision.recorded", "paper.issued", "clearing.closed",
    "clearing.reopened",
)  # fmt: skip
_LOCAL = ("127.0.0.1", "localhost", "::1")


@dataclass(frozen=True, slots=True)
class Hook:
    """A robot: its name here, whose it is, where, its secret ("" for none), and the kinds of entries it is told of."""

    name: str
    kind: str
    url: str
    secret: str = ""
    events: tuple[str, ...] = EVENTS


def hooks_at(folder: Path, named: str = "") -> tuple[Hook, ...]:
    """The robots of the file `named`, else of `hooks.toml` in the folder; none where there is no such file.

    Raises `Refused` with every fault, also for a file that others may read: it holds secrets.
    """
    path = Path(named) if named else folder / "hooks.toml"
    if not named and not path.is_file():
        return ()
    try:
        if os.name == "posix" and path.stat().st_mode & 0o077:
            raise Refused(Problem("hooks.too_open", str(path)))
        data = tomllib.loads(path.read_text("utf-8"))
    except (OSError, ValueError) as fault:
        raise Refused(Problem("hooks.unreadable", str(path), {"fault": str(fault)[:200]})) from None
    rows = data.get("hook", [])
    if not isinstance(rows, list) or not all(isinstance(row, Mapping) for row in rows):
        raise Refused(Problem("hooks.unreadable", str(path), {"fault": "[[hook]]"}))
    faults: list[Problem] = []
    found = tuple(_hook(row, f"{path.name} [[hook]] {n}", faults) for n, row in enumerate(rows, 1))
    if len({hook.name for hook in found}) < len(found):
        faults.append(Problem("hooks.unreadable", str(path), {"fault": "name"}))
    if faults:
        raise Refused(*faults)
    return found


def _hook(row: Mapping[str, Any], place: str, faults: list[Problem]) -> Hook:
    kind, url = str(row.get("kind", "")), str(row.get("url", ""))
    name, secret = str(row.get("name", "")), str(row.get("secret", ""))
    for field, value in (("name", name), ("url", url), ("secret", secret or kind != "plain")):
        if not value:
            faults.append(Problem("hooks.field_missing", place, {"field": field}))
    if kind not in KINDS:
        faults.append(Problem("hooks.kind_unknown", place, {"kind": kind[:40], "known": ", ".join(KINDS)}))
    if url and not _safe(url):
        faults.append(Problem("hooks.url_unsafe", place))
    events = row.get("events", EVENTS)
    for event in events if isinstance(events, list) else ():
        if event not in EVENTS:
            faults.append(
                Problem("hooks.event_unknown", place, {"event": str(event)[:40], "known": ", ".join(EVENTS)})
            )
    return Hook(name, kind, url, secret, tuple(map(str, events)))


def _safe(url: str) -> bool:
    """https, or plain http to this machine; only characters that an address may have."""
    try:
        parts = urlsplit(url)
    except ValueError:
        return False
    near = parts.scheme == "http" and parts.hostname in _LOCAL
    return (
        bool(parts.hostname)
        and (parts.scheme == "https" or near)
        and url.isascii()
        and " " not in url
        and url.isprintable()
    )
