"""One page opened: decoded once, parsed once; never an exception, whatever the bytes."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

from lxml import etree
from lxml.etree import _Element

from crawler.extraction.charset import Decoded, decode
from crawler.items import RawPage

MAX_CHARS = 8_000_000
"""Text handed to the parser; beyond lies no article."""
LONG_TAG = 20_000
MANY_SIGNS = 20_000
"""Equals signs of a page that is looked at for such tags; a portal's page has about 3,000."""
MAX_ATTRIBUTES = 1_000
"""A longer tag with more attributes than this is an attack: libxml2 compares each with each, 100,000 take half a minute."""

# A stray `</html>` or `</body>` in mid-page makes libxml2 close the tree and lose what follows.
_CLOSERS = re.compile(rb"</(?:html|body)\s*>", re.IGNORECASE)
_NESTING = re.compile(rb"</?(?!(?:p|br|h[1-6]|title|meta|img|a|td|li|script|style|head|html|body)\b)[a-z][^<>]*>", re.IGNORECASE)
_LONG_TAG = re.compile(rb"<[a-zA-Z][^<>]{%d,}>" % LONG_TAG)
_XML = re.compile(r"\s*<(?:\?xml|rss\b|feed\b|urlset\b|sitemapindex\b|period\b|datastore\b)", re.IGNORECASE)
_TAG = re.compile(r"<\s*(?:!doctype|html|head|body|div|p|table|meta|script|title|a|br|span|h\d)\b", re.IGNORECASE)
_DECLARATION = re.compile(rb"^\s*<\?xml[^>]*\?>")


@dataclass(slots=True)
class Document:
    """A page as text and as tree. Rooms that read it must leave the tree as it is."""

    url: str
    raw: RawPage
    text: str
    """Decoded, control characters removed."""
    charset: str
    replaced: int
    """Replacement characters that decoding left."""
    tree: _Element | None
    """Root of the parsed page; None for plain text, XML, JSON and pages without any markup."""
    is_text: bool = False
    """A bare text: no markup, label rules work on its lines."""
    controls: int = 0
    """C0 control characters taken out of the text."""
    memo: dict[str, Any] = field(default_factory=dict, repr=False)
    """What one pass over the page found, kept for the next reader of the same document."""


def open_document(raw: RawPage, *, charset: str | None = None) -> Document:
    """Decode and parse; `charset` is the site's known one where its declarations are wrong."""
    content_type = raw.headers.get("content-type", "")
    decoded = decode(raw.body, content_type=content_type, charset=charset)
    text, controls = decoded.text[:MAX_CHARS], decoded.controls
    document = Document(raw.url, raw, text, decoded.charset, decoded.replaced, None, controls=controls)
    document.is_text = _is_plain(raw.url, content_type, text)
    if not document.is_text and not _is_data(content_type, text) and not _is_binary(decoded, controls):
        ready = decoded.utf8 if len(text) == len(decoded.text) else None
        document.tree = _parse(text.encode("utf-8", "ignore") if ready is None else ready)
    return document


def _is_plain(url: str, content_type: str, text: str) -> bool:
    if content_type:
        return content_type.lower().startswith("text/plain") and not _TAG.search(text, 0, 4000)
    path = urlsplit(url).path.lower() if "://" in url else url.lower()
    return path.endswith(".txt") or not _TAG.search(text, 0, 100_000)


def _is_data(content_type: str, text: str) -> bool:
    head = text[:200].lstrip("\ufeff \r\n\t")
    return "json" in content_type.lower() or head[:1] in "[{" or bool(_XML.match(head) and "<html" not in text[:2000].lower())


def _is_binary(decoded: Decoded, controls: int) -> bool:
    """Images, PDFs and archives leave controls or replacement characters all over."""
    sample = len(decoded.text) or 1
    return controls + decoded.replaced > sample * 0.1 and controls > 20


def _parse(data: bytes, *, flat: bool = False) -> _Element | None:
    """The tree of a page in UTF-8."""
    data = _CLOSERS.sub(b"", _DECLARATION.sub(b"", data))
    if data.count(b"=") > MANY_SIGNS:
        data = _LONG_TAG.sub(lambda tag: b"" if tag[0].count(b"=") > MAX_ATTRIBUTES else tag[0], data)
    # lxml.html would look up a class for every element it hands out; plain elements are a third cheaper to walk.
    parser = etree.HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True, huge_tree=True, collect_ids=False)
    try:
        root = etree.fromstring(data, parser)
    except (etree.LxmlError, ValueError, AssertionError):
        return None
    last = parser.error_log.last_error
    if not flat and last is not None and last.type == etree.ErrorTypes.ERR_RESOURCE_LIMIT:
        # Nested deeper than the parser goes: what follows would be lost, so the nest is taken away.
        return _parse(_NESTING.sub(b"<br>", data), flat=True)
    return root
