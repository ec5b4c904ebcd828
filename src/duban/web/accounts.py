"""The office's account. Roles and units come with the running of the year."""

import secrets


def ensure_office() -> str | None:
    """Make the account `office` where there is none; returns its password this one time."""
    from django.contrib.auth import get_user_model

    users = get_user_model().objects
    if users.exists():
        return None
    password = secrets.token_urlsafe(12)
    users.create_user("office", password=password)
    return password
