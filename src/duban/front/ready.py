"""Everything that a server needs, imported and set up for no book yet: what workers are forked from.

Importing this module is the work: it stands in the list of what the fork server imports before the first fork.
"""

import os
from importlib import import_module
from importlib.resources import files

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "duban.web.settings")


def _make_ready() -> None:
    """Import all pages, read the catalogues, compile the templates."""
    for name in ("duban.web.wsgi", "duban.web.urls", "duban.web.server", "duban.web.accounts", "duban.files.records",
                 "django.db.migrations.executor", "django.db.backends.sqlite3.base", "openpyxl"):  # fmt: skip
        import_module(name)
    from django.template.loader import get_template
    from django.urls import get_resolver
    from django.utils.translation import gettext, override

    for language in ("zh-hans", "en"):
        with override(language):
            gettext("督办")
    get_resolver().reverse_dict  # noqa: B018 - made at its first use
    for one in (files("duban.web") / "templates/duban").iterdir():
        if one.name.endswith(".html"):
            get_template(f"duban/{one.name}")


_make_ready()
