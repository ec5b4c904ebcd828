"""Messages to robots as rows: each entry once a robot, tried again with growing pauses, one robot apart from another.

A row is taken by setting it to "sending" in one statement, so two processes never send the same. What may have
arrived (a process that died while sending, an answer that never came) is "unsure" and never sent again.
"""

from collections.abc import Callable, Iterable
from datetime import datetime, timedelta

from django.db import transaction

from duban.ledger import Book
from duban.ledger.store import Store
from duban.notices.hooks import Answer, Hook, Request, message_of, request_for, send
from duban.web.inbox.models import Delivery, Robot

PAUSES = (1, 5, 30, 120, 480, 1440)  # minutes before each further try; then it is given up
STUCK = timedelta(minutes=10)  # a process that sends for longer has died

Sender = Callable[[Request], Answer]


def fill(book: Book, store: Store, hooks: Iterable[Hook], now: datetime) -> int:
    """Put what happened since into the queue. A robot that is new is told of nothing that was before it."""
    made = 0
    for hook in hooks:
        with transaction.atomic():
            robot, new = Robot.objects.select_for_update().get_or_create(
                pk=hook.name, defaults={"seq": book.seq}
            )
            if new or robot.seq >= book.seq:
                continue
            rows = [
                Delivery(robot=hook.name, seq=posting[0], kind=posting[4], account=posting[5], next_at=now)
                for page in store.postings(robot.seq)
                for posting in page
                if posting[0] <= book.seq and posting[4] in hook.events
            ]
            Delivery.objects.bulk_create(rows, ignore_conflicts=True)
            Robot.objects.filter(pk=hook.name).update(seq=book.seq)
            made += len(rows)
    return made


def deliver(
    book: Book, hooks: Iterable[Hook], now: datetime, *, site: str = "", locale: str = "zh", sender: Sender = send
) -> dict[str, int]:  # fmt: skip
    """Send what is due, in order a robot; after a refusal the robot's later messages wait. Counts by state."""
    counts: dict[str, int] = {}
    Delivery.objects.filter(state="sending", next_at__lt=now - STUCK).update(
        state="unsure", told="process died"
    )
    for hook in hooks:
        for row in Delivery.objects.filter(robot=hook.name, state="waiting").order_by("seq"):
            if row.next_at > now:
                break
            taken = Delivery.objects.filter(pk=row.pk, state="waiting").update(state="sending", next_at=now)
            if not taken:
                break  # another process is at this robot
            text = message_of(book, row.kind, row.account, site, locale)
            stamp = int(now.timestamp() * 1000)
            request = request_for(hook, text, id=f"{hook.name}-{row.seq}", stamp=stamp, event=row.kind)
            state = _settle(row, sender(request), now)
            counts[state] = counts.get(state, 0) + 1
            if state != "sent":
                break
    return counts


def _settle(row: Delivery, answer: Answer, now: datetime) -> str:
    """Write down what became of a message; returns its state."""
    row.tries += 1
    row.told = answer.told
    if answer.state == "refused":
        again = row.tries <= len(PAUSES)
        row.state = "waiting" if again else "given up"
        row.next_at = now + timedelta(minutes=PAUSES[row.tries - 1]) if again else now
    else:
        row.state, row.next_at = answer.state, now
    row.save()
    return row.state


def waiting(
    book: Book, hooks: Iterable[Hook], *, site: str = "", locale: str = "zh"
) -> list[tuple[str, str]]:
    """Robot and text of each message that waits, as it would be sent."""
    names = [hook.name for hook in hooks]
    rows = Delivery.objects.filter(robot__in=names, state="waiting").order_by("robot", "seq")
    return [(row.robot, message_of(book, row.kind, row.account, site, locale)) for row in rows]
