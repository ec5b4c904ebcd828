"""A paper as both writers see it: a head, paragraphs, tables, a signature. All text in it is clean.

`clean` takes out what a page cannot show and a reader must not meet: control and format characters (so also the
right-to-left marks that make a text read as another), private and unassigned code points.
"""

import unicodedata

import msgspec

from duban.core.canonical import canonical

_DROPPED = frozenset({"Cc", "Cf", "Cs", "Co", "Cn"})
_BLANK = frozenset("\t\n\r\v\f\x85\u2028\u2029")


def clean(text: str) -> str:
    """One line of printable text: line ends and tabs become one blank, what has no shape is left out."""
    kept = (" " if c in _BLANK else c for c in text)
    return " ".join("".join(c for c in kept if unicodedata.category(c) not in _DROPPED).split())


class Heading(msgspec.Struct, frozen=True, tag="heading"):
    """The head of a section."""

    text: str


class Text(msgspec.Struct, frozen=True, tag="text"):
    """A paragraph; a `small` one is set like a note below a table."""

    text: str
    small: bool = False


class Column(msgspec.Struct, frozen=True):
    """A column's head, its share of the table's width, and whether its cells stand in the middle."""

    name: str
    share: int = 1
    centred: bool = False


class Table(msgspec.Struct, frozen=True, tag="table"):
    """Rows under heads that are repeated on every page. A table of `pairs` has no heads: a name and a value."""

    columns: tuple[Column, ...]
    rows: tuple[tuple[str, ...], ...]
    pairs: bool = False


Block = Heading | Text | Table


class Paper(msgspec.Struct, frozen=True):
    """A whole document. `titles` are the lines of its title, broken where the sense allows.

    `mark` says that it is no issued one; `note` stands on every page; both may be empty.
    """

    kind: str
    day: str
    locale: str
    office: str
    titles: tuple[str, ...]
    blocks: tuple[Block, ...]
    signed: str
    dated: str
    about: str = ""
    since: str = ""
    number: str = ""
    mark: str = ""
    note: str = ""
    to: str = ""
    dense: bool = False

    @property
    def title(self) -> str:
        """The title in one line."""
        return ("" if self.locale == "zh" else " ").join(self.titles)

    def issued(self, number: str) -> "Paper":
        """The same paper with its number and without the mark of a draft."""
        return msgspec.structs.replace(self, number=clean(number), mark="")

    def texts(self) -> list[str]:
        """Every text of the body in order, as both files must show it."""
        found = [*self.titles, *([self.to] if self.to else [])]
        for block in self.blocks:
            if isinstance(block, Table):
                found += [] if block.pairs else [column.name for column in block.columns]
                found += [cell for row in block.rows for cell in row]
            else:
                found.append(block.text)
        return [text for text in (*found, self.signed, self.dated) if text]


def leads(block: Block) -> bool:
    """Whether the block must not be parted from what follows it: a head, or words that end in a colon."""
    return isinstance(block, Heading) or (isinstance(block, Text) and block.text.endswith(("：", ":")))


def table(columns: list[Column], rows: list[tuple[str, ...]], none: str, *, pairs: bool = False) -> Block:
    """The table with clean cells; the paragraph `none` where it has no rows, so that nothing just vanishes."""
    if not rows:
        return Text(clean(none))
    heads = tuple(Column(clean(c.name), c.share, c.centred) for c in columns)
    return Table(heads, tuple(tuple(clean(cell) for cell in row) for row in rows), pairs)


def to_json(paper: Paper) -> str:
    """The paper as canonical JSON, to be kept as it was issued."""
    return canonical(msgspec.to_builtins(paper))


def from_json(text: str) -> Paper:
    """The paper kept as JSON; raises `msgspec.ValidationError` for what is none."""
    return msgspec.json.decode(text, type=Paper)
