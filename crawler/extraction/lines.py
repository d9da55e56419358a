"""A page as the lines a reader sees, in reading order: one pass over the tree, everything after it works on these."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from lxml.etree import _Element, iterwalk

from crawler.extraction.document import Document
from crawler.extraction.fold import bare, clear, fold
from crawler.extraction.tags import BLOCKS, BOLD, SKIPPED

if TYPE_CHECKING:
    from crawler.extraction.labels import Labelled

MAX_LINES = 40_000
"""A page with more is cut here; the longest forum thread met has about 3,000."""
LABEL_TEXT = 400
"""Characters up to which a line keeps its inline edges; longer ones are running text."""

_HIDDEN = re.compile(r"display\s*:\s*none", re.IGNORECASE)
_ZERO = re.compile("[\u200b-\u200d\u2060\ufeff\u00ad]")
_INNER = re.compile(r"[^\S\x1f]+|[\u200b-\u200d\ufeff]+")
_EDGED = re.compile(r" ?\x1f[\x1f ]*")
_NO_HAN = re.compile("[^\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff]+")
_STOPS = re.compile("[，。！？；：、,;!?…]")
_LAZY = ("data-original", "data-src", "data-lazy-src", "data-url", "_src", "file", "zoomfile", "data-actualsrc", "original")


@dataclass(slots=True, eq=False)
class Line:
    """What stands between two breaks: its text, the block element that holds it, and what kind of text it is."""

    text: str
    """Blanks collapsed; no line is empty unless it holds an image."""
    node: _Element | None
    """The block element around it; None in plain text."""
    position: int = 0
    linked: int = 0
    """Characters that stand inside links."""
    bold: int = 0
    """Characters set in bold."""
    links: list[tuple[str, str]] = field(default_factory=list)
    images: list[tuple[str, str]] = field(default_factory=list)
    """(address, alternative text)"""
    hidden: bool = False
    parts: list[str] | None = None
    """Raw pieces of the text, one an inline element; None where there is one, and in long lines."""
    labels: list[Labelled] | None = None
    """Found once by `roles.labels_of`."""
    _folded: str | None = None
    _bare: str | None = None
    _edged: str | None = None
    _han: int | None = None
    _stops: int | None = None

    @property
    def tag(self) -> str:
        """Name of the block element, `p` in plain text."""
        return str(self.node.tag) if self.node is not None else "p"

    @property
    def prose(self) -> bool:
        """Running text: several Han characters with punctuation, mostly outside links."""
        return self.linked * 2 <= len(self.text) and len(self.text) > 12 and self.han >= 12 and self.stops > 0

    @property
    def han(self) -> int:
        """Han characters."""
        if self._han is None:
            self._han = len(_NO_HAN.sub("", self.text))
        return self._han

    @property
    def stops(self) -> int:
        """Punctuation marks of running text."""
        if self._stops is None:
            self._stops = len(_STOPS.findall(self.text))
        return self._stops

    @property
    def folded(self) -> str:
        """The text for matching: readings gone, label characters Simplified, signs half-width."""
        if self._folded is None:
            self._folded = fold(clear(self.text))
        return self._folded

    @property
    def bare(self) -> str:
        """The text for comparing headlines: folded, without blanks and signs."""
        if self._bare is None:
            self._bare = bare(self.text)
        return self._bare

    @property
    def edged(self) -> str:
        """The text with U+001F where inline elements meet, as labels want it; equal to `text` in long lines."""
        if self._edged is None:
            self._edged = self.text
            if self.parts:
                self._edged = _EDGED.sub("\x1f", _INNER.sub(" ", "\x1f".join(self.parts))).strip(" \x1f")
        return self._edged

    @property
    def names(self) -> str:
        """Class and id of the block element."""
        return f"{self.node.get('class') or ''} {self.node.get('id') or ''}" if self.node is not None else ""


def make_line(text: str, node: _Element | None, position: int) -> Line:
    """A line of its text alone."""
    return Line(text, node, position)


def collapse(text: str) -> str:
    """Blanks of every kind (NBSP, U+3000) to one, zero-width characters gone."""
    if _ZERO.search(text):
        text = _ZERO.sub("", text)
    return " ".join(text.split())


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
            line = make_line(text, node, len(self.lines))
            line.linked, line.bold = min(self.linked, len(text)), min(self.bold, len(text))
            line.links, line.images, line.hidden = self.links, self.images, hidden
            if len(parts) > 1 and len(text) <= LABEL_TEXT:
                line.parts = parts
            self.lines.append(line)
            self.links, self.images = [], []
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
