"""The weekly letters: one to each person whom something concerns, who has an address and wants them."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from django.contrib.auth import get_user_model
from django.core import signing
from django.core.mail import EmailMessage, get_connection

from duban.actions.context import actor_of
from duban.core.problem import Problem, Refused
from duban.ledger import Book
from duban.notices import Letter, letter, near
from duban.web.inbox.config import mail_options, sender, site
from duban.web.inbox.desk import mailed, news
from duban.web.inbox.models import Reader

SALT = "duban.letters"
LEAVE_DAYS = 90  # for which a link that ends the letters holds


@dataclass(frozen=True, slots=True)
class Addressed:
    """A letter, whose it is, and where it goes ("" where the person gave no address)."""

    username: str
    address: str
    letter: Letter


def letters(book: Book, day: date, locale: str = "zh") -> Iterator[Addressed]:
    """The letters of a day, of those who want them and were not written to on this day already."""
    addresses = dict(get_user_model().objects.filter(is_active=True).values_list("username", "email"))
    readers = {reader.pk: reader for reader in Reader.objects.all()}
    week = (day - timedelta(days=7)).isoformat()
    for username in sorted(book.people):
        reader = readers.get(username) or Reader(username=username)
        who = actor_of(book, username)
        if not who.roles or not reader.weekly or reader.mailed_on == day:
            continue
        told = [n for n in news(book).since(who, reader.mailed) if week < n.on <= day.isoformat()]
        made = letter(
            book, day, told, near(book, who, day), site=site(), leave=leave_link(username), locale=locale
        )
        if made is not None:
            yield Addressed(username, addresses.get(username, ""), made)


def send(found: Iterator[Addressed], book: Book, day: date, tell: Callable[[Problem], None]) -> int:
    """Send the letters that have an address; returns how many went out. A failing one does not stop the others.

    Raises `Refused` (mail.not_set_up) while no mail server is set up.
    """
    options = mail_options()
    if options is None:
        raise Refused(Problem("mail.not_set_up"))
    sent = 0
    for one in found:
        if not one.address:
            continue
        try:
            with get_connection("django.core.mail.backends.smtp.EmailBackend", **options) as connection:
                _message(one, connection).send()
        except OSError as fault:  # SMTP faults are OSErrors
            tell(Problem("mail.failed", one.username, {"fault": str(fault)[:200]}))
            continue
        mailed(one.username, book.seq, day)
        sent += 1
    return sent


def _message(one: Addressed, connection: object) -> EmailMessage:
    link = leave_link(one.username)
    headers = {"Auto-Submitted": "auto-generated"} | ({"List-Unsubscribe": f"<{link}>"} if link else {})
    return EmailMessage(one.letter.subject, one.letter.text, sender(), [one.address], headers=headers,
                        connection=connection)  # fmt: skip


def leave_link(username: str) -> str:
    """The address that ends the letters of a person without a sign-in; "" where the pages have no address."""
    return f"{site()}/notices/leave?who={signing.dumps(username, salt=SALT)}" if site() else ""


def leaver(token: str) -> str | None:
    """Whose letters a link ends; None for one that is not ours or too old."""
    try:
        return str(signing.loads(token, salt=SALT, max_age=timedelta(days=LEAVE_DAYS)))
    except signing.BadSignature:
        return None
