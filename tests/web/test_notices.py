"""Notices on the pages, letters through a real SMTP server, messages through a real receiver; off until switched on."""

import email
import email.policy
import json
import os
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.cli.test_commands import duban
from tests.notices.test_hooks import Receiver, write
from tests.papers.city import Ledger, city
from tests.web.conftest import free_port
from tests.web.people import Session, text_of

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module")
def people(year_site):
    return {name: Session(year_site, name) for name in ("jiaoyuju.r", "clerk", "auditor")} | {
        "": Session(year_site)
    }


def test_what_changed_since_i_looked_and_the_count_in_the_head(people):
    mine = people["jiaoyuju.r"]
    told = mine.json("/notices.json")
    assert told["new"] > 0
    assert all(n["seq"] > told["seen"] for n in told["notices"])
    page = mine.get("/notices")[1]
    assert 'class="bell"' in page
    assert "<b>" in page.partition('class="bell"')[2].partition("</a>")[0]
    assert mine.post("/notices/seen", upto="99999999999")[0] == 200
    assert mine.json("/notices.json")["new"] == 0
    page = mine.get("/wall")[1]
    assert "<b>" not in page.partition('class="bell"')[2].partition("</a>")[0]
    mine.post("/notices/seen", upto="1")
    assert mine.json("/notices.json")["new"] == 0  # never back


def test_notices_are_one_s_own(people):
    assert people["auditor"].json("/notices.json")["notices"] == []
    assert "登录" in people[""].get("/notices")[1]
    assert people[""].post("/notices/seen", upto="5")[0] == 403
    kinds = {n["kind"] for n in people["clerk"].json("/notices.json")["notices"]}
    assert kinds <= {"assignment.returned", "dispute.raised", "record.disputed", "delay.explained", "clearing.checked",
                     "clearing.objected", "matter.replied", "matter.appealed", "split.proposed",
                     "clearing.countersigned"}  # fmt: skip


def test_the_setting_of_letters(people):
    mine = people["jiaoyuju.r"]
    assert mine.post("/notices/letters", address="no address")[0] == 400
    assert mine.post("/notices/letters", address="r@example.test", weekly="1")[0] == 200
    page = mine.get("/notices")[1]
    assert "r@example.test" in page
    assert "本市没有开启发信" in page
    assert people["clerk"].get("/notices")[1].count("r@example.test") == 0
    mine.post("/notices/letters", address="")
    assert people[""].get("/notices/leave?who=forged")[0] == 400


def test_the_page_in_english(year_site):
    assert "Due within a week" in text_of(Session(year_site, "clerk", lang="en").get("/notices")[1])


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    made = city(tmp_path_factory.mktemp("mail") / "book")
    made.store.close()
    script = (
        "import sys; from duban.web.inbox.start import start; start(sys.argv[1]);"
        "from django.contrib.auth import get_user_model as m; u = m().objects;"
        "[u.create_user(n, email=f'{n}@example.test') for n in ('wang', 'zhao', 'wu')]; u.create_user('li')"
    )
    subprocess.run([sys.executable, "-c", script, str(made.folder)], check=True, timeout=60)
    return made.folder


@pytest.fixture(scope="module")
def post_office(tmp_path_factory):
    """A mail server in a process of its own, which keeps letters in a folder."""
    box, port = tmp_path_factory.mktemp("post") / "box", free_port()
    command = [
        sys.executable,
        "-m",
        "aiosmtpd",
        "-n",
        "-l",
        f"127.0.0.1:{port}",
        "-c",
        "aiosmtpd.handlers.Mailbox",
    ]
    server = subprocess.Popen([*command, str(box)])
    for _ in range(100):
        if (box / "new").is_dir():
            break
        time.sleep(0.05)
    time.sleep(0.3)
    yield {"DUBAN_MAIL_HOST": "127.0.0.1", "DUBAN_MAIL_PORT": str(port), "DUBAN_MAIL_FROM": "duban@example.test",
           "DUBAN_SITE": "https://duban.example/"}, box / "new"  # fmt: skip
    server.terminate()
    server.wait()


def read(box):
    found = [email.message_from_bytes(f.read_bytes(), policy=email.policy.default) for f in box.iterdir()]
    return {str(letter["To"]): letter for letter in found}


def test_letters_are_printed_and_nothing_leaves_until_it_is_set_up(folder, post_office):
    done = duban("mail", folder, "--on", "2024-10-01")
    assert done.returncode == 0
    assert "wang <wang@example.test> 云川市督办：" in done.stdout
    assert "li <—>" in done.stdout
    assert "wu <" not in done.stdout  # the auditor owes nothing and nothing concerns them
    done = duban("mail", folder, "--on", "2024-10-01", "--send")
    assert (done.returncode, "DUBAN_MAIL_HOST" in done.stderr) == (1, True)
    assert read(post_office[1]) == {}


def test_one_letter_a_person_and_none_twice(folder, post_office):
    env, box = post_office
    assert duban("mail", folder, "--on", "2024-10-01", "--send", **env).stdout.strip() == "已发 sent 2"
    letters = read(box)
    assert set(letters) == {"wang@example.test", "zhao@example.test"}
    letter = letters["wang@example.test"]
    words = letter.get_content()
    assert "https://duban.example/matters/D-1" in words
    assert str(letter["List-Unsubscribe"]).strip().startswith("<https://duban.example/notices/leave?who=")
    assert "zhao" not in words
    assert duban("mail", folder, "--on", "2024-10-01", "--send", **env).stdout.strip() == "已发 sent 0"
    assert len(read(box)) == 2


def test_a_failing_server_is_told_and_nothing_counts_as_sent(folder, post_office):
    env = post_office[0] | {"DUBAN_MAIL_PORT": str(free_port())}
    done = duban("mail", folder, "--on", "2024-10-02", "--send", **env)
    assert done.stdout.strip() == "已发 sent 0"
    assert "wang：发信失败" in done.stderr


@pytest.fixture
def receiver():
    server = Receiver()
    yield server
    server.shutdown()
    server.server_close()


def test_no_message_leaves_without_being_switched_on(folder, receiver):
    assert duban("notify", folder, "--send").stdout.strip() == "没有开启推送 no robot is switched on"
    write(folder / "hooks.toml", f'[[hook]]\nname = "a"\nkind = "wecom"\nurl = "{receiver.url}/x"\n', 0o644)
    done = duban("notify", folder, "--send")
    assert (done.returncode, "chmod 600" in done.stderr) == (1, True)
    (folder / "hooks.toml").unlink()
    assert receiver.taken == receiver.refused == []


def test_a_new_robot_hears_only_of_what_comes_after_it(tmp_path, receiver):
    made = city(tmp_path / "book")
    url = f"{receiver.url}/robot/send?access_token=t"
    row = f'[[hook]]\nname = "群"\nkind = "dingtalk"\nurl = "{url}"\nsecret = "SEC督办密钥"\n'
    settings = {"DUBAN_HOOKS": str(write(tmp_path / "robots.toml", row))}
    assert duban("notify", made.folder, "--send", **settings).stdout.strip() == "没有要发的 nothing to send"
    opened(made, "7")
    waiting = duban("notify", made.folder, **settings).stdout
    assert "新立项 7 号" in waiting
    assert receiver.taken == []
    assert duban("notify", made.folder, "--send", **settings).stdout.strip() == "sent 1"
    assert duban("notify", made.folder, "--send", **settings).stdout.strip() == "没有要发的 nothing to send"
    ((_, _, body),) = receiver.taken
    assert (
        body["text"]["content"]
        == "【督办】新立项 7 号，级别提醒，承办单位市住房和城乡建设局，答复时限 2024-10-09。"
    )
    made.store.close()


def opened(made: Ledger, number):
    from duban.ledger.year.matters import MatterOpened

    made.on(
        "09-30",
        f"matter/{number}",
        MatterOpened("remind", "王某某的事", "zhujian", "理由", deadline="2024-10-09"),
    )


def test_tried_again_with_pauses_never_twice_and_one_robot_does_not_block_another(tmp_path, receiver):
    made = city(tmp_path / "book")
    made.store.close()
    good, bad = f"{receiver.url}/cgi-bin/webhook/send?key=k", f"{receiver.url}/cgi-bin/webhook/send?key=wrong"
    command = [sys.executable, str(ROOT / "tests/web/queue_steps.py"), str(made.folder), good, bad]
    done = subprocess.run(command, capture_output=True, text=True, timeout=120, env={**os.environ})
    assert done.returncode == 0, done.stderr
    told = json.loads(done.stdout)
    assert (told["first"], told["filled"], told["again"]) == (0, 4, 0)
    assert told["sent"] == {"waiting": 1, "sent": 2}
    assert [s[2:] for s in told["states"]] == [["waiting", 1], ["waiting", 0], ["sent", 1], ["sent", 1]]
    assert told["at once"] == {}
    assert [s[2:] for s in told["given up"]][:2] == [["given up", 7], ["waiting", 0]]
    assert (told["unsure"], told["not again"]) == ({"unsure": 1}, {})
    assert told["died"] == {}
    assert told["end"] == ["sent", "sent", "unsure", "unsure"]
    assert len(receiver.taken) == 2
