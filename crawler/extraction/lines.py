"""A page as the lines a reader sees, in reading order: one pass over the tree, everything after it works on these."""

from __future__ import annotations

import re
from collections.abc import Iterator

from lxml.etree import _Element, iterwalk

from crawler.extraction.document import Document
from crawler.extraction.line import LABEL_TEXT, Line, collapse, make_line
from crawler.extraction.tags import BLOCKS, BOLD, SKIPPED

MAX_LINES = 40_000
"""A page with more is cut here; the longest forum thread met has about 3,000."""
_HIDDEN = re.compile(r"display\s*:\s*none", re.IGNORECASE)
_LAZY = ("data-original", "data-src", "data-lazy-src", "data-url", "_src", "file", "zoomfile", "data-actualsrc", "original")


def page_lines(document: Document) -> list[Line]:
    """The lines of a page, found once a document."""
    lines: list[Line] | None = document.memo.get("lines")
    if lines is None:
        lines = list(text_lines(document.text)) if document.is_text else tree_lines(document.tree)
        document.memo["lines"] = lines
    return lines


def text_lines(text: str) -> Iterator[Line]:
    """Plain text: a line is a line."""
    position = 0
    for raw in text.splitlines()[:MAX_LINES]:
        if clean := collapse(raw):
            yield make_line(clean, None, position)
            position += 1


class _Collector:
    """The line being gathered while the walk goes on."""

    __slots__ = ("bold", "images", "lines", "linked", "links", "parts")

    def __init__(self) -> None:
        self.lines: list[Line] = []
        self.parts: list[str] = []
        self.linked = self.bold = 0
        self.links: list[tuple[str, str]] = []
        self.images: list[tuple[str, str]] = []

    def flush(self, node: _Element | None, hidden: bool) -> None:
        """End the line that stands in `node`."""
        parts = self.parts
        text = collapse("".join(parts))
        if text or self.images:
            size = len(text)
            kept = parts if len(parts) > 1 and size <= LABEL_TEXT else None
            linked, bold = min(self.linked, size), min(self.bold, size)
            links, images = self.links or (), self.images or ()
            self.lines.append(Line(text, node, len(self.lines), linked, bold, links, images, hidden, kept))
            # Most lines hold neither: the empty lists serve on.
            if links:
                self.links = []
            if images:
                self.images = []
        self.parts = []
        self.linked = self.bold = 0


def tree_lines(root: _Element | None) -> list[Line]:
    """One walk; elements that show no text are not entered. Written for speed: this loop sees every node of a page."""
    collector = _Collector()
    if root is None:
        return collector.lines
    stack: list[_Element] = []
    depth = hidden_at = bold_at = link_at = link_start = 0  # depths at which such an element was entered, 0: not inside one
    href = ""
    walk = iterwalk(root, events=("start", "end"))
    for event, element in walk:
        tag = element.tag
        if event == "start":
            depth += 1
            if tag in SKIPPED:
                walk.skip_subtree()
                continue
            if tag in BLOCKS:
                if collector.parts or collector.images:
                    collector.flush(stack[-1] if stack else None, hidden_at > 0)
                stack.append(element)
                if len(collector.lines) >= MAX_LINES:
                    break
            elif tag == "br":
                if collector.parts:
                    collector.flush(stack[-1] if stack else None, hidden_at > 0)
            elif tag == "a":
                if not link_at:
                    link_at, link_start, href = depth, len(collector.parts), element.get("href") or ""
            elif tag == "img" and (source := image_source(element)):
                collector.images.append((source, element.get("alt") or element.get("title") or ""))
            if not bold_at and tag in BOLD:
                bold_at = depth
            if not hidden_at and (style := element.get("style")) and "none" in style and _HIDDEN.search(style):
                hidden_at = depth
            text = element.text
        else:
            if tag in BLOCKS:
                if collector.parts or collector.images:
                    collector.flush(stack[-1], hidden_at > 0)
                stack.pop()
            elif link_at == depth and href:
                anchor = collapse("".join(collector.parts[link_start:]))
                if anchor:
                    collector.links.append((anchor, href))
            if link_at == depth:
                link_at = 0
            if bold_at == depth:
                bold_at = 0
            if hidden_at == depth:
                hidden_at = 0
            depth -= 1
            text = element.tail
        if text:
            if text.isspace():
                # Indentation of the markup: a blank inside a line, nothing at its start.
                if collector.parts:
                    collector.parts.append(" ")
                continue
            collector.parts.append(text)
            if link_at or bold_at:
                size = len(text.strip())
                if link_at:
                    collector.linked += size
                if bold_at:
                    collector.bold += size
    collector.flush(stack[-1] if stack else None, hidden_at > 0)
    return collector.lines


def image_source(image: _Element) -> str:
    """An image's address; lazy loaders keep the real one in another attribute."""
    for name in _LAZY:
        if (value := image.get(name)) and not value.startswith("data:") and ("/" in value or "." in value):
            return str(value).strip()
    source = (image.get("src") or "").strip()
    return "" if source.startswith("data:") else str(source)
