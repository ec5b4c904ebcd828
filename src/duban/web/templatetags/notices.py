"""Template filters for notices."""

from django import template

from duban.notices.letter import sentence_of, sentence_of_near
from duban.notices.near import Near
from duban.notices.news import Notice
from duban.web import shelf

register = template.Library()


@register.filter
def notice_words(notice: Notice) -> str:
    """A notice in one line."""
    return sentence_of(notice, shelf.locale())


@register.filter
def near_words(owed: Near) -> str:
    """What is owed, in one line."""
    return sentence_of_near(owed, shelf.locale())
