"""What papers say: counts equal the lists behind them, the same items are compared, nothing just vanishes."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from duban.core.problem import Refused
from duban.ledger.year.dated import Dated
from duban.ledger.year.meetings import PrioritySet
from duban.ledger.year.papers import PaperIssued
from duban.papers import KINDS, Heading, Order, Paper, Table, Text, from_json, make_paper, papers_of, to_json
from duban.papers.model import clean
from duban.papers.sight import CLASSES, Change, Sight, share, signed
from tests.papers.city import BEFORE, BRIDGE, DAY, MARKET, NEW, PARK, SETTLED


def section(paper, word):
    """The blocks under the head that holds this word."""
    found, inside = [], False
    for block in paper.blocks:
        if isinstance(block, Heading):
            inside = word in block.text
        elif inside:
            found.append(block)
    return found


def tables(blocks):
    return [block for block in blocks if isinstance(block, Table)]


@pytest.fixture(scope="module")
def monthly(books):
    return make_paper(books, Order("monthly", DAY))


def test_the_classes_add_up_to_n(monthly, books):
    table = tables(section(monthly, "总体"))[0]
    *classes, total = table.rows
    assert [row[0] for row in classes] == ["达进度", "超进度", "欠进度", "已完成", "其他"]
    assert sum(int(row[1]) for row in classes) == int(total[1]) == 3
    for column in (3, 4):
        assert sum(int(row[column]) for row in classes) == int(total[column]) == 2


def test_counts_equal_the_lists_behind_them(monthly):
    counts = {row[0]: int(row[1]) for row in tables(section(monthly, "总体"))[0].rows}
    behind = tables(section(monthly, "欠进度事项"))[0].rows
    assert len(behind) == counts["欠进度"]
    assert behind[0][1:] == ("新建口袋公园", "市住房和城乡建设局", "序时进度",
                             "2024年1—9月为3个，按序时进度应到9个。", "征地未完（原因已认可）")  # fmt: skip
    for head in ("各行动", "各牵头"):
        rows = tables(section(monthly, head))[0].rows
        assert sum(int(row[1]) for row in rows) == counts["合计"]
        for column, name in enumerate(counts, 2):
            if name != "合计":
                assert sum(int(row[column]) for row in rows) == counts[name]


def test_only_the_same_items_are_compared_and_the_others_stand_apart(monthly):
    blocks = section(monthly, "相比")
    assert "两期都有的事项2项，本期新增1项，退出1项" in blocks[0].text
    moves, moved, new, left = tables(blocks)
    assert sum(int(cell) for row in moves.rows for cell in row[1:6]) == 2
    assert [row[1:] for row in moved.rows] == [
        ("新建口袋公园", "市住房和城乡建设局", "超进度", "欠进度"),
        ("改造菜市场", "市住房和城乡建设局", "欠进度", "已完成"),
    ]
    assert [row[1] for row in new.rows] == ["增设公厕"]
    assert [row[1] for row in left.rows] == ["建成通云大桥"]


def test_the_method_names_profile_day_and_what_is_left_out(monthly):
    told = "".join(block.text for block in section(monthly, "统计说明"))
    for word in ("2024年9月30日", "缺省规则", "default", "已撤下的事项1项", "承诺3项", "2024年8月31日"):
        assert word in told


def test_an_empty_section_says_none(books):
    early = make_paper(books, Order("monthly", date(2024, 2, 20), since=date(2024, 2, 1)))
    for head in ("各行动", "各牵头", "欠进度事项（0项）", "没有新数据的事项（0项）"):
        assert section(early, head) == [Text("无")]
    assert "共0项：达进度0项（—）" in section(early, "总体")[0].text


def test_the_quarter_is_compared_with_the_last_day_of_the_quarter_before(books):
    paper = make_paper(books, Order("quarterly", DAY))
    assert (paper.since, paper.titles[-1]) == ("2024-06-30", "（2024年第三季度）")


def test_a_bulletin_is_compared_with_the_last_one_that_was_issued(ledger, books):
    book = books(DAY).copy()
    body = PaperIssued("monthly", "云政督〔2024〕1号", "2024-07-25", "{}")
    book.papers = {"1": Dated(book.seq, "2024-07-25T08:00:00.000Z", "2024-07-25", "clerk", body)}
    paper = make_paper(lambda day: book if day == DAY else books(day), Order("monthly", DAY))
    assert paper.since == "2024-07-25"
    other = make_paper(lambda day: book if day == DAY else books(day), Order("quarterly", DAY))
    assert other.since == "2024-06-30"


def test_the_sheet_of_a_matter(books):
    paper = make_paper(books, Order("sheet", DAY, "D-1"))
    assert paper.to == "市住房和城乡建设局"
    assert dict(paper.blocks[0].rows)["立项依据"] == "按督办规则自动提出"
    course = tables(section(paper, "办理过程"))[0].rows
    assert [row[2] for row in course] == ["立项", "升级", "答复", "结论"]
    assert "问题未解决" in section(paper, "督查结论")[0].text
    items = tables(section(paper, "所涉工作事项"))[0].rows
    assert items[0][1:4] == ("新建口袋公园", "≥12个", "黄灯")
    before = make_paper(books, Order("sheet", date(2024, 9, 5), "D-1"))
    assert len(tables(section(before, "办理过程"))[0].rows) == 1
    assert section(before, "督查结论") == [Text("尚未作出结论。")]


def test_the_notice_lists_open_matters_at_its_level_only(books):
    paper = make_paper(books, Order("notice", DAY))
    rows = tables(section(paper, "在办的通报"))[0].rows
    assert [(row[1], row[3], row[6]) for row in rows] == [("D-2", "市财政局", "逾期未答复")]
    assert tables(section(paper, "应报未报"))[0].rows[0][1:] == ("市财政局", "1", "增设公厕")
    assert section(paper, "亮红灯的事项（0项）") == [Text("无")]


def test_the_brief_of_a_leader(books):
    paper = make_paper(books, Order("brief", DAY, "孙副市长"))
    assert "工作事项2项" in paper.blocks[0].text
    assert tables(section(paper, "最要紧"))[0].rows[0][1] == "新建口袋公园"
    decisions = section(paper, "会议决定（2项，其中逾期1项）")
    assert [row[1] for row in tables(decisions)[0].rows] == [
        "市住建局月底前拿出赶工方案。",
        "市财政局研究资金。",
    ]
    assert "变差1项" in section(paper, "相比")[0].text
    nobody = make_paper(books, Order("brief", DAY, "查无此人"))
    assert "工作事项0项" in nobody.blocks[0].text


def test_what_the_office_chose_stands_on_top(books):
    book = books(DAY).copy()
    book.priority = PrioritySet((NEW, MARKET)).items
    paper = make_paper(lambda day: book if day == DAY else books(day), Order("brief", DAY))
    assert [row[1] for row in tables(section(paper, "督查室选定"))[0].rows] == ["增设公厕", "改造菜市场"]


@pytest.mark.parametrize(
    ("order", "code"),
    [
        (Order("poem", DAY), "papers.kind_unknown"),
        (Order("sheet", DAY, "D-9"), "papers.no_matter"),
        (Order("monthly", DAY, since=DAY), "papers.since_later"),
        (Order("notice", DAY, mark="final"), "papers.mark_unknown"),
        (Order("settlement", DAY), "papers.not_settled"),
    ],
)
def test_what_cannot_be_made_is_refused(books, order, code):
    with pytest.raises(Refused) as refused:
        make_paper(books, order)
    assert refused.value.problems[0].code == code


def test_what_can_be_made_on_a_day(books):
    assert [(o.kind, o.about) for o in papers_of(books(DAY), DAY)] == [
        ("monthly", ""), ("quarterly", ""), ("brief", ""), ("notice", ""), ("sheet", "D-2"),
    ]  # fmt: skip


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("locale", ["zh", "en"])
def test_every_paper_is_whole_in_both_languages_and_keeps_as_json(books, kind, locale):
    order = Order(
        kind, SETTLED if kind == "settlement" else DAY, "D-1" if kind == "sheet" else "", locale=locale
    )
    paper = make_paper(books, order)
    assert paper == make_paper(books, order)
    assert not [text for text in paper.texts() if "paper." in text or "{" in text]
    assert from_json(to_json(paper)) == paper
    assert (paper.mark, paper.number) == ("草稿" if locale == "zh" else "Draft", "")
    out = paper.issued("云政督〔2024〕3号")
    assert (out.mark, out.number) == ("", "云政督〔2024〕3号")


@given(text=st.text())
def test_clean_text_is_one_printable_line(text):
    found = clean(text)
    assert found.isprintable()
    assert found == clean(found) == found.strip()


def test_marks_that_turn_text_around_are_taken_out():
    assert clean("a\u202eb\u2066c\x00d\te\r\nf\ufeff\u200b") == "abcd e f"


@given(
    before=st.lists(st.sampled_from(CLASSES)), now=st.lists(st.sampled_from(CLASSES)), shift=st.integers(0, 5)
)
def test_moves_of_the_same_items_add_up(before, now, shift):
    old = {str(n): name for n, name in enumerate(before)}
    new = {str(n + shift): name for n, name in enumerate(now)}
    sights = [Sight(None, DAY, "zh", None, {}, classes) for classes in (old, new)]
    change = Change.between(*sights)
    assert (
        sum(change.count(a, b) for a in CLASSES for b in CLASSES)
        == len(change.same)
        == len(set(old) & set(new))
    )
    assert len(change.same) + len(change.new) == len(new)
    assert len(change.same) + len(change.left) == len(old)
    for name in CLASSES:
        assert sum(change.count(a, name) for a in CLASSES) == sights[1].counts(change.same)[name]


def test_shares_and_signs():
    assert [share(1, 3), share(1, 16), share(0, 7), share(0, 0)] == ["33.3%", "6.3%", "0.0%", "—"]
    assert [signed(3), signed(0), signed(-2)] == ["+3", "0", "−2"]


def test_the_city_of_the_tests_is_as_described(books):
    before, now = Sight.of(books(BEFORE), BEFORE, "zh"), Sight.of(books(DAY), DAY, "zh")
    assert set(before.classes) == {PARK, MARKET, BRIDGE}
    assert set(now.classes) == {PARK, MARKET, NEW}
    assert isinstance(make_paper(books, Order("notice", DAY)), Paper)


@pytest.fixture(scope="module")
def account(books):
    return make_paper(books, Order("settlement", SETTLED))


def test_the_settlement_book_says_verdict_reason_place_and_who_overruled(account, books):
    assert ("settlement", "") in [(o.kind, o.about) for o in papers_of(books(SETTLED), SETTLED)]
    lead = section(account, "总体")[0].text
    assert "承诺4项：完成1项，未完成1项，无法判断2项" in lead
    rows = [row[1:] for row in tables(section(account, "来源说到的"))[0].rows]
    assert rows[0][1] == "完成"  # by the person; the rules' own stands in the section on overruling
    assert [(row[0], row[1]) for row in rows[1:3]] == [
        ("· 新建口袋公园 8座", "超额完成"),
        ("· 改造菜市场 3个", "未完成"),
    ]
    assert "公报 A3" in rows[2][3]
    assert [row[2:4] for row in tables(section(account, "改判"))[0].rows] == [("部分完成", "完成")]
    assert len(tables(section(account, "没有说到"))[0].rows) == 2
    [moved] = [row[1:] for row in tables(section(account, "2025年的目标"))[0].rows]
    assert moved == ("快递业务量", "≥11%", "9%", "≥10%", "要求调低")
    assert "a" * 64 in tables(section(account, "来源与规则"))[0].rows[0]
    assert "两种可能" in "".join(b.text for b in section(account, "来源与规则") if isinstance(b, Text))


def test_the_counts_of_the_settlement_book_add_up(account):
    for head in ("各行动", "各牵头单位"):
        for row in tables(section(account, head))[0].rows:
            assert int(row[1]) == sum(map(int, row[2:]))
