"""A file becomes text. The kind of a file is told by its content, never by its name."""

import hashlib
import zipfile
from pathlib import Path

from duban.core.problem import Problem, Refused
from duban.read.model import Source
from duban.read.source.decode import decode
from duban.read.source.docx import read_docx
from duban.read.source.html import is_html, read_html
from duban.read.source.pdf import read_pdf

__all__ = ["MAX_BYTES", "load_source"]

# A work report has some 80 kB of text; far beyond that a file is something else.
MAX_BYTES = 20_000_000
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def _bytes_of(path: Path) -> bytes:
    name = path.name
    if path.is_dir():
        raise Refused(Problem("file.is_folder", name))
    try:
        size = path.stat().st_size
        if size > MAX_BYTES:
            raise Refused(
                Problem(
                    "file.too_large", name, {"megabytes": size // 1_000_000, "limit": MAX_BYTES // 1_000_000}
                )
            )
        data = path.read_bytes()
    except FileNotFoundError:
        raise Refused(Problem("file.missing", name)) from None
    except PermissionError:
        raise Refused(Problem("file.no_rights", name)) from None
    if not data.strip():
        raise Refused(Problem("file.empty", name))
    return data


def load_source(path: Path) -> Source:
    """The text of a txt, docx, pdf or html file; raises `Refused` with one problem where it has none."""
    path = Path(path)
    data = _bytes_of(path)
    name = path.name
    if data.startswith(b"%PDF"):
        kind, text = "pdf", read_pdf(data, name)
    elif data.startswith(_OLE):
        raise Refused(Problem("file.legacy_or_locked", name))
    elif data.startswith(b"PK"):
        kind, text = "docx", _zipped(data, path)
    else:
        text = decode(data, name)
        kind = "html" if is_html(text) else "txt"
        text = read_html(text) if kind == "html" else text
    if not text.strip():
        raise Refused(Problem("file.no_text", name))
    return Source(name, text, kind, hashlib.sha256(data).hexdigest())


def _zipped(data: bytes, path: Path) -> str:
    try:
        return read_docx(data, path.name)
    except zipfile.BadZipFile:
        raise Refused(Problem("file.damaged", path.name, {"kind": "docx"})) from None
