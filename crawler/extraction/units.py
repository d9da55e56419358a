"""Boxes inside the article's box: which of its children are text, and which are boxes of links set into it."""

from __future__ import annotations

from collections import defaultdict

from lxml.etree import _Element

from crawler.extraction.line import Line

LINKED = 0.6
"""A box whose text is linked to this share is furniture, unless prose makes up half of it."""


def unit_of(line: Line, container: _Element | None, known: dict[_Element, _Element | None]) -> _Element | None:
    """The child of `container` that holds the line; None where the line stands in the container itself."""
    node, trail = line.node, []
    while node is not None and node is not container and node not in known:
        trail.append(node)
        node = node.getparent()
    unit = None if node is None or node is container else known[node]
    if node is container and trail:
        unit = trail[-1]
    for box in trail:
        known[box] = unit
    return unit


def without_link_boxes(lines: list[Line], container: _Element | None) -> list[Line]:
    """The lines without boxes that are mostly links, and without single lines that are links and nothing else."""
    known: dict[_Element, _Element | None] = {}
    groups: dict[_Element | None, list[Line]] = defaultdict(list)
    owner: dict[int, _Element | None] = {}
    for line in lines:
        owner[line.position] = unit_of(line, container, known)
        groups[owner[line.position]].append(line)
    boxes = {unit for unit, held in groups.items() if unit is not None and _is_link_box(held)}
    return [line for line in lines if owner[line.position] not in boxes and not _is_link_line(line)]


def _is_link_line(line: Line) -> bool:
    return bool(line.text) and line.linked > 0.7 * len(line.text)


def _is_link_box(held: list[Line]) -> bool:
    texts = [line for line in held if line.text]
    if len(texts) < 2:
        return False
    whole = sum(len(line.text) for line in texts)
    linked = sum(line.linked for line in texts)
    prose = sum(line.han for line in texts if line.prose)
    return linked > LINKED * whole and prose * 2 < whole


def prose_parent(lines: list[Line]) -> _Element | None:
    """The box in which most of the running text stands; br-separated lines stand in their own block."""
    weights: dict[_Element, int] = defaultdict(int)
    for line in lines:
        if line.prose and (box := text_box(line)) is not None:
            weights[box] += line.han
    return max(weights, key=lambda box: weights[box], default=None)


def text_box(line: Line) -> _Element | None:
    """The parent of a paragraph, the block itself where text stands in it directly (`td`, `div` with br)."""
    if line.node is None:
        return None
    return line.node.getparent() if line.tag in ("p", "h2", "h3", "h4", "li", "blockquote", "section") else line.node
