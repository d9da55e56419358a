"""Keeps every HTTP exchange as it came, before content decoding: pages, redirect hops, retries, parts, robots.txt."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from scrapy.utils.httpobj import urlparse_cached

from crawler.clock import stamp
from crawler.items import Exchange
from crawler.signals import exchange_captured

if TYPE_CHECKING:
    from scrapy import Request
    from scrapy.crawler import Crawler
    from scrapy.http import Headers, Response

REDIRECTS = frozenset({301, 302, 303, 307, 308})


def header_pairs(headers: Headers) -> tuple[tuple[bytes, bytes], ...]:
    """Scrapy's headers as (name, value) pairs; several values of one name stand one after the other."""
    return tuple((name, value) for name, values in headers.items() for value in values)


def truncation(request: Request, response: Response) -> str | None:
    """The WARC-Truncated reason of a body that did not arrive whole (WARC 1.1, 5.13), else None."""
    if "download_stopped" in response.flags:
        return str(request.meta.get("stopped", "length"))
    return "disconnect" if "dataloss" in response.flags else None


def exchange_of(request: Request, response: Response) -> Exchange:
    sent = header_pairs(request.headers)
    if b"Host" not in request.headers:  # Twisted adds it on the way out
        sent = ((b"Host", urlparse_cached(request).netloc.encode("ascii", "replace")), *sent)
    redirected = response.status in REDIRECTS and b"Location" in response.headers
    return Exchange(
        url=response.url, method=request.method, request_headers=sent, request_body=request.body,
        status=response.status, headers=header_pairs(response.headers), body=response.body, captured_at=stamp(),
        truncated=truncation(request, response), ip=str(response.ip_address) if response.ip_address else None,
        purpose="redirect" if redirected else request.meta.get("purpose", "page"),
    )  # fmt: skip


class CaptureMiddleware:
    """Closest to the downloader. The exchanges of a lease ride in `request.meta["exchanges"]`, others go by signal."""

    def __init__(self, crawler: Crawler):
        self.crawler = crawler

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> CaptureMiddleware:
        return cls(crawler)

    def process_response(self, request: Request, response: Response) -> Response:
        exchange = exchange_of(request, response)
        request.meta["truncated"] = exchange.truncated
        exchanges = request.meta.get("exchanges")
        if exchanges is None:
            self.crawler.signals.send_catch_log(exchange_captured, exchange=exchange, spider=self.crawler.spider)
            return response
        if exchanges and request.meta.get("retry_times", 0) and exchanges[-1].url == exchange.url:
            exchanges[-1] = replace(exchanges[-1], purpose="retry")
        exchanges.append(exchange)
        return response
