"""The front door: a request goes to the server of the government that its host names, and the answer back, as they come."""

import asyncio
import signal
import sys
from dataclasses import dataclass, field
from pathlib import Path

import aiohttp
from aiohttp import web

from duban.core.problem import Problem, Refused
from duban.front.home import home, message, style
from duban.front.roster import Government, government, governments
from duban.front.workers import Workers

# Of one connection and not of the message (RFC 9110, 7.6.1); whatever a sender says of who it is, is ours to say.
_OURS = {"connection", "keep-alive", "proxy-authenticate", "proxy-authorization", "te", "trailer", "transfer-encoding",
         "upgrade", "x-forwarded-for", "x-forwarded-host", "x-forwarded-proto", "x-forwarded-port", "forwarded"}  # fmt: skip


@dataclass
class Door:
    """Answers for all governments of a folder under `domain`: `<code>.<domain>`; the bare domain lists them if `public`.

    `proxy` is the address of a proxy in front of us, whose word on who asks is taken.
    """

    folder: Path
    domain: str
    workers: Workers
    public: bool
    proxy: str = ""
    _known: dict[str, Government] = field(default_factory=dict)

    async def answer(self, request: web.Request) -> web.StreamResponse:
        """The answer to any request."""
        host = _name(request.host)
        try:
            if host == self.domain:
                return self._home(request)
            async with self.workers.serving(self._government(host)) as http:
                return await self._passed_on(request, http)
        except Refused as refusal:
            first = refusal.problems[0]
            status = 404 if first.code == "many.unknown" else 503
            return message(request, first, status)
        except aiohttp.ClientError as fault:
            print(f"{host}: {type(fault).__name__}: {fault}", file=sys.stderr, flush=True)
            return message(request, Problem("many.broken", host[:80]), 502)

    def _home(self, request: web.Request) -> web.Response:
        if request.path == "/style.css":
            return style()
        if request.path != "/":
            return message(request, Problem("many.unknown", request.path[:80]), 404)
        if self.public:
            self._known = governments(self.folder)
        return home(request, list(self._known.values()) if self.public else [])

    def _government(self, host: str) -> Government:
        """The government of a host; of one that is not known yet, only its own folder is looked at."""
        code, _, domain = host.partition(".")
        known = self._known.get(code)
        if domain != self.domain:
            raise Refused(Problem("many.unknown", host[:80]))
        if known is None or not known.folder.is_dir():
            known = government(self.folder, code)
        if known is None:
            raise Refused(Problem("many.unknown", code[:80]))
        self._known[code] = known
        return known

    async def _passed_on(self, request: web.Request, http: aiohttp.ClientSession) -> web.StreamResponse:
        headers = [(name, value) for name, value in request.headers.items() if name.lower() not in _OURS]
        headers.append(("X-Forwarded-For", self._asker(request)))
        body = request.content if request.can_read_body else None
        async with http.request(
            request.method, f"http://{request.host}{request.raw_path}", headers=headers, data=body, allow_redirects=False
        ) as answer:  # fmt: skip
            told = web.StreamResponse(status=answer.status, reason=answer.reason)
            for name, value in answer.headers.items():
                if name.lower() not in _OURS:
                    told.headers.add(name, value)
            await told.prepare(request)
            try:
                async for piece in answer.content.iter_chunked(1 << 16):
                    await told.write(piece)
                await told.write_eof()
            except (
                aiohttp.ClientError
            ) as fault:  # begun already: cutting the line is all that can still be said
                raise ConnectionResetError(str(fault)) from fault
            return told

    def _asker(self, request: web.Request) -> str:
        peer = request.remote or ""
        given = request.headers.get("X-Forwarded-For", "").rpartition(",")[2].strip()
        return given if self.proxy and peer == self.proxy and given else peer


async def run(
    folder: Path, host: str, port: int, sockets: Path, *, domain: str, most: int, public: bool, proxy: str
) -> None:
    """Serve until told to stop (SIGINT, SIGTERM)."""
    stop, loop = asyncio.Event(), asyncio.get_running_loop()
    for told in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(told, stop.set)
    workers = Workers(sockets, domain, most)
    door = Door(folder, domain, workers, public, proxy, governments(folder))
    runner = web.ServerRunner(web.Server(door.answer))
    await runner.setup()
    try:
        await web.TCPSite(runner, host, port).start()
        await stop.wait()
    finally:
        await workers.close()
        await runner.cleanup()


def _name(host: str) -> str:
    """The name in a Host header, without its port."""
    return host.lower().partition(":")[0]
