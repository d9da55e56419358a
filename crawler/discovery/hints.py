"""What a list said of an article beside what the article says itself: disagreements are counted, never mended."""

from __future__ import annotations

import re

from crawler.items import Article, Lease

_NOT_WORD = re.compile(r"\W+")
_CUT = re.compile(r"(?:\.{2,}|…+)$")


def disagreements(lease: Lease, article: Article) -> list[str]:
    """Names of the hints that the article contradicts: `title`, `date`, `section`. A missing value contradicts nothing."""
    found = []
    if lease.title and article.title and not _same_title(lease.title, article):
        found.append("title")
    if lease.date and article.published and lease.date[:10] != article.published[:10]:
        found.append("date")
    if lease.section and article.section and not any(_agrees(lease.section, name) for name in article.section):
        found.append("section")
    return found


def _same_title(hint: str, article: Article) -> bool:
    """A list may cut the headline, or run kicker and headline together."""
    short, own = _plain(_CUT.sub("", hint)), _plain(article.title or "")
    whole = _plain(f"{article.kicker or ''}{article.title or ''}{article.subtitle or ''}")
    return bool(short) and (short in whole or own in short)


def _plain(text: str) -> str:
    return _NOT_WORD.sub("", text).casefold()


def _agrees(one: str, other: str) -> bool:
    one, other = _plain(one), _plain(other)
    return one in other or other in one
