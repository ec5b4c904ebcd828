"""Compile the catalogues of the pages, after checking that every marked string has its English."""

import gettext
import re
import subprocess
import sys
from pathlib import Path

WEB = Path(__file__).resolve().parents[1] / "src/duban/web"
_MARKS = (
    re.compile(r"""{%\s*translate\s+(?:"([^"]+)"|'([^']+)')"""),
    re.compile(r"""\b(?:_|gettext|gettext_noop|gettext_lazy)\(\s*"((?:[^"\\]|\\.)+)"()"""),
)
_BLOCK = re.compile(r"{%\s*blocktranslate[^%]*%}(.*?){%\s*endblocktranslate\s*%}", re.S)
_VARIABLE = re.compile(r"{{\s*(\w+)\s*}}")


def marked() -> set[str]:
    """Every string that the pages ask a catalogue for."""
    found: set[str] = set()
    for path in (*WEB.rglob("*.html"), *WEB.rglob("*.py"), *WEB.rglob("*.txt")):
        text = path.read_text("utf-8")
        for mark in _MARKS:
            found.update(one or other for one, other in mark.findall(text))
        found.update(_VARIABLE.sub(r"%(\1)s", block) for block in _BLOCK.findall(text))
    return found


def known(language: str = "en") -> set[str]:
    """Every string that the compiled catalogues of a language have."""
    found: set[str] = set()
    for path in WEB.glob(f"locale/*/{language}/LC_MESSAGES/django.mo"):
        with path.open("rb") as file:
            found.update(k for k in gettext.GNUTranslations(file)._catalog if isinstance(k, str))  # type: ignore[attr-defined]
    return found


def compile_all() -> None:
    """Each django.po to its django.mo; needs gettext's msgfmt."""
    for path in WEB.glob("locale/*/*/LC_MESSAGES/django.po"):
        subprocess.run(["msgfmt", "-o", path.with_suffix(".mo"), path], check=True)


if __name__ == "__main__":
    compile_all()
    missing = sorted(marked() - known())
    print("\n".join(f"no English: {text}" for text in missing) or "every marked string has its English")
    sys.exit(bool(missing))
