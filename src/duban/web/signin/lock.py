"""Repeated failures lock the door for a while: for one name from one address, for one name, for one address.

What is counted is the name as typed, whether there is such an account or not, so that the lock tells nothing.
"""

from collections import Counter
from datetime import timedelta
from ipaddress import ip_address, ip_network

from django.conf import settings
from django.http import HttpRequest
from django.utils import timezone
from django.utils.crypto import salted_hmac

from duban.web.models import Attempt

_DAY = timedelta(days=1)


def address_of(request: HttpRequest) -> str:
    """Where the request comes from; of an IPv6 address the network, since a house holds the whole of it."""
    text = request.META.get("REMOTE_ADDR", "")
    try:
        address = ip_address(text)
    except ValueError:
        return text[:64]
    return str(ip_network(f"{address}/64", strict=False)) if address.version == 6 else text


def tried(name: str, address: str) -> bool:
    """Note one try and say whether it may be made. The try is noted first, so that many at once gain nothing."""
    account, now = _hash(name), timezone.now()
    Attempt.objects.filter(at__lt=now - _DAY).delete()
    if is_locked(name, address):
        return False
    Attempt.objects.create(account=account, address=address, at=now)
    recent = Attempt.objects.filter(account=account, address=address, at__gte=now - _window())
    return recent.count() <= settings.LOCK_AFTER


def is_locked(name: str, address: str) -> bool:
    """Whether this name may not be tried from this address now."""
    now = timezone.now()
    recent = Attempt.objects.filter(at__gte=now - _window())
    if recent.filter(account=_hash(name), address=address).count() >= settings.LOCK_AFTER:
        return True
    if recent.filter(address=address).count() >= settings.LOCK_ALL_AFTER:
        return True
    return Attempt.objects.filter(account=_hash(name), at__gte=now - _DAY).count() >= settings.LOCK_ALL_AFTER


def passed(name: str, address: str) -> None:
    """Forget the failures of a name from an address where it has now signed in."""
    Attempt.objects.filter(account=_hash(name), address=address).delete()


def unlock(name: str) -> None:
    """Forget all failures of a name, from wherever."""
    Attempt.objects.filter(account=_hash(name)).delete()


def locked_names(names: list[str]) -> set[str]:
    """Which of these accounts are locked now, from any address."""
    hashes = {_hash(name): name for name in names}
    since = timezone.now() - _window()
    rows = Attempt.objects.filter(at__gte=since, account__in=hashes).values_list("account", "address")
    count = Counter(rows)
    everywhere = Counter(
        Attempt.objects.filter(at__gte=timezone.now() - _DAY, account__in=hashes).values_list(
            "account", flat=True
        )
    )
    locked = {account for (account, _), n in count.items() if n >= settings.LOCK_AFTER}
    return {hashes[a] for a in locked | {a for a, n in everywhere.items() if n >= settings.LOCK_ALL_AFTER}}


def _window() -> timedelta:
    return timedelta(minutes=settings.LOCK_MINUTES)


def _hash(name: str) -> str:
    return salted_hmac("duban.attempt", name.strip().lower()).hexdigest()
