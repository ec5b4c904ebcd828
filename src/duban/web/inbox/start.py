"""Django for a command that is no server: the settings of a book's folder, its tables brought up to date."""

import os


def start(book: str) -> None:
    """Set Django up for the book at this folder or address."""
    os.environ["DUBAN_BOOK"] = book
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "duban.web.settings")
    import django

    from duban.web import bring_up_to_date

    django.setup()
    bring_up_to_date()
