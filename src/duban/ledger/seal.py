"""The seal: every entry is hashed together with the seal before it, so none can change unseen.

seal(n) = hex(hash(utf-8(seal(n-1) + canonical(entry n without its seal)))),   seal(0) = ""
"""

import hashlib
import json
from collections.abc import Callable

from duban.core.problem import Problem, Refused
from duban.ledger.sm3 import sm3_hex

ALGORITHMS = ("sha256", "sm3")
Hasher = Callable[[bytes], str]


def hasher(algorithm: str) -> Hasher:
    """The hash of that name, bytes to hexadecimal digits; raises `Refused` for a name we do not know."""
    if algorithm == "sha256":
        return lambda data: hashlib.sha256(data).hexdigest()
    if algorithm == "sm3":
        return _openssl_sm3() or sm3_hex
    raise Refused(Problem("ledger.algorithm_unknown", algorithm, {"known": ", ".join(ALGORITHMS)}))


def _openssl_sm3() -> Hasher | None:
    """OpenSSL's SM3, or None where it was built without."""
    try:
        hashlib.new("sm3", b"")
    except ValueError:
        return None
    return lambda data: hashlib.new("sm3", data).hexdigest()


def entry_form(seq: int, at: str, on: str, actor: str, kind: str, account: str, body: str) -> str:
    """The canonical form of an entry without its seal; `body` is canonical already."""
    return (
        f'{{"account":{_text(account)},"actor":{_text(actor)},"at":{_text(at)},"body":{body},'
        f'"kind":{_text(kind)},"on":{_text(on)},"seq":{seq}}}'
    )


def sealed(digest: Hasher, before: str, form: str) -> str:
    """The seal of an entry in canonical `form` that follows the seal `before`."""
    return digest((before + form).encode())


_text = json.JSONEncoder(ensure_ascii=False).encode
