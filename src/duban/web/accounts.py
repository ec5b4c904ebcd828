"""Accounts as Django keeps them: names and passwords only. Roles and units stand in the book."""

import secrets
from collections.abc import Iterable


def ensure_office() -> str | None:
    """Make the account `office` where there is none; returns its password this one time."""
    from django.contrib.auth import get_user_model

    users = get_user_model().objects
    if users.exists():
        return None
    password = secrets.token_urlsafe(12)
    users.create_user("office", password=password)
    return password


def ensure_simulated(usernames: Iterable[str]) -> str | None:
    """Give the made-up people of a simulated book accounts with one password; returns it the first time."""
    from django.contrib.auth import get_user_model
    from django.contrib.auth.hashers import make_password

    users = get_user_model()
    missing = sorted(set(usernames) - set(users.objects.values_list("username", flat=True)))
    if not missing:
        return None
    password = secrets.token_urlsafe(12)
    hashed = make_password(password)
    users.objects.bulk_create([users(username=name, password=hashed) for name in missing])
    return password
