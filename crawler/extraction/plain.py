"""The headline of a bare text, where no tag says which line it is."""

from __future__ import annotations

from crawler.extraction.fold import clear
from crawler.extraction.headline import MAX_HEADLINE, MIN_HEADLINE, Headline, looks_like_byline
from crawler.extraction.line import Line
from crawler.extraction.roles import is_breadcrumb, is_dateline, is_tool, label_line

_HEADER = 12


def plain_headline(lines: list[Line]) -> Headline:
    """The first line that reads as a headline and stands before the first paragraph; none if the text starts at once."""
    for line in lines[:_HEADER]:
        text = clear(line.text)
        if line.han > MAX_HEADLINE or (line.prose and text.endswith(("。", "！", "？", "」", "”"))):
            break
        furniture = label_line(line) or is_breadcrumb(line) or is_dateline(line) or is_tool(line)
        if furniture or text.endswith(("主办", "主辦")) or looks_like_byline(text):
            continue
        if MIN_HEADLINE <= len(text) <= MAX_HEADLINE and line.han >= 4:
            return Headline(title=line.text, rule="text:first line", position=line.position)
    return Headline()
