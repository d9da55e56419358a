"""A page as the lines a reader sees, in reading order: one pass over the tree, everything after it works on these."""

from __future__ import annotations

import re
from collections.abc import Iterator

from lxml.etree import _Element

from crawler.extraction.document import Document
from crawler.extraction.line import LABEL_TEXT, Line, collapse, is_prose, make_line
from crawler.extraction.tags import BLOCK, BOLD, BREAK, BREAKING, HEAD, HIDING, IMAGE, LINK, ROLES, SKIPPED

MAX_LINES = 40_000
"""A page with more is cut here; the longest forum thread met has about 3,000."""
_HIDDEN = re.compile(r"display\s*:\s*none", re.IGNORECASE)
_LAZY = ("data-original", "data-src", "data-lazy-src", "data-url", "_src", "file", "zoomfile", "data-actualsrc", "original")


def page_lines(document: Document) -> list[Line]:
    """The lines of a page, found once a document."""
    lines: list[Line] | None = document.memo.get("lines")
    if lines is None:
        if document.is_text:
            lines, document.memo["head"] = list(text_lines(document.text)), []
        else:
            lines, document.memo["head"] = tree_lines(document.tree)
        document.memo["lines"] = lines
    return lines


def text_lines(text: str) -> Iterator[Line]:
    """Plain text: a line is a line."""
    position = 0
    for raw in text.splitlines()[:MAX_LINES]:
        if clean := collapse(raw):
            yield make_line(clean, None, position)
            position += 1


def head_elements(document: Document) -> list[_Element]:
    """Every `title`, `meta`, `link` and `script` of a page, as the walk met them."""
    page_lines(document)
    found: list[_Element] = document.memo["head"]
    return found


def tree_lines(root: _Element | None) -> tuple[list[Line], list[_Element]]:
    """Lines and head elements in one walk; elements that show no text are not entered.

    Written for speed: this loop sees every node of a page.
    """
    lines: list[Line] = []
    head: list[_Element] = []
    if root is None:
        return lines, head
    # The line being gathered. Most hold neither links nor images: the empty lists serve on.
    parts: list[str] = []
    links: list[tuple[str, _Element]] = []
    images: list[tuple[str, str]] = []
    linked = bold = 0
    block: _Element | None = None
    link: _Element | None = None
    hidden = in_bold = False
    link_start = bold_start = 0
    # Elements that are entered, outermost first, each with its role, the block around it and how many of its parent's
    # children were left.
    entered: list[tuple[_Element, int, _Element | None, int]] = []
    left = 1
    walk = root.iter()
    for element in walk:
        role = ROLES.get(element.tag, 0)
        outer = block
        if role & SKIPPED:
            if role & HEAD:
                head.append(element)
            for _ in element.iterdescendants():
                next(walk)
        elif not (children := len(element)) and (not role or (role == LINK and link is None)):
            # Half of a page's elements: a link or an inline element of nothing but text.
            if piece := element.text:
                if not piece.isspace():
                    parts.append(piece)
                    if role:
                        links.append((piece, element))
                        linked += len(piece.strip())
                elif parts:
                    parts.append(" ")
            role = 0
        else:
            if role & BREAKING and (parts or (images and role != BREAK)):
                linked += _characters(parts[link_start:]) if link is not None else 0
                bold += _characters(parts[bold_start:]) if in_bold else 0
                _end_line(lines, parts, linked, bold, links, images, hidden, block)
                parts, linked, bold, link_start, bold_start = [], 0, 0, 0, 0
                links, images = links and [], images and []
            if role & BLOCK:
                block = element
                if len(lines) >= MAX_LINES:
                    break
            elif role == LINK:
                if link is None:
                    link, link_start = element, len(parts)
                else:
                    role = 0
            elif role & HEAD:
                head.append(element)
            elif role == IMAGE and (image := _image(element)):
                images.append(image)
            if role & BOLD:
                if in_bold:
                    role -= BOLD
                else:
                    in_bold, bold_start = True, len(parts)
            # No line ends inside an element without children that is no block.
            if (children or role & BLOCK) and not hidden:
                style = element.get("style")
                if style and "none" in style and _HIDDEN.search(style):
                    hidden = True
                    role |= HIDING
            if piece := element.text:
                if not piece.isspace():
                    parts.append(piece)
                elif parts:
                    parts.append(" ")
            if children:
                entered.append((element, role, outer, left))
                left = children
                continue
        while True:  # The element ends here, and with it those whose last child it is.
            if role:
                if role & BLOCK:
                    if parts or images:
                        linked += _characters(parts[link_start:]) if link is not None else 0
                        bold += _characters(parts[bold_start:]) if in_bold else 0
                        _end_line(lines, parts, linked, bold, links, images, hidden, block)
                        parts, linked, bold, link_start, bold_start = [], 0, 0, 0, 0
                        links, images = links and [], images and []
                    block = outer
                elif role & LINK and link is not None:
                    if inside := parts[link_start:]:
                        links.append(("".join(inside), link))
                        linked += _characters(inside)
                    link = None
                if role & BOLD:
                    bold += _characters(parts[bold_start:])
                    in_bold = False
                if role & HIDING:
                    hidden = False
            if piece := element.tail:
                if not piece.isspace():
                    parts.append(piece)
                elif parts:
                    parts.append(" ")  # Indentation of the markup: a blank inside a line, nothing at its start.
            left -= 1
            if left or not entered:
                break
            element, role, outer, left = entered.pop()
    return lines, head


def _characters(parts: list[str]) -> int:
    """How many characters pieces of text have, each without the blanks around it."""
    return sum(map(len, map(str.strip, parts)))


def _end_line(
    lines: list[Line], parts: list[str], linked: int, bold: int, links: list[tuple[str, _Element]],
    images: list[tuple[str, str]], hidden: bool, block: _Element | None,
) -> None:  # fmt: skip
    text = collapse(parts[0] if len(parts) == 1 else "".join(parts))
    if text or images:
        size = len(text)
        kept = parts if len(parts) > 1 and size <= LABEL_TEXT else None
        tag = block.tag if block is not None else "p"
        # Text in links and in bold is counted piece by piece, blanks between the pieces with it.
        linked, bold = linked if linked < size else size, bold if bold < size else size
        line = Line(text, block, len(lines), linked, bold, links or (), images or (), hidden, kept, tag)
        if size > 12:
            line.prose = is_prose(line)
        lines.append(line)


def _image(element: _Element) -> tuple[str, str] | None:
    """An image's address and alternative text; lazy loaders keep the address in another attribute."""
    said = dict(element.items())
    for name in _LAZY:
        if (value := said.get(name)) and not value.startswith("data:") and ("/" in value or "." in value):
            source = value
            break
    else:
        source = said.get("src", "")
    source = source.strip()
    return None if not source or source.startswith("data:") else (source, said.get("alt") or said.get("title") or "")
