"""The rooms of the site: which pages a reader is offered, from one table."""

from collections.abc import Callable
from dataclasses import dataclass

from django.http import HttpRequest
from django.utils.translation import gettext, gettext_noop

from duban.actions.context import unit_thing
from duban.actions.papers import reads_papers
from duban.core.rights import Actor, Thing, may
from duban.ledger import Book
from duban.web.who import actor

Open = Callable[[Actor, Book], bool]


def _always(who: Actor, book: Book) -> bool:
    return True


def _with_items(who: Actor, book: Book) -> bool:
    return bool(book.items)


def _works(who: Actor, book: Book) -> bool:
    return bool(who.unit and who.roles & {"reporter", "head", "checker", "leader"})


def _on_the_desk(who: Actor, book: Book) -> bool:
    return bool(may(who, "working.read", Thing("desk")))


def _settles(who: Actor, book: Book) -> bool:
    return bool(book.settlements) or bool(may(who, "settlement.judge", Thing("settlement")))


def _supervises(who: Actor, book: Book) -> bool:
    return bool(who.unit and who.roles & {"reporter", "head"}) or _on_the_desk(who, book)


def _with_clearings(who: Actor, book: Book) -> bool:
    return bool(book.items) and (bool(who.username) or any(task.clearing for task in book.tasks.values()))


def _explains(who: Actor, book: Book) -> bool:
    return bool(may(who, "rights.explain", Thing("rights")))


def _has_a_desk_or_unit(who: Actor, book: Book) -> bool:
    return bool(who.unit) or _on_the_desk(who, book)


def _asks(who: Actor, book: Book) -> bool:
    return bool(may(who, "demand.send", Thing("demand")))


def _keeps_accounts(who: Actor, book: Book) -> bool:
    thing = unit_thing(book, who.territory) if who.territory else Thing("people")
    return bool(may(who, "person.edit", thing, "reporter"))


def _assigns(who: Actor, book: Book) -> bool:
    return bool(book.commitments) and bool(may(who, "item.edit", Thing("table"), "lead"))


def _ties(who: Actor, book: Book) -> bool:
    return bool(book.items) and bool(may(who, "tie.ask", Thing("ties")))


def _public_with_units(who: Actor, book: Book) -> bool:
    return bool(book.units) and not who.username  # for everybody else it stands in the head of every page


@dataclass(frozen=True, slots=True)
class Room:
    """A page that stands in the navigation; `main` ones in the bar, the others behind "more"."""

    address: str
    name: str
    open: Open = _always
    main: bool = False


ROOMS = (
    Room("/", gettext_noop("活的报告"), main=True),
    Room("/table", gettext_noop("一张表"), main=True),
    Room("/wall", gettext_noop("总览"), _with_items, main=True),
    Room("/work", gettext_noop("我的工作"), _works, main=True),
    Room("/matters", gettext_noop("督办"), _supervises, main=True),
    Room("/clearing", gettext_noop("销号"), _with_clearings, main=True),
    Room("/packs", gettext_noop("系统"), main=True),
    Room("/cascade", gettext_noop("目标分解"), _with_items),
    Room("/meetings", gettext_noop("会议"), _supervises),
    Room("/desk", gettext_noop("督查台"), _on_the_desk, main=True),
    Room("/doubts", gettext_noop("疑点"), _on_the_desk),
    Room("/calendar", gettext_noop("报送日历"), _on_the_desk),
    Room("/burden", gettext_noop("报送负担"), _has_a_desk_or_unit),
    Room("/settlement", gettext_noop("年底结算"), _settles),
    Room("/demands/new", gettext_noop("下发报送要求"), _asks),
    Room("/rules", gettext_noop("规则")),
    Room("/findings", gettext_noop("文本问题")),
    Room("/numbers", gettext_noop("待确认数字")),
    Room("/assign", gettext_noop("确定牵头单位"), _assigns),
    Room("/units", gettext_noop("单位通讯录"), _public_with_units),
    Room("/ties", gettext_noop("上下级账本"), _ties),
    Room("/people", gettext_noop("人员账户"), _keeps_accounts),
    Room("/papers", gettext_noop("文书"), reads_papers),
    Room("/rights", gettext_noop("权限"), _explains),
)


def rooms(request: HttpRequest, book: Book) -> dict[str, list[tuple[str, str]]]:
    """Address and name of the pages that the reader may open: `main` and `more`."""
    who = actor(request, book)
    offered: dict[str, list[tuple[str, str]]] = {"main": [], "more": []}
    for room in ROOMS:
        if room.open(who, book):
            offered["main" if room.main else "more"].append((room.address, gettext(room.name)))
    return offered
