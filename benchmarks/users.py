"""Users at a month's end: what they ask for, on an open schedule, and how long each answer takes."""

import asyncio
import random
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from urllib.parse import urlencode

import aiohttp

from duban.ledger import Book
from duban.ledger.year.units import unit_named

READING, REPORTING = 0.70, 0.25  # the rest are exports
PAGES = (
    ("/work", 3),
    ("/i/{item}", 3),
    ("/c/{commitment}", 2),
    ("/table", 1),
    ("/", 1),
    ("/wall", 1),
    ("/desk", 1),
)
EXPORTS = ("/table.xlsx", "/table.csv", "/table.docx")
TOKEN = "m" * 32  # both halves of the double-submit CSRF check


@dataclass(frozen=True, slots=True)
class Wish:
    """A request: who asks, for what, with which form."""

    kind: str
    user: str
    path: str
    form: dict[str, str] | None = None


@dataclass(slots=True)
class Tally:
    """Milliseconds by kind, the forms that were acknowledged, and what went wrong."""

    times: dict[str, list[float]] = field(default_factory=lambda: {"page": [], "submit": [], "export": []})
    acknowledged: list[dict[str, str]] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)

    def percentile(self, kind: str, share: float = 0.95) -> float:
        """A percentile of one kind's times, in milliseconds."""
        times = sorted(self.times[kind])
        return times[min(len(times) - 1, int(len(times) * share))] if times else 0.0


def wishes(book: Book, users: list[str], seed: int) -> Iterator[Wish]:
    """An endless mix for these users. Every submit is of a week of its own, so that it can be found again."""
    chance = random.Random(seed)
    items = [key for key, item in book.items.items() if not item.removed]
    commitments = list(book.commitments)
    reporters = {
        key: f"{unit.code}.r" for key in items if (unit := unit_named(book, book.items[key].item.lead))
    }
    free = [(key, f"2024-W{week:02d}") for key in reporters for week in range(1, 53)]
    chance.shuffle(free)
    paths, weights = zip(*PAGES, strict=True)
    mark = 0
    while True:
        lot, user = chance.random(), chance.choice(users)
        if lot < READING:
            path = chance.choices(paths, weights)[0].format(
                item=chance.choice(items), commitment=chance.choice(commitments)
            )
            yield Wish("page", "clerk" if path == "/desk" else user, path)
        elif lot < READING + REPORTING and free:
            key, week = free.pop()
            mark += 1
            form = {
                "act": "file",
                "period": week,
                "progress": f"load {seed}-{mark}",
                "csrfmiddlewaretoken": TOKEN,
            }
            yield Wish("submit", reporters[key], f"/i/{key}/do", form)
        else:
            yield Wish("export", user, chance.choice(EXPORTS))


class Users:
    """Signed-in users of a running server; each keeps its connection."""

    def __init__(self, port: int, sessions: dict[str, str]) -> None:
        self.url = f"http://127.0.0.1:{port}"
        self.sessions = sessions

    async def ask(self, http: aiohttp.ClientSession, wish: Wish, tally: Tally, due: float) -> None:
        """Send one request; its time counts from when it was due."""
        cookie = f"sessionid={self.sessions[wish.user]}; csrftoken={TOKEN}"
        headers = {"Cookie": cookie, "Referer": self.url, "Content-Type": "application/x-www-form-urlencoded"}
        method, body = ("POST", urlencode(wish.form)) if wish.form else ("GET", None)
        try:
            async with http.request(
                method, self.url + wish.path, headers=headers, data=body, allow_redirects=False
            ) as answer:
                await answer.read()
                right = 302 if wish.form else 200
        except (aiohttp.ClientError, OSError) as fault:
            tally.faults.append(f"{wish.path}: {type(fault).__name__}")
            return
        if answer.status != right:
            tally.faults.append(f"{wish.path} {wish.user}: {answer.status}")
            return
        tally.times[wish.kind].append((time.perf_counter() - due) * 1000)
        if wish.form:
            tally.acknowledged.append({**wish.form, "item": wish.path[3:-3]})

    async def load(self, mix: Iterator[Wish], rate: float, seconds: float) -> Tally:
        """Requests leave on schedule whether or not earlier ones came back; returns when all did."""
        tally, asked = Tally(), []
        connector = aiohttp.TCPConnector(limit=0)
        async with aiohttp.ClientSession(connector=connector, cookie_jar=aiohttp.DummyCookieJar()) as http:
            start = time.perf_counter()
            for number in range(int(rate * seconds)):
                due = start + number / rate
                await asyncio.sleep(max(0.0, due - time.perf_counter()))
                asked.append(asyncio.create_task(self.ask(http, next(mix), tally, due)))
            await asyncio.gather(*asked)
        return tally
