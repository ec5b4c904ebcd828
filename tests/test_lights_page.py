"""docs/lights.md names every fact, colour, bound, kind of plan and profile, and its example is a right profile."""

import re
from pathlib import Path

from duban.assess import shipped_profiles
from duban.assess.cases import case_faults
from duban.assess.facts import FACTS
from duban.assess.profile import COLOURS, OPERATORS, read_profile
from duban.plan import KINDS

PAGE = (Path(__file__).resolve().parents[1] / "docs/lights.md").read_text("utf-8")


def test_every_word_of_the_rules_is_explained():
    rows = dict(re.findall(r"^\| `(\w+)` \| ([^|]+)\|", PAGE, re.M))
    assert set(FACTS) <= set(rows)
    for fact, form in FACTS.items():
        assert rows[fact].strip() == {"number": "number", "yes": "true, false"}.get(str(form), "word"), fact
        if isinstance(form, tuple):
            row = next(line for line in PAGE.splitlines() if line.startswith(f"| `{fact}` |"))
            assert all(f"`{word}`" in row for word in form if word), fact
    for word in (*COLOURS, *OPERATORS, *KINDS, *shipped_profiles()):
        assert f"`{word}`" in PAGE, word


def test_the_example_is_a_profile_whose_cases_hold():
    [example] = re.findall(r"```toml\n(.*?)```", PAGE, re.S)
    assert case_faults(read_profile(example, "example")) == ()
