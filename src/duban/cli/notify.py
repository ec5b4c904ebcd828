"""`duban mail` and `duban notify`: letters to people and short lines to robots; both only when switched on."""

import sys
from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from duban.core.problem import Problem

BOOK = Annotated[str, typer.Argument(help="账本文件夹或 postgresql:// 地址 folder or URL")]


def mount(app: typer.Typer) -> None:
    """Add the commands of this room."""
    app.command("mail", epilog="duban mail 账本 · duban mail 账本 --on 2024-10-21 --send（cron，每周一次）")(
        mail
    )
    app.command("notify", epilog="duban notify 账本 · duban notify 账本 --send（cron，每几分钟一次）")(notify)


def mail(
    book: BOOK = "book",
    on: Annotated[datetime | None, typer.Option(formats=["%Y-%m-%d"], help="哪一天，缺省为今天")] = None,
    really: Annotated[bool, typer.Option("--send", help="发出；不加只列出 send, else only print")] = False,
) -> None:
    """每周邮件：与每个人有关的变化和到期；没有就不发。 The weekly letters, printed, or sent with --send."""
    from duban.web.inbox.start import start

    start(book)
    from duban.cli import locale
    from duban.ledger.book import require_book
    from duban.web.inbox import following
    from duban.web.inbox.post import letters, send
    from duban.web.shelf import keeper

    day, known = on.date() if on else date.today(), require_book(keeper().book(), book)
    found = letters(known, day, locale())
    if really:
        tell = _told(locale())
        count = send(found, known, day, tell)
        count += following.send(following.news(known, locale()), tell) if following.is_on() else 0
        print(f"已发 sent {count}")
        return
    for one in found:
        print(f"{one.username} <{one.address or '—'}> {one.letter.subject}\n\n{one.letter.text}")
    for news in following.news(known, locale()):
        print(f"<{news.follower.address}> {news.subject}\n\n{news.text}")


def _told(locale: str) -> Callable[["Problem"], None]:
    """Tells of a letter that failed, on the error stream."""
    from duban.words import say

    return lambda problem: print(say(problem, locale), file=sys.stderr)


def notify(
    book: BOOK = "book",
    really: Annotated[bool, typer.Option("--send", help="发出；不加只列出 send, else only print")] = False,
) -> None:
    """推送：把新的督办、决定、文书各用一行告诉钉钉、企业微信或自建机器人。 New matters in a line to robots."""
    from duban.web.inbox.start import start

    start(book)
    from django.conf import settings

    from duban.cli import locale
    from duban.ledger.book import require_book
    from duban.notices.hooks import hooks_at
    from duban.web.inbox.config import hooks_file, site
    from duban.web.inbox.queue import deliver, fill, waiting
    from duban.web.shelf import keeper

    known, now = require_book(keeper().book(), book), datetime.now(UTC)
    hooks = hooks_at(Path(settings.FOLDER), hooks_file())
    if not hooks:
        print("没有开启推送 no robot is switched on")
        return
    fill(known, keeper().store, hooks, now)
    if really:
        counts = deliver(known, hooks, now, site=site(), locale=locale())
        print(
            " · ".join(f"{state} {n}" for state, n in sorted(counts.items())) or "没有要发的 nothing to send"
        )
        return
    for name, text in waiting(known, hooks, site=site(), locale=locale()):
        print(f"{name}\t{text}")
