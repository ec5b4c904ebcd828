"""Small real files of every kind that is taken as evidence, and some that are not."""

import io
import struct
import zipfile
import zlib

import docx
import openpyxl
from reportlab.pdfgen.canvas import Canvas


def pdf():
    out = io.BytesIO()
    page = Canvas(out, invariant=1, pageCompression=0)  # the same bytes each time
    page.drawString(72, 720, "acceptance sheet")
    page.save()
    return out.getvalue()


def word():
    out = io.BytesIO()
    document = docx.Document()
    document.add_paragraph("验收单")
    document.save(out)
    return out.getvalue()


def sheet():
    out = io.BytesIO()
    openpyxl.Workbook().save(out)
    return out.getvalue()


def packed(**parts):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name.replace("__", "/").replace("_dot_", "."), content)
    return out.getvalue()


def ofd():
    return packed(OFD_dot_xml="<ofd/>", Doc_0__Document_dot_xml="<d/>")


def png():
    def chunk(kind, data):
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    head = struct.pack(">IIBBBBB", 1, 1, 8, 0, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", head)
        + chunk(b"IDAT", zlib.compress(b"\0\0"))
        + chunk(b"IEND", b"")
    )


def jpg():
    return b"\xff\xd8\xff\xe0\x00\x10JFIF\x00\x01\x01\x00\x00\x01\x00\x01\x00\x00" + b"\0" * 200 + b"\xff\xd9"


GOOD = {
    "a.pdf": pdf,
    "b.docx": word,
    "c.xlsx": sheet,
    "d.ofd": ofd,
    "e.png": png,
    "f.jpg": jpg,
    "g.JPEG": jpg,
}
SVG = b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'
HTML = b"<!doctype html><html><script>alert(1)</script></html>"
EXE = b"MZ\x90\x00" + b"\0" * 500
