"""What the located lines of an article are, once they are sorted."""

from __future__ import annotations

from dataclasses import dataclass, field

from crawler.extraction.line import Line


@dataclass(slots=True)
class Selection:
    """The body's lines in order and what was set aside."""

    body: list[Line] = field(default_factory=list)
    captions: dict[int, Line] = field(default_factory=dict)
    """Caption line by the position of the image line it belongs to."""
    kickers: list[tuple[str, Line]] = field(default_factory=list)
    subtitles: list[tuple[str, Line]] = field(default_factory=list)
    """(rule, line), the first of them counts."""
    headline: int | None = None
    tables: dict[int, list[list[str]]] = field(default_factory=dict)
    """Rows of a table by the position of its first line, which stands for it in `body`."""
    labels: list[str] = field(default_factory=list)
    """Label lines and bylines taken out of the text, as they stand."""
