"""Accounts as Django keeps them: names, passwords, devices. Roles and units stand in the book."""

import secrets
from collections.abc import Iterable
from typing import TYPE_CHECKING

_ROUNDS = (
    10_000  # of the hash of a random password of 96 bits, which nobody guesses; hundreds may be given at once
)

if TYPE_CHECKING:
    from django.contrib.auth.models import AbstractUser


def ensure_office() -> str | None:
    """Make the account `office` where there is none; returns its password this one time."""
    from django.contrib.auth import get_user_model

    if get_user_model().objects.exists():
        return None
    return give_password("office")


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


def user_named(username: str) -> "AbstractUser | None":
    """The account of this name, open or closed."""
    from django.contrib.auth import get_user_model

    found: AbstractUser | None = get_user_model().objects.filter(username=username).first()
    return found


def give_password(username: str) -> str:
    """Give an account, made where there is none, a password that its owner must change; returns it this one time.

    Its sessions end and its lock is taken off.
    """
    password = secrets.token_urlsafe(12)
    set_password(username, password, must_change=True, rounds=_ROUNDS)
    return password


def set_password(
    username: str, password: str, *, must_change: bool = False, keep: str = "", rounds: int | None = None
) -> None:
    """Set a password, end the account's sessions but the one of key `keep`, and take its lock off."""
    from django.contrib.auth import get_user_model
    from django.contrib.auth.hashers import PBKDF2PasswordHasher

    from duban.web.models import Account
    from duban.web.signin import lock, seats

    user, _ = get_user_model().objects.get_or_create(username=username)
    if rounds is None:
        user.set_password(password)
    else:
        user.password = PBKDF2PasswordHasher().encode(password, PBKDF2PasswordHasher().salt(), rounds)
    user.is_active = True
    user.save()
    Account.objects.update_or_create(user=user, defaults={"must_change": must_change})
    seats.end_all(user, keep)
    lock.unlock(username)


def close(username: str) -> None:
    """Close an account at once: no sign-in, no session; its row stays, as its entries do."""
    from duban.web.signin import seats, second

    user = user_named(username)
    if user is not None:
        user.is_active = False
        user.set_unusable_password()
        user.save()
        second.drop(user)
        seats.end_all(user)


def must_change(user: "AbstractUser") -> bool:
    """Whether the account's password was given by someone else."""
    from duban.web.models import Account

    return Account.objects.filter(user=user, must_change=True).exists()
