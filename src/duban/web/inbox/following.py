"""Letters to whoever follows a promise, without an account: only to an address whose owner said yes by a link sent there."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.core import signing
from django.core.mail import EmailMessage, get_connection

from duban.actions.open_fields import OPEN
from duban.core.problem import Problem
from duban.ledger import Book
from duban.web.inbox.config import mail_options, sender, site
from duban.web.inbox.models import Follower
from duban.words import catalogue, sentence

CONFIRM_DAYS, LEAVE_DAYS = 7, 400  # for which a link that begins, or ends, the letters holds: our own setting
_SALT = {"confirm": "duban.follow", "leave": "duban.unfollow"}


@dataclass(frozen=True, slots=True)
class News:
    """What is to be written to a follower; `upto` is the last entry that was looked at."""

    follower: Follower
    subject: str
    text: str
    upto: int


def is_on() -> bool:
    """Whether letters can go out and their links lead back: a mail server, a sender, and the address of the pages."""
    return mail_options() is not None and bool(site())


def link(do: str, address: str, commitment: str) -> str:
    """The link that begins ("confirm") or ends ("leave") the letters on a promise to an address."""
    return f"{site()}/follow?do={do}&t={signing.dumps([address, commitment], salt=_SALT[do])}"


def opened(do: str, token: str) -> tuple[str, str] | None:
    """Address and promise of a link; None of one that is not ours, or too old."""
    days = CONFIRM_DAYS if do == "confirm" else LEAVE_DAYS
    try:
        address, commitment = signing.loads(token, salt=_SALT[do], max_age=timedelta(days=days))
    except (signing.BadSignature, KeyError, ValueError, TypeError):
        return None
    return str(address), str(commitment)


def ask_owner(address: str, book: Book, commitment: str, locale: str) -> None:
    """Ask the owner of an address whether they want the letters; without their yes nothing more is ever sent."""
    head = book.commitments[commitment].read.head
    data: dict[str, str | int] = {"head": head, "government": book.government, "days": CONFIRM_DAYS}
    text = f"{sentence('follow.ask', data, locale)}\n\n{link('confirm', address, commitment)}\n"
    _send(address, sentence("follow.ask_subject", data, locale), text, "")


def begin(address: str, book: Book, commitment: str) -> None:
    """The owner said yes: what comes from now on is written to them."""
    Follower.objects.get_or_create(address=address, commitment=commitment, defaults={"mailed": book.seq})


def end(address: str, commitment: str) -> None:
    """No more letters; nothing of the address is kept."""
    Follower.objects.filter(address=address, commitment=commitment).delete()


def news(book: Book, locale: str = "zh") -> Iterator[News]:
    """What is new, for each follower of a promise on which something open to everybody happened since."""
    names = catalogue(locale)
    for follower in Follower.objects.order_by("pk"):
        state = book.commitments.get(follower.commitment)
        if state is None:
            continue
        story = [e for e in book.story(follower.commitment) if e.seq > follower.mailed and e.kind in OPEN]
        if story:
            lines = "\n".join(f"{e.on}  {names.get(f'term.{e.kind}', e.kind)}" for e in story)
            data: dict[str, str | int] = {
                "head": state.read.head,
                "government": book.government,
                "n": len(story),
            }
            ends = sentence("follow.ends", {}, locale)
            text = (
                f"{sentence('follow.news', data, locale)}\n\n{lines}\n\n{site()}/c/{follower.commitment}\n\n"
                f"{ends}\n{link('leave', follower.address, follower.commitment)}\n"
            )
            yield News(follower, sentence("follow.news_subject", data, locale), text, book.seq)


def send(found: Iterator[News], tell: Any) -> int:
    """Send the letters; returns how many went out. One that fails is told, and comes again next time."""
    sent = 0
    for one in found:
        leave = link("leave", one.follower.address, one.follower.commitment)
        try:
            _send(one.follower.address, one.subject, one.text, leave)
        except OSError as fault:
            tell(Problem("mail.failed", one.follower.commitment, {"fault": str(fault)[:200]}))
            continue
        Follower.objects.filter(pk=one.follower.pk).update(mailed=one.upto)
        sent += 1
    return sent


def _send(address: str, subject: str, text: str, leave: str) -> None:
    options = mail_options()
    assert options is not None
    headers = {"Auto-Submitted": "auto-generated"} | ({"List-Unsubscribe": f"<{leave}>"} if leave else {})
    with get_connection("django.core.mail.backends.smtp.EmailBackend", **options) as connection:
        EmailMessage(subject, text, sender(), [address], headers=headers, connection=connection).send()
