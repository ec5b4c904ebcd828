"""Sign everyone of a book in: `python -m benchmarks.sessions BOOK` prints their session keys as JSON."""

import json
import os
import sys
import time


def main(location: str) -> None:
    """Print {username: session key}."""
    os.environ["DUBAN_BOOK"] = location
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "duban.web.settings")
    import django

    django.setup()
    from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY, get_user_model
    from django.contrib.sessions.backends.db import SessionStore
    from django.core.management import call_command

    from duban.web.accounts import ensure_simulated
    from duban.web.shelf import keeper

    call_command("migrate", verbosity=0)
    people = keeper().book().people
    ensure_simulated(people)
    keys = {}
    for user in get_user_model().objects.filter(username__in=list(people)):
        session = SessionStore()
        session[SESSION_KEY] = str(user.pk)
        session[BACKEND_SESSION_KEY] = "django.contrib.auth.backends.ModelBackend"
        session[HASH_SESSION_KEY] = user.get_session_auth_hash()
        session["began"] = session["seen"] = time.time()
        session.create()
        keys[user.username] = session.session_key
    print(json.dumps(keys))


if __name__ == "__main__":
    main(sys.argv[1])
