"""Django for a command that is no server: the settings of a book's folder, its tables brought up to date."""

import os


def start(book: str) -> None:
    """Set Django up for the book at this folder or address."""
    os.environ["DUBAN_BOOK"] = book
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "duban.web.settings")
    import django
    from django.core.management import call_command
    from django.db import connection
    from django.db.migrations.executor import MigrationExecutor

    django.setup()
    executor = MigrationExecutor(connection)
    if executor.migration_plan(executor.loader.graph.leaf_nodes()):
        call_command("migrate", verbosity=0)
