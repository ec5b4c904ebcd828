"""A file is what its content says; what is dangerous, cut short or named otherwise is refused."""

import io
import zipfile

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from duban.core.problem import Refused
from duban.files.kinds import MEDIA, clean_name, kind_of
from duban.words import catalogue
from tests.files.proofs import EXE, GOOD, HTML, SVG, jpg, ofd, packed, pdf, png, sheet, word

SAMPLES = {name: make() for name, make in GOOD.items()}


def kind(name, raw):
    try:
        return kind_of(name, io.BytesIO(raw), len(raw))
    except Refused as refused:
        code = refused.problems[0].code
        assert code in catalogue("zh")
        assert code in catalogue("en")
        return code


@pytest.mark.parametrize("name", GOOD)
def test_each_kind_is_known_by_its_content(name):
    assert kind(name, GOOD[name]()) in MEDIA


def macros():
    out = io.BytesIO(word())
    with zipfile.ZipFile(out, "a") as archive:
        archive.writestr("word/vbaProject.bin", b"\0")
    return out.getvalue()


def bomb():
    """540 MB behind 2 MB, packed in a hurry."""
    out = io.BytesIO(packed(**{"[Content_Types]_dot_xml": "", "word__document_dot_xml": ""}))
    with zipfile.ZipFile(out, "a", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        for n in range(9):
            archive.writestr(f"word/{n}", bytes(60_000_000))
    return out.getvalue()


@pytest.mark.parametrize(
    ("name", "raw", "code"),
    [
        ("a.svg", SVG, "evidence.type_unknown"),
        ("a.png", SVG, "evidence.type_unknown"),
        ("a.html", HTML, "evidence.type_unknown"),
        ("a.pdf", HTML, "evidence.type_unknown"),
        ("a.pdf", EXE, "evidence.type_unknown"),
        ("a.exe", pdf(), "evidence.name_differs"),
        ("a.pdf.exe", pdf(), "evidence.name_differs"),
        ("a", pdf(), "evidence.name_differs"),
        ("a.docx", sheet(), "evidence.name_differs"),
        ("a.zip", packed(x="y"), "evidence.type_unknown"),
        ("a.docx", packed(x="y"), "evidence.type_unknown"),
        ("a.docx", macros(), "evidence.macros"),
        ("a.pdf", pdf()[:-200], "evidence.damaged"),
        ("a.docx", word()[:-30], "evidence.damaged"),
        ("a.png", png()[:-4], "evidence.damaged"),
        ("a.png", png() + b"more", "evidence.damaged"),
        ("a.jpg", jpg()[:-2], "evidence.damaged"),
        ("a.pdf", pdf() + ofd(), "evidence.damaged"),  # both a document and an archive
        ("a.jpg", jpg() + ofd(), "evidence.damaged"),
        ("a.docx", b"PK\x03\x04" + pdf() + word(), "evidence.damaged"),  # an archive behind something else
        ("a.pdf", b"%PDF-1.4\n" + HTML + b"\n%%EOF", "evidence.damaged"),
        ("a.docx", packed(**{"[Content_Types]_dot_xml": "", "word__document_dot_xml": "", "..__x": ""}), "evidence.damaged"),
    ],
)  # fmt: skip
def test_what_is_refused(name, raw, code):
    assert kind(name, raw) == code


def test_a_bomb_is_refused_unopened():
    """Made here, not when tests are collected: every worker collects all of them."""
    assert kind("a.docx", bomb()) == "evidence.bomb"


@pytest.mark.parametrize(
    ("name", "clean"),
    [
        ("../../etc/passwd.pdf", "passwd.pdf"),
        ("C:\\temp\\验收单.pdf", "验收单.pdf"),
        ("a\r\nSet-Cookie: x.pdf", "aSet-Cookie x.pdf"),
        ("..", ""),
        ("x" * 300 + ".pdf", "x" * 96 + ".pdf"),
        ("\u202efdp.exe", "fdp.exe"),
    ],
)
def test_a_name_leads_nowhere(name, clean):
    assert clean_name(name) == clean


@settings(max_examples=100, deadline=None)
@given(st.sampled_from(sorted(GOOD)), st.data())
def test_no_damage_is_worse_than_a_refusal(name, data):
    raw = bytearray(SAMPLES[name])
    for _ in range(data.draw(st.integers(1, 4))):
        raw[data.draw(st.integers(0, len(raw) - 1))] = data.draw(st.integers(0, 255))
    cut = data.draw(st.integers(0, len(raw)))
    assert kind(name, bytes(raw[:cut]))
