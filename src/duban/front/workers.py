"""The servers that are running: started when somebody asks, the longest unused stopped when there are too many."""

import asyncio
from collections import OrderedDict
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from itertools import count
from multiprocessing.process import BaseProcess
from pathlib import Path

import aiohttp

from duban.core.problem import Problem, Refused
from duban.front.roster import Government
from duban.front.worker import context, start

START_SECONDS = 60  # a first start lays out a database; one that takes longer has failed
WAIT_SECONDS = 30  # for a place, where every running server has a request in hand
_ASK_AGAIN = 0.02


@dataclass(slots=True)
class Worker:
    """A running server, and how many requests it has in hand."""

    process: BaseProcess
    socket: Path
    http: aiohttp.ClientSession
    busy: int = 0


class Workers:
    """At most `most` servers at a time, each behind a socket file in `sockets`, a folder that only we may enter."""

    def __init__(self, sockets: Path, domain: str, most: int) -> None:
        self._sockets, self._domain, self._most = sockets, domain, most
        self._how = context(sockets / "nowhere")
        self._running: OrderedDict[str, Worker] = OrderedDict()
        self._starting: dict[str, asyncio.Lock] = {}
        self._free = asyncio.Condition()
        self._placing = asyncio.Lock()  # one at a time takes a place, so that there are never more
        self._starts = count()

    @property
    def running(self) -> tuple[str, ...]:
        """The codes of the running servers, the longest unused first."""
        return tuple(self._running)

    @asynccontextmanager
    async def serving(self, government: Government) -> AsyncIterator[aiohttp.ClientSession]:
        """The way to a government's server, which is not stopped while in use. Raises `Refused` where it does not start."""
        worker = await self._worker(government)
        worker.busy += 1
        try:
            yield worker.http
        finally:
            worker.busy -= 1
            async with self._free:
                self._free.notify()

    async def close(self) -> None:
        """Stop all servers."""
        for code in list(self._running):
            await self._stop(code)

    async def _worker(self, government: Government) -> Worker:
        code = government.code
        async with self._starting.setdefault(code, asyncio.Lock()):
            known = self._running.get(code)
            if known is not None and known.process.is_alive():
                self._running.move_to_end(code)
                return known
            if known is not None:
                await self._stop(code)
            async with self._placing:
                await self._make_room()
                worker = self._running[code] = await self._begun(government)
            worker.busy += 1  # not to be stopped before it has answered anything
            try:
                await self._ready(government, worker)
            except Refused:
                await self._stop(code)
                raise
            finally:
                worker.busy -= 1
            return worker

    async def _begun(self, government: Government) -> Worker:
        code = government.code
        socket = (
            self._sockets / f"{next(self._starts)}.sock"
        )  # never the one of a server that is still ending
        host = f"{code}.{self._domain}"
        process = await asyncio.to_thread(start, self._how, code, government.folder, socket, host)
        http = aiohttp.ClientSession(
            connector=aiohttp.UnixConnector(str(socket), force_close=True), cookie_jar=aiohttp.DummyCookieJar(),
            auto_decompress=False, timeout=aiohttp.ClientTimeout(total=None),
        )  # fmt: skip
        return Worker(process, socket, http)

    async def _ready(self, government: Government, worker: Worker) -> None:
        for _ in range(int(START_SECONDS / _ASK_AGAIN)):
            if not worker.process.is_alive():
                break
            with suppress(OSError):
                _reader, writer = await asyncio.open_unix_connection(str(worker.socket))
                writer.close()
                return
            await asyncio.sleep(_ASK_AGAIN)
        raise Refused(Problem("many.not_started", government.code))

    async def _make_room(self) -> None:
        """Stop the longest unused until there is a place; wait where all have a request in hand."""
        try:
            async with asyncio.timeout(WAIT_SECONDS), self._free:
                while len(self._running) >= self._most:
                    idle = next((code for code, worker in self._running.items() if not worker.busy), None)
                    if idle is None:
                        await self._free.wait()
                    else:
                        await self._stop(idle)
        except TimeoutError:
            raise Refused(Problem("many.full", data={"most": self._most})) from None

    async def _stop(self, code: str) -> None:
        worker = self._running.pop(code)
        await worker.http.close()
        worker.process.terminate()
        await asyncio.to_thread(worker.process.join, 5)
        if worker.process.is_alive():
            worker.process.kill()
        worker.socket.unlink(missing_ok=True)
