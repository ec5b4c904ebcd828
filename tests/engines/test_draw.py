"""A draw is repeatable, fair to the order of input, and gives the share it was asked for."""

import hashlib
import json
import math
import re
import subprocess
import sys
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from duban.engines.draw import draw

names = st.lists(st.text(min_size=1, max_size=12), unique=True, max_size=40)
shares = st.decimals("0.01", "1", places=2)
seeds = st.text(min_size=1, max_size=20)


@given(names, shares, seeds, st.randoms(use_true_random=False))
def test_the_order_of_input_and_repetition_do_not_matter(candidates, share, seed, chance):
    first = draw(candidates, share, seed)
    shuffled = list(candidates)
    chance.shuffle(shuffled)
    assert draw([*shuffled, *shuffled], share, seed) == first


@given(names, shares, seeds)
def test_the_share_is_kept_and_rounded_up(candidates, share, seed):
    done = draw(candidates, share, seed)
    assert len(done.drawn) == math.ceil(share * len(candidates))
    assert set(done.drawn) <= set(done.among) == set(candidates)
    assert len(set(done.drawn)) == len(done.drawn)


@given(names.filter(bool), shares, seeds)
def test_it_can_be_repeated_without_duban(candidates, share, seed):
    lots = sorted(candidates, key=lambda c: hashlib.sha256(f"{seed}\n{c}".encode()).hexdigest())
    assert list(draw(candidates, share, seed).drawn) == lots[: math.ceil(share * len(lots))]


@given(names, seeds)
def test_a_larger_share_only_adds(candidates, seed):
    small, large = (draw(candidates, Decimal(s), seed).drawn for s in ("0.3", "0.8"))
    assert large[: len(small)] == small


def test_over_many_seeds_everyone_is_drawn_about_as_often():
    count = dict.fromkeys("abcdefghij", 0)
    for n in range(3000):
        for one in draw(count, Decimal("0.3"), f"seed {n}").drawn:
            count[one] += 1
    assert all(800 < often < 1000 for often in count.values()), count


@pytest.mark.parametrize(("share", "seed"), [("0", "s"), ("1.1", "s"), ("-0.2", "s"), ("0.5", "")])
def test_what_cannot_be_drawn(share, seed):
    with pytest.raises(ValueError, match="draw"):
        draw(["a"], Decimal(share), seed)


def test_the_lines_in_the_documentation_repeat_a_draw(tmp_path):
    page = Path(__file__).resolve().parents[2] / "docs/supervision.md"
    lines = re.search(r"```python\n(.*?)```", page.read_text("utf-8"), re.S)[1]
    done = draw(
        [f"A1.1-{n:02d}/1#1" for n in range(100)], Decimal("0.07"), "开奖号 314159"
    )  # 7.000000000000001 as floats
    assert len(done.drawn) == 7
    told = {"seed": done.seed, "share": str(done.share), "among": done.among, "drawn": done.drawn}
    (tmp_path / "draw.json").write_text(json.dumps(told), "utf-8")
    said = subprocess.run([sys.executable, "-c", lines], cwd=tmp_path, capture_output=True, text=True)
    assert said.stdout.startswith("True ["), said.stderr
