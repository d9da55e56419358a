"""One line of a page as a reader sees it, with what later rules ask of it found once."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from lxml.etree import _Element

from crawler.extraction.fold import bare, clear, fold

if TYPE_CHECKING:
    from crawler.extraction.dates import Moment
    from crawler.extraction.labels import Labelled

LABEL_TEXT = 400
"""Characters up to which a line keeps its inline edges; longer ones are running text."""
_ZERO = re.compile("[\u200b-\u200d\u2060\ufeff\u00ad]")
_INNER = re.compile(r"[^\S\x1f]+|[\u200b-\u200d\ufeff]+")
_EDGED = re.compile(r" ?\x1f[\x1f ]*")
# First bytes in UTF-16 of what is no Han character: those are U+3400 to U+9FFF but the hexagrams, and U+F900 to U+FAFF.
_NO_HAN = bytes(byte for byte in range(256) if not (0x34 <= byte <= 0x9F or byte in (0xF9, 0xFA)))
_HEXAGRAMS = re.compile("[\u4dc0-\u4dff]")
_STOPS = re.compile("[，。！？；：、,;!?…]")


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
    anchors: Sequence[tuple[str, _Element]] = ()
    """(raw text, element) of the links."""
    images: Sequence[tuple[str, str]] = ()
    """(address, alternative text)"""
    hidden: bool = False
    parts: list[str] | None = None
    """Raw pieces of the text, one an inline element; None where there is one, and in long lines."""
    tag: str = "p"
    """Name of the block element, `p` in plain text."""
    prose: bool = False
    """Running text: several Han characters with punctuation, mostly outside links."""
    labels: list[Labelled] | None = None
    """Found once by `roles.labels_of`."""
    moments: list[Moment] | None = None
    """Found once by `roles.moments_of`."""
    _folded: str | None = None
    _bare: str | None = None
    _edged: str | None = None
    _han: int | None = None
    tail_mark: bool | None = None
    """Found once by `locate.is_tail_mark`."""
    legal: bool | None = None
    """Found once by `roles.is_legal`."""

    @property
    def links(self) -> list[tuple[str, str]]:
        """(text, address as it stands) of the links that show a text."""
        return [(text, href) for raw, node in self.anchors if (text := collapse(raw)) and (href := node.get("href"))]

    @property
    def han(self) -> int:
        """Han characters."""
        if self._han is None:
            self._han = han_characters(self.text)
        return self._han

    @property
    def folded(self) -> str:
        """The text for matching: readings gone, label characters Simplified, signs half-width."""
        if self._folded is None:
            text = self.text
            self._folded = text if text.isascii() and "(" not in text else fold(clear(text))
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
                self._edged = _with_edges(self.parts)
        return self._edged

    @property
    def names(self) -> str:
        """Class and id of the block element."""
        return f"{self.node.get('class') or ''} {self.node.get('id') or ''}" if self.node is not None else ""


def is_prose(line: Line) -> bool:
    """Does this line read as running text?"""
    size = len(line.text)
    return size > 12 and line.linked * 2 <= size and _STOPS.search(line.text) is not None and line.han >= 12


def han_characters(text: str) -> int:
    """How many Han characters a text has."""
    if text.isascii():
        return 0
    # Counted among bytes: a pattern would cut the text to pieces at each of its signs.
    first = text.encode("utf-16-be", "surrogatepass")[::2].translate(None, _NO_HAN)
    return len(first) - (len(_HEXAGRAMS.findall(text)) if b"\x4d" in first else 0)


def _with_edges(parts: list[str]) -> str:
    pieces = [piece for part in parts if (piece := " ".join(part.split()))]
    if all(map(str.isprintable, pieces)):
        return "\x1f".join(pieces)
    return _EDGED.sub("\x1f", _INNER.sub(" ", "\x1f".join(parts))).strip(" \x1f")


def make_line(text: str, node: _Element | None, position: int) -> Line:
    """A line of its text alone."""
    line = Line(text, node, position)
    line.prose = is_prose(line)
    return line


def collapse(text: str) -> str:
    """Blanks of every kind (NBSP, U+3000) to one, zero-width characters gone."""
    if text.isalnum():
        return text
    clean = " ".join(text.split())
    # Zero-width characters do not print; asking that of a line costs a fraction of the pattern.
    return clean if clean.isprintable() else " ".join(_ZERO.sub("", text).split())
