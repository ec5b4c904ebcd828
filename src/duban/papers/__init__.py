"""Documents in official form: one model of a paper, made from a book and a day, written as Word, PDF and page.

The same book, day and locale give the same words, and the same bytes of either file.
"""

from duban.papers.make import KINDS, Books, Order, make_paper, papers_of
from duban.papers.model import Column, Heading, Paper, Table, Text, from_json, to_json
from duban.papers.pdf import write_pdf
from duban.papers.word import write_docx

WRITERS = {".docx": write_docx, ".pdf": write_pdf}

__all__ = [
    "KINDS",
    "WRITERS",
    "Books",
    "Column",
    "Heading",
    "Order",
    "Paper",
    "Table",
    "Text",
    "from_json",
    "make_paper",
    "papers_of",
    "to_json",
    "write_docx",
    "write_pdf",
]
