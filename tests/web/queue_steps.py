"""Plays the queue of messages at given instants and prints what became of them; run with a folder and addresses.

A process of its own, since Django takes its settings once a process.
"""

import json
import sys
from datetime import UTC, datetime, timedelta

from duban.web.inbox.start import start


def states():
    from duban.web.inbox.models import Delivery

    return [[r.robot, r.seq, r.state, r.tries] for r in Delivery.objects.order_by("robot", "seq")]


def write(number):
    """Open a matter; returns the book that knows it."""
    from duban.ledger import Draft
    from duban.ledger.year.matters import MatterOpened
    from duban.web.shelf import keeper

    body = MatterOpened("remind", "私人的话", "zhujian", "理由", deadline="2024-10-09")
    keeper().store.append(
        [Draft("2024-10-01T00:00:00.000Z", "2024-10-01", "clerk", f"matter/{number}", body)]
    )
    return keeper().book()


def main(folder, good, bad):
    start(folder)
    from duban.notices.hooks import Answer, Hook
    from duban.web.inbox.models import Delivery
    from duban.web.inbox.queue import PAUSES, deliver, fill
    from duban.web.shelf import keeper

    now = datetime(2024, 10, 1, tzinfo=UTC)
    hooks = (Hook("坏", "wecom", bad), Hook("好", "wecom", good))

    told = {"first": fill(keeper().book(), keeper().store, hooks, now)}
    write("90")
    book = write("91")
    told["filled"] = fill(book, keeper().store, hooks, now)
    told["again"] = fill(book, keeper().store, hooks, now)
    told["sent"] = deliver(book, hooks, now)
    told["states"] = states()
    told["at once"] = deliver(book, hooks, now)
    for minutes in PAUSES:
        now += timedelta(minutes=minutes, seconds=1)
        deliver(book, hooks, now)
    told["given up"] = states()
    write("92")
    fill(keeper().book(), keeper().store, hooks, now)
    book = keeper().book()
    told["unsure"] = deliver(book, hooks[1:], now, sender=lambda request: Answer("unsure", "timeout"))
    told["not again"] = deliver(book, hooks[1:], now + timedelta(days=9))
    write("93")
    fill(keeper().book(), keeper().store, hooks, now)
    Delivery.objects.filter(robot="好", state="waiting").update(state="sending", next_at=now)
    told["died"] = deliver(keeper().book(), hooks[1:], now + timedelta(hours=1))
    told["end"] = [state for robot, _, state, _ in states() if robot == "好"]
    print(json.dumps(told, ensure_ascii=False))


if __name__ == "__main__":
    main(*sys.argv[1:])
