"""Every site profile is a spider: `scrapy list` shows them, `scrapy crawl NAME` runs one."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from crawler.sites import all_sites, get_site
from crawler.sites.profile import ProfileError

if TYPE_CHECKING:
    from scrapy import Request, Spider
    from scrapy.settings import BaseSettings

OTHERS = {"page": "crawler.spiders.page.PageSpider"}
"""Spiders that no profile stands behind."""


class SiteLoader:
    """Scrapy's spider loader over the profiles."""

    @classmethod
    def from_settings(cls, settings: BaseSettings) -> SiteLoader:
        return cls()

    def list(self) -> list[str]:
        """Raises UsageError, which Scrapy prints, when a profile cannot be read."""
        from scrapy.exceptions import UsageError

        try:
            return [*all_sites(), *OTHERS]
        except ProfileError as error:
            raise UsageError(str(error), print_help=False) from error

    def load(self, spider_name: str) -> type[Spider]:
        """The spider class of that name. Raises UnknownSite (a KeyError) with the nearest names, and ProfileError."""
        from scrapy.utils.misc import load_object

        from crawler.spiders.news import NewsSpider

        if spider_name in OTHERS:
            other: type[Spider] = load_object(OTHERS[spider_name])
            return other
        members: dict[str, Any] = {"name": spider_name, "site": get_site(spider_name)}
        return type(spider_name, (NewsSpider,), members)

    def find_by_request(self, request: Request) -> list[str]:  # type: ignore[valid-type]
        from scrapy.utils.url import url_is_from_any_domain

        return [name for name, site in all_sites().items() if url_is_from_any_domain(request.url, site.domains)]
