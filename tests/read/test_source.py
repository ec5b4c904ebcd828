"""Files become text, or are refused with one problem; real files are made here."""

import io
import os
import zipfile

import docx
import pytest
from reportlab.lib.pdfencrypt import StandardEncryption
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfgen import canvas

from duban.core.problem import Refused
from duban.read import load_source
from duban.read.layout import repair

TEXT = "政府工作报告\n今年工作安排，全市改造老旧小区26个。\n"


def write(path, data):
    path.write_bytes(data)
    return path


def pdf(path, lines, **options):
    pdfmetrics.registerFont(UnicodeCIDFont("STSong-Light"))
    page = canvas.Canvas(str(path), **options)
    page.setFont("STSong-Light", 12)
    for number, line in enumerate(lines):
        page.drawString(72, 760 - 18 * number, line)
    page.showPage()
    page.save()
    return path


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16", "utf-16-le"])
def test_encodings_are_told_apart(tmp_path, encoding):
    assert load_source(write(tmp_path / "a.txt", TEXT.encode(encoding))).text == TEXT


def test_windows_line_ends(tmp_path):
    assert load_source(write(tmp_path / "a.txt", TEXT.replace("\n", "\r\n").encode())).text == TEXT


def test_word_with_a_table(tmp_path):
    document = docx.Document()
    document.add_paragraph("今年改造老旧小区26个。")
    document.add_table(1, 2).cell(0, 1).text = "新增学位300个"
    document.save(tmp_path / "a.bin")  # the name does not matter
    source = load_source(tmp_path / "a.bin")
    assert source.kind == "docx"
    assert "老旧小区26个" in source.text
    assert "新增学位300个" in source.text


def test_pdf_lines_are_joined_to_paragraphs(tmp_path):
    line = "今年我们要坚持稳中求进工作总基调全面深化改革开放改造老"
    source = load_source(pdf(tmp_path / "a.pdf", [line, "旧小区二十六个并新增学位300个。"]))
    assert source.kind == "pdf"
    assert "改造老旧小区" in repair(source.text).text


def test_a_web_page_without_its_menus(tmp_path):
    page = "<!doctype html><html><body><nav>首页 导航</nav><article><p>今年改造老旧小区26个。</p></article><script>x</script></body></html>"
    source = load_source(write(tmp_path / "a.html", page.encode()))
    assert (source.kind, source.text.strip()) == ("html", "今年改造老旧小区26个。")


def bomb():
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", b"0" * 100_000_000)
    return out.getvalue()


def archive():
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as box:
        box.writestr("a.txt", "x")
    return out.getvalue()


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "file.empty"),
        (b" \n \n", "file.empty"),
        (bytes(range(256)) * 40, "file.binary"),
        (b"\x89PNG\r\n\x1a\n" + os.urandom(4000), "file.binary"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "file.legacy_or_locked"),
        (b"PK\x03\x04" + b"broken" * 50, "file.damaged"),
        (b"%PDF-1.7 broken", "file.damaged"),
        (bomb(), "file.bomb"),
        (archive(), "file.not_word"),
        ("第一行是统一码。\n".encode() + "第二行是国标码。\n".encode("gb18030"), "file.mixed_encodings"),
    ],
)
def test_what_cannot_be_read_is_refused(tmp_path, data, code):
    with pytest.raises(Refused) as refused:
        load_source(write(tmp_path / "a.txt", data))
    assert [p.code for p in refused.value.problems] == [code]


def test_missing_folder_large_scan_and_locked(tmp_path):
    large = tmp_path / "large.txt"
    with large.open("wb") as file:
        file.truncate(200_000_000)
    scan, locked = tmp_path / "scan.pdf", tmp_path / "locked.pdf"
    pdf(scan, [])
    pdf(locked, ["今年"], encrypt=StandardEncryption("secret"))
    cases = {
        tmp_path / "none.txt": "file.missing", tmp_path: "file.is_folder", large: "file.too_large",
        scan: "file.scan", locked: "file.locked",
    }  # fmt: skip
    for path, code in cases.items():
        with pytest.raises(Refused) as refused:
            load_source(path)
        assert refused.value.problems[0].code == code
