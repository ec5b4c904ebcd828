"""Bytes to text: UTF-8, UTF-16 or GB18030, told apart by what decodes and reads as Chinese."""

from duban.core.problem import Problem, Refused


def _clean(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _bad_line(data: bytes, encoding: str) -> int | None:
    """The first line that does not decode, counted from 1."""
    for number, line in enumerate(data.split(b"\n"), 1):
        try:
            line.decode(encoding)
        except UnicodeDecodeError:
            return number
    return None


def decode(data: bytes, name: str) -> str:
    """The text of `data`, line feeds as `\\n`; raises `Refused` for binaries and mixed encodings."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        try:
            return _clean(data.decode("utf-16"))
        except UnicodeDecodeError:
            raise Refused(Problem("file.damaged", name, {"kind": "UTF-16"})) from None
    if b"\0" in data:
        return _wide(data, name)
    try:
        return _clean(data.decode("utf-8-sig"))
    except UnicodeDecodeError:
        return _legacy(data, name)


def _wide(data: bytes, name: str) -> str:
    """UTF-16 without a mark: the byte order that reads as Chinese."""
    for encoding in ("utf-16-le", "utf-16-be"):
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if sum(text.count(c) for c in _COMMON) * 20 > len(text):
            return _clean(text)
    raise Refused(Problem("file.binary", name))


_COMMON = "的和发展工作建设全市年，。、"


def _legacy(data: bytes, name: str) -> str:
    lines = data.split(b"\n")
    utf8 = sum(1 for line in lines if not line.isascii() and _decodes(line, "utf-8"))
    wide = sum(1 for line in lines if not line.isascii())
    if utf8 and utf8 < wide:  # some lines are UTF-8, others are not
        raise Refused(Problem("file.mixed_encodings", name, {"line": _bad_line(data, "utf-8") or 1}))
    try:
        text = data.decode("gb18030")
    except UnicodeDecodeError:
        raise Refused(Problem("file.binary", name)) from None
    common = sum(text.count(c) for c in _COMMON)
    if not common:
        raise Refused(Problem("file.binary", name))
    return _clean(text)


def _decodes(line: bytes, encoding: str) -> bool:
    try:
        line.decode(encoding)
    except UnicodeDecodeError:
        return False
    return True
