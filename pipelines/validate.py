"""Stage: what cannot be true becomes None with a counted reason; an article without a word of text is dropped."""

from __future__ import annotations

import re
from dataclasses import asdict
from datetime import date, datetime, timedelta

from crawler.clock import now
from crawler.items import Article, Outcome, Page
from pipelines.stage import Stage

FIRST_YEAR = 1990
"""No news site is older; an earlier date is a template's default (1970-01-01) or a date from the text."""
TITLE_LENGTH = 200
"""Characters. Headlines run to about 40; a longer one is a paragraph taken for one."""
NAME_LENGTH = 30
"""Characters; long minority names and 本报全媒体记者-style names fit, sentences do not."""
OUTLET_LENGTH = 60

_word = re.compile(r"\w")


class Validate(Stage):
    """Counts stand in `article.counts` as `invalid_<field>`, raw values in `article.original`."""

    def apply(self, page: Page) -> None:
        article = page.article
        if article is None:
            return
        _check_dates(article)
        for name in ("title", "kicker", "subtitle", "original_title"):
            _check_text(article, name, TITLE_LENGTH)
        for name in ("source", "sponsor", "page_name", "page_number"):
            _check_text(article, name, OUTLET_LENGTH)
        for name in ("reporters", "correspondents", "photographers", "keywords", "section"):
            _check_list(article, name)
        editors = [editor for editor in article.editors if _sound(editor.name, NAME_LENGTH)]
        if len(editors) < len(article.editors):
            _reject(article, "editors", editors)
        if not _word.search(article.body) and not article.images:
            page.outcome, page.reason, page.article = Outcome.DROPPED, "empty: no word of text", None


def _sound(text: str, longest: int) -> bool:
    return bool(_word.search(text)) and len(text) <= longest


def _check_text(article: Article, name: str, longest: int) -> None:
    value = getattr(article, name)
    if value is not None and not _sound(value, longest):
        _reject(article, name, None)


def _check_list(article: Article, name: str) -> None:
    values = getattr(article, name)
    sound = [value for value in values if _sound(value, OUTLET_LENGTH if name in ("keywords", "section") else NAME_LENGTH)]
    if len(sound) < len(values):
        _reject(article, name, sound)


def _check_dates(article: Article) -> None:
    if article.published is not None and not _possible(article.published):
        _reject(article, "published", None)
        article.published_precision = None
    if article.updated is not None and not _possible(article.updated):
        _reject(article, "updated", None)


def _possible(stamp: str) -> bool:
    """Whether a date lies between 1990 and tomorrow."""
    try:
        day = datetime.fromisoformat(stamp).date() if "T" in stamp else date.fromisoformat(stamp)
    except ValueError:
        return False
    return day.year >= FIRST_YEAR and day <= now().date() + timedelta(days=1)


def _reject(article: Article, name: str, value: object) -> None:
    raw = getattr(article, name)
    article.original.setdefault(name, [asdict(editor) for editor in raw] if name == "editors" else raw)
    if raw != "":
        article.counts[f"invalid_{name}"] = article.counts.get(f"invalid_{name}", 0) + 1
    setattr(article, name, value)
