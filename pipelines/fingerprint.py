"""Stage: the marks by which versions and near-duplicates are told."""

from __future__ import annotations

from crawler.items import Page
from pipelines.stage import Stage
from pipelines.text.fingerprint import digest, fingerprint


class Fingerprint(Stage):
    """Sets `article.digest` (equal: no new version) and `article.fingerprint` (alike: near-duplicate)."""

    def apply(self, page: Page) -> None:
        article = page.article
        if article is None:
            return
        article.digest = digest(article.title, article.body)
        article.fingerprint = fingerprint(article.body) or None
