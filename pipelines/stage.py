"""What every stage between reading and storing has in common: it cleans one page item in place, once, in any process."""

from __future__ import annotations

from abc import ABC, abstractmethod

from crawler.items import Page


class Stage(ABC):
    """A pure item pipeline. A subclass gives `apply`; pages without an article pass untouched."""

    @abstractmethod
    def apply(self, page: Page) -> None:
        """Clean `page.article` in place. Must be idempotent and know nothing of other pages."""

    def process_item(self, item: Page) -> Page:
        """Scrapy's entry. A page that has passed this stage already (in a worker process) goes straight through."""
        name = type(self).__name__
        if name not in item.passed:
            if item.article is not None:
                self.apply(item)
            item.passed.append(name)
        return item
