"""The second factor: codes of an authenticator app (TOTP, RFC 6238), and recovery codes for a lost device."""

import base64
import hashlib
import secrets

import segno
from django.contrib.auth.models import AbstractBaseUser
from django.db import transaction
from django.utils.safestring import SafeString, mark_safe
from django_otp.plugins.otp_totp.models import TOTPDevice

from duban.actions.rules import rule_or
from duban.core.rights import Actor
from duban.ledger import Book
from duban.web.models import RecoveryCode

CODES = 10
_LETTERS = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789"  # none that reads like another


def device(user: AbstractBaseUser) -> TOTPDevice | None:
    """The account's device in use."""
    return TOTPDevice.objects.filter(user=user, confirmed=True).first()


def is_asked_of(book: Book, who: Actor) -> bool:
    """Whether the city asks a second factor of any of the person's roles."""
    return bool(set(rule_or(book, "second_factor").split()) & who.roles)


def offered(user: AbstractBaseUser) -> TOTPDevice:
    """The device that the account may take into use by a code; the same until it is."""
    found, _ = TOTPDevice.objects.get_or_create(
        user=user, confirmed=False, defaults={"name": user.get_username()}
    )
    return found


def picture(of: TOTPDevice) -> SafeString:
    """The QR code of a device as SVG, drawn here."""
    code = segno.make(of.config_url, error="m")
    drawn = code.svg_inline(scale=5, border=2, dark="#000", light="#fff", svgclass="qr", lineclass=None)
    return mark_safe(drawn)  # only paths, made from our own text


@transaction.atomic
def take(user: AbstractBaseUser, code: str) -> list[str]:
    """Take the offered device into use where its code is right: returns new recovery codes, [] where it is not."""
    found = offered(user)
    if not _digits(code) or not found.verify_token(_plain(code)):
        return []
    TOTPDevice.objects.filter(user=user, confirmed=True).delete()
    found.confirmed = True
    found.save()
    return recovery_codes(user)


def drop(user: AbstractBaseUser) -> None:
    """Take the device and its recovery codes away."""
    TOTPDevice.objects.filter(user=user).delete()
    RecoveryCode.objects.filter(user=user).delete()


def recovery_codes(user: AbstractBaseUser) -> list[str]:
    """New recovery codes in place of the old; shown this one time."""
    made = ["".join(secrets.choice(_LETTERS) for _ in range(16)) for _ in range(CODES)]
    RecoveryCode.objects.filter(user=user).delete()
    RecoveryCode.objects.bulk_create([RecoveryCode(user=user, digest=_digest(code)) for code in made])
    return ["-".join(code[at : at + 4] for at in range(0, 16, 4)) for code in made]


def opens(user: AbstractBaseUser, code: str) -> bool:
    """Whether the code is right now: of the device (never twice), or a recovery code (used up by it)."""
    if _digits(code):
        with transaction.atomic():
            found = TOTPDevice.objects.select_for_update().filter(user=user, confirmed=True).first()
            return found is not None and bool(found.verify_token(_plain(code)))
    return RecoveryCode.objects.filter(user=user, digest=_digest(_plain(code))).delete()[0] == 1


def _plain(code: str) -> str:
    return code.replace(" ", "").replace("-", "").upper()


def _digits(code: str) -> bool:
    plain = _plain(code)
    return plain.isascii() and plain.isdigit() and len(plain) == 6


def _digest(code: str) -> str:
    return hashlib.sha256(code.encode()).hexdigest()


def secret(of: TOTPDevice) -> str:
    """The device's secret as it is typed where no picture can be taken: Base32 in groups of four."""
    text = base64.b32encode(of.bin_key).decode().rstrip("=")
    return " ".join(text[at : at + 4] for at in range(0, len(text), 4))
