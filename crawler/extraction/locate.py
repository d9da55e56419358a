"""Where on the page the article stands: its headline, and the run of lines that is its text."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass

from lxml.etree import _Element

from crawler.extraction.boxes import APART, around, box_factor
from crawler.extraction.document import Document
from crawler.extraction.line import Line
from crawler.extraction.lines import page_lines
from crawler.extraction.roles import is_legal
from crawler.extraction.vocabulary import TAIL_MARKS

SHARE = 0.72
"""The walk down stops where no child holds this share of the text; below 0.7 half of a two-column article is lost."""
SHORT = 60
"""Weight of running text below which a page is read from its headline down."""
MIN_NEUTRAL = 20
"""Weight of text in neutral boxes below which the names of boxes are not believed."""
# 已有1件评论 · 0条评论|0人参与网友评论 · 网友评论(12)
_COMMENT_HEAD = re.compile(
    # # re: 标题 2004-12-27 12:46 某人 · Trackback: http://…
    r"^#\s?re:|^trackback|引用通告|延伸.{0,3}推荐|已有\s?\d+.{0,3}(?:评论|跟帖|回复)|\d+\s?条(?:评论|回复)|(?:网友|最新|热门|最热|全部)评论|评论\s?\(\d+\)",
    re.IGNORECASE,
)
# One of these stands in every heading that the pattern takes, or it begins with `#` or `trackback`.
_COMMENT_WORDS = re.compile("评论|回复|跟帖|引用通告|延伸")
_TAIL = re.compile("|".join(TAIL_MARKS))
_TAIL_STARTS = frozenset(mark[:2] for mark in TAIL_MARKS)


@dataclass(slots=True)
class Place:
    """The article's lines as a half-open range, and the headline's own line where it was met."""

    start: int
    end: int
    node: _Element | None = None
    headline: int | None = None


def is_tail_mark(line: Line) -> bool:
    """A heading under which the article is over: `相关新闻`, `【延伸阅读】`, `上一篇：…`. Asked of a line several times."""
    if line.tail_mark is None:
        line.tail_mark = len(line.text) <= 66 and _ends_article(line)
    return line.tail_mark


def _ends_article(line: Line) -> bool:
    text = line.folded.strip(" 【】[]■□◆●·>》:|-+()<《")
    if text[:2] in _TAIL_STARTS and _TAIL.match(text) and (len(text) <= 14 or line.linked > 4 or ":" in text[:8]):
        return True
    if len(text) > 50 or not (text[:1] in "#tT" or _COMMENT_WORDS.search(text)):
        return False
    return not line.prose and bool(_COMMENT_HEAD.search(text))


def weigh(lines: list[Line], headline: int | None) -> list[float]:
    """How much of the article each line is likely to be: running text after the headline counts full."""
    boxes = around(lines[headline]) if headline is not None else {}
    weights, unnamed, neutral = [0.0] * len(lines), [0.0] * len(lines), 0.0
    prose = [line for line in lines if line.prose and not line.hidden and not (line.han < 200 and is_legal(line))]
    # A mark below the last of the running text is over nothing.
    following = lines[headline + 1 : prose[-1].position + 1] if headline is not None and prose else []
    over = next((line.position for line in following if line.linked < len(line.text) and is_tail_mark(line)), len(lines))
    for line in prose:
        weight = min(line.han, 400) * (1.0 if line.position < over else 0.35) * (1 - line.linked / len(line.text))
        if headline is not None and line.position < headline:
            weight *= 0.25
        factor = box_factor(line.node, boxes) if line.node is not None else 1.0
        neutral += weight * (factor == 1.0)
        unnamed[line.position], weights[line.position] = weight, weight * factor
    # Where every box has a name of that kind, the names mean nothing on this site.
    return weights if neutral >= MIN_NEUTRAL else unnamed


def page_weights(document: Document, headline: int | None) -> list[float]:
    """Weights of a page's lines, found once a document."""
    weights: list[float] | None = document.memo.get("weights")
    if weights is None:
        weights = document.memo["weights"] = weigh(page_lines(document), headline)
    return weights


def page_place(document: Document, headline: int | None) -> Place:
    """The article's place on a page."""
    return locate(page_lines(document), page_weights(document, headline), headline)


def locate(lines: list[Line], weights: list[float], headline: int | None) -> Place:
    """The article's range of lines. Plain text: all of them."""
    if not lines:
        return Place(0, 0, None, headline)
    if lines[0].node is None:
        return Place(0, len(lines), None, headline)
    total = sum(weights)
    if total < SHORT and headline is not None:
        return _short(lines, headline)
    if not total:
        return Place(0, 0, None, headline)
    node = _descend(lines, weights, total)
    first, last = _range_of(lines, weights, node)
    return Place(_reach_up(lines, weights, first, headline), _reach_down(lines, weights, last), node, headline)


def _descend(lines: list[Line], weights: list[float], total: float) -> _Element:
    """From the root down while one child holds most of the text."""
    sums: dict[_Element, float] = defaultdict(float)
    parents: dict[_Element, _Element | None] = {}
    for line, weight in zip(lines, weights, strict=True):
        if not weight or line.node is None:
            continue
        current: _Element | None = line.node
        while current is not None:
            sums[current] += weight
            if current not in parents:
                parents[current] = current.getparent()
            current = parents[current]
    children: dict[_Element | None, list[_Element]] = defaultdict(list)
    for box, parent in parents.items():
        children[parent].append(box)
    node = children[None][0]
    while below := children.get(node):
        best = max(below, key=lambda box: sums[box])
        if sums[best] < SHARE * sums[node] or best.tag in ("p", "h1", "h2", "h3", "tr"):
            break
        node = best
    return node


def _range_of(lines: list[Line], weights: list[float], node: _Element) -> tuple[int, int]:
    """Where the lines of an element begin and end. They follow each other: looked at are those around the weighty ones."""
    weighty = [place for place, weight in enumerate(weights) if weight and _stands_in(lines[place], node)]
    first, last = weighty[0], weighty[-1] + 1
    while first and _stands_in(lines[first - 1], node):
        first -= 1
    while last < len(lines) and _stands_in(lines[last], node):
        last += 1
    return first, last


def _stands_in(line: Line, node: _Element) -> bool:
    current = line.node
    while current is not None and current is not node:
        current = current.getparent()
    return current is node


def _reach_up(lines: list[Line], weights: list[float], first: int, headline: int | None) -> int:
    """A lead set in a box of its own, between headline and text, belongs to the article."""
    if headline is None or headline >= first:
        return first
    for place in range(first - 1, max(headline, first - 12), -1):
        if weights[place] >= 20 and lines[place].linked == 0:
            return place
    return first


def _reach_down(lines: list[Line], weights: list[float], last: int) -> int:
    """Nothing is added after the box: what follows an article is not the article."""
    return last


def _short(lines: list[Line], headline: int) -> Place:
    """Hardly any running text: a brief, a poem, a gallery. What follows the headline up to the first tail mark."""
    end, seen, boxes = headline + 1, 0, around(lines[headline])
    for line in lines[end : end + SHORT]:
        if seen and (is_tail_mark(line) or (line.prose and line.node is not None and box_factor(line.node, boxes) == APART)):
            break
        seen += line.han - line.linked > 4
        end += 1
    return Place(headline + 1, end, lines[headline].node, headline)
