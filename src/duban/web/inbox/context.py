"""The count in the head of every page: how many notices the reader has not seen. Asked for only when it is shown."""

from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from duban.web.shelf import keeper
from duban.web.who import actor


def notices(request: HttpRequest) -> dict[str, object]:
    """`unseen`: the number, "99+" for many, "" for none."""
    return {"unseen": SimpleLazyObject(lambda: _count(request))}


def _count(request: HttpRequest) -> str:
    from duban.web.inbox.desk import unseen

    if not request.user.is_authenticated:
        return ""
    book = keeper().book()
    found = len(unseen(book, actor(request, book)))
    return "99+" if found > 99 else str(found or "")
