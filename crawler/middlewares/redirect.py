"""Follows redirects inside the site and names the others: off-site and circular ones end the lease with an outcome."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scrapy.downloadermiddlewares.redirect import RedirectMiddleware as StockRedirectMiddleware
from scrapy.exceptions import IgnoreRequest
from scrapy.http import Request, Response

from crawler.middlewares.errors import OffSite, RedirectLoop

if TYPE_CHECKING:
    from scrapy.crawler import Crawler


class RedirectMiddleware(StockRedirectMiddleware):
    """Scrapy's own gives an off-site redirect no signal at all and walks a circle until its limit."""

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> RedirectMiddleware:
        middleware = cls(crawler.settings)
        middleware.crawler = crawler
        return middleware

    def handle_referer(self, request: Request, response: Response) -> None:
        request.headers.pop("Referer", None)

    def process_response(self, request: Request, response: Response) -> Request | Response:  # type: ignore[override]
        try:
            answer = super().process_response(request, response)
        except IgnoreRequest as error:
            raise RedirectLoop(f"more than {self.max_redirect_times} hops") from error
        except ValueError as error:
            raise RedirectLoop(f"no address: {error}") from error
        if isinstance(answer, Response):
            return answer
        if request.meta.get("purpose") != "robots":  # RFC 9309, 2.3.1.2: followed across hosts too
            self.check(answer)
        return answer

    def check(self, request: Request) -> None:
        """Raises OffSite or RedirectLoop for a hop that must not be taken."""
        if not self.crawler.spider.owns(request.url):  # type: ignore[union-attr]
            raise OffSite(request.url)
        if request.url in request.meta.get("redirect_urls", ()):  # without cookies nothing has changed since
            raise RedirectLoop(request.url)
