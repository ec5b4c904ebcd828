"""Pages of a PDF: faces and their stand-ins, lines of text, rules, the note and the number of every page."""

from collections.abc import Iterator
from datetime import UTC, datetime
from itertools import groupby

from fpdf import FPDF
from fpdf.fonts import TTFFont

from duban.papers.model import Paper
from duban.papers.pdf.fonts import Face, faces, stand_ins
from duban.papers.pdf.lines import wrapped
from duban.papers.style import MM, NOTE_SIZE, NUMBER_SIZE, RED, Style

MISSING = "〓"  # printed for a character that no face of this machine has
_MOST = 0.12  # of a character that may be put between characters to fill a line


class Sheet(FPDF):
    """A paper's pages; `y` runs in points from the top. Use `room`, `line` and `rule`."""

    def __init__(self, paper: Paper, style: Style) -> None:
        super().__init__(unit="pt", format="A4")
        self.paper, self.style = paper, style
        top, bottom, left, _ = style.margins
        self.left, self.top = left * MM, top * MM
        self.wide, self.low = style.width * MM, (297 - bottom) * MM
        self._add_faces()
        self.set_creation_date(datetime.fromisoformat(paper.day).replace(tzinfo=UTC))
        self.set_title(paper.title)
        self.set_author(paper.office)
        self.set_lang("zh-CN" if paper.locale == "zh" else "en")
        self.set_auto_page_break(False)
        self.c_margin = 0
        self.at = self.top
        self.add_page()

    def _add_faces(self) -> None:
        """Each font file once; `face` maps a role to its family, `others` are the stand-ins."""
        known: dict[object, str] = {}
        self.face: dict[str, str] = {}
        for role, face in faces().items():
            if face not in known:
                known[face] = role
                self._add(role, face)
            self.face[role] = known[face]
        self._waiting = [face for face in stand_ins() if face not in known]
        self._others: list[str] = []

    def _add(self, family: str, face: Face) -> None:
        """Read a font; its bounds are taken as they stand, since to reckon them anew takes longer than all else."""
        self.add_font(family, fname=face.path, collection_font_number=face.number)
        self._font(family).ttfont.recalcBBoxes = False

    def header(self) -> None:
        """On every page: that it is a draft, that it is made up."""
        told = "　".join(part for part in (self.paper.mark, self.paper.note) if part)
        if told:
            self.centred(told, "song", NOTE_SIZE, self.top / 2)

    def footer(self) -> None:
        """The page's number between dashes, one character from the edge."""
        told = f"— {self.page_no()} —"
        wide = self.measure(told, "song", NUMBER_SIZE)
        odd = self.page_no() % 2 == 1
        x = self.left + self.wide - wide - NUMBER_SIZE if odd else self.left + NUMBER_SIZE
        self.write_at(x, self.low + 7 * MM + NUMBER_SIZE, told, "song", NUMBER_SIZE)

    def need(self, height: float) -> bool:
        """Begin a new page where this much does not fit on the rest of this one; True when it did."""
        if self.at + height <= self.low + 0.01 or self.at <= self.top:
            return False
        self.add_page()
        self.at = self.top
        return True

    def measure(self, text: str, role: str, size: float) -> float:
        """The width of a text in points."""
        return sum(self._wide(family, run) for family, run in self._runs(text, role)) * size / 1000

    def wrap(self, text: str, role: str, size: float, width: float, first: float = 0) -> list[str]:
        """The text in lines of a width."""
        return wrapped(text, width, lambda part: self.measure(part, role, size), first)

    def write_at(self, x: float, y: float, text: str, role: str, size: float, *, fill: float = 0) -> None:
        """One line from (x, y of its base line); `fill` is the width to spread it over, where little is missing."""
        spare = (fill - self.measure(text, role, size)) / max(len(text) - 1, 1) if fill else 0
        self.set_char_spacing(spare if 0 < spare <= size * _MOST else 0)
        for family, run in self._runs(text, role):
            self.set_font(family, size=size)
            self.text(x, y, run)
            x += self._wide(family, run) * size / 1000 + self.char_spacing * len(run)
        self.set_char_spacing(0)

    def centred(self, text: str, role: str, size: float, y: float) -> None:
        """One line in the middle of the text's width."""
        self.write_at(self.left + (self.wide - self.measure(text, role, size)) / 2, y, text, role, size)

    def rule(self, y: float, colour: tuple[int, int, int] = RED, width: float = 1.5) -> None:
        """A line across the text."""
        self.set_draw_color(*colour)
        self.set_line_width(width)
        self.line(self.left, y, self.left + self.wide, y)
        self.set_draw_color(0)

    def _font(self, family: str) -> TTFFont:
        font = self.fonts[family]
        assert isinstance(font, TTFFont)
        return font

    def _wide(self, family: str, run: str) -> float:
        """The width of a run in thousandths of its size."""
        widths = self._font(family).cw
        return float(sum(widths[ord(c)] for c in run))

    def _runs(self, text: str, role: str) -> Iterator[tuple[str, str]]:
        """The text in pieces of one face each; what no face has is shown as `MISSING`."""
        own = self.face[role]
        if all(ord(c) in self._font(own).cmap for c in text):
            return iter([(own, text)] if text else [])
        chosen = [self._chosen(c, own) for c in text]
        return iter([(f, "".join(c for _, c in some)) for f, some in groupby(chosen, key=lambda one: one[0])])

    def _chosen(self, char: str, own: str) -> tuple[str, str]:
        """The family that has the character, and the character to print."""
        while True:
            for family in (own, *self._others):
                if ord(char) in self._font(family).cmap:
                    return family, char
            if not self._waiting:
                return (own, MISSING) if ord(MISSING) in self._font(own).cmap else (own, "?")
            face = self._waiting.pop(0)
            self._others.append(f"other{len(self._others)}")
            self._add(self._others[-1], face)
