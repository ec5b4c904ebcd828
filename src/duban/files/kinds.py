"""What an evidence file is, told by its content; its name only has to agree. Nothing of it is unpacked or run."""

import re
import unicodedata
import zipfile
from collections.abc import Callable, Mapping
from pathlib import PurePosixPath
from typing import BinaryIO

from duban.core.problem import Problem, Refused

MEDIA: Mapping[str, str] = {
    "pdf": "application/pdf",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "ofd": "application/ofd",  # GB/T 33190
    "png": "image/png",
    "jpg": "image/jpeg",
}
_SUFFIXES = {"jpeg": "jpg"}
_TAIL = 65_600  # bytes: a zip archive's end lies within
_ZIP_END = b"PK\x05\x06"
_PARTS = 10_000  # of an archive
UNPACKED = 500_000_000  # bytes that an archive may claim to hold
_CHUNKS = 100_000  # of a PNG
_MARKUP = re.compile(rb"<\s*(?:!doctype|html|script|svg|\?php)", re.I)
_LONGEST = 100  # characters of a name


def clean_name(name: str) -> str:
    """A file's own name: no folders, nothing unprintable, nothing that a file system takes for something else."""
    bare = unicodedata.normalize("NFC", re.split(r"[/\\]", name)[-1])
    bare = "".join(c for c in bare if c.isprintable() and c not in '<>:"|?*').strip(". ")
    stem, dot, suffix = bare.rpartition(".")
    return (
        f"{stem[: _LONGEST - 1 - len(suffix)]}{dot}{suffix}" if dot and len(suffix) < 8 else bare[:_LONGEST]
    )


def kind_of(name: str, file: BinaryIO, size: int) -> str:
    """The kind of `file` (a key of `MEDIA`). Raises `Refused`: no such kind, damaged, dangerous, or named otherwise."""
    file.seek(0)
    head = file.read(1024)
    for magic, check in _KINDS:
        if head.startswith(magic):
            try:
                kind = check(file, size)
            except _Fault as fault:
                raise _refused(str(fault), name, known=" ".join(MEDIA)) from None
            _agree(name, kind)
            return kind
    raise _refused("evidence.type_unknown", name, known=" ".join(MEDIA))


def _agree(name: str, kind: str) -> None:
    suffix = PurePosixPath(name).suffix.lower().lstrip(".")
    if _SUFFIXES.get(suffix, suffix) != kind:
        raise _refused("evidence.name_differs", name, suffix=suffix[:10] or "—", kind=kind)


def _pdf(file: BinaryIO, size: int) -> str:
    head, tail = _ends(file, size)
    if b"%%EOF" not in tail[-1024:] or _ZIP_END in tail or _MARKUP.search(head):
        raise _Fault("evidence.damaged")
    return "pdf"


def _jpg(file: BinaryIO, size: int) -> str:
    """From its first mark to its last; cameras write a little behind it, but never an archive."""
    head, tail = _ends(file, size)
    if b"\xff\xd9" not in tail or _ZIP_END in tail or _MARKUP.search(head):
        raise _Fault("evidence.damaged")
    return "jpg"


def _png(file: BinaryIO, size: int) -> str:
    """Chunk by chunk to IEND, where the file ends."""
    at = 8
    for _ in range(_CHUNKS):
        file.seek(at)
        head = file.read(8)
        if len(head) < 8:
            raise _Fault("evidence.damaged")
        at += 12 + int.from_bytes(head[:4], "big")
        if head[4:] == b"IEND":
            break
    if at != size:
        raise _Fault("evidence.damaged")
    return "png"


def _archive(file: BinaryIO, size: int) -> str:
    """An office file; the archive is the whole file, holds no macros, and does not claim to unpack endlessly."""
    file.seek(max(0, size - 22))
    if not file.read(4).startswith(_ZIP_END):
        raise _Fault("evidence.damaged")
    try:
        with zipfile.ZipFile(file) as archive:
            return _office(archive, size)
    except (zipfile.BadZipFile, EOFError, NotImplementedError, OSError, RuntimeError, ValueError, KeyError):
        raise _Fault("evidence.damaged") from None


def _office(archive: zipfile.ZipFile, size: int) -> str:
    parts = archive.infolist()
    names = {part.filename for part in parts}
    if len(parts) > _PARTS or sum(part.file_size for part in parts) > UNPACKED:
        raise _Fault("evidence.bomb")
    if min((part.header_offset for part in parts), default=1) or sum(p.compress_size for p in parts) > size:
        raise _Fault("evidence.damaged")
    if any(part.flag_bits & 1 for part in parts) or any(_leads_out(name) for name in names):
        raise _Fault("evidence.damaged")
    if any(name.lower().endswith("vbaproject.bin") or "/activex/" in name.lower() for name in names):
        raise _Fault("evidence.macros")
    for kind, needed in (("docx", "word/document.xml"), ("xlsx", "xl/workbook.xml"), ("ofd", "OFD.xml")):
        if needed in names and (kind == "ofd" or "[Content_Types].xml" in names):
            return kind
    raise _Fault("evidence.type_unknown")


def _leads_out(name: str) -> bool:
    return name.startswith(("/", "\\")) or ".." in re.split(r"[/\\]", name) or ":" in name


def _ends(file: BinaryIO, size: int) -> tuple[bytes, bytes]:
    file.seek(0)
    head = file.read(1024)
    file.seek(max(0, size - _TAIL))
    return head, file.read(_TAIL)


class _Fault(Exception):
    pass


_KINDS: tuple[tuple[bytes, Callable[[BinaryIO, int], str]], ...] = (
    (b"%PDF-", _pdf),
    (b"PK\x03\x04", _archive),
    (b"\x89PNG\r\n\x1a\n", _png),
    (b"\xff\xd8\xff", _jpg),
)


def _refused(code: str, name: str, **data: str) -> Refused:
    return Refused(Problem(code, clean_name(name) or "—", dict(data)))
