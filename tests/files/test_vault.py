"""Files are kept once, whole or not at all, and given out only as they were."""

import hashlib

import pytest

from duban.core.problem import Refused
from duban.files.vault import Vault
from tests.files.proofs import pdf


@pytest.fixture
def vault(tmp_path):
    return Vault(tmp_path / "evidence", 1_000_000)


class InterruptedUploadError(Exception):
    pass


def everything(vault):
    return sorted(p.name for p in vault.folder.rglob("*") if p.is_file())


def code(action, *given):
    with pytest.raises(Refused) as refused:
        action(*given)
    return refused.value.problems[0].code


def test_kept_under_its_hash_and_only_once(vault):
    raw = pdf()
    for name in ("一.pdf", "二.pdf"):
        staged = vault.receive(name, [raw[:100], raw[100:]])
        assert (staged.sha256, staged.size, staged.kind) == (hashlib.sha256(raw).hexdigest(), len(raw), "pdf")
        vault.keep(staged)
    assert everything(vault) == [staged.sha256]
    with vault.open(staged.sha256) as file:
        assert file.read() == raw


def test_what_is_not_kept_leaves_nothing(vault):
    vault.drop(vault.receive("一.pdf", [pdf()]))
    assert everything(vault) == []


def test_more_than_the_limit_is_not_even_read_to_its_end(vault):
    read = []

    def endless():
        while True:
            read.append(1)
            yield b"%PDF-" + b"\0" * 100_000

    assert code(vault.receive, "一.pdf", endless()) == "evidence.too_large"
    assert len(read) <= 10
    assert everything(vault) == []


def test_an_upload_that_breaks_off_leaves_nothing(vault):
    def broken():
        yield pdf()[:500]
        raise InterruptedUploadError

    with pytest.raises(InterruptedUploadError):
        vault.receive("一.pdf", broken())
    assert everything(vault) == []
    assert code(vault.receive, "一.pdf", [pdf()[:500]]) == "evidence.damaged"
    assert code(vault.receive, "一.pdf", []) == "evidence.empty"
    assert everything(vault) == []


def test_a_changed_or_lost_file_is_not_given_out(vault):
    staged = vault.receive("一.pdf", [pdf()])
    vault.keep(staged)
    place = vault.place(staged.sha256)
    place.write_bytes(place.read_bytes() + b"x")
    assert code(vault.open, staged.sha256) == "evidence.changed"
    assert vault.fault(staged.sha256, "一.pdf").place == "一.pdf"
    vault.keep(vault.receive("一.pdf", [pdf()]))  # the same file again mends it
    assert vault.fault(staged.sha256) is None
    place.unlink()
    assert code(vault.open, staged.sha256) == "evidence.missing"


def test_a_folder_that_takes_nothing(tmp_path):
    (tmp_path / "evidence").write_text("in the way")
    assert code(Vault(tmp_path / "evidence", 1000).receive, "一.pdf", [pdf()]) == "evidence.not_kept"
