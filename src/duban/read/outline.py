"""The frame of a work report: its government and year, its parts, actions, works and sentences."""

import re
from dataclasses import replace

from duban.core.problem import Problem
from duban.core.span import Span
from duban.read.model import Clean, Outline, Paragraph, Section, Sentence

_PART = re.compile(r"^(?P<label>[一二三四五六七八九十]{1,2})、(?P<title>.+)$")
_ACTION = re.compile(r"^[（(](?P<no>[一二三四五六七八九十]{1,3})[）)](?P<title>[^。；]*)")
_ITEM = re.compile(r"^(?P<no>\d{1,2})[.．、](?!\d)(?P<title>[^。；，]*)")
_ORDER = re.compile(r"^第[一二三四五六七八九十]+[章部节][、分 ]?(?P<title>.+)$")
_REVIEW = re.compile(
    r"回顾|过去|(?:上|去)年工作|(?:五|一)年来|主要成就|取得.{0,6}成(?:就|效|绩)|工作(?:情况|总结)"
)
_PLAN = re.compile(
    r"展望|今年(?:的)?(?:政府)?(?:主要|重点)?(?:工作|任务|目标|安排)|工作(?:安排|打算|部署|任务|思路|总体要求)|总体要求|预期目标|主要目标|重点(?:工作|任务)|未来五年|今后五年|下一步|奋斗目标"
)
_DUTIES = re.compile(r"(?:自身|政府)建设|服务型政府|法治政府|人民满意|履职|有为政府|廉洁|肩负|施政|新使命")
_PLAN_BODY = re.compile(
    r"^(?:今年|20\d\d年)?(?:政府工作的|全?[市省区县旗州盟]?(?:经济社会)?发展的)?(?:总体要求|主要预期目标|预期目标|主要目标)|^(?:今年是|做好今年)|^今年[，,]?(?:我们)?(?:要|将)(?:重点)?"
)
_GOV = re.compile(
    r"(?P<name>[\u4e00-\u9fff]{2,12}?(?:自治区|自治州|自治县|自治旗|省|市|地区|盟|州|县|旗|区))(?:第[一二三四五六七八九十百零]+届)?(?:人民代表大会|人民政府)"
)
_YEAR = re.compile(r"(?P<year>20\d\d)年")
_END = re.compile(r"[。！？；](?:[”’）》」]*)")


def _sentence_spans(text: str) -> list[tuple[int, int]]:
    spans, start = [], 0
    for found in _END.finditer(text):
        inside = text.count("《", start, found.start()) > text.count("》", start, found.start())
        bracket = (
            text.count("（", start, found.start()) > text.count("）", start, found.start())
            and "）" in text[found.end() :]
        )
        if inside or (bracket and found[0][0] == "；"):
            continue
        spans.append((start, found.end()))
        start = found.end()
    if text[start:].strip():
        spans.append((start, len(text)))
    return spans


def _government(lines: list[str]) -> str | None:
    for line in lines[:12]:
        found = _GOV.search(re.sub(r"^.*日在", "", line))
        if found:
            return found["name"]
    return None


def _plan_year(lines: list[str], text: str) -> int | None:
    head = "\n".join(lines[:6])
    if (found := re.search(r"(20\d\d)年\d{1,2}月\d{1,2}日", head)) or (
        found := re.search(
            r"(?:展望|建议|做好|安排).{0,3}(20\d\d)年|(20\d\d)年(?:的)?(?:工作安排|主要任务|总体要求|预期目标|政府工作)",
            text,
        )
    ):
        return int(found[1] or found[2])
    years = [int(y) for y in _YEAR.findall(text)]
    return max(set(years), key=years.count) + 0 if years else None


def _part_kind(title: str, seen: str) -> str:
    if _DUTIES.search(title) and seen in ("plan", "duties") and not _PLAN.search(title):
        return "duties"
    if _REVIEW.search(title) and seen in ("head", "review") and not re.search(r"今年|展望", title):
        return "review"
    if _PLAN.search(title) or seen == "plan":
        return "plan"
    return (
        "plan"
        if seen == "review" and re.search(r"20\d\d年", title)
        else ("review" if seen == "head" else seen)
    )


def _lead(text: str) -> str:
    """The lead sentence that heads a run-in paragraph, when it is short enough to be one."""
    first = re.match(r"^(?:——)?(?P<lead>[^。；：！]{2,60})[。：]", text)
    if first and len(first["lead"]) <= 34:
        return first["lead"]
    phrase = re.match(r"^(?:——)?(?P<lead>[^，。、；：]{2,30})", text)
    return phrase["lead"] if phrase else text[:20]


class _Walker:
    """Walks the paragraphs once, keeping the section that the next sentence stands in."""

    def __init__(self) -> None:
        self.section = Section()
        self.actions = 0
        self.works = 0

    def enter(self, line: str) -> str:
        """Note where `line` stands and say what kind of paragraph it is."""
        part = _PART.match(line) or _ORDER.match(line)
        if part and (len(line) <= 90 or self.section.part == "head"):
            return self._part(line, part)
        if self.section.part == "head" and re.match(
            r"^(?:过去的?|刚刚过去|20\d\d年(?:工作)?回顾|一年来|五年来)", line
        ):
            self.section = Section("review", "一", label="一、")
        if self.section.part in ("head", "review") and _PLAN_BODY.match(line):
            self.section = Section(
                "plan", self.section.part_label if self.section.part == "plan" else "二", label="二、"
            )
        if (action := _ACTION.match(line)) and self.section.part != "head":
            return self._action(line, action)
        if item := _ITEM.match(line):
            return self._work(item["title"], line)
        if self.section.part == "head":
            return "title" if len(line) < 60 and not line.endswith(("。", "：", "】")) else "body"
        return self._work(_lead(line), line)

    def _part(self, line: str, part: re.Match[str]) -> str:
        label = part.groupdict().get("label") or "一"
        kind = _part_kind(part["title"], self.section.part)
        title = re.split(r"[，。：]", part["title"])[0]
        self.section = Section(kind, label, work_title=title, label=f"{label}、{title}")
        self.works = 0
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
    walker, paragraphs, sentences, at = _Walker(), [], [], 0
    lines = clean.text.split("\n")
    for index, line in enumerate(lines):
        kind = walker.enter(line)
        span = Span(at, at + len(line))
        paragraphs.append(Paragraph(clean.source(span), span, line, kind, walker.section))
        for a, b in _sentence_spans(line):
            sentences.append(Sentence(Span(at + a, at + b), line[a:b], index, walker.section))
        at += len(line) + 1
    title = next((p.text for p in paragraphs if p.kind == "title"), "")
    return Outline(
        _government(lines), _plan_year(lines, clean.text), title, tuple(paragraphs), tuple(sentences)
    )


def outline_problems(outline: Outline, text: str) -> tuple[Problem, ...]:
    """What is wrong with the document as a whole: no work report, no parts, traditional characters."""
    cjk = sum("\u3400" <= c <= "\u9fff" for c in text)
    traditional = sum(text.count(c) for c in "國會區對開關發經濟業產實現這體萬與個為來時說學")
    simplified = sum(text.count(c) for c in "国会区对开关发经济业产实现这体万与个为来时说学")
    if traditional > 20 and traditional > simplified:
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
    if cjk < 200 or genre < 3:
        return (Problem("document.not_a_work_document", data={"characters": cjk}),)
    if not any(p.section.part == "plan" for p in outline.paragraphs):
        return (Problem("document.no_parts", level="warning"),)
    return ()
