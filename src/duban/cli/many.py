"""`duban serve --many`: one instance for the books of many governments."""

import asyncio
import os
import tempfile
from contextlib import suppress
from pathlib import Path

from duban.core.problem import Problem, Refused


def serve_many(folder: Path, host: str, port: int) -> None:
    """Serve every government's book in `folder` under `<its folder's name>.<DUBAN_DOMAIN>` until stopped.

    `DUBAN_DOMAIN` is `localhost` where it is not said, `DUBAN_LIVE` how many books are in memory at a time.
    """
    try:
        import aiohttp  # noqa: F401
    except ImportError:
        raise Refused(Problem("many.not_installed")) from None
    from duban.front.door import run
    from duban.front.roster import governments

    domain, most = os.environ.get("DUBAN_DOMAIN", "localhost").lower(), _most()
    found = governments(folder)
    print(f"{len(found)} 个账本 books · http://{domain}:{port}", flush=True)
    for code, one in list(found.items())[:5]:
        print(f"  {one.name} {one.year} · http://{code}.{domain}:{port}", flush=True)
    public, proxy = os.environ.get("DUBAN_PUBLIC") == "1", os.environ.get("DUBAN_PROXY", "")
    with tempfile.TemporaryDirectory(prefix="duban-") as sockets, suppress(KeyboardInterrupt):
        asyncio.run(
            run(folder, host, port, Path(sockets), domain=domain, most=most, public=public, proxy=proxy)
        )


def _most() -> int:
    text = os.environ.get("DUBAN_LIVE") or "32"
    if not (text.isascii() and text.isdigit() and 0 < int(text) <= 10_000):
        raise Refused(Problem("many.live_wrong", data={"live": text[:20]}))
    return int(text)
