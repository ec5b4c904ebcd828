"""Writes docs/registers/<pack>.md from the packs' declarations; a test keeps the pages fresh."""

from pathlib import Path

from duban.packs import installed
from duban.registers.declared import declared

FOLDER = Path(__file__).resolve().parents[1] / "docs/registers"
HEAD = "<!-- Made by tools/registers_page.py from src/duban/packs/{name}; change it there. -->\n\n"


def pages() -> dict[str, str]:
    """Each page by its file name, in both languages; README.md lists them."""
    found = {}
    for pack in installed().values():
        both = "\n---\n\n".join(declared(pack, language).rstrip() + "\n" for language in ("zh", "en"))
        found[f"{pack.name}.md"] = HEAD.format(name=pack.name) + both
    rows = [f"- [{pack.zh} · {pack.en}]({pack.name}.md): {pack.about_en}" for pack in installed().values()]
    found["README.md"] = "# Packs · 系统\n\nMade by tools/registers_page.py.\n\n" + "\n".join(rows) + "\n"
    return found


def main() -> None:
    """Write the pages, and take away those of packs that are gone."""
    FOLDER.mkdir(exist_ok=True)
    made = pages()
    for old in FOLDER.glob("*.md"):
        if old.name not in made:
            old.unlink()
    for name, text in made.items():
        (FOLDER / name).write_text(text, "utf-8")


if __name__ == "__main__":
    main()
