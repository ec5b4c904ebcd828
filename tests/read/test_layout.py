"""Layout repair: what is mended, and that every character keeps its place."""

from hypothesis import given
from hypothesis import strategies as st

from duban.core.span import Span
from duban.read.layout import repair

LONG = "我们将继续推进重点领域的各项改革并且把发展成果更多更公平地惠及全体市民群众"


def test_a_line_broken_inside_a_word_is_joined():
    assert repair(f"{LONG}并做好服\n\n务企业工作。\n下一段。").text == f"{LONG}并做好服务企业工作。\n下一段。"


def test_a_character_doubled_at_a_page_seam_is_read_once():
    assert repair(f"{LONG}由世\n\n世界级迈进。").text == f"{LONG}由世界级迈进。"


def test_spaces_around_digits_go_and_words_stay():
    assert repair("增长 9.5 %，建成 5G 基站 30 座。").text == "增长9.5%，建成5G基站30座。"


def test_full_width_digits_and_notes():
    assert repair("增长９．５％［17］，良好。").text == "增长9.5%，良好。"


def test_page_furniture_goes():
    assert repair("第一段。\n— 12 —\n第二段。").text == "第一段。\n第二段。"


def test_headings_are_not_joined():
    assert repair("今年工作安排\n（一）推进改革。").text == "今年工作安排\n（一）推进改革。"


def test_a_heading_with_a_sentence_begun_is_joined_where_a_page_broke():
    begun = "（六）统筹城乡发展，让城市和乡村各美其美。用好各类"
    after = (
        "资源，把老街巷、旧厂房和闲置的院落都用起来，让城里人愿意来、村里人留得住，让产业在家门口生根发芽。"
    )
    assert repair(f"{begun}\n\n{after}").text == begun + after


@given(st.text(alphabet="改革发展，。\n 12３%％“”（）［］①—一二、", max_size=300))
def test_every_clean_character_came_from_its_place(text):
    clean = repair(text)
    assert len(clean.offsets) == len(clean.text) + 1
    for at, char in enumerate(clean.text):
        if char != "\n":
            origin = text[clean.offsets[at]]
            assert char == origin or ord(char) == ord(origin) - 0xFEE0


def test_a_clean_span_maps_to_its_source():
    text = "增长 9.5 %。"
    clean = repair(text)
    at = clean.text.index("9.5")
    span = clean.source(Span(at, at + 3))
    assert text[span.start : span.end] == "9.5"
