"""The frame of a work report: its government and year, its parts, actions, works and sentences."""

import re

from msgspec.structs import replace

from duban.core.problem import Problem
from duban.core.span import Span
from duban.read.model import Clean, Outline, Paragraph, Section, Sentence
from duban.read.parts import Part, horizon_of, is_bare_heading, opens_period, part_of, plan_year

_PART = re.compile(r"^(?P<label>[一二三四五六七八九十]{1,2})、(?P<title>.+)$")
_ACTION = re.compile(r"^[（(](?P<no>[一二三四五六七八九十]{1,3})[）)](?P<title>[^。；]*)")
_ITEM = re.compile(r"^(?P<no>\d{1,2})[.．、](?!\d)(?P<title>[^。；，]*)")
_ORDER = re.compile(r"^第[一二三四五六七八九十]+[章部节][、分 ]?(?P<title>.+)$")
_PLAN_BODY = re.compile(
    r"^(?:今年|20\d\d年)?(?:政府工作的|全?[市省区县旗州盟]?(?:经济社会)?发展的)?(?:总体要求|主要预期目标|预期目标|主要目标)|^(?:今年是|做好今年)|^今年[，,]?(?:我们)?(?:要|将)(?:重点)?"
)
_GOV = re.compile(
    r"(?P<name>[\u4e00-\u9fff]{2,12}?(?:自治区|自治州|自治县|自治旗|省|市|地区|盟|州|县|旗|区))(?:第[一二三四五六七八九十百零]+届)?(?:人民代表大会|人民政府|政府工作报告|[一二三四五六七八九十]+届人大)"
)
_DRAFT = re.compile(r"纲要|建议》|根据《")
_HAN = re.compile("[\u3400-\u9fff]+")
_HAN_200 = re.compile("(?:[\u3400-\u9fff][^\u3400-\u9fff]*+){200}")
_GREETING = re.compile(r"^(?:尊敬的)?各位(?:代表|委员)|^同志们")
_REVIEW_BODY = re.compile(r"^(?:过去的?|刚刚过去|20\d\d年(?:工作)?回顾|一年来|五年来)")
_PLAINLY_PART = re.compile(r"^(?!.*报告).*(?:回顾|总结|安排|部署)[】]?$")
_FIGURE = re.compile(r"\d(?:%|[万亿]|个|家|公里)")
_END = re.compile(r"[。！？；](?:[”’）》」]*)")


def _in_short_quote(text: str, at: int) -> bool:
    """Whether a quotation that is open at `at` ends soon: the name of an event such as “你好！云川”音乐季."""
    closed, opened = text.find("”", at, at + 14), text.find("“", at, at + 14)
    return closed > 0 and (opened < 0 or closed < opened)


def _sentence_spans(text: str) -> list[tuple[int, int]]:
    spans, start, titles, brackets = [], 0, "《" in text, "（" in text
    for found in _END.finditer(text):
        end = found.start()
        if titles and text.count("《", start, end) > text.count("》", start, end):
            continue
        if found[0] in "！？" and _in_short_quote(text, found.end()):
            continue
        open_bracket = brackets and text.count("（", start, end) > text.count("）", start, end)
        if open_bracket and text[end] == "；" and text.find("）", found.end()) > 0:
            continue
        spans.append((start, found.end()))
        start = found.end()
    if text[start:].strip():
        spans.append((start, len(text)))
    return spans


_NOT_A_PLACE = re.compile(
    r"(?:20\d\d|二[〇零].{2})年(?:.{1,3}月.{1,3}日)?在?|现在|我?代表(?=[^大])|[—\s，,（(:：]+"
)


def _government(lines: list[str]) -> str | None:
    for line in lines[:40]:
        for piece in _NOT_A_PLACE.split(line):
            if found := _GOV.match(piece):
                return found["name"]
    return None


_LEAD_SENTENCE = re.compile(r"^(?:——)?(?P<lead>[^。；：！]{2,60})[。：]")
_LEAD_PHRASE = re.compile(r"^(?:——)?(?P<lead>[^，。、；：]{2,30})")


def _lead(text: str) -> str:
    """The lead sentence that heads a run-in paragraph, when it is short enough to be one."""
    first = _LEAD_SENTENCE.match(text)
    if first and len(first["lead"]) <= 34:
        return first["lead"]
    phrase = _LEAD_PHRASE.match(text)
    return phrase["lead"] if phrase else text[:20]


class _Walker:
    """Walks the paragraphs once, keeping the section that the next sentence stands in."""

    def __init__(self, year: int | None) -> None:
        self.year = year
        self.section = Section()
        self.part = Part("head")
        self.greeted = False
        self.actions = 0
        self.works = 0

    def enter(self, line: str) -> str:
        """Note where `line` stands and say what kind of paragraph it is."""
        part = _PART.match(line) or _ORDER.match(line)
        if part and (len(line) <= 90 or self.section.part == "head"):
            return self._part(line, part)
        if heading := self._bare_heading(line):
            self._open(part_of(heading, self.section.part, self.year), "", heading)
            return "heading"
        self._turn(line)
        if (action := _ACTION.match(line)) and self.section.part != "head":
            return self._action(line, action)
        if item := _ITEM.match(line):
            return self._work(item["title"], line)
        if self.section.part == "head":
            return "title" if len(line) < 60 and not line.endswith(("。", "：", "】")) else "body"
        return self._work(_lead(line), line)

    def _bare_heading(self, line: str) -> str:
        """The words of a part's heading that has no number of a part: "2026年重点工作"; else nothing."""
        if action := _ACTION.match(line):  # "（二）2026年主要任务" where the parts are numbered like actions
            title, year = action["title"], f"{self.year}年"
            opens = self.section.part == "review" and title.startswith(year) and is_bare_heading(title)
            return title if opens and part_of(title, "review", self.year).kind == "plan" else ""
        known = self.greeted or self.section.part != "head" or _PLAINLY_PART.search(line)
        return line.strip("【】") if known and is_bare_heading(line) else ""

    def _turn(self, line: str) -> None:
        """Leave the title page, or turn from review to plan inside a part, where the paragraph's opening says so."""
        opening, s = line[:30], self.section
        if s.part == "head":
            if _GREETING.match(line):
                self.greeted = True
            elif _REVIEW_BODY.match(line) or (
                len(line) > 60
                and "请予审" not in line
                and (self.greeted or ("。" in line and _FIGURE.search(line)))
            ):
                self._open(Part("review"), "一", "")
            return
        coming, now = horizon_of(opening, self.year), "今年" in opening or f"{self.year}年" in opening
        turns = self.part.mixed and (coming or now or _DRAFT.search(opening))
        this_year = line.startswith((f"{self.year}年是", f"{self.year}年，是"))
        if (
            s.part == "review"
            and not turns
            and (this_year or _PLAN_BODY.match(line) or opens_period(opening, self.year))
        ):
            self._open(Part("plan", True, coming), s.part_label if coming else "二", "")
        elif s.part == "review" and turns:
            self._open(Part("plan", True, 0 if now else self.part.horizon), s.part_label, "")
        elif s.part == "plan" and self.part.mixed and (coming or now):
            self.section = replace(s, horizon=coming if coming and not opening.startswith("今年") else 0)

    def _open(self, part: Part, label: str, title: str) -> None:
        name = f"{label}、{title}" if label else title
        self.section = Section(part.kind, label, work_title=title, label=name, horizon=part.horizon)
        self.part, self.works = part, 0

    def _part(self, line: str, part: re.Match[str]) -> str:
        title = re.split(r"[，。：]", part["title"])[0]
        opened = part_of(part["title"] if len(line) <= 90 else title, self.section.part, self.year)
        self._open(opened, part.groupdict().get("label") or "一", title)
        return "heading" if len(line) <= 90 else "body"

    def _action(self, line: str, action: re.Match[str]) -> str:
        self.actions += self.section.part == "plan"
        self.works = 0
        title = re.split(r"[，：]", action["title"])[0]
        label = f"（{action['no']}）"
        number = self.actions if self.section.part == "plan" else self.section.action_no + 1
        self.section = replace(
            self.section,
            action_no=number,
            action_label=label,
            action_title=title,
            work_no=0,
            work_title=title,
            label=f"{label}{title}",
        )
        return "heading" if len(line) <= 60 and len(action[0]) >= len(line) - 1 else "body"

    def _work(self, lead: str, line: str) -> str:
        self.works += 1
        s = self.section
        head = s.action_label if s.action_no else f"{s.part_label}、" if s.part_label else ""
        self.section = replace(s, work_no=self.works, work_title=lead, label=f"{head}{lead}")
        return "heading" if len(line) <= 40 and not re.search(r"[。；]", line) else "body"


def read_outline(clean: Clean) -> Outline:
    """Whose report it is, which year it plans, and where every paragraph and sentence stands."""
    lines = clean.text.split("\n")
    year = plan_year(lines)
    walker, paragraphs, sentences, at = _Walker(year), [], [], 0
    for index, line in enumerate(lines):
        kind = walker.enter(line)
        span = Span(at, at + len(line))
        paragraphs.append(Paragraph(clean.source(span), span, line, kind, walker.section))
        for a, b in _sentence_spans(line):
            sentences.append(Sentence(Span(at + a, at + b), line[a:b], index, walker.section))
        at += len(line) + 1
    title = next((p.text for p in paragraphs if p.kind == "title"), "")
    return Outline(_government(lines), year, title, tuple(paragraphs), tuple(sentences))


def outline_problems(outline: Outline, text: str) -> tuple[Problem, ...]:
    """What is wrong with the document as a whole: no work report, no parts, traditional characters."""
    traditional = sum(text.count(c) for c in "國會區對開關發經濟業產實現這體萬與個為來時說學")
    if traditional > 20 and traditional > sum(
        text.count(c) for c in "国会区对开关发经济业产实现这体万与个为来时说学"
    ):
        return (Problem("document.traditional"),)
    genre = sum(
        word in text
        for word in (
            "政府",
            "工作",
            "人大",
            "代表",
            "发展",
            "建设",
            "今年",
            "全市",
            "完成",
            "推进",
            "实施",
            "目标",
        )
    )
    if genre < 3 or not _HAN_200.search(text):
        cjk = sum(len(run) for run in _HAN.findall(text))
        return (Problem("document.not_a_work_document", data={"characters": cjk}),)
    if not any(p.section.part == "plan" for p in outline.paragraphs):
        return (Problem("document.no_parts", level="warning"),)
    return ()
