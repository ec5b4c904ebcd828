"""The living report from the running server at 20 requests a second."""

import os
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from concurrent.futures import ThreadPoolExecutor

from benchmarks.texts import text_path


def ask(url: str) -> float:
    """Milliseconds until the whole page is here."""
    start = time.perf_counter()
    with urllib.request.urlopen(url, timeout=30) as answer:
        answer.read()
    return (time.perf_counter() - start) * 1000


def load(url: str, rate: int, seconds: int) -> list[float]:
    """Times of an open load: requests leave on schedule whether or not earlier ones came back."""
    with ThreadPoolExecutor(32) as pool:
        start, waiting = time.perf_counter(), []
        for number in range(rate * seconds):
            time.sleep(max(0.0, start + number / rate - time.perf_counter()))
            waiting.append(pool.submit(ask, url))
        return sorted(one.result() for one in waiting)


def main(rate: int = 20, seconds: int = 10) -> None:
    """Print the percentiles."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    url = f"http://127.0.0.1:{port}"
    with tempfile.TemporaryDirectory() as place:
        subprocess.run(
            [sys.executable, "-m", "duban.cli", "open", text_path(), "--book", place],
            check=True,
            stdout=subprocess.DEVNULL,
        )
        env = {**os.environ, "DUBAN_PUBLIC": "1", "DUBAN_PORT": str(port)}
        server = subprocess.Popen(
            [sys.executable, "-m", "duban.cli", "serve", place],
            env=env,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        try:
            for _ in range(100):
                try:
                    cold = ask(url)
                    break
                except OSError:
                    time.sleep(0.1)
            times = load(url, rate, seconds)
        finally:
            server.kill()
            server.wait()
    print(
        f"living report       first {cold:.0f} ms; at {rate}/s p50 {times[len(times) // 2]:.0f} ms, p95 {times[int(len(times) * 0.95)]:.0f} ms, worst {times[-1]:.0f} ms"
    )


if __name__ == "__main__":
    main()
