"""What is switched on, all from the environment: nothing leaves the machine while these are empty.

DUBAN_MAIL_HOST, _PORT, _USER, _PASSWORD, _FROM, _TLS (starttls or ssl); DUBAN_SITE, the address of the pages;
DUBAN_HOOKS, the file of robots.
"""

import os
from typing import Any


def mail_options() -> dict[str, Any] | None:
    """The options of Django's SMTP backend; None while no server and no sender are named."""
    told = {
        name: os.environ.get(f"DUBAN_MAIL_{name}", "") for name in ("HOST", "PORT", "USER", "PASSWORD", "TLS")
    }
    if not told["HOST"] or not sender():
        return None
    tls = told["TLS"].lower()
    port = int(told["PORT"]) if told["PORT"].isdecimal() else {"ssl": 465, "starttls": 587}.get(tls, 25)
    return {
        "host": told["HOST"], "port": port, "username": told["USER"], "password": told["PASSWORD"],
        "use_tls": tls == "starttls", "use_ssl": tls == "ssl", "timeout": 20,
    }  # fmt: skip


def sender() -> str:
    """The address from which letters come."""
    return os.environ.get("DUBAN_MAIL_FROM", "")


def site() -> str:
    """The address of the pages, without a slash at its end; "" where none is set."""
    return os.environ.get("DUBAN_SITE", "").rstrip("/")


def hooks_file() -> str:
    """The file of robots named in the environment."""
    return os.environ.get("DUBAN_HOOKS", "")
