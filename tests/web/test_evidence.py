"""Evidence files over HTTP: who may add and who may see them; never shown as a page; changed ones are named."""

import subprocess
import sys
import urllib.error
import urllib.request
from hashlib import sha256
from urllib.parse import quote

import pytest

from tests.files.proofs import EXE, HTML, SVG, pdf
from tests.web.people import Session


def led_by(site, unit):
    """The key of an item that the unit leads, from the few commitments that it has to do with."""
    public = Session(site)
    for one in public.json(f"/table.json?unit={quote(unit)}")["commitments"]:
        for key in one["items"]:
            if public.json(f"/i/{key}.json")["lead"] == unit:
                return key
    raise AssertionError(unit)


@pytest.fixture(scope="module")
def key(year_site):
    return led_by(year_site, "市体育局")


def upload(session, path, files, **form):
    """Send a form with files; (status, text)."""
    session.get(path.removesuffix("/do").removesuffix("/clear"))
    form["csrfmiddlewaretoken"] = next((c.value for c in session.jar if c.name == "csrftoken"), "")
    parts = [
        f'--x\r\nContent-Disposition: form-data; name="{n}"\r\n\r\n{v}\r\n'.encode() for n, v in form.items()
    ]
    for name, raw in files:
        head = f'--x\r\nContent-Disposition: form-data; name="files"; filename="{name}"\r\n\r\n'
        parts.append(head.encode() + raw + b"\r\n")
    head = {"Content-Type": "multipart/form-data; boundary=x", "Referer": session.site.url}
    return session._ask(urllib.request.Request(session.site.url + path, b"".join(parts) + b"--x--\r\n", head))


def kept(site):
    return {p.name for p in (site.folder / "evidence").rglob("*") if p.is_file()}


def test_a_file_goes_in_with_a_filing_and_comes_out_only_for_those_who_work_on_it(year_site, key):
    raw = pdf()
    name = sha256(raw).hexdigest()
    for who in ("minzhengju.r", "auditor", "tiyuju.h2"):
        session = Session(year_site, who) if who != "tiyuju.h2" else Session(year_site)
        assert upload(session, f"/i/{key}/do", [("a.pdf", raw)], act="file", period="2024-C10")[0] == 403
    before = kept(year_site)
    assert name not in before
    r = Session(year_site, "tiyuju.r")
    status, text = upload(
        r, f"/i/{key}/do", [("../验收单.pdf", raw)], act="file", period="2024-C10", progress="见附件"
    )
    assert (status, name in text) == (200, True)
    assert kept(year_site) - before == {name}
    with r.open.open(f"{year_site.url}/i/{key}/evidence/{name}") as answer:
        assert answer.read() == raw
        heads = answer.headers
    assert heads["Content-Disposition"].startswith("attachment")
    assert "%E9%AA%8C%E6%94%B6%E5%8D%95.pdf" in heads["Content-Disposition"]
    assert (heads["X-Content-Type-Options"], heads["Content-Security-Policy"][:7]) == ("nosniff", "sandbox")
    for who, status in {"clerk": 200, "auditor": 200, "leader1": 200, "minzhengju.r": 403, "": 403}.items():
        assert _status(Session(year_site, who), f"/i/{key}/evidence/{name}") == status, who
    other = led_by(year_site, "市教育局")
    assert _status(Session(year_site, "clerk"), f"/i/{other}/evidence/{name}") == 404
    assert _status(Session(year_site, "clerk"), f"/i/{key}/evidence/..%2f..%2fsecret.txt") == 404
    assert name not in Session(year_site).get(f"/i/{key}")[1]


def test_a_claim_as_done_takes_files_and_shows_them_to_those_who_work_on_it(year_site):
    unit = "市体育局"
    key = clearable(year_site, unit)

    raw = pdf() + b"\n%%EOF\n"
    name, form = sha256(raw).hexdigest(), {"act": "claim", "words": "已竣工验收", "kind": "acceptance"}
    for who in ("minzhengju.r", "auditor", ""):
        assert upload(Session(year_site, who), f"/i/{key}/clear", [("a.pdf", raw)], **form)[0] == 403, who
    r = Session(year_site, "tiyuju.r")
    for files in ([], [("a.png", SVG)], [("a.pdf", EXE)], [("a.pdf", b"%PDF-" + b"\0" * 20_000_001)]):
        assert upload(r, f"/i/{key}/clear", files, **form)[0] == 400
    assert name not in kept(year_site)
    status, page = upload(r, f"/i/{key}/clear", [("竣工验收单.pdf", raw)], **form)
    assert (status, name in kept(year_site)) == (200, True)
    link = f'href="/i/{key}/evidence/{name}"'
    assert link in page.split('id="clearing"')[1].split("</section>")[0]  # on the sheet
    assert link in page.split("来龙去脉")[1]  # and in the story
    for who, status in {"clerk": 200, "auditor": 200, "minzhengju.r": 403, "": 403}.items():
        session = Session(year_site, who)
        assert _status(session, f"/i/{key}/evidence/{name}") == status, who
        assert (link in session.get(f"/i/{key}")[1]) is (status == 200), who


def clearable(site, unit):
    """An item of the unit that nobody has claimed as done."""
    claimed = {c["key"] for c in Session(site, "clerk").json("/clearing.json")["clearings"]}
    public = Session(site)
    for one in public.json(f"/table.json?unit={quote(unit)}")["commitments"]:
        for key in one["items"]:
            if key not in claimed and public.json(f"/i/{key}.json")["lead"] == unit:
                return key
    raise AssertionError(unit)


def _status(session, path):
    try:
        with session.open.open(session.site.url + path) as answer:
            return answer.status
    except urllib.error.HTTPError as fault:
        return fault.code


@pytest.mark.parametrize(
    ("name", "raw"),
    [("a.svg", SVG), ("a.png", SVG), ("a.html", HTML), ("a.pdf", EXE), ("a.pdf", pdf()[:400]),
     ("a.pdf", b"%PDF-" + b"\0" * 20_000_001)],
)  # fmt: skip
def test_what_is_refused_changes_nothing(year_site, key, name, raw):
    before = kept(year_site)
    r = Session(year_site, "tiyuju.r")
    status, text = upload(r, f"/i/{key}/do", [(name, raw)], act="file", period="2024-C11", progress="见附件")
    assert (status, "返回修改" in text) == (400, True)
    assert "<script>" not in text
    assert kept(year_site) == before


def test_a_changed_file_is_not_given_out_and_verify_names_it(year_site, key):
    raw = pdf() + b"\n%%EOF"
    r = Session(year_site, "tiyuju.r")
    assert (
        upload(r, f"/i/{key}/do", [("改.pdf", raw)], act="file", period="2024-C12", progress="见附件")[0]
        == 200
    )
    name = sha256(raw).hexdigest()
    place = year_site.folder / "evidence" / name[:2] / name
    verify = [sys.executable, "-m", "duban.cli", "verify", str(year_site.folder)]
    assert subprocess.run(verify, capture_output=True, check=False).returncode == 0
    place.write_bytes(raw.replace(b"acceptance", b"ACCEPTANCE"))
    status, text = r.get(f"/i/{key}/evidence/{name}")
    assert (status, "不再提供" in text) == (410, True)
    said = subprocess.run(verify, capture_output=True, text=True, check=False)
    assert (said.returncode, name in said.stderr, "改.pdf" in said.stderr) == (1, True, True)
    place.write_bytes(raw)
