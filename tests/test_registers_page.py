"""The pages of docs/registers say what the packs declare."""

from tools.registers_page import FOLDER, pages


def test_pages_are_fresh():
    """Run tools/registers_page.py after a pack's declaration has changed."""
    assert {path.name: path.read_text("utf-8") for path in FOLDER.glob("*.md")} == pages()


def test_both_languages_say_everything():
    for name, text in pages().items():
        if name != "README.md":
            assert text.count("\n## ") % 2 == 0, name
            assert "算例" in text, name
            assert "Worked case" in text, name
