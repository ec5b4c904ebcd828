"""One government's server in a process of its own: forked from a process that has everything imported, on a socket file."""

import multiprocessing
import os
import threading
from multiprocessing import connection
from multiprocessing.context import ForkServerContext
from multiprocessing.process import BaseProcess
from pathlib import Path


def context(nowhere: Path) -> ForkServerContext:
    """The way in which workers are made; what they are forked from is set up for the empty folder `nowhere`."""
    os.environ["DUBAN_BOOK"] = str(nowhere)
    made = multiprocessing.get_context("forkserver")
    made.set_forkserver_preload(["duban.front.ready"])
    return made


def start(how: ForkServerContext, code: str, book: Path, socket: Path, host: str) -> BaseProcess:
    """Start the server of a book; it answers on `socket` a moment later, to requests for `host` alone."""
    process = how.Process(
        target=_work, args=(code, str(book), str(socket), host), name=f"duban {code}", daemon=True
    )
    process.start()
    return process


def _work(code: str, book: str, socket: str, host: str) -> None:
    threading.Thread(target=_end_with_the_front, daemon=True).start()
    os.environ["DUBAN_PROXY"] = (
        "localhost"  # what a socket file's other end is called: only the front can reach it
    )
    from duban.web import run_at
    from duban.web.rebook import rebook

    rebook(Path(book), [host])
    run_at({"unix_socket": socket, "unix_socket_perms": "600"}, label=f"{code} ")


def _end_with_the_front() -> None:
    """However the front ends, its workers do too."""
    front = multiprocessing.parent_process()
    if front is not None:
        connection.wait([front.sentinel])
        os._exit(0)
