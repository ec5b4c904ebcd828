"""Write docs/rights.md from the table of rights; with --check, only say whether it is fresh."""

import sys
from pathlib import Path

from duban.words import catalogue
from duban.words.rules import COLUMNS, table

PAGE = Path(__file__).resolve().parents[1] / "docs/rights.md"
_HEADS = ("who", "standing how to it", "only when", "but never", "only these fields")
_INTRO = """# Who may do what

Made by `python tools/rights_page.py` from `src/duban/core/rights/rules.toml`, the one table that code, tests and the page
`/rights` use too. Do not edit it by hand.

A rule allows its action to a person who holds one of the roles, stands so to the thing, where every condition holds and
no bar does. What no rule allows is refused, and the refusal says what was missing. The page `/rights` shows the office and
the auditor for any person, action and thing which rule decided.

Roles: {roles}.

- Roles and units stand in the book: they are placed by entries, so the history says who held which role on which day.
- Rights are asked where the writing is done, in the action; what a page does not offer cannot be sent to it either.
- Whoever did a thing does not accept, verify or close it.
- An account whose person has left has no roles, at once; what it did stays.
"""


def page() -> str:
    """The text of docs/rights.md."""
    zh, en = catalogue("zh"), catalogue("en")
    known = (code for code in en if code.startswith("role."))
    lines = [_INTRO.format(roles=", ".join(f"{en[code]} ({zh[code]})" for code in known))]
    for action, name, rules in table("en"):
        lines += [
            f"\n## {name} · {zh[f'action.{action}']} · `{action}`\n",
            "| rule | " + " | ".join(_HEADS) + " |",
        ]
        lines += ["|---" * (len(_HEADS) + 1) + "|"]
        lines += [f"| `{rule}` | " + " | ".join(cells[c] for c in COLUMNS) + " |" for rule, cells in rules]
    return "\n".join(lines) + "\n"


def main() -> int:
    """Write the page, or say that it is stale."""
    if "--check" in sys.argv:
        return int(PAGE.read_text("utf-8") != page())
    PAGE.write_text(page(), "utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
