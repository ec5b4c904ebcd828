"""The page of the quarterly review: the ranking, what moved it, every item's score, objections and doubts."""

from collections.abc import Iterable
from decimal import Decimal

from duban.packs.review.acts import place as placed
from duban.packs.review.acts import results
from duban.packs.review.rules import CENT, Quarter, Review, before, moved, of, quarters, review
from duban.registers.pack import Desk
from duban.registers.page import Bar, Bars, Block, Cell, Grid, Number, Numbers, Said, address
from duban.registers.plain import Row, dated, said


def page(desk: Desk) -> Iterable[Block]:
    """The blocks of the page for the latest quarter that is scored."""
    every = quarters(desk)
    if not every:
        yield Said(desk.say("还没有测评。先填本季度的评分表和评委名单，再填测评数据和打分；都可以从 Excel 导入。",
                            "No review yet. Fill in the quarter's sheet and reviewers, then figures and marks; all from Excel too."))  # fmt: skip
        return
    now = review(desk, every[-1])
    then = review(desk, before(now.quarter)) if before(now.quarter) in every else None
    yield _state(desk, now)
    yield _numbers(desk, now)
    yield _ranking(desk, now, then)
    if then:
        yield _moved(desk, now, then)
    yield _matrix(desk, now)
    yield _weights(desk, now, then)
    if len(every) > 1:
        yield _history(desk, [review(desk, quarter) for quarter in every[-4:]])
    yield _objections(desk, now.quarter)
    yield _doubts(desk, now)


def named(desk: Desk, quarter: Quarter) -> str:
    """A quarter in words."""
    return desk.say(f"{quarter[0]}年{'一二三四'[quarter[1] - 1]}季度", f"{quarter[0]} Q{quarter[1]}")


def _state(desk: Desk, now: Review) -> Said:
    """Where the quarter stands: scored, announced, published."""
    known = results(desk, now.quarter)
    until = next((day for row in known if (day := dated(row, "until"))), None)
    if not known or until is None:
        told = desk.say("正在打分，名次还会变；办公室公示以后可以提异议。",
                        "Being scored: ranks will change; objections may be raised once it is announced.")  # fmt: skip
    elif all(row["stage"] == "published" for row in known):
        told = desk.say("已公布。", "Published.")
    else:
        told = desk.say(f"正在公示，异议到 {until} 止。", f"Announced; objections until {until}.")
    return Said(told, named(desk, now.quarter))


def _numbers(desk: Desk, now: Review) -> Numbers:
    totals = [total for total in now.totals.values() if total is not None]
    mean = (sum(totals, Decimal(0)) / len(totals)).quantize(CENT) if totals else None
    waiting = sum(1 for row in of(desk.rows("review_objections"), now.quarter) if row["stage"] != "decided")
    points, every = desk.say("分", "points"), len(now.values)
    numbers = (
        Number(desk.say("有名次的旗县区", "districts ranked"), len(totals), desk.say("个", ""),
               desk.say(f"共 {every} 个", f"of {every}"), "" if len(totals) == every else "warn"),
        Number(desk.say("平均分", "mean total"), mean, points),
        Number(desk.say("首尾相差", "first to last"), max(totals) - min(totals) if totals else None, points),
        Number(desk.say("未答复异议", "objections open"), waiting, desk.say("件", ""), tone="warn" if waiting else "good"),
    )  # fmt: skip
    return Numbers((*numbers, *_reviewers(desk, now.quarter)))


def _reviewers(desk: Desk, quarter: Quarter) -> tuple[Number, ...]:
    """How many marked, and how many of them not at home; nothing for who may not see the list."""
    seats = of(desk.rows("review_reviewers"), quarter)
    home = sum(1 for row in seats if row["home"])
    note = desk.say(f"{home} 人回避本地", f"{home} recused at home")
    return (Number(desk.say("评委", "reviewers"), len(seats), desk.say("人", ""), note),) if seats else ()


def _ordered(now: Review) -> list[str]:
    """Districts by rank, those without one last."""
    return sorted(now.values, key=lambda name: (now.ranks.get(name, len(now.values) + 1), name))


def _step(now: Review, then: Review | None, district: str) -> int | None:
    """Places won since the quarter before; negative for lost ones."""
    ranks = now.ranks.get(district), then.ranks.get(district) if then else None
    return ranks[1] - ranks[0] if ranks[0] is not None and ranks[1] is not None else None


def _arrow(step: int | None) -> str:
    return "" if step is None else f"▲{step}" if step > 0 else f"▼{-step}" if step < 0 else "＝"


def _ranking(desk: Desk, now: Review, then: Review | None) -> Bars:
    bars, changed = [], {said(row, "district"): row for row in results(desk, now.quarter) if row["why"]}
    for district in _ordered(now):
        rank, step = now.ranks.get(district), _step(now, then, district)
        place = (
            desk.say(f"第 {rank} 名", f"no. {rank}")
            if rank
            else desk.say("缺项，不排名", "an item is missing: not ranked")
        )
        if (was := changed.get(district)) is not None:
            announced = was["announced"], was["announced_rank"]
            place += desk.say(f" · 公示时 {placed(*announced, '（第{}名）')}，{was['why']}",
                              f" · announced {placed(*announced, ' (no. {})')}: {was['why']}")  # fmt: skip
        tone = "quiet" if rank is None else "good" if rank <= 3 else ""
        mark = then.totals.get(district) if then else None
        bars.append(Bar(district, now.totals[district], f"{place} {_arrow(step)}".strip(), tone, mark,
                        address("review_figures", district=district)))  # fmt: skip
    note = desk.say("▲▼是名次升降。", "▲▼ are places won or lost.") if then else ""
    return Bars(desk.say("旗县区排名", "Ranking of districts"), tuple(bars), desk.say("分", "points"), note,
                desk.say("上季度总分", "last quarter's total"))  # fmt: skip


def _signed(value: Decimal) -> str:
    return f"{value:+.2f}" if value else "0.00"


def _moved(desk: Desk, now: Review, then: Review) -> Grid:
    """Each change of a total in parts that add up: other weights, and item by item what was done."""
    items, lines = [line for line in now.lines if line.item in {old.item for old in then.lines}], []
    for district in _ordered(now):
        change = moved(now, then, district)
        if change is None:
            continue
        step = _step(now, then, district)
        cells = [Cell(_signed(change.items[line.item]), _up(change.items[line.item])) for line in items]
        lines.append((Cell(district), Cell(_arrow(step), _up(Decimal(step or 0))), Cell(_signed(change.total), _up(change.total)),
                      Cell(_signed(change.weights)), *cells))  # fmt: skip
    heads = (desk.say("旗县区", "District"), desk.say("名次升降", "Places"), desk.say("总分变化", "Total"),
             desk.say("权重和项目调整", "Sheet changed"), *(desk.say(line.item, line.en) for line in items))  # fmt: skip
    note = desk.say(f"与{named(desk, then.quarter)}比：总分变化＝权重和项目调整＋各项工作变化。工作变化按本季度的评分表算，各列相加正好等于总分变化。",
                    f"Against {named(desk, then.quarter)}: a total's change is what the changed sheet does and what each item's work "
                    "does by this quarter's sheet; the columns add up.")  # fmt: skip
    return Grid(desk.say("排名为什么变", "What moved the ranking"), heads, tuple(lines), note,
                desk.say("两个季度都有总分的旗县区还没有。", "No district has a total in both quarters."))  # fmt: skip


def _up(value: Decimal) -> str:
    return "good" if value > 0 else "bad" if value < 0 else ""


def _matrix(desk: Desk, now: Review) -> Grid:
    """Marks earned by item; the best of a column and the worst are coloured, missing ones named."""
    lines = []
    for district in _ordered(now):
        cells = [_cell(desk, now, line.item, district) for line in now.lines]
        total = now.totals[district]
        rank = str(now.ranks.get(district, "—"))
        lines.append((Cell(district), Cell(rank), Cell("—" if total is None else f"{total:.2f}"), *cells))
    heads = (desk.say("旗县区", "District"), desk.say("名次", "Rank"), desk.say("总分", "Total"),
             *(f"{desk.say(line.item, line.en)} {line.weight:f}" for line in now.lines))  # fmt: skip
    note = desk.say("每项得分＝分值×（数值－零分线）÷（满分线－零分线），不低于零、不超过封顶；评委打分去掉最高最低后平均。",
                    "An item earns weight × (value − zero line) ÷ (full line − zero line), within 0 and its cap; marks are averaged "
                    "without the extremes.")  # fmt: skip
    return Grid(desk.say("各项得分", "Scores by item"), heads, tuple(lines), note)


def _cell(desk: Desk, now: Review, item: str, district: str) -> Cell:
    score = now.scores[district][item]
    if score is None:
        return Cell(desk.say("缺", "missing"), "warn")
    every = [told for scores in now.scores.values() if (told := scores[item]) is not None]
    tone = (
        ""
        if min(every) == max(every)
        else "good"
        if score == max(every)
        else "bad"
        if score == min(every)
        else ""
    )
    return Cell(f"{score:.2f}", tone)


def _weights(desk: Desk, now: Review, then: Review | None) -> Bars:
    """What this quarter looks at, beside last quarter."""
    old = {line.item: line.weight for line in then.lines} if then else {}
    bars = tuple(
        Bar(
            desk.say(line.item, line.en),
            line.weight,
            mark=old.get(line.item),
            tone="warn" if line.marks else "",
        )
        for line in now.lines
    )
    note = desk.say("评委打分另着色。", "Reviewers' marks are coloured.")
    return Bars(desk.say("本季度看什么", "What this quarter looks at"), bars, desk.say("分", "points"), note,
                desk.say("上季度分值", "last quarter's weight"))  # fmt: skip


def _history(desk: Desk, every: list[Review]) -> Grid:
    """Ranks and totals quarter by quarter."""
    lines = []
    for district in _ordered(every[-1]):
        told = [(one.ranks.get(district), one.totals.get(district)) for one in every]
        cells = [Cell("—" if rank is None else f"{rank}（{total:.2f}）" if desk.language != "en" else f"{rank} ({total:.2f})",
                      "good" if rank == 1 else "") for rank, total in told]  # fmt: skip
        lines.append((Cell(district), *cells))
    heads = (desk.say("旗县区", "District"), *(named(desk, one.quarter) for one in every))
    return Grid(desk.say("历次名次（总分）", "Ranks (totals) by quarter"), heads, tuple(lines))


def _objections(desk: Desk, quarter: Quarter) -> Grid:
    """The quarter's objections, those past their day first."""
    rows = of(desk.rows("review_objections"), quarter)
    rows.sort(key=lambda row: (row["stage"] == "decided", str(row["due_on"]), str(row["id"])))
    ruling = desk.pack.registered["review_objections"].named["ruling"]
    lines = tuple(
        (Cell(said(row, "reason"), link=address("review_objections", str(row["id"]))), Cell(said(row, "district")), Cell(said(row, "item")),
         Cell(said(row, "raised_on")), *_decided(desk, row, ruling.shown(row["ruling"], desk.language)))
        for row in rows
    )  # fmt: skip
    heads = (desk.say("异议", "Objection"), desk.say("旗县区", "District"), desk.say("测评项目", "Item"),
             desk.say("提出", "Raised"), desk.say("处理", "Ruling"), desk.say("答复期限", "Due"))  # fmt: skip
    return Grid(
        desk.say("异议", "Objections"), heads, lines, empty=desk.say("本季度没有异议。", "None this quarter.")
    )


def _decided(desk: Desk, row: Row, ruling: str) -> tuple[Cell, Cell]:
    open_, due = row["stage"] != "decided", dated(row, "due_on")
    late = bool(open_ and due and due < desk.day)
    return Cell(desk.say("待答复", "open") if open_ else ruling, "warn" if open_ else ""), Cell(
        str(due or ""), "bad" if late else ""
    )


def _doubts(desk: Desk, now: Review) -> Grid:
    """What keeps a ranking from being one: weights, missing items, marks at home, results that no longer follow."""
    told = []
    if now.weight != 100:
        told.append((desk.say("分值合计", "weights add up to"), f"{now.weight:f}"))
    told += [(desk.say("没有数", "no value"), f"{district}·{item}") for district, item in now.missing]
    told += [(desk.say("打分的评委现在属于这个旗县区，不计入", "marked at home, not counted"), f"{row['reviewer']}·{row['district']}")
             for row in now.recused]  # fmt: skip
    for row in results(desk, now.quarter):
        total = now.totals.get(said(row, "district"))
        if total is not None and total != row["score"]:
            told.append((desk.say("与公示的总分不同，重算后公布", "differs from what was announced: recount"),
                         f"{row['district']} {row['score']} → {total}"))  # fmt: skip
    lines = tuple((Cell(what), Cell(where, "warn")) for what, where in told)
    return Grid(desk.say("公布以前要看的", "To be seen to before publishing"), (desk.say("什么", "What"), desk.say("哪里", "Where")), lines,
                empty=desk.say("没有问题。", "Nothing."))  # fmt: skip
