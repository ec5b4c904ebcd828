"""`duban publish`: the open book as a static site."""

import os
import re
import secrets
import sys
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer

from duban.cli.ledger import BOOK
from duban.cli.output import today
from duban.core.problem import Problem, Refused

_STAGES = {
    "gather": "读账 reading", "proofs": "证明 proofs", "zh-hans": "中文页 pages", "en": "英文页 pages in English",
}  # fmt: skip


def mount(app: typer.Typer) -> None:
    """Add the command of this room."""
    app.command(
        "publish",
        epilog="duban publish 账本 网站 · duban publish 账本 网站 --on 2024-10-20 --address https://example.org",
    )(publish)


def publish(
    book: BOOK,
    out: Annotated[Path, typer.Argument(help="网站文件夹：新的、空的或上次发布的 the site's folder")],
    on: Annotated[
        datetime | None, typer.Option(formats=["%Y-%m-%d"], help="以哪一天计，缺省为今天 as of this day")
    ] = None,
    address: Annotated[str, typer.Option(help="网站将要公布的网址 where it will stand, https://…")] = "",
) -> None:
    """把账本公开的部分写成静态网站，不需要服务器。 The open book as a site that needs no server."""
    from duban.ledger import open_store
    from duban.web.site.folder import check_place

    if address and not re.fullmatch(r"https?://[^\s/?#]+[^\s?#]*", address):
        raise Refused(Problem("site.address_wrong", address[:80]))
    day = on.date() if on else today()
    with closing(open_store(book)) as store:
        place = check_place(out, book)
        _prepare(book)
        from duban.web.site.job import publish as make

        with _bar() as tell:
            sizes = make(store, place, day, address, tell, back=on is not None)
    print(f"{place / 'index.html'} · 文件 files {len(sizes)} · {sum(sizes.values()) / 1e6:.1f} MB")


def _prepare(book: str) -> None:
    """Set the pages up without a server: nothing is signed, and nothing is kept beside the book."""
    os.environ["DUBAN_BOOK"] = book
    os.environ.setdefault("DUBAN_SECRET", secrets.token_urlsafe(48))
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "duban.web.settings")
    import django

    django.setup()


@contextmanager
def _bar() -> Iterator[Callable[[str, int, int], None]]:
    """A progress bar for each stage, on a terminal; gives the function that is told."""
    from rich.console import Console
    from rich.progress import Progress

    with Progress(console=Console(stderr=True), disable=not sys.stderr.isatty(), transient=True) as bar:
        known = {stage: bar.add_task(words, total=None, start=False) for stage, words in _STAGES.items()}

        def tell(stage: str, done: int, total: int) -> None:
            if not bar.tasks[known[stage]].started:
                bar.start_task(known[stage])
            bar.update(known[stage], completed=done, total=total)

        yield tell
