"""Real tables among the located lines; a table that only lays a page out is no table."""

from __future__ import annotations

from collections import defaultdict

from lxml.etree import _Element

from crawler.extraction.line import Line

MAX_CELL = 60
"""Characters a cell of a data table has at most on average; layout cells hold paragraphs."""
MAX_TEXT = 200
"""Han characters of running text no cell of a data table exceeds."""


def find_tables(lines: list[Line], container: _Element | None) -> dict[int, tuple[int, list[list[str]]]]:
    """Data tables inside the container: position of each of their lines → (position of the first line, rows of cells)."""
    known: dict[_Element, _Element | None] = {}
    held: dict[_Element, list[Line]] = defaultdict(list)
    for line in lines:
        if line.node is not None and line.text and (table := _table_of(line.node, container, known)) is not None:
            held[table].append(line)
    found: dict[int, tuple[int, list[list[str]]]] = {}
    for table, inside in held.items():
        if rows := _data_rows(table, inside):
            for line in inside:
                found[line.position] = (inside[0].position, rows)
    return found


def _table_of(node: _Element, container: _Element | None, known: dict[_Element, _Element | None]) -> _Element | None:
    """The innermost table around a node, below the container."""
    current: _Element | None = node
    trail = []
    table = None
    while current is not None and current is not container:
        if current in known:
            table = known[current]
            break
        trail.append(current)
        if current.tag == "table":
            table = current
            break
        current = current.getparent()
    for box in trail:
        known[box] = table
    return table


def _data_rows(table: _Element, inside: list[Line]) -> list[list[str]] | None:
    cells: dict[_Element, list[str]] = defaultdict(list)
    for line in inside:
        if line.prose and line.han > MAX_TEXT:
            return None
        if (cell := _cell_of(line.node, table)) is not None:
            cells[cell].append(line.text)
    whole = sum(len(line.text) for line in inside)
    if not cells or whole > MAX_CELL * len(cells) or sum(line.linked for line in inside) * 2 > whole:
        return None
    rows: list[list[str]] = []
    for row in table.iter("tr"):
        texts = [" ".join(cells.get(cell, ())) for cell in row if cell.tag in ("td", "th")]
        if any(texts):
            rows.append(texts)
    full = [row for row in rows if sum(map(bool, row)) >= 2]
    return rows if len(full) >= 2 and len(full) * 2 > len(rows) else None


def _cell_of(node: _Element | None, table: _Element) -> _Element | None:
    while node is not None and node is not table:
        if node.tag in ("td", "th"):
            return node
        node = node.getparent()
    return None
