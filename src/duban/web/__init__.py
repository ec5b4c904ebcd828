"""The pages: Django over the book of one folder or one PostgreSQL database."""

import os
import sys


def serve(book: str, host: str, port: int) -> None:
    """Serve the pages of `book` until stopped. The port must be free (the command asks first)."""
    os.environ["DUBAN_BOOK"] = book
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "duban.web.settings")
    import django

    django.setup()
    run_at({"host": host, "port": port})


def run_at(where: dict[str, object], label: str = "") -> None:
    """Serve the book that Django is set up for, at an address or a socket file as waitress takes them.

    `label` stands before what is said of accounts, where several books are served at a time.
    """
    from django.conf import settings

    from duban.web.accounts import ensure_office
    from duban.web.server import run
    from duban.web.wsgi import application

    bring_up_to_date()
    password = ensure_office()
    if password:
        print(f"{label}督查室账户 office account: office / {password}", file=sys.stderr, flush=True)
    _tell_simulated(label)
    run(application, settings.UPLOAD_LIMIT, **where, **_behind())


def bring_up_to_date() -> None:
    """Lay out, or bring up to date, Django's own tables where they are not so already: finding out is much quicker."""
    from django.core.management import call_command
    from django.db import connection
    from django.db.migrations.executor import MigrationExecutor

    executor = MigrationExecutor(connection)
    if executor.migration_plan(executor.loader.graph.leaf_nodes()):
        call_command("migrate", verbosity=0)


def _behind() -> dict[str, object]:
    """What to believe of the proxy in front: DUBAN_HTTPS says that it speaks https, DUBAN_PROXY is its address."""
    told: dict[str, object] = {"url_scheme": "https"} if os.environ.get("DUBAN_HTTPS") == "1" else {}
    if proxy := os.environ.get("DUBAN_PROXY"):
        told |= {
            "trusted_proxy": proxy,
            "trusted_proxy_headers": {"x-forwarded-for"},
            "trusted_proxy_count": 1,
        }
    return told | {"clear_untrusted_proxy_headers": True}


def _tell_simulated(label: str) -> None:
    """Where the book is made up, say once how to sign in as its people."""
    from duban.web.accounts import ensure_simulated
    from duban.web.shelf import keeper

    book = keeper().book()
    password = ensure_simulated(book.people) if book.simulated else None
    if password:
        some = ", ".join(
            n for n in ("clerk", "leader1", "jiaoyuju.r", "jiaoyuju.h", "tongji") if n in book.people
        )
        print(f"{label}模拟账户 simulated accounts: {some} … / {password}", file=sys.stderr, flush=True)
