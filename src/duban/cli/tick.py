"""`duban tick`: what the city's supervision rules ask for on a day, and which days have passed; for cron."""

from datetime import UTC, date, datetime
from typing import Annotated

import typer


def mount(app: typer.Typer) -> None:
    """Add the command of this room."""
    app.command("tick", epilog="duban tick 账本 · duban tick 账本 --on 2024-10-20 --apply")(tick)


def tick(
    book: Annotated[str, typer.Argument(help="账本文件夹或 postgresql:// 地址 folder or URL")] = "book",
    on: Annotated[
        datetime | None,
        typer.Option(formats=["%Y-%m-%d"], help="哪一天，缺省为今天 the day, today by default"),
    ] = None,
    apply: Annotated[bool, typer.Option("--apply", help="立项、升级入账 enter what is asked for")] = False,
    actor: Annotated[str, typer.Option("--as", help="以谁的名义 in whose name")] = "office",
) -> None:
    """按督办规则看一天：该立项、该升级的督办，和已过的期限；没有就什么也不输出。 What the rules ask for on a day."""
    from duban.assess.asked import marks_of
    from duban.ledger import BookKeeper, open_store
    from duban.ledger.book import require_book

    day = on.date() if on else date.today()
    store = open_store(book)
    keeper = BookKeeper(store)
    require_book(keeper.book(), book)
    marks = marks_of(keeper.book(), day, keeper.as_of)
    for line in _told(keeper.book(), day, marks):
        print(line)
    if apply:
        _apply(keeper, day, marks, actor)
    _recount(keeper, book, day, actor, apply)
    store.close()


def _told(book, day: date, marks) -> list[str]:  # type: ignore[no-untyped-def]
    """What is asked for and what has passed, a sentence each."""
    from duban.assess.asked import asked_on
    from duban.assess.ladder import ladder_of
    from duban.assess.passed import passed
    from duban.cli import locale
    from duban.words import sentence

    lines = []
    for one in asked_on(book, day, marks):
        item = book.items[one.key].item.head if one.key else ""
        says = one.step.says.get(locale()) or next(iter(one.step.says.values()))
        told = {"level": f"term.{one.step.level}", "unit": book.units[one.unit].name, "number": one.number,
                "item": f"{one.key} {item}".strip(), "since": one.since, "says": says}  # fmt: skip
        lines.append(sentence("tick.raise" if one.number else "tick.open", told, locale()))
    for late in passed(book, day, ladder_of(book)):
        unit = book.units[late.unit].name if late.unit in book.units else ""
        lines.append(sentence(late.code, {"account": late.account, "due": late.due, "unit": unit}, locale()))
    return lines


def _apply(keeper, day: date, marks, actor: str) -> None:  # type: ignore[no-untyped-def]
    from duban.actions.context import perform
    from duban.actions.matters import take_up
    from duban.cli import locale
    from duban.words import sentence

    written = perform(keeper, lambda book: take_up(book, actor, day, marks), actor=actor, at=datetime.now(UTC),
                      on=day)  # fmt: skip
    if written:
        print(sentence("tick.written", {"count": len(written), "last": written[-1].seq}, locale()))


def _recount(keeper, location: str, day: date, actor: str, apply: bool) -> None:  # type: ignore[no-untyped-def]
    """What registers count for bound items by the end of last month and is not posted yet; posts it when told to."""
    from duban.actions.context import perform
    from duban.actions.recount import last_months, recount_items
    from duban.cli import locale
    from duban.cli.city import settle
    from duban.cli.recount import engines, named
    from duban.words import sentence

    book, when = keeper.book(), last_months(day)
    if not book.bound or when is None:
        return
    settle(location)
    writes, _ = recount_items(book, actor, when, day, named, engines(book, location))
    if writes and apply:
        perform(keeper, lambda now: recount_items(now, actor, when, day, named, engines(now, location))[0],
                actor=actor, at=datetime.now(UTC), on=day)  # fmt: skip
        print(sentence("tick.recounted", {"count": len(writes)}, locale()))
        return
    for account, body in writes:
        key = account.partition("/")[2]
        data = {"item": f"{key} {book.items[key].item.head}", "indicator": body["source"], "period": when.code,
                "value": f"{body['value']:f}"}  # fmt: skip
        print(sentence("tick.recount", data, locale()))
