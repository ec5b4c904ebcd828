"""PDF (pypdfium2): characters page by page, lines joined to paragraphs by their indents."""

from duban.core.problem import Problem, Refused


def read_pdf(data: bytes, name: str) -> str:
    """The text of a PDF with an indent kept as two ideographic spaces, so that layout repair sees paragraphs."""
    import pypdfium2 as pdfium

    try:
        document = pdfium.PdfDocument(data)
    except pdfium.PdfiumError as fault:
        locked = "password" in str(fault).lower()
        raise Refused(Problem("file.locked" if locked else "file.damaged", name, {"kind": "pdf"})) from fault
    try:
        pages = [_page_lines(page) for page in document]
    finally:
        document.close()
    lines = [line for page in pages for line in page]
    if not any(text.strip() for text, _ in lines):
        raise Refused(Problem("file.scan", name, {"pages": len(pages)}))
    margin = min((left for text, left in lines if len(text.strip()) > 12), default=0.0)
    size = 8.0
    return "\n".join(("\u3000\u3000" if left - margin > size else "") + text.strip() for text, left in lines)


def _page_lines(page: object) -> list[tuple[str, float]]:
    """(text, left edge in points) of every line of a page."""
    textpage = page.get_textpage()  # type: ignore[attr-defined]
    text = textpage.get_text_range().replace("\r\n", "\n").replace("\r", "\n")
    lines, at = [], 0
    count = textpage.count_chars()
    index = 0
    for line in text.split("\n"):
        bare = line.strip()
        if bare:
            skip = len(line) - len(line.lstrip())
            place = min(index + skip, max(0, count - 1))
            left = textpage.get_charbox(place)[0] if count else 0.0
            lines.append((bare, left))
        index += len(line) + 2  # pdfium counts the line break as two characters
        at += len(line) + 1
    return lines
