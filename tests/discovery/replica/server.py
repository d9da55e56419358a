"""Serves one replica: a table of pages, or a function for addresses with parameters."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

Answer = tuple[int, str, bytes]
"""Status, content type, body."""


@dataclass
class Replica:
    """One site: its pages by path (with query), what of them are articles, and what was asked for."""

    family: str
    pages: dict[str, str | bytes] = field(default_factory=dict)
    articles: set[str] = field(default_factory=set)
    start: str = "/"
    answer: Callable[[str], Answer | None] | None = None
    asked: list[str] = field(default_factory=list)
    url: str = ""


def respond(replica: Replica, path: str) -> Answer:
    """The answer to one request line's path."""
    if replica.answer and (special := replica.answer(path)):
        return special
    page = replica.pages.get(path)
    if page is None:
        return 404, "text/html; charset=utf-8", "<html><title>404</title><body>您访问的页面不存在</body></html>".encode()
    kind = (
        "text/xml"
        if path.partition("?")[0].endswith((".xml", ".jsp"))
        else "application/json"
        if ".json" in path
        else "text/html"
    )
    return 200, f"{kind}; charset=utf-8", page.encode() if isinstance(page, str) else page


@contextmanager
def serving(replica: Replica) -> Iterator[Replica]:
    """The replica on a free port of 127.0.0.1; `replica.url` has no slash at its end."""

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            self.answer()

        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers.get("Content-Length", 0))).decode()
            self.answer("#" + body)

        def answer(self, body: str = "") -> None:
            replica.asked.append(self.path + body)
            status, kind, content = respond(replica, self.path + body)
            self.send_response(status)
            self.send_header("Content-Type", kind)
            self.send_header("Content-Length", str(len(content)))
            self.end_headers()
            self.wfile.write(content)

        def log_message(self, *_: object) -> None:
            return

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    replica.url = f"http://127.0.0.1:{server.server_address[1]}"
    try:
        yield replica
    finally:
        server.shutdown()
        server.server_close()
