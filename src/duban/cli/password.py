"""`duban password`: who holds the machine gives an account a new password, and opens what is locked or lost."""

import os
from typing import Annotated

import typer

from duban.core.problem import Problem, Refused


def mount(app: typer.Typer) -> None:
    """Add the command of this room."""
    app.command("password", epilog="duban password office 账本 · duban password office 账本 --second-factor")(
        password
    )


def password(
    name: Annotated[str, typer.Argument(help="账户 the account")],
    book: Annotated[str, typer.Argument(help="账本文件夹或 postgresql:// 地址 folder or URL")] = "book",
    second_factor: Annotated[
        bool, typer.Option("--second-factor", help="同时停用第二因素 take its second factor away too")
    ] = False,
) -> None:
    """给账户一个新密码，首次登录须更改。 Give an account a new password, to be changed at its first sign-in."""
    from duban.actions.context import actor_of
    from duban.ledger import BookKeeper, open_store
    from duban.ledger.book import require_book

    store = open_store(book)
    found = require_book(BookKeeper(store).book(), book)
    store.close()
    if not actor_of(found, name).roles:
        raise Refused(Problem("person.unknown", f"person/{name[:40]}"))
    print(f"{name} / {_given(book, name, second_factor)}")


def _given(book: str, name: str, second_factor: bool) -> str:
    """The new password; lock, sessions, and where asked the device of the account are gone."""
    os.environ["DUBAN_BOOK"] = book
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "duban.web.settings")
    import django

    django.setup()
    from django.core.management import call_command

    from duban.web import accounts
    from duban.web.signin import second

    call_command("migrate", verbosity=0)
    given = accounts.give_password(name)
    user = accounts.user_named(name)
    if second_factor and user is not None:
        second.drop(user)
    return given
