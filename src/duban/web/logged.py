"""What the server's log says of requests."""

import logging


class Refusals(logging.Filter):
    """A page that somebody may not see (403) is one line with its reason: nothing is broken that a trace would show."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Let every line pass, those of refusals without their trace."""
        if getattr(record, "status_code", 0) == 403 and record.exc_info:
            reason = str(record.exc_info[1]).splitlines()
            record.msg, record.args = "%s: %s", (record.getMessage(), reason[0] if reason else "-")
            record.exc_info, record.exc_text = None, None
        return True
