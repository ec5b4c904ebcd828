"""Requests that no page of ours would send: forged ids, other units' items, other methods, spoofed heads, odd bytes."""

import pytest

from tests.signin.conftest import PASSWORD, browser, says, signed_in


def book():
    from duban.web.shelf import keeper

    return keeper().book()


@pytest.fixture
def item(city):
    """The key of an item led by zhujian, with caizheng as partner and tongji to check it."""
    from duban.actions.context import perform
    from duban.actions.table import apply_items
    from duban.ledger.items import ItemChange
    from duban.web.shelf import keeper
    from tests.actions.city import TODAY
    from tests.files.conftest import NOW

    change = ItemChange("add", "A1.1-01", head="新建口袋公园", lead="市住房和城乡建设局", partners=("市财政局",),
                        leader="孙副市长", checker="市统计局")  # fmt: skip
    done = perform(
        keeper(),
        lambda now: apply_items(now, "office", [change], today=TODAY),
        actor="office",
        at=NOW,
        on=TODAY,
    )
    return done[0].account.partition("/")[2]


ACTS = ["file", "countersign", "accept", "return", "reopen", "post", "dispute", "decide_dispute", "explain", "decide_delay",
        "judge", "adjust", "halt", "resume", "return_assignment", "decide_assignment"]  # fmt: skip
FULL = {"n": "1", "period": "2024-C02", "value": "1", "reason": "理由", "source": "来源", "step": "sure", "how": "waiting",
        "authority": "文", "yes": "1", "lead": "市教育局", "progress": "进展"}  # fmt: skip


@pytest.mark.parametrize("who", ["qian", "wu", "zheng", ""])
def test_another_unit_s_item(item, who):
    client, seq = signed_in(who) if who else browser(), book().seq
    for act in ACTS:
        answer = client.post(f"/i/{item}/do", {**FULL, "act": act})
        assert answer.status_code in (400, 403), act
        assert not says(answer, "已记账")
    assert book().seq == seq


def test_more_fields_than_the_form_has(item):
    forged = {"unit_code": "caizheng", "actor": "office", "on": "2020-01-01", "seq": "1", "seal": "0", "accepted": "1",
              "stage": "accepted", "username": "office"}  # fmt: skip
    assert (
        signed_in("wang").post(f"/i/{item}/do", {**FULL, "act": "file", "value": "", **forged}).status_code
        == 302
    )
    entry = book().timeline(f"item/{item}")[-1]
    assert (entry.actor, entry.body.unit_code, entry.on) == ("wang", "zhujian", "2024-03-01")
    assert next(iter(book().tasks[item].filings.values())).stage == "submitted"


@pytest.mark.parametrize(
    "n", ["0", "-1", "999999999", "9" * 40, "1e3", "１", "x", "", "1;DROP TABLE entries", "\x00"]
)
def test_numbers_of_nothing(item, n):
    office, seq = signed_in("clerk"), book().seq
    for act in ("countersign", "accept", "return", "reopen", "decide_dispute"):
        assert office.post(f"/i/{item}/do", {**FULL, "act": act, "n": n}).status_code in (400, 403), act
    assert book().seq == seq


@pytest.mark.parametrize(
    "path",
    ["/i/A1.1-01/0", "/i/../1", "/i/A1.1-01/99999999999999999999", "/c/..%2f..%2fetc%2fpasswd", "/c/%00", "/people/%00",
     "/units/%2e%2e", "/units/<script>", "/table.exe", "/table.xlsx%00", "/people.php", "/nothing"],
)  # fmt: skip
def test_addresses_of_nothing(item, path):
    answer = signed_in("clerk").get(path)
    assert answer.status_code == 404
    assert not says(answer, "<script>")


@pytest.mark.parametrize(
    "query", ["?as_of=9999-99-99", "?as_of=%00", "?as_of=2024-01-01' OR 1=1", "?since=x"]
)
def test_questions_of_nothing(item, query):
    for path in ("/", "/table", "/wall", "/units"):
        assert signed_in("clerk").get(path + query).status_code in (200, 404)


@pytest.mark.parametrize("method", ["put", "delete", "patch", "options", "trace"])
def test_other_methods_change_nothing(item, method):
    client, seq = signed_in("clerk"), book().seq
    for path in (f"/i/{item}/do", "/people/do", "/units/do", "/assign", "/me/end"):
        assert getattr(client, method)(path, data=b"act=halt").status_code < 500, path
    assert book().seq == seq


def test_what_changes_something_is_never_a_link(item):
    client, seq = signed_in("clerk"), book().seq
    for path in (f"/i/{item}/do?act=halt&how=waiting&reason=x", "/people/do?act=close&username=wang&reason=x",
                 "/units/do?code=zhujian&known=1&phone=1", "/me/end"):  # fmt: skip
        assert client.get(path).status_code == 405, path
    client.get("/assign?one=A1.1-01&lead-A1.1-01=市教育局")
    client.get("/people/give?x=1")
    assert book().seq == seq


def test_spoofed_heads(city):
    assert browser().get("/login", HTTP_HOST="evil.example").status_code == 400
    for n in range(11):
        last = browser(HTTP_X_FORWARDED_FOR=f"1.2.3.{n}").post(
            "/login", {"username": "wang", "password": "wrong"}
        )
    assert last.status_code == 429  # a head that anybody can send makes no new address
    answer = signed_in("li", HTTP_X_FORWARDED_HOST="evil.example").get("/table")
    assert not says(answer, "evil.example")


@pytest.mark.parametrize("odd", ["wa\x00ng", "wang\n", "\ud800", "wang\u202e", "w" * 100_000])
def test_odd_names_and_passwords(city, odd):
    name = odd.encode("utf-8", "surrogatepass").decode("utf-8", "replace")
    for form in ({"username": name, "password": "x"}, {"username": "nobody", "password": name}):
        assert browser("10.0.0.7").post("/login", form).status_code == 200


def test_odd_bytes_in_every_form(item):
    office, seq = signed_in("clerk"), book().seq
    odd = "a\x00b"
    for path, form in (
        ("/people/do", {"act": "place", "username": odd, "name": odd, "role": odd, "unit": odd}),
        ("/people/do", {"act": "subject", "username": "wang", "known": "1", "subject": odd}),
        ("/people/do", {"act": odd, "username": "wang", "known": "1"}),
        ("/units/do", {"code": "xin", "name": odd}), ("/units/do", {"code": odd, "name": "新"}),
        ("/assign", {"one": odd}), ("/units/import", {"list": odd}), (f"/i/{item}/do", {"act": odd}),
        (f"/i/{item}/do", {"act": "halt", "how": "waiting", "reason": odd}),
    ):  # fmt: skip
        assert office.post(path, form).status_code in (200, 400), (path, form)
    office.post("/me/end", {"key": odd})
    assert book().seq == seq


def test_a_secret_text_is_refused_in_every_form(item):
    office, seq, secret = signed_in("clerk"), book().seq, "见附件（机密★十年）"
    for path, form in (
        ("/people/do", {"act": "place", "username": "mi", "name": secret, "role": "office"}),
        ("/people/do", {"act": "close", "username": "wang", "known": "1", "reason": secret}),
        ("/units/do", {"code": "mi", "name": secret}), ("/units/do", {"code": "zhujian", "known": "1", "duties": secret}),
        ("/units/do", {"code": "mi", "name": "密局", "aliases": "密级：秘密"}),
        (f"/i/{item}/do", {"act": "halt", "how": "waiting", "reason": secret}),
        (f"/i/{item}/do", {"act": "judge", "step": "sure", "words": secret}),
    ):  # fmt: skip
        answer = office.post(path, form)
        assert answer.status_code == 400, path
        assert says(answer, "密级标志"), path
    wang = signed_in("wang", PASSWORD)
    for field in ("progress", "problems", "next_step", "reference", "source"):
        answer = wang.post(
            f"/i/{item}/do", {"act": "file", "period": "2024-C02", "progress": "一", field: secret}
        )
        assert says(answer, "密级标志"), field
    assert book().seq == seq
