"""Files that cannot be read as a report, each made as the world makes them."""

import io
import zipfile
from pathlib import Path

import docx
from reportlab.lib.pdfencrypt import StandardEncryption
from reportlab.pdfgen import canvas

ROOT = Path(__file__).resolve().parents[2]
TEXT = (ROOT / "examples/report-2024.txt").read_text("utf-8")
SIMPLE = "国会区对开关发经济业产实现这体万与个为来时说学"
FULL = "國會區對開關發經濟業產實現這體萬與個為來時說學"


def word():
    """The example as a Word file."""
    document, out = docx.Document(), io.BytesIO()
    for line in TEXT.split("\n"):
        document.add_paragraph(line)
    document.save(out)
    return out.getvalue()


def rezipped(raw, change):
    """The archive with its main part changed."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(raw)) as before, zipfile.ZipFile(out, "w") as after:
        for part in before.namelist():
            data = before.read(part)
            after.writestr(part, change(data) if part == "word/document.xml" else data)
    return out.getvalue()


def bomb():
    """120 MB of blanks behind 120 kB."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", b" " * 120_000_000)
    return out.getvalue()


def pdf(draw, **options):
    """A page with what `draw` puts on it."""
    out = io.BytesIO()
    page = canvas.Canvas(out, **options)
    draw(page)
    page.showPage()
    page.save()
    return out.getvalue()


def picture(page):
    """What a scanner leaves: an image over the whole page, no letters."""
    from PIL import Image

    page.drawInlineImage(Image.new("L", (60, 80), 230), 0, 0, 595, 842)


def endless(path):
    """200 MB of the example again and again."""
    block = TEXT.encode() * 100
    with path.open("wb") as file:
        while file.tell() < 200_000_000:
            file.write(block)


def bad_files(folder):
    """The files by name, with a word that the sentence about each must have in Chinese and in English."""
    whole, line = word(), lambda page: page.drawString(72, 700, "report")
    made = {
        "empty.txt": (b"", "空文件", "empty"),
        "blank.txt": (b"\n \n", "空文件", "empty"),
        "binary.txt": (bytes(range(256)) * 50, "不是文本", "no text"),
        "renamed.docx": (bytes(range(256)) * 50, "不是文本", "no text"),
        "scan.pdf": (pdf(picture), "扫描件", "scan"),
        "locked.pdf": (pdf(line, encrypt=StandardEncryption("secret")), "密码", "password"),
        "cut.pdf": (pdf(line)[:400], "损坏", "damaged"),
        "locked.docx": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(4000), "密码", "password"),
        "cut.docx": (whole[:20_000], "损坏", "damaged"),
        "torn.docx": (rezipped(whole, lambda data: data[: len(data) // 2]), "损坏", "damaged"),
        "flipped.docx": (whole[:900] + bytes(60) + whole[960:], "损坏", "damaged"),
        "bomb.docx": (bomb(), "解压", "unpacks"),
        "mixed.txt": (TEXT[:3000].encode() + TEXT[3000:].encode("gb18030"), "编码", "encoding"),
        "full.txt": (TEXT.translate(str.maketrans(SIMPLE, FULL)).encode(), "繁体", "traditional"),
        "novel.txt": ("他从山坡上走下来，太阳已经落到河对岸去了。".encode() * 60, "不像", "work report"),
        "english.txt": (b"Four score and seven years ago our fathers brought forth. " * 99, "不像", "work report"),
    }  # fmt: skip
    for name, (raw, _, _) in made.items():
        (folder / name).write_bytes(raw)
    endless(folder / "endless.txt")
    return {name: words for name, (_, *words) in made.items()} | {"endless.txt": ["上限", "limit"]}
