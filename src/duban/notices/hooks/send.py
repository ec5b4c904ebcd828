"""Send one request. What became of it is certain or it is not: only what surely did not arrive may be sent again."""

import http.client
import json
import ssl
from dataclasses import dataclass
from urllib.parse import urlsplit

from duban.notices.hooks.sign import Request

PATIENCE = 10.0  # seconds
_READ = 64_000  # bytes of an answer that are looked at


@dataclass(frozen=True, slots=True)
class Answer:
    """`state`: sent (taken in), refused (surely not taken in: may be tried again), unsure (never sent again)."""

    state: str
    told: str = ""


def send(request: Request, *, patience: float = PATIENCE) -> Answer:
    """POST the request; follows no redirect and raises nothing."""
    parts = urlsplit(request.url)
    host, port = parts.hostname or "", parts.port
    if parts.scheme == "https":
        connection: http.client.HTTPConnection = http.client.HTTPSConnection(
            host, port, timeout=patience, context=ssl.create_default_context()
        )
    else:
        connection = http.client.HTTPConnection(host, port, timeout=patience)
    try:
        try:
            connection.connect()
        except OSError as fault:
            return Answer("refused", f"{type(fault).__name__}: {fault}"[:200])
        return _asked(connection, request, f"{parts.path or '/'}{'?' + parts.query if parts.query else ''}")
    finally:
        connection.close()


def _asked(connection: http.client.HTTPConnection, request: Request, path: str) -> Answer:
    try:
        connection.request("POST", path, request.body, dict(request.headers))
        response = connection.getresponse()
        content = response.read(_READ)
    except (OSError, http.client.HTTPException) as fault:
        return Answer("unsure", f"{type(fault).__name__}: {fault}"[:200])
    if not 200 <= response.status < 300:
        return Answer("refused", f"HTTP {response.status}")
    return _judged(content)


def _judged(content: bytes) -> Answer:
    """DingTalk and WeCom say 200 and tell a fault as `errcode`."""
    try:
        told = json.loads(content)
    except ValueError:
        return Answer("sent")
    code = told.get("errcode", 0) if isinstance(told, dict) else 0
    return (
        Answer("sent")
        if code in (0, "0")
        else Answer("refused", f"errcode {code} {told.get('errmsg', '')}"[:200])
    )
