"""The body as structure: paragraphs, sub-headlines, lists, quotes, tables, images; and its renderings."""

from __future__ import annotations

import re
from urllib.parse import urljoin

from crawler.extraction.line import Line
from crawler.extraction.selection import Selection
from crawler.items import Block, Image

_HEADINGS = frozenset(("h2", "h3", "h4", "h5", "h6", "h1"))
_WHOLE = re.compile(r"https?://[\w.-]+(?:/[\w./%-]*)?", re.ASCII)
MAX_SUBHEAD = 40
"""A bold line longer than this is a bold paragraph."""


def make_blocks(chosen: Selection, base: str) -> list[Block]:
    """Blocks of the chosen lines, addresses made absolute against `base`."""
    blocks: list[Block] = []
    for line in chosen.body:
        if rows := chosen.tables.get(line.position):
            blocks.append(Block(kind="table", text=" / ".join("\t".join(row) for row in rows), rows=rows))
            continue
        caption = chosen.captions.get(line.position)
        for index, (source, _) in enumerate(line.images):
            text = caption.text if caption is not None and index == len(line.images) - 1 else ""
            blocks.append(Block(kind="image", text=text, url=absolute(base, source)))
        if line.text:
            links = [
                (text, absolute(base, href)) for text, href in line.links if not href.lower().startswith(("javascript:", "#"))
            ]
            blocks.append(Block(kind=_kind(line), text=line.text, links=links))
    return blocks


def _kind(line: Line) -> str:
    if line.tag in _HEADINGS and len(line.text) <= 2 * MAX_SUBHEAD:
        return "h"
    if line.tag == "li":
        return "li"
    if line.bold >= len(line.text) > 0 and len(line.text) <= MAX_SUBHEAD and line.text[-1] not in "。，；,;：:":
        return "h"
    if line.tag == "blockquote":
        return "quote"
    return "p"


def absolute(base: str, href: str) -> str:
    """`href` against the page's address; unchanged where that is no address at all."""
    if _WHOLE.fullmatch(href):
        return href  # As urljoin would, at a tenth of its time; most images of portals are set so.
    try:
        return urljoin(base, href.strip()) if base else href.strip()
    except ValueError:
        return href.strip()


def body_text(blocks: list[Block]) -> str:
    """Plain text, one paragraph a line; images and their captions are left out."""
    return "\n".join(block.text for block in blocks if block.kind != "image" and block.text)


def images_of(blocks: list[Block]) -> list[Image]:
    """The article's images in order, each once."""
    seen: dict[str, Image] = {}
    for block in blocks:
        if block.kind == "image" and block.url:
            seen.setdefault(block.url, Image(url=block.url, caption=block.text or None))
    return list(seen.values())


def markdown(blocks: list[Block]) -> str:
    """The body as Markdown, for people who read it outside the archive."""
    return "\n\n".join(filter(None, map(_markdown, blocks)))


def _markdown(block: Block) -> str:
    if block.kind == "image":
        return f"![{_escape(block.text)}]({block.url})"
    if block.kind == "table":
        rows = [[_escape(cell).replace("|", "\\|") for cell in row] for row in block.rows or []]
        if not rows:
            return ""
        lines = [f"| {' | '.join(row)} |" for row in rows]
        return "\n".join([lines[0], f"|{' --- |' * len(rows[0])}", *lines[1:]])
    text = _escape(block.text)
    for label, url in block.links:
        text = text.replace(_escape(label), f"[{_escape(label)}]({url})", 1)
    return {"h": f"## {text}", "li": f"- {text}", "quote": f"> {text}"}.get(block.kind, text)


def _escape(text: str) -> str:
    return (
        text.replace("\\", "\\\\")
        .replace("*", "\\*")
        .replace("_", "\\_")
        .replace("[", "\\[")
        .replace("]", "\\]")
        .replace("<", "&lt;")
    )
