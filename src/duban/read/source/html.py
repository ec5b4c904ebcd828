"""Web pages (selectolax): the text of the article, one paragraph a line, without menus and scripts."""

import re


def is_html(text: str) -> bool:
    """Whether the text is a web page."""
    return bool(re.search(r"<!doctype html|<html[\s>]|<body[\s>]|<p[\s>].*</p>", text[:20_000], re.I | re.S))


def read_html(text: str) -> str:
    """The page's paragraphs; menus, scripts, heads and feet are left out."""
    from selectolax.lexbor import LexborHTMLParser

    tree = LexborHTMLParser(text)
    for node in tree.css("script, style, nav, header, footer, aside, noscript, form, select, button"):
        node.decompose()
    root = tree.css_first("article") or tree.body
    if root is None:
        return ""
    blocks = [n.text(deep=True, strip=False) for n in root.css("p, h1, h2, h3, h4, li, td")]
    lines = [re.sub(r"\s*\n\s*", "", block).strip() for block in blocks]
    body = "\n".join(line for line in lines if line)
    return body if len(body) > 200 else root.text(separator="\n", deep=True, strip=True)
