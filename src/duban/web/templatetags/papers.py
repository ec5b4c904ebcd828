"""Template filters for documents."""

from typing import Any

from django import template

from duban.papers import Heading, Table
from duban.web import shelf
from duban.words import sentence

register = template.Library()


@register.filter
def paper_kind(kind: str) -> str:
    """The name of a kind of document."""
    return sentence(f"paper.kind_{kind}", {}, shelf.locale())


@register.filter
def is_table(block: Any) -> bool:
    """Whether a block of a paper is a table."""
    return isinstance(block, Table)


@register.filter
def is_heading(block: Any) -> bool:
    """Whether a block of a paper is the head of a section."""
    return isinstance(block, Heading)


@register.filter
def cells(row: tuple[str, ...], block: Table) -> list[tuple[str, bool]]:
    """The cells of a row, each with whether it stands in the middle."""
    return [(cell, column.centred) for cell, column in zip(row, block.columns, strict=True)]
