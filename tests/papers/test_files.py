"""Both files of a paper: the same words, the same bytes each time, heads repeated, the note on every page."""

import io
import re
import zipfile

import msgspec
import pypdfium2
import pytest
from docx import Document
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from duban.core.problem import Refused
from duban.papers import KINDS, Column, Order, Paper, Table, Text, make_paper, write_docx, write_pdf
from duban.papers.model import table
from duban.papers.pdf import fonts
from duban.papers.pdf.lines import NO_END, NO_START, wrapped
from duban.papers.pdf.sheet import MISSING
from tests.papers.city import DAY, SETTLED


def bare(text):
    """Words without blanks and line ends: lines are broken by the writers, not by the words."""
    return re.sub(r"\s", "", text)


def pages(pdf):
    document = pypdfium2.PdfDocument(pdf)
    return [document[n].get_textpage().get_text_range() for n in range(len(document))]


def word_texts(file):
    found = []
    for element in Document(io.BytesIO(file)).element.body.iter():
        if element.tag.endswith("}p"):
            found.append("".join(t.text or "" for t in element.iter() if t.tag.endswith("}t")))
    return [text for text in found if text]


def plain(*blocks, **fields):
    paper = Paper(
        "notice", "2024-09-30", "zh", "云川市督查室", ("通报",), blocks, "云川市督查室", "2024年9月30日"
    )
    return msgspec.structs.replace(paper, **fields)


@pytest.mark.parametrize("kind", KINDS)
def test_the_same_words_in_both_files(books, quick, kind):
    day = SETTLED if kind == "settlement" else DAY
    paper = make_paper(books, Order(kind, day, "D-1" if kind == "sheet" else ""))
    office, mark, *words = word_texts(write_docx(paper))
    assert (office, mark) == ("云川市人民政府督查室", "草稿")
    if paper.to:
        words[words.index(paper.to + "：")] = paper.to
        words.insert(len(paper.titles), words.pop(words.index(paper.to)))
    assert words == paper.texts()
    found = pages(write_pdf(paper))
    seen = bare("".join(re.sub(r"—\s*\d+\s*—|^草稿", "", page) for page in found))
    for text in paper.texts():
        assert bare(text) in seen, text


@pytest.mark.parametrize("write", [write_docx, write_pdf])
def test_the_same_paper_gives_the_same_bytes(books, quick, write):
    paper = make_paper(books, Order("sheet", DAY, "D-1"))
    assert write(paper) == write(paper)


def test_the_brief_is_one_page(books, quick):
    crowded = make_paper(books, Order("brief", DAY))
    rows = tuple((f"（{n}）" + "某" * 24, "12", "3", "4", "5") for n in range(14))
    blocks = tuple(replace_table(block, rows) for block in crowded.blocks)
    assert len(pages(write_pdf(msgspec.structs.replace(crowded, blocks=blocks)))) == 1


def replace_table(block, rows):
    if isinstance(block, Table) and block.columns[0].name == "行动":
        return msgspec.structs.replace(block, rows=tuple(row[: len(block.columns)] for row in rows))
    return block


@pytest.fixture(scope="module")
def long_paper():
    rows = [(str(n), f"事项{n}", "甲" * (n % 90)) for n in range(160)]
    columns = [Column("序号", 1, True), Column("事项"), Column("情况一栏", 3)]
    return plain(table(columns, rows, "无"), note="模拟数据", mark="草稿")


def test_heads_are_repeated_and_every_page_has_its_number_and_its_note(long_paper, quick):
    found = pages(write_pdf(long_paper))
    assert len(found) > 4
    for number, page in enumerate(found, 1):
        assert "情况一栏" in page
        assert "模拟数据" in page
        assert "草稿" in page
        assert f"—{number}—" in bare(page)
    assert all(bare("".join(found)).count(f"事项{n}甲") == 1 for n in (11, 85, 159))


def test_word_repeats_heads_and_notes_on_odd_and_even_pages(long_paper):
    document = Document(io.BytesIO(write_docx(long_paper)))
    assert document.element.xml.count("<w:tblHeader/>") == 1
    section = document.sections[0]
    assert document.settings.odd_and_even_pages_header_footer
    for header, footer in (
        (section.header, section.footer),
        (section.even_page_header, section.even_page_footer),
    ):
        assert header.paragraphs[0].text == "草稿　模拟数据"
        assert "PAGE" in footer.paragraphs[0]._p.xml
    mm = [round(length.mm) for length in (section.page_width, section.top_margin, section.bottom_margin,
                                          section.left_margin, section.right_margin)]  # fmt: skip
    assert mm == [210, 37, 35, 28, 26]


def test_a_row_taller_than_a_page_goes_on(quick):
    paper = plain(table([Column("一"), Column("二")], [("很长", "甲乙丙丁" * 900), ("后", "面")], "无"))
    found = bare("".join(re.sub(r"—\s*\d+\s*—", "", page) for page in pages(write_pdf(paper))))
    assert found.count("甲乙丙丁") >= 880
    assert found.count("甲") == 900
    assert "后面" in found


_NASTY = st.text(
    st.one_of(
        st.characters(),
        st.sampled_from("=+-@\x00\x07\u202e\u200f\ufeff\ud800<&>\"'。，（「“一督ش𠮷😀_x000D_"),
    ),
    max_size=60,
)


@settings(
    max_examples=10,
    deadline=None,
    phases=[Phase.generate],
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(texts=st.lists(_NASTY, min_size=6, max_size=6))
def test_nasty_text_goes_into_both_files(quick, texts):
    a, b, c, d, e, f = texts
    block = table([Column(a), Column(b, 2, True)], [(c, d), (e * 40, f)], "无")
    paper = plain(block, Text(table([Column("x")], [(a + b,)], "").rows[0][0]))
    told = word_texts(write_docx(paper))
    for text in paper.texts():
        assert text in told
    shown = bare("".join(pages(write_pdf(paper))))
    known = {ch for ch in "".join(paper.texts()) if ch in "督一" or (ch.isascii() and ch.isalnum())}
    assert known <= set(shown)


def test_a_formula_is_text_and_markup_is_escaped(quick):
    paper = plain(table([Column("<b>")], [("=HYPERLINK(1)</w:t>&",)], "无"))
    assert "=HYPERLINK(1)</w:t>&" in word_texts(write_docx(paper))
    assert bare("=HYPERLINK(1)</w:t>&") in bare("".join(pages(write_pdf(paper))))


def test_a_character_that_no_face_has_is_shown_as_missing(quick):
    assert MISSING in "".join(pages(write_pdf(plain(Text("甲\U0001f9ff乙")))))


@given(text=st.text("甲乙，。（）“”a1 .", max_size=120), width=st.integers(4, 30))
def test_lines_hold_all_words_and_keep_within_the_width(text, width):
    lines = wrapped(text, width, len)
    assert bare("".join(lines)) == bare(text)
    assert all(len(line) <= width + 1 for line in lines)


def test_no_line_begins_or_ends_as_it_must_not():
    text = "督查室（办公室）对“口袋公园”进行核验，发现问题三项；请于月底前整改、报告。" * 6
    for width in range(8, 24):
        for line in wrapped(text, width, len):
            assert line[0] not in NO_START
            assert line[-1] not in NO_END


def test_a_word_wider_than_the_line_comes_in_pieces():
    assert wrapped("x" * 25, 10, len) == ["x" * 10, "x" * 10, "x" * 5]
    assert wrapped("", 10, len) == [""]


def test_without_a_chinese_font_one_sentence_names_the_package(monkeypatch, tmp_path):
    monkeypatch.setattr(fonts, "folders", lambda: (str(tmp_path),))
    with pytest.raises(Refused) as refused:
        write_pdf(plain())
    assert [p.code for p in refused.value.problems] == ["papers.no_font"]
    (tmp_path / "simfang.ttf").write_bytes(b"no font")  # what only looks like one is passed over
    fonts._files.cache_clear()
    fonts._faces.cache_clear()
    with pytest.raises(Refused):
        write_pdf(plain())


def test_the_word_file_is_dated_by_the_paper():
    with zipfile.ZipFile(io.BytesIO(write_docx(plain()))) as file:
        assert {info.date_time for info in file.infolist()} == {(2024, 9, 30, 0, 0, 0)}


def test_the_fonts_of_this_machine_are_embedded(small_font, books):
    """With the machine's own fonts, whatever they are; `small_font` skips where there is none."""
    paper = make_paper(books, Order("sheet", DAY, "D-1"))
    file = write_pdf(paper)
    assert b"/FontFile" in file
    assert bare(paper.title) in bare(pages(file)[0])
