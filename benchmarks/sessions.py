"""Sign everyone of a book in: `python -m benchmarks.sessions BOOK` prints their session keys as JSON."""

import json
import os
import sys


def main(location: str) -> None:
    """Print {username: session key}."""
    os.environ["DUBAN_BOOK"] = location
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "duban.web.settings")
    import django

    django.setup()
    from django.contrib.auth import get_user_model, login
    from django.contrib.sessions.backends.db import SessionStore
    from django.core.management import call_command
    from django.test import RequestFactory

    from duban.web.accounts import ensure_simulated
    from duban.web.shelf import keeper
    from duban.web.signin import seats

    call_command("migrate", verbosity=0)
    people = keeper().book().people
    ensure_simulated(people)
    keys = {}
    for user in get_user_model().objects.filter(username__in=list(people)):
        request = RequestFactory().get("/")
        request.session = SessionStore()
        login(request, user, backend="django.contrib.auth.backends.ModelBackend")
        seats.take(request, user)
        request.session.save()
        keys[user.username] = request.session.session_key
    print(json.dumps(keys))


if __name__ == "__main__":
    main(sys.argv[1])
