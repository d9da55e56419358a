"""Which lines of the located range are the body, and which stand around it: kicker, subtitle, labels, captions, furniture."""

from __future__ import annotations

import re

from crawler.extraction.dates import find_moments
from crawler.extraction.kicker import after_headline, around_headline
from crawler.extraction.line import Line
from crawler.extraction.locate import Place, is_tail_mark
from crawler.extraction.roles import LABEL_LINE, is_breadcrumb, is_byline, is_caption, is_dateline, is_legal, is_tool, label_line
from crawler.extraction.selection import Selection
from crawler.extraction.tables import find_tables
from crawler.extraction.units import prose_parent, text_box, without_link_boxes

TAIL_SHARE = 0.3
"""A tail mark ends the article only if less than this share of the prose stands below it."""
MIN_ABOVE = 80
"""Han characters of running text above a tail mark that make an article even when more text follows below."""
# 上一篇：… 下一篇：… stand under an article or above it, never in it.
_NEIGHBOUR = re.compile(r"[\s\[【]*[上下]一[篇条则]")
_STOPPED = re.compile("[。！？；，:]")


def select(lines: list[Line], place: Place, title: str | None, count: int = 1, *, paper: bool = False) -> Selection:
    """Sort the located lines. Header labels, tools and tail furniture go; text stays, whatever it looks like.

    `paper`: an e-paper's page, where kicker and subtitle stand right above and below the headline under any name.
    """
    inside = [line for line in lines[place.start : place.end] if not line.hidden]
    chosen = Selection(headline=place.headline)
    start = after_headline(inside, title, chosen)
    if chosen.headline is not None and place.start <= chosen.headline:
        start = max(start, sum(line.position < chosen.headline + count for line in inside))
    inside = inside[start:]
    inside = inside[: _tail(inside)]
    inside = _trim_links(without_link_boxes(inside, place.node))
    tables = find_tables(inside, place.node)
    for index, line in enumerate(inside):
        if line.position in tables:
            first, rows = tables[line.position]
            if first not in chosen.tables:
                chosen.tables[first] = rows
                chosen.body.append(line)
            continue
        if _is_furniture(line) and not _dates_a_document(line, chosen.body):
            if line.text and (label_line(line) or is_byline(line)):
                chosen.labels.append(line.text)
            continue
        if line.images and not line.text:
            chosen.body.append(line)
            continue
        if chosen.body and chosen.body[-1].images and not chosen.body[-1].text and _caption_of(line, inside[index + 1 :]):
            chosen.captions[chosen.body[-1].position] = line
            continue
        chosen.body.append(line)
    around_headline(lines, place, chosen, count if paper else 0)
    while chosen.body and not chosen.body[-1].text and not chosen.body[-1].images:
        chosen.body.pop()
    return chosen


def _is_furniture(line: Line) -> bool:
    if not line.text:
        return not line.images
    if len(line.text) > LABEL_LINE:
        return is_legal(line) and not line.han > 200  # A paragraph: of the rest, none asks longer lines.
    if is_tail_mark(line) and not line.prose:
        return True
    return bool(
        is_tool(line) or label_line(line) or is_breadcrumb(line) or is_dateline(line) or is_byline(line)
        or (is_legal(line) and not (line.han > 200))
    )  # fmt: skip


def _dates_a_document(line: Line, above: list[Line]) -> bool:
    """兰溪镇人民政府 and 2026年5月11日 close a document: the day under the signature is its text."""
    moment = next(find_moments(line.folded), None) if len(line.text) <= 16 and len(above) > 2 else None
    signed = above[-1].folded if moment and moment.precision == "day" and moment.end - moment.start >= len(line.text) else ""
    return 4 <= len(signed) <= 40 and not above[-1].linked and not _STOPPED.search(signed)


def _tail(inside: list[Line]) -> int:
    """Where the article ends inside its box: the first tail mark with little of the article's own text below it.

    Related boxes may stand in mid-article, too: what counts is text below the mark in the box that holds the text above.
    """
    total = sum(line.han for line in inside if line.prose) or 1
    below = total
    for index, line in enumerate(inside):
        if index and (is_tail_mark(line) or (is_legal(line) and line.han < 200)):
            if below <= TAIL_SHARE * total:
                return index
            above = total - below
            box = prose_parent(inside[:index])
            same = sum(after.han for after in inside[index:] if after.prose and text_box(after) is box)
            if box is not None and above >= (20 if _NEIGHBOUR.match(line.folded) else MIN_ABOVE) and same <= TAIL_SHARE * above:
                return index
        if line.prose:
            below -= line.han
    return len(inside)


def _trim_links(inside: list[Line]) -> list[Line]:
    """Without the half-linked lines that follow the last paragraph: headlines of other articles with their channels."""
    end = len(inside)
    while end and (inside[end - 1].linked * 2 > len(inside[end - 1].text) or not inside[end - 1].text):
        end -= 1
    linked = any(line.linked for line in inside[end:])
    return inside[:end] if linked else inside


def _caption_of(line: Line, following: list[Line]) -> bool:
    if line.tag == "figcaption" or is_caption(line):
        return len(line.text) <= 160
    return len(line.text) <= 80 and bool(
        re.search(r"caption|pictext|img[-_]?desc|tushuo|pic-?info|img-?info", line.names, re.IGNORECASE)
    )
