"""The weekly letter to one person: what changed that concerns them, and what falls due. No letter when nothing does."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from duban.core.period import chinese, period
from duban.ledger import Book
from duban.notices.near import Near
from duban.notices.news import Notice
from duban.papers.model import clean
from duban.words import sentence

MOST = 40  # lines of each part; how many more there are is told


@dataclass(frozen=True, slots=True)
class Letter:
    """A message in plain text."""

    subject: str
    text: str


def letter(
    book: Book, day: date, news: Sequence[Notice], owed: Sequence[Near], *, site: str = "", leave: str = "",
    locale: str = "zh",
) -> Letter | None:  # fmt: skip
    """The letter of a day; `site` is the address of the pages, `leave` the link that ends the letters."""
    if not news and not owed:
        return None
    say = _Say(locale)
    lines = [say("mail_hello", government=book.government, year=book.year, day=day)]
    if book.simulated:
        lines.append(say("mail_simulated"))
    for head, told in (
        ("mail_owed", [(sentence_of_near(n, locale), n.address) for n in owed]),
        ("mail_news", [(sentence_of(n, locale), n.address) for n in news]),
    ):
        lines += ["", say(head, n=len(told))]
        lines += [f"- {text}{f' {site}{address}' if site else ''}" for text, address in told[:MOST]]
        lines += [say("mail_none")] if not told else []
        lines += [say("mail_more", n=len(told) - MOST)] if len(told) > MOST else []
    lines += ["", say("mail_leave", leave=leave or f"{site}/notices")]
    subject = say("mail_subject", government=book.government, owed=len(owed), news=len(news))
    mark = say("mail_mark") if book.simulated else ""
    return Letter(clean(mark + subject), "\n".join(lines) + "\n")


class _Say:
    def __init__(self, locale: str) -> None:
        self.locale = locale

    def __call__(self, code: str, **data: object) -> str:
        return sentence(f"notice.{code}", data, self.locale)


def sentence_of(notice: Notice, locale: str) -> str:
    """A notice in one line."""
    return clean(sentence(f"notice.{notice.kind}", _shown(notice.data, locale), locale))


def sentence_of_near(owed: Near, locale: str) -> str:
    """What is owed, in one line."""
    late = "_late" if owed.late else ""
    return clean(sentence(f"notice.near_{owed.kind}{late}", _shown(owed.data, locale), locale))


def _shown(data: Mapping[str, str], locale: str) -> dict[str, str]:
    shown = dict(data)
    if locale == "zh" and shown.get("period"):
        shown["period"] = chinese(period(shown["period"]))
    return shown
