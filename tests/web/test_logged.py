"""The server's log: a refusal is one line, whatever stands in its address."""

import logging
import sys

from duban.web.logged import Refusals


def test_a_refusal_is_one_line_whatever_stands_in_its_address():
    try:
        raise PermissionError("只有督查室可看\n第二行")
    except PermissionError:
        record = logging.LogRecord(
            "django.request", 30, "", 0, "Forbidden: %s", ("/x/100%s%d",), sys.exc_info()
        )
    record.status_code = 403
    assert Refusals().filter(record)
    assert logging.Formatter().format(record) == "Forbidden: /x/100%s%d: 只有督查室可看"


def test_a_fault_keeps_its_trace():
    try:
        raise ValueError("x")
    except ValueError:
        record = logging.LogRecord("django.request", 40, "", 0, "Error", (), sys.exc_info())
    record.status_code = 500
    assert Refusals().filter(record)
    assert "Traceback" in logging.Formatter().format(record)
