"""Who asks, as the book places them, and the guard of what is not for everybody."""

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from django.utils.translation import get_language

from duban.actions.context import actor_of, item_thing
from duban.core.problem import Problem, Refused
from duban.core.rights import Actor, Thing, may
from duban.ledger import Book
from duban.words import say


def username(request: HttpRequest) -> str:
    """The account that asks; "" for the public."""
    return request.user.get_username() if request.user.is_authenticated else ""


def actor(request: HttpRequest, book: Book) -> Actor:
    """The person behind the account, with roles and unit."""
    return actor_of(book, username(request))


def guard(request: HttpRequest, book: Book, action: str, thing: Thing | None = None) -> Actor:
    """The person, if they may; else PermissionDenied with the sentence that says why."""
    who = actor(request, book)
    thing = thing or Thing(request.path)
    decision = may(who, action, thing)
    if not decision:
        locale = "en" if (get_language() or "").startswith("en") else "zh"
        raise PermissionDenied(say(Problem(decision.code, thing.place, decision.data), locale))
    return who


def works_on(request: HttpRequest, book: Book, key: str) -> bool:
    """Whether the one who asks may see an item's working papers."""
    return bool(may(actor(request, book), "working.read", item_thing(book, key)))


def told(refused: Refused) -> list[str]:
    """The sentences of a refusal in the language of the page."""
    locale = "en" if (get_language() or "").startswith("en") else "zh"
    return [say(problem, locale) for problem in refused.problems]
