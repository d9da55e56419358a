"""A real HTTP server on 127.0.0.1 whose pages a test scripts: what it answers, how it breaks off, how often it was asked."""

from __future__ import annotations

import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

Answer = Callable[["Handler"], None]

PARAGRAPH = "清河县水利局四月二十日通报，全县十二处渠首闸门已经检修完毕，春灌用水比去年提早五天送到田头。"
"""Our own text, long enough for an article."""


def article(title: str, paragraphs: int = 4, extra: str = "") -> str:
    """A page in the shape of a plain county portal."""
    body = "".join(f"<p>　　{i}、{title}。{PARAGRAPH}</p>" for i in range(1, paragraphs + 1))
    return (
        f"<!DOCTYPE html><html><head><meta charset='utf-8'><title>{title}_清河新闻网</title></head><body>"
        f"<div class='path'><a href='/'>首页</a> &gt; <a href='/xw/'>要闻</a> &gt; 正文</div><h1>{title}</h1>"
        f"<div class='info'>2026-04-21 08:30 来源：清河日报 记者：林木森</div><div class='content'>{body}</div>"
        f"<div class='editor'>责任编辑：周小满</div>{extra}</body></html>"
    )


def listing(urls: list[str]) -> str:
    items = "".join(
        f"<li><a href='{url}'>清河县第{i}件新闻今日发布</a><span>2026-04-21</span></li>" for i, url in enumerate(urls)
    )
    head = "<head><meta charset='utf-8'><title>要闻_清河新闻网</title></head>"
    return f"<html>{head}<body><ul class='list'>{items}</ul></body></html>"


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server: Server  # type: ignore[assignment]

    def do_GET(self) -> None:
        path = self.path
        self.server.seen.append((path, dict(self.headers)))
        self.server.asked[path] += 1
        self.server.log.append((time.monotonic(), path))
        answer = self.server.pages.get(path)
        if answer is None:
            return self.send(b"<html><head><title>404</title></head><body>404 Not Found</body></html>", status=404)
        if isinstance(answer, str):
            return self.send(answer.encode(), type="text/html; charset=utf-8")
        try:
            return answer(self)
        except (BrokenPipeError, ConnectionResetError):
            self.close_connection = True

    do_POST = do_GET

    def send(
        self, body: bytes = b"", *, status: int = 200, type: str = "text/html", length: int | None = None, **headers: str
    ) -> None:
        self.send_response(status)
        self.send_header("Content-Type", type)
        self.send_header("Content-Length", str(len(body) if length is None else length))
        for name, value in headers.items():
            self.send_header(name.replace("_", "-"), value)
        self.end_headers()
        self.wfile.write(body)
        if length is not None:
            self.close_connection = True

    def redirect(self, target: str, status: int = 302) -> None:
        self.send(status=status, Location=target)

    def log_message(self, *_: Any) -> None:
        pass


class Server(ThreadingHTTPServer):
    daemon_threads = True
    request_queue_size = 64

    def __init__(self, host: str = "127.0.0.1", port: int = 0) -> None:
        super().__init__((host, port), Handler)
        self.pages: dict[str, str | Answer] = {"/robots.txt": lambda h: h.send(b"User-agent: *\nAllow: /\n", type="text/plain")}
        self.asked: Counter[str] = Counter()
        self.seen: list[tuple[str, dict[str, str]]] = []
        self.log: list[tuple[float, str]] = []

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Broken connections are what these tests are about."""

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_address[1]}"


@contextmanager
def serve(host: str = "127.0.0.1", port: int = 0) -> Iterator[Server]:
    with Server(host, port) as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
        thread.start()
        try:
            yield server
        finally:
            server.shutdown()
