"""Sessions that end: after a time without a request, after a day's work at the latest, and when told to."""

from datetime import timedelta

from django.conf import settings
from django.contrib.auth.models import AbstractBaseUser
from django.contrib.auth.signals import user_logged_out
from django.contrib.sessions.models import Session
from django.dispatch import receiver
from django.http import HttpRequest
from django.utils import timezone

from duban.web.models import Seat
from duban.web.signin.lock import address_of

_TOUCH = 60  # seconds between two notes that a session is in use


def take(request: HttpRequest, user: AbstractBaseUser) -> None:
    """Note that a session has begun; the key is the one after sign-in."""
    now = timezone.now()
    request.session["began"] = request.session["seen"] = now.timestamp()
    if not request.session.session_key:
        request.session.save()
    Seat.objects.filter(began__lt=now - timedelta(hours=settings.SESSION_HOURS)).delete()
    agent = request.META.get("HTTP_USER_AGENT", "")[:200]
    Seat.objects.update_or_create(
        key=request.session.session_key,
        defaults={"user": user, "began": now, "seen": now, "address": address_of(request), "agent": agent},
    )


@receiver(user_logged_out)
def _left(request: HttpRequest | None, **_: object) -> None:
    """Who signs out leaves no seat."""
    if request is not None and request.session.session_key:
        Seat.objects.filter(key=request.session.session_key).delete()


def is_over(request: HttpRequest) -> bool:
    """Whether the session has been idle or open for too long; notes that it is in use where it has not."""
    now = timezone.now()
    seen, began = (float(request.session.get(name, 0)) for name in ("seen", "began"))
    if now.timestamp() - began > settings.SESSION_HOURS * 3600:
        return True
    if now.timestamp() - seen > settings.IDLE_MINUTES * 60:
        return True
    if now.timestamp() - seen > _TOUCH:
        request.session["seen"] = now.timestamp()
        Seat.objects.filter(key=request.session.session_key).update(seen=now)
    return False


def end_all(user: AbstractBaseUser, keep: str = "") -> int:
    """End the account's sessions but the one of key `keep`; returns how many were ended."""
    keys = [key for key in Seat.objects.filter(user=user).values_list("key", flat=True) if key != keep]
    Session.objects.filter(session_key__in=keys).delete()
    Seat.objects.filter(key__in=keys).delete()
    return len(keys)


def end_one(user: AbstractBaseUser, key: str) -> None:
    """End one session, if it is the account's own."""
    if key.isalnum() and Seat.objects.filter(user=user, key=key).delete()[0]:
        Session.objects.filter(session_key=key).delete()
