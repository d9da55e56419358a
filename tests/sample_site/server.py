"""The sample site's HTTP/1.1 server: threads, keep-alive, conditional requests, and connections that misbehave on purpose."""

from __future__ import annotations

import contextlib
import socket
import struct
import threading
from collections.abc import Iterator
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import NamedTuple
from urllib.parse import parse_qs, urlsplit

from tests.sample_site.answer import Answer, page
from tests.sample_site.pages import Pages

GONE = page("<html><head><title>404 Not Found</title></head><body><h1>404 Not Found</h1><hr>nginx</body></html>", status=404)


class Asked(NamedTuple):
    """One request the server saw."""

    method: str
    path: str
    headers: dict[str, str]
    """Lower-case names."""


class Visit(BaseHTTPRequestHandler):
    """One connection."""

    protocol_version = "HTTP/1.1"
    # One segment an answer: with Nagle's algorithm, or header and body apart, every second answer waits 40 ms.
    wbufsize = -1
    disable_nagle_algorithm = True
    server: Server

    def do_GET(self) -> None:
        site = self.server
        if site.remembers:
            site.requests.append(Asked(self.command, self.path, {name.lower(): value for name, value in self.headers.items()}))
        size = int(self.headers.get("Content-Length") or 0)
        posted = self.rfile.read(size).decode("utf-8", "replace") if size else ""
        path, _, query = self.path.partition("?")
        if path == "/module/web/jpage/dataproxy.jsp":
            asked = parse_qs(f"{query}&{posted}")
            first, last = (int(asked.get(name, [default])[0]) for name, default in (("startrecord", "1"), ("endrecord", "9")))
            self.send(site.pages.hanweb_records(first, last))
            return
        answer = site.pages.get(path) or GONE
        if answer.fault:
            getattr(self, f"fault_{answer.fault}")(answer)
        elif self._unchanged(answer):
            self.send(Answer(status=304, headers=answer.headers))
        else:
            self.send(answer)

    do_HEAD = do_POST = do_GET

    def _unchanged(self, answer: Answer) -> bool:
        tag, since = self.headers.get("If-None-Match"), self.headers.get("If-Modified-Since")
        if tag is not None:
            return tag == answer.headers.get("ETag")
        return since is not None and since == answer.headers.get("Last-Modified")

    def head(self, answer: Answer, length: int | None) -> bytes:
        lines = [
            f"HTTP/1.1 {answer.status} {HTTPStatus(answer.status).phrase}",
            "Server: nginx",
            f"Date: {self.date_time_string()}",
        ]
        if answer.status != 304:
            lines.append(f"Content-Type: {answer.mime}")
        if length is not None and answer.status != 304:
            lines.append(f"Content-Length: {length}")
        lines += [f"{name}: {value}" for name, value in answer.headers.items()]
        return ("\r\n".join(lines) + "\r\n\r\n").encode("latin-1")

    def send(self, answer: Answer) -> None:
        body = b"" if self.command == "HEAD" or answer.status == 304 else answer.body
        self.wfile.write(self.head(answer, len(answer.body)) + body)

    # Connections that misbehave. Each ends when the client leaves or the server stops.

    def fault_truncate(self, answer: Answer) -> None:
        self.wfile.write(self.head(answer, len(answer.body)) + answer.body[: len(answer.body) * 3 // 5])
        self.close_connection = True

    def fault_hang(self, answer: Answer) -> None:
        self._until_left(60 * 60)
        self.close_connection = True

    def fault_drip(self, answer: Answer) -> None:
        self.wfile.write(self.head(answer, len(answer.body)))
        self.wfile.flush()
        for i in range(len(answer.body)):
            if self._until_left(1):
                break
            self.wfile.write(answer.body[i : i + 1])
            self.wfile.flush()
        self.close_connection = True

    def fault_reset(self, answer: Answer) -> None:
        self.wfile.write(self.head(answer, len(answer.body)))
        self.wfile.flush()
        # Lingering for zero seconds turns the close into an RST.
        self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        self.connection.close()
        self.close_connection = True

    def fault_endless(self, answer: Answer) -> None:
        self.wfile.write(self.head(answer, None))
        self.close_connection = True
        with contextlib.suppress(OSError):
            while not self.server.stopping.is_set():
                self.wfile.write(answer.body)

    def fault_busy(self, answer: Answer) -> None:
        with self.server.lock:
            self.server.refused += 1
            refused = self.server.refused
        if refused <= 2:
            self.send(Answer(status=503, body=b"busy", headers={"Retry-After": "1"}))
        else:
            self.send(answer)

    def _until_left(self, seconds: float) -> bool:
        """Wait; True when the client has left or the server stops."""
        self.connection.settimeout(0.2)
        for _ in range(int(seconds * 5)):
            if self.server.stopping.is_set():
                return True
            with contextlib.suppress(TimeoutError):
                if not self.connection.recv(1):
                    return True
        return False

    def handle(self) -> None:
        # Clients that hang up in the middle are what the tests are about.
        with contextlib.suppress(ConnectionError):
            super().handle()

    def finish(self) -> None:
        with contextlib.suppress(OSError, ValueError):
            super().finish()

    def log_message(self, format: str, *args: object) -> None:
        """The server keeps `requests` and prints nothing."""


class Server(ThreadingHTTPServer):
    """The running site. `edition` may be set while it runs."""

    pages_of = Pages
    remembers = True
    """Keeps every request in `requests`."""
    daemon_threads = True
    request_queue_size = 256

    def __init__(self, port: int = 0, *, edition: int = 1, articles: int = 30) -> None:
        super().__init__(("127.0.0.1", port), Visit)
        self.port: int = self.server_address[1]
        self.url = f"http://127.0.0.1:{self.port}"
        self.articles = articles
        self.requests: list[Asked] = []
        self.refused = 0
        self.lock = threading.Lock()
        self.stopping = threading.Event()
        self.edition = edition

    def __str__(self) -> str:
        return self.url

    @property
    def edition(self) -> int:
        return self.pages.edition

    @edition.setter
    def edition(self, edition: int) -> None:
        self.pages = self.pages_of(self.url, edition, self.articles)

    def asked(self, path: str) -> list[Asked]:
        """The requests for that path (query left out)."""
        return [one for one in self.requests if urlsplit(one.path).path == path]


@contextlib.contextmanager
def start_sample_site(*, port: int = 0, edition: int = 1, articles: int = 30) -> Iterator[Server]:
    """The sample site on 127.0.0.1, until the block ends. Raises OSError when the port is taken."""
    server = Server(port, edition=edition, articles=articles)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
    thread.start()
    try:
        yield server
    finally:
        server.stopping.set()
        server.shutdown()
        server.server_close()
        thread.join()
