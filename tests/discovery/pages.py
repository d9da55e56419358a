"""A document as extraction hands it to discovery, made from text or bytes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import lxml.html

from crawler.items import RawPage


@dataclass
class Page:
    """The four attributes of `crawler.extraction.Document` that discovery reads."""

    url: str
    text: str
    tree: Any
    raw: RawPage


def document(content: str | bytes, url: str = "http://www.yunling.example.cn/") -> Page:
    """A page of that address; bytes are a feed or sitemap as it came over the wire."""
    body = content.encode("utf-8") if isinstance(content, str) else content
    text = body.decode("utf-8", "replace")
    tree = (
        lxml.html.document_fromstring(text.encode("utf-8"), parser=lxml.html.HTMLParser(encoding="utf-8"))
        if "<" in text
        else None
    )
    return Page(url, text, tree, RawPage(url=url, body=body))
