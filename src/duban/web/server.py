"""How requests come in: what is too large is read to its end and thrown away, so that a clear answer can be given.

A server that closes the line while a browser still sends shows the reader a dropped connection. Here the body of
such a request goes nowhere (neither memory nor disk), and the pages answer it with a sentence.
"""

from io import BytesIO
from typing import BinaryIO

import waitress.server
from django.core.handlers.wsgi import WSGIHandler
from waitress.channel import HTTPChannel
from waitress.parser import HTTPRequestParser

MARK = "DUBAN_TOO_LARGE"  # the header under which the pages are told; from outside it only gets its sender the answer
_DRAINED = 1 << 33  # bytes that are read for nothing before the line is cut after all


class _Nowhere:
    """Takes a body in the place of waitress's buffer, and keeps nothing of it."""

    def append(self, data: bytes) -> None:
        """Forget the bytes."""

    def __len__(self) -> int:
        return 0

    def getfile(self) -> BinaryIO:
        """An empty body."""
        return BytesIO()

    def close(self) -> None:
        """Nothing is open."""


def parser(limit: int) -> type[HTTPRequestParser]:
    """A parser of requests that lets through bodies of at most `limit` bytes."""

    class Parser(HTTPRequestParser):  # type: ignore[misc]
        """Marks and empties a request that is too large."""

        def received(self, data: bytes) -> int:
            consumed: int = super().received(data)
            if self.body_rcv is not None and max(self.content_length, self.body_bytes_received) > limit:
                self._throw_away()
            return consumed

        def _throw_away(self) -> None:
            if MARK not in self.headers:
                self.headers[MARK] = str(max(self.content_length, self.body_bytes_received))
                self.body_rcv.buf.close()
                self.body_rcv.buf = _Nowhere()
            if self.completed:
                self.headers["CONTENT_LENGTH"] = "0"

    return Parser


def run(application: WSGIHandler, limit: int, **where: object) -> None:
    """Serve until stopped; a request's body may have `limit` bytes. `where` is for waitress: host and port, or a
    socket file, and what it may believe of a proxy."""
    HTTPChannel.parser_class = parser(limit)
    waitress.serve(application, threads=8, ident=None, max_request_body_size=_DRAINED, **where)
