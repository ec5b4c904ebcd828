"""What the reader of a list asked for, in the words of the register's declaration: the filters are its fields."""

from dataclasses import dataclass, fields

from django.http import HttpRequest, QueryDict
from django.utils.translation import gettext as _

from duban.registers.register import Register
from duban.web.registers.question import Question
from duban.web.registers.sight import Sight
from duban.web.registers.words import column, head, value

PAGE = 50
VIEWS = ("list", "board", "map", "chart")


@dataclass(frozen=True)
class Asked(Question):
    """The question, and which page of which view."""

    page: int = 1
    view: str = "list"

    @classmethod
    def of_request(cls, request: HttpRequest, register: Register, sight: Sight) -> "Asked":
        """What the address of a request asks of a register; what the register does not know is not asked."""
        told = dict(request.GET.items())
        question = Question.of(register, told, sight.day)
        number, view = told.get("page", ""), told.get("view", "")
        return cls(
            **{f.name: getattr(question, f.name) for f in fields(question)},
            page=int(number) if number.isdecimal() and len(number) < 7 and int(number) else 1,
            view=view if view in VIEWS else "list",
        )

    def told(self, language: str) -> list[tuple[str, str]]:
        """What is asked for, as (name, value) in the words of the page; the order of rows is no filter."""
        named = self.register.named
        said = [(_("查找"), self.q)] if self.q else []
        said += [(_("阶段"), self.register.staged[self.stage].label(language))] if self.stage else []
        said += [(_("只看超期"), "")] if self.late else []
        said += [(_("只看有异议"), "")] if self.disputed else []
        said += [
            (head(named[name], language), value(named[name], text, language))
            for name, text in self.values.items()
        ]
        for name, (low, high) in self.spans.items():
            said.append((column(self.register, name, language), f"{low or ''}–{high or ''}"))
        return said


def changed(get: QueryDict, **new: str) -> str:
    """The address's questions with some put otherwise ("" takes one away), from the first page on."""
    told = get.copy()
    told.pop("page", None)
    for name, wanted in new.items():
        told.pop(name, None)
        if wanted:
            told[name] = wanted
    return f"?{told.urlencode()}" if told else "?"
