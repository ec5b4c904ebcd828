"""A message as each robot wants it, signed.

DingTalk (custom robot, "additional signature"): HMAC-SHA256 of `timestamp + "\\n" + secret` under the secret,
Base64, URL-encoded, as `&timestamp=…&sign=…`; the timestamp in milliseconds. WeCom: the key stands in the address.
Plain: HMAC-SHA256 of `timestamp + "\\n" + body` under the secret, in hex, in a header.
"""

import base64
import hashlib
import hmac
import json
from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import quote, quote_plus

from duban.notices.hooks.config import Hook


@dataclass(frozen=True, slots=True)
class Request:
    """What is sent: a POST of `body` to `url`."""

    url: str
    body: bytes
    headers: Mapping[str, str]


def request_for(hook: Hook, text: str, *, id: str, stamp: int, event: str = "") -> Request:
    """The signed request; `stamp` is the instant in milliseconds, `id` the same for every try of one message."""
    headers = {"Content-Type": "application/json; charset=utf-8", "User-Agent": "duban"}
    if hook.kind == "plain":
        body = _json({"id": id, "event": event, "text": text})
        signature = hmac.new(hook.secret.encode(), f"{stamp}\n".encode() + body, hashlib.sha256).hexdigest()
        headers |= {
            "X-Duban-Timestamp": str(stamp),
            "X-Duban-Delivery": quote(id),
            "X-Duban-Signature": f"sha256={signature}",
        }
        return Request(hook.url, body, headers)
    body = _json({"msgtype": "text", "text": {"content": text}})
    if hook.kind == "wecom" or not hook.secret:
        return Request(hook.url, body, headers)
    digest = hmac.new(hook.secret.encode(), f"{stamp}\n{hook.secret}".encode(), hashlib.sha256).digest()
    sign = quote_plus(base64.b64encode(digest))
    glue = "&" if "?" in hook.url else "?"
    return Request(f"{hook.url}{glue}timestamp={stamp}&sign={sign}", body, headers)


def _json(value: Mapping[str, object]) -> bytes:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()
