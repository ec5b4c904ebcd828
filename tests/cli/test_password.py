"""`duban password`: a lost password of the office is made anew by who holds the machine; it must be changed."""

import re

from tests.books import copy_of
from tests.cli.forked import forked
from tests.web.conftest import Site
from tests.web.people import Session


def test_a_lost_password(tmp_path_factory):
    folder = copy_of("opened", tmp_path_factory)
    done = forked("password", "office", folder, "--second-factor")
    assert done.returncode == 0, done.stderr
    given = re.fullmatch(r"office / (\S+)\n", done.stdout)[1]
    site = Site(folder, False)
    try:
        assert "更改密码" in Session(site, "office", password=given).get("/table")[1]
    finally:
        site.process.kill()
    wrong = forked("password", "nobody", folder)
    assert wrong.returncode == 1
    assert "没有这个账户" in wrong.stderr
    assert "Traceback" not in wrong.stderr
