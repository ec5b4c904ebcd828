"""`duban password`: a lost password of the office is made anew by who holds the machine; it must be changed."""

import re
import subprocess
import sys

from tests.web.conftest import Site
from tests.web.people import Session


def password(folder, name, *more):
    command = [sys.executable, "-m", "duban.cli", "password", name, str(folder), *more]
    return subprocess.run(command, capture_output=True, text=True)


def test_a_lost_password(tmp_path):
    from tests.web.conftest import EXAMPLE

    folder = tmp_path / "book"
    subprocess.run(
        [sys.executable, "-m", "duban.cli", "open", str(EXAMPLE), "--book", str(folder)],
        check=True,
        capture_output=True,
    )
    done = password(folder, "office", "--second-factor")
    assert done.returncode == 0, done.stderr
    given = re.fullmatch(r"office / (\S+)\n", done.stdout)[1]
    site = Site(folder, False)
    try:
        assert "更改密码" in Session(site, "office", password=given).get("/table")[1]
    finally:
        site.process.kill()
    wrong = password(folder, "nobody")
    assert wrong.returncode == 1
    assert "没有这个账户" in wrong.stderr
    assert "Traceback" not in wrong.stderr
