"""How builders write a paper: numbered heads, sentences of the catalogue, tables that say 无 when they are empty."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from duban.papers.model import Block, Column, Heading, Paper, Text, clean, table
from duban.papers.sight import Sight

_NUMERALS = ("一", "二", "三", "四", "五", "六", "七", "八", "九", "十")
MARKS = ("draft", "comment")


@dataclass(slots=True)
class Body:
    """The blocks of a paper as they are written down, one after the other."""

    sight: Sight
    blocks: list[Block] = field(default_factory=list)
    heads: int = 0

    def head(self, code: str, **data: object) -> None:
        """The next section's head, with its number in the manner of the language."""
        number = f"{_NUMERALS[self.heads]}、" if self.sight.locale == "zh" else f"{self.heads + 1}. "
        self.heads += 1
        self.blocks.append(Heading(number + clean(self.sight.say(code, **data))))

    def text(self, code: str, *, small: bool = False, **data: object) -> None:
        """A paragraph from the catalogue."""
        self.plain(self.sight.say(code, **data), small=small)

    def plain(self, text: str, *, small: bool = False) -> None:
        """A paragraph in its own words."""
        self.blocks.append(Text(clean(text), small))

    def table(self, columns: Iterable[tuple[str, int]], rows: Iterable[tuple[str, ...]]) -> None:
        """A table with a running number before each row; `columns` are the codes of heads and their shares.

        A negative share is a column that stands in the middle.
        """
        heads = [self._column("no", -3), *(self._column(code, share) for code, share in columns)]
        numbered = [(str(n), *row) for n, row in enumerate(rows, 1)]
        self.blocks.append(table(heads, numbered, self.sight.say("none")))

    def grid(self, columns: Iterable[tuple[str, int]], rows: Iterable[tuple[str, ...]]) -> None:
        """A table without running numbers."""
        heads = [self._column(code, share) for code, share in columns]
        self.blocks.append(table(heads, list(rows), self.sight.say("none")))

    def pairs(self, rows: Iterable[tuple[str, str]]) -> None:
        """Names (codes of the catalogue) with their values, an empty value as 无."""
        none = self.sight.say("none")
        named = [(self.sight.say(f"col_{code}"), clean(value) or none) for code, value in rows]
        columns = [Column("", 1), Column("", 4)]
        self.blocks.append(table(columns, list(named), none, pairs=True))

    def _column(self, code: str, share: int) -> Column:
        name = self.sight.word(code) if "." in code else self.sight.say(f"col_{code}")
        return Column(name, abs(share), share < 0)

    def paper(
        self, kind: str, title: str, *, mark: str, about: str = "", since: str = "", to: str = "",
        dense: bool = False,
    ) -> Paper:  # fmt: skip
        """The whole paper, signed by the city's supervision office on the sight's day; "|" breaks a title."""
        sight, book = self.sight, self.sight.book
        office = sight.say("office", government=full_name(book.government))
        return Paper(
            kind, sight.day.isoformat(), sight.locale, clean(office), tuple(map(clean, title.split("|"))), tuple(self.blocks),
            clean(office), sight.date(sight.day), about, since, "", sight.say(f"mark_{mark}"),
            sight.say("simulated") if book.simulated else "", clean(to), dense,
        )  # fmt: skip


def full_name(government: str) -> str:
    """The government's full name where the book says only the city's: 云川市人民政府."""
    return government + "人民政府" if government[-1:] in "市县区旗州盟" else government
