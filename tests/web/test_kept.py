"""What is kept is made anew as soon as what it was made from is another, and only then."""

import re
from threading import Thread

from duban.web.kept import Kept
from tests.web.people import Session


def test_the_very_same_cause_gives_the_very_same_value():
    kept, made = Kept(3), []

    def make():
        made.append(object())
        return made[-1]

    state, other = [1], [1]  # equal, and not the same
    first = kept.get("a", (state, "text", 2), make)
    assert kept.get("a", (state, "".join(["te", "xt"]), 2), make) is first
    assert kept.get("a", (other, "text", 2), make) is not first
    assert kept.get("a", (other, "text", 2, None), make) is made[-1]
    assert len(made) == 3


def test_what_was_made_longest_ago_is_forgotten():
    kept, made = Kept(2), []
    for key in ("a", "b", "c", "b", "c", "a"):
        kept.get(key, (), lambda key=key: made.append(key))
    assert made == ["a", "b", "c", "a"]


def test_many_threads_share_it():
    kept, faults = Kept(5), []

    def read():
        for n in range(3000):
            if kept.get(n % 7, (n % 3,), lambda n=n: (n % 7, n % 3)) != (n % 7, n % 3):
                faults.append(n)

    threads = [Thread(target=read) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert not faults


def test_a_new_figure_is_seen_at_once_wherever_it_shows(year_site):
    """The table, the living report, the wall and the item, for the public, the moment after statistics came."""
    public, checker = Session(year_site), Session(year_site, "tongji")
    red = next(
        one
        for one in public.json("/api/items?light=red&limit=500")["items"]
        if one["figures"] and one["target"]["measure"] == "increment"
    )
    key, commitment = red["key"], red["commitment"]
    before = [_row(public, commitment), _tip(public, commitment), public.json("/wall.json")["lights"]["red"]]
    form = {"period": "2024-C10", "value": str(int(float(red["target"]["value"])) * 3), "source": "统计月报"}
    assert checker.act(key, "post", **form)[0] == 200
    assert public.json(f"/api/items/{key}")["light"] == "green"
    after = [_row(public, commitment), _tip(public, commitment), public.json("/wall.json")["lights"]["red"]]
    assert before[0] != after[0]
    assert before[1] != after[1]
    assert after[2] == before[2] - 1


def _row(session, commitment):
    table = session.get("/table")[1]
    return re.search(rf'<tr>\s*<td><a href="/c/{commitment}">.*?</tr>', table, re.S)[0]


def _tip(session, commitment):
    report = session.get("/")[1]
    return re.search(rf'id="{commitment}".*?class="tip".*?</a>', report, re.S)[0]
