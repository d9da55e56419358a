"""`scrapy crawl page -a url=…`: any page, or a site that no profile describes yet."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlsplit

from crawler.items import Kind, Link
from crawler.sites import all_sites
from crawler.sites.profile import Site
from crawler.spiders.news import NewsSpider

LIMIT = 200
"""Pages that one run reads unless `-a limit=` says otherwise."""


class PageSpider(NewsSpider):
    """Argument `url`: a home page stands for its whole site, any other address for itself and what it lists.

    `for_url` makes the class that crawls it, by a listed site's own profile where one owns the address.
    """

    name = "page"
    site = Site(name="page", title="any page", home="http://page.invalid/", domains=("page.invalid",))

    def __init__(self, url: str, limit: str | None = None, **arguments: Any):
        super().__init__(limit=limit or str(LIMIT), **arguments)
        self.url = url

    @classmethod
    def for_url(cls, url: str) -> type[PageSpider]:
        """Raises ValueError (ProfileError) for what is no http(s) address."""
        from crawler.discovery import inside, unlisted

        if not url.startswith(("http://", "https://")):
            raise ValueError(f"{url} is no http(s) address")
        site = next((site for site in all_sites().values() if inside(url, site)), None) or unlisted(url)
        return type("page", (cls,), {"name": "page", "site": site})

    def seeds(self) -> list[Link]:
        from crawler.discovery import canonical

        whole = not urlsplit(self.url).path.strip("/") and "#" not in self.url
        url = canonical(self.url, routes=self.site.render) or self.url
        asked = Link(url=url, kind=Kind.LIST if whole else Kind.UNKNOWN, rule="asked for")
        return [asked, *super().seeds()] if whole else [asked]
