"""Word documents (python-docx): paragraphs and table cells, one line each."""

import io
import zipfile

from duban.core.problem import Problem, Refused

# A docx of a work report unpacks to a few megabytes; more, or a steep ratio, is an attack or another thing.
MAX_UNPACKED = 80_000_000
MAX_RATIO = 200


def _check_archive(data: bytes, name: str) -> None:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        unpacked = sum(info.file_size for info in archive.infolist())
        packed = sum(info.compress_size for info in archive.infolist()) or 1
        if unpacked > MAX_UNPACKED or (unpacked > 5_000_000 and unpacked / packed > MAX_RATIO):
            raise Refused(Problem("file.bomb", name, {"megabytes": unpacked // 1_000_000}))
        if "word/document.xml" not in archive.namelist():
            raise Refused(Problem("file.not_word", name))


def read_docx(data: bytes, name: str) -> str:
    """The text of a Word document; raises `Refused` for bombs, damaged and other zipped files."""
    _check_archive(data, name)
    import docx

    try:
        document = docx.Document(io.BytesIO(data))
    except Exception as fault:  # python-docx raises many kinds for damaged parts
        raise Refused(Problem("file.damaged", name, {"kind": "docx"})) from fault
    lines: list[str] = []
    for block in document.iter_inner_content():
        if hasattr(block, "rows"):
            for row in block.rows:
                lines += dict.fromkeys(cell.text.strip() for cell in row.cells)
        else:
            lines.append(block.text)
    return "\n".join(lines)
