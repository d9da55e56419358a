"""What a page's head says of it: title, meta tags by lower-case name, JSON-LD."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, field
from typing import Any

from lxml.etree import _Element

from crawler.extraction.document import Document
from crawler.extraction.lines import head_elements

_TAGS = re.compile(r"<[^>]+>")
_BLANKS = re.compile(r"[\s\u00a0\u3000\u200b\ufeff]+")
TITLES = ("articletitle", "og:title", "twitter:title", "pagetitle", "title", "article:title")
DATES = (
    "pubdate", "publishdate", "article:published_time", "publish_time", "og:release_date", "article_publish_time",
    "datepublished", "weibo:article:create_at", "bytedance:published_time", "firstcreatetime", "og:published_time",
    "date", "publish-date", "maketime",
)  # fmt: skip
UPDATES = ("article:modified_time", "og:updated_time", "lastmodified", "bytedance:updated_time", "weibo:article:update_at")
SOURCES = ("contentsource", "source", "mediaid", "article:source")
AUTHORS = ("author", "article:author", "weibo: article:create_by")
EDITORS = ("editor", "responsibleeditor")


@dataclass(slots=True)
class Meta:
    """The head of a page. Names are lower-case, values have their blanks collapsed, empty ones are left out."""

    title: str | None = None
    """Text of `<title>` as it stands."""
    fields: dict[str, str] = field(default_factory=dict)
    linked_data: list[dict[str, Any]] = field(default_factory=list)
    canonical: str | None = None
    refresh: str | None = None

    def first(self, names: tuple[str, ...]) -> tuple[str, str] | None:
        """(name, value) of the first of these names that the page fills."""
        return next(((name, self.fields[name]) for name in names if name in self.fields), None)

    @property
    def titles(self) -> list[str]:
        """Headlines the head states apart from `<title>`."""
        values = [tidy(self.fields[name]) for name in TITLES if name in self.fields]
        values += [tidy(str(data["headline"])) for data in self.linked_data if isinstance(data.get("headline"), str)]
        return [value for value in values if len(value) >= 4]


def tidy(value: str) -> str:
    """Without the markup that some CMS leaves in `ArticleTitle`, blanks collapsed."""
    return _BLANKS.sub(" ", _TAGS.sub("", value)).strip()


def read_meta(document: Document) -> Meta:
    """The head, read once a document."""
    if "meta" not in document.memo:
        document.memo["meta"] = _read(head_elements(document))
    meta: Meta = document.memo["meta"]
    return meta


def _read(elements: list[_Element]) -> Meta:
    meta = Meta()
    for element in elements:
        tag = element.tag
        if tag == "script":
            if (element.get("type") or "").lower() == "application/ld+json" and element.text:
                meta.linked_data += _linked_data(element.text)
        elif tag == "title":
            if not meta.title and (text := tidy(element.text or "")):
                meta.title = text
        elif tag == "link":
            if (element.get("rel") or "").lower() == "canonical":
                meta.canonical = meta.canonical or element.get("href")
        else:
            _read_tag(element, meta)
    return meta


def _read_tag(element: _Element, meta: Meta) -> None:
    name = (element.get("name") or element.get("property") or element.get("itemprop") or "").strip().lower()
    value = _BLANKS.sub(" ", element.get("content") or "").strip()
    if (element.get("http-equiv") or "").lower() == "refresh":
        meta.refresh = value
    elif name and value:
        meta.fields.setdefault(name, value)


def _linked_data(text: str) -> list[dict[str, Any]]:
    try:
        data = json.loads(text.strip().rstrip(";"), strict=False)
    except (ValueError, RecursionError):
        return []
    found = data if isinstance(data, list) else data.get("@graph", [data]) if isinstance(data, dict) else []
    return [item for item in found if isinstance(item, dict)] if isinstance(found, list) else []
