"""Many governments in one instance: how long the first page of a book takes, how long every other, and what memory holds.

Each government has a copy of the demonstration's book, a simulated year of some 600 promises. Readers ask for pages of random
governments, half of them for the few that most people read; the ratio is to the same pages of one government's own server.
"""

import asyncio
import os
import random
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import aiohttp

GOVERNMENTS, LIVE, REQUESTS, A_SECOND = 300, 32, 2_000, 20
PAGES = ("/", "/table", "/wall", "/c/A1.1-01")


def main(governments: int = GOVERNMENTS, live: int = LIVE, requests: int = REQUESTS) -> None:
    """Lay the books out, serve them, ask, and print what came of it."""
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place, "books")
        first = folder / "g000"
        demo = ["demo", "examples/report-2024.txt", "--folder", str(first), "--no-serve", "--simulate"]
        subprocess.run([sys.executable, "-m", "duban.cli", *demo], check=True, stdout=subprocess.DEVNULL)
        for n in range(1, governments):
            shutil.copytree(first, folder / f"g{n:03}")
        alone = asyncio.run(_one(first, requests // 4))
        many, cold, mem = asyncio.run(_many(folder, governments, live, requests))
    print(f"{governments} governments, {live} books open at a time, {A_SECOND} requests a second")
    print(f"warm pages     p50 {_at(many, 0.5):6.0f} ms   p95 {_at(many, 0.95):6.0f} ms   n {len(many)}")
    print(f"first pages    p50 {_at(cold, 0.5):6.0f} ms   p95 {_at(cold, 0.95):6.0f} ms   n {len(cold)}")
    print(f"one government p50 {_at(alone, 0.5):6.0f} ms   p95 {_at(alone, 0.95):6.0f} ms   n {len(alone)}")
    print(f"ratio of warm p95 to one government's: {_at(many, 0.95) / _at(alone, 0.95):.2f}")
    print(f"memory of all processes at the end: {mem / 1e6:.0f} MB (shared pages counted once)")


def _at(times: list[float], share: float) -> float:
    some = sorted(times)
    return some[min(len(some) - 1, int(len(some) * share))] if some else 0.0


async def _one(book: Path, requests: int) -> list[float]:
    """Milliseconds of pages of one government's own server."""
    server = Server(str(book), 1)
    try:
        async with aiohttp.ClientSession() as http:
            await _up(http, server.port, "localhost")
            times = []
            for n in range(requests):
                times.append(await _asked(http, server.port, "localhost", PAGES[n % len(PAGES)]))
            return times[len(PAGES) :]
    finally:
        server.stop()


async def _many(
    folder: Path, governments: int, live: int, requests: int
) -> tuple[list[float], list[float], int]:
    """Milliseconds of pages of servers that ran, of those that had to be started, and bytes of memory."""
    server, chance = Server(str(folder), live, "--many"), random.Random(1)
    warm: list[float] = []
    cold: list[float] = []
    seen: list[str] = []
    try:
        async with aiohttp.ClientSession(connector=aiohttp.TCPConnector(limit=0)) as http:
            await _up(http, server.port, "localhost")
            begun, waiting = time.perf_counter(), []

            async def ask(host: str, page: str, running: bool) -> None:
                took = await _asked(http, server.port, host, page)
                (warm if running else cold).append(took)

            for n in range(requests):
                popular = chance.random() < 0.97
                code = f"g{chance.randrange(live // 2 if popular else governments):03}"
                running = code in seen[-live // 2 :]
                seen = [*(c for c in seen if c != code), code]
                waiting.append(asyncio.create_task(ask(f"{code}.localhost", chance.choice(PAGES), running)))
                await asyncio.sleep(max(0.0, begun + n / A_SECOND - time.perf_counter()))
            await asyncio.gather(*waiting)
        return warm, cold, server.memory()
    finally:
        server.stop()


async def _asked(http: aiohttp.ClientSession, port: int, host: str, page: str) -> float:
    begun = time.perf_counter()
    async with http.get(f"http://127.0.0.1:{port}{page}", headers={"Host": f"{host}:{port}"}) as answer:
        await answer.read()
        assert answer.status == 200, (host, page, answer.status)
    return (time.perf_counter() - begun) * 1000


async def _up(http: aiohttp.ClientSession, port: int, host: str) -> None:
    for _ in range(600):
        try:
            await _asked(http, port, host, "/")
        except aiohttp.ClientError:
            await asyncio.sleep(0.1)
        else:
            return
    raise SystemExit("the server did not start")


class Server:
    """A running server of a book, or of a folder of them."""

    def __init__(self, place: str, live: int, *options: str) -> None:
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port = probe.getsockname()[1]
        env = {
            **os.environ,
            "DUBAN_PUBLIC": "1",
            "DUBAN_TODAY": "2024-10-20",
            "DUBAN_LIVE": str(live),
            "DUBAN_PORT": str(self.port),
        }
        command = [sys.executable, "-m", "duban.cli", "serve", *options, place]
        self._process = subprocess.Popen(
            command, env=env, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True
        )

    def memory(self) -> int:
        """Bytes of all its processes, a shared page counted in parts (PSS)."""
        total = 0
        for place in Path("/proc").glob("[0-9]*"):
            try:
                if os.getsid(int(place.name)) == self._process.pid:
                    lines = (place / "smaps_rollup").read_text().splitlines()
                    total += sum(int(line.split()[1]) * 1024 for line in lines if line.startswith("Pss:"))
            except OSError:
                continue
        return total

    def stop(self) -> None:
        """Stop it and wait for its end."""
        self._process.send_signal(signal.SIGTERM)
        self._process.wait(60)


if __name__ == "__main__":
    main(*(int(word) for word in sys.argv[1:]))
