"""Robots: off by default, settings with their faults, signatures checked by a real receiver, no personal word."""

import base64
import hashlib
import hmac
import json
import os
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlsplit

import pytest

from duban.core.problem import Refused
from duban.ledger.year.people import PersonPlaced
from duban.notices.hooks import EVENTS, Hook, hooks_at, message_of, request_for, send

SECRET = "SEC督办密钥"


class Receiver(ThreadingHTTPServer):
    """A robot that checks signatures as the vendors say; keeps what it took in, and answers as it is told."""

    def __init__(self):
        super().__init__(("127.0.0.1", 0), Handler)
        self.taken, self.refused, self.answers = [], [], []
        threading.Thread(target=self.serve_forever, daemon=True).start()

    @property
    def url(self):
        return f"http://127.0.0.1:{self.server_address[1]}"


class Handler(BaseHTTPRequestHandler):
    def do_POST(self):
        body = self.rfile.read(int(self.headers["Content-Length"]))
        path, query = (
            urlsplit(self.path).path,
            {k: v[0] for k, v in parse_qs(urlsplit(self.path).query).items()},
        )
        status, answer = self.server.answers.pop(0) if self.server.answers else (200, {"errcode": 0})
        if status == "die":
            self.connection.close()
            return
        if not genuine(path, query, self.headers, body):
            self.server.refused.append(body)
            status, answer = 200, {"errcode": 310000, "errmsg": "sign not match"}
        elif status == 200 and not answer["errcode"]:
            self.server.taken.append((path, dict(self.headers), json.loads(body)))
        self.send_response(status)
        self.end_headers()
        self.wfile.write(json.dumps(answer).encode())

    def log_message(self, *args):
        pass


def genuine(path, query, headers, body):
    if path == "/robot/send":
        stamp = query.get("timestamp", "")
        digest = hmac.new(SECRET.encode(), f"{stamp}\n{SECRET}".encode(), hashlib.sha256).digest()
        return query.get("sign") == base64.b64encode(digest).decode() and query.get("access_token") == "t"
    if path == "/plain":
        stamp = headers["X-Duban-Timestamp"]
        digest = hmac.new(SECRET.encode(), stamp.encode() + b"\n" + body, hashlib.sha256).hexdigest()
        return headers["X-Duban-Signature"] == f"sha256={digest}"
    return path == "/cgi-bin/webhook/send" and query.get("key") == "k"


@pytest.fixture(scope="module")
def receiver():
    server = Receiver()
    yield server
    server.shutdown()
    server.server_close()


def robots(url):
    return (
        Hook("钉钉", "dingtalk", f"{url}/robot/send?access_token=t", SECRET),
        Hook("微信", "wecom", f"{url}/cgi-bin/webhook/send?key=k"),
        Hook("自建", "plain", f"{url}/plain", SECRET),
    )


def test_each_robot_takes_our_message_in_and_refuses_another_signature(receiver):
    for hook in robots(receiver.url):
        request = request_for(hook, "一件", id=f"{hook.name}-1", stamp=1727000000000, event="matter.opened")
        assert send(request).state == "sent", hook
    ding, wecom, plain = (body for _, _, body in receiver.taken[-3:])
    assert ding == wecom == {"msgtype": "text", "text": {"content": "一件"}}
    assert plain == {"id": "自建-1", "event": "matter.opened", "text": "一件"}
    for hook in (Hook("x", "dingtalk", f"{receiver.url}/robot/send?access_token=t", "other"),
                 Hook("x", "plain", f"{receiver.url}/plain", "other")):  # fmt: skip
        answer = send(request_for(hook, "假", id="1", stamp=1))
        assert (answer.state, "310000" in answer.told) == ("refused", True)


def test_the_signature_is_dingtalk_s_own():
    """The value that DingTalk's documented recipe (openssl, base64, percent-encoding) gives, worked out by hand."""
    hook = Hook("x", "dingtalk", "https://oapi.dingtalk.com/robot/send?access_token=t", "this is secret")
    request = request_for(hook, "一", id="1", stamp=1577262236757)
    query = parse_qs(urlsplit(request.url).query)
    assert query["timestamp"] == ["1577262236757"]
    digest = hmac.digest(b"this is secret", b"1577262236757\nthis is secret", "sha256")
    assert base64.b64decode(query["sign"][0]) == digest
    assert "+" not in urlsplit(request.url).query.partition("sign=")[2]


def test_what_surely_did_not_arrive_and_what_may_have(receiver):
    _, hook, _ = robots(receiver.url)
    request = request_for(hook, "一", id="1", stamp=1)
    receiver.answers += [(500, {}), (302, {}), (200, {"errcode": 45009, "errmsg": "limit"}), ("die", {})]
    assert [send(request).state for _ in range(4)] == ["refused", "refused", "refused", "unsure"]
    gone = request_for(Hook("x", "wecom", "http://127.0.0.1:9/x"), "一", id="1", stamp=1)
    assert send(gone, patience=1).state == "refused"


def write(path, text, mode=0o600):
    path.write_text(text, "utf-8")
    os.chmod(path, mode)
    return path


GOOD = '[[hook]]\nname = "群"\nkind = "plain"\nurl = "https://robots.example/x"\nsecret = "s"\n'


def test_settings_are_off_without_a_file_and_read_with_one(tmp_path):
    assert hooks_at(tmp_path) == ()
    write(tmp_path / "hooks.toml", GOOD)
    assert hooks_at(tmp_path) == (Hook("群", "plain", "https://robots.example/x", "s", EVENTS),)
    other = write(tmp_path / "other.toml", GOOD.replace("群", "别的") + 'events = ["paper.issued"]\n')
    assert [(h.name, h.events) for h in hooks_at(tmp_path, str(other))] == [("别的", ("paper.issued",))]


@pytest.mark.parametrize(
    ("text", "code"),
    [
        (GOOD.replace("https", "http"), "hooks.url_unsafe"),
        (GOOD.replace("https://", "ftp://"), "hooks.url_unsafe"),
        (GOOD.replace("example/x", "example/路 径"), "hooks.url_unsafe"),
        (GOOD.replace("robots.example", "[x"), "hooks.url_unsafe"),
        (GOOD.replace("plain", "smoke"), "hooks.kind_unknown"),
        (GOOD.replace('secret = "s"\n', ""), "hooks.field_missing"),
        (GOOD.replace('name = "群"\n', ""), "hooks.field_missing"),
        (GOOD + 'events = ["filing.submitted"]\n', "hooks.event_unknown"),
        (GOOD + GOOD, "hooks.unreadable"),
        ("hook = 1", "hooks.unreadable"),
        ("[[hook", "hooks.unreadable"),
    ],
)
def test_faults_of_the_settings_are_told(tmp_path, text, code):
    write(tmp_path / "hooks.toml", text)
    with pytest.raises(Refused) as refused:
        hooks_at(tmp_path)
    assert code in [problem.code for problem in refused.value.problems]


def test_a_file_that_others_may_read_is_refused(tmp_path):
    write(tmp_path / "hooks.toml", GOOD, 0o644)
    with pytest.raises(Refused) as refused:
        hooks_at(tmp_path)
    assert refused.value.problems[0].code == "hooks.too_open"
    with pytest.raises(Refused):
        hooks_at(tmp_path, str(tmp_path / "missing.toml"))


def test_messages_say_no_person_and_nothing_that_was_typed(ledger):
    book, told = ledger.book, []
    for page in ledger.store.postings():
        told += [message_of(book, p[4], p[5], "https://duban.example") for p in page if p[4] in EVENTS]
    assert len(told) == 7
    assert told[0] == (
        "【督办】新立项 D-1 号，级别通报，承办单位市住房和城乡建设局，答复时限 2024-09-20。详见 https://duban.example"
    )
    typed = ["口袋公园", "赶工", "落后", "措施", "未报", "资金", "迟报"]
    people = [p.placed.name for p in book.people.values() if isinstance(p.placed, PersonPlaced)]
    for text in told:
        assert len(text) < 120
        assert not [word for word in (*typed, *people, *book.people) if word in text], text
