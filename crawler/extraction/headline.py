"""The headline and the lines set around it: title, kicker, subtitle, the original title."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import pairwise

from crawler.extraction.document import Document
from crawler.extraction.fold import bare, fold
from crawler.extraction.line import Line
from crawler.extraction.lines import page_lines
from crawler.extraction.meta import Meta, read_meta
from crawler.extraction.vocabulary import SITE_WORDS

_SEPARATOR = re.compile(r"\s*(?:[_|｜丨]+|\s[-–—>»·]+\s|[-–—]{1,3}(?=[^-–—]{2,14}$)|>>|<<|《(?=[^》]*$)|\s::\s)\s*")
_HEAD_TAGS = {"h1": 6.0, "h2": 4.0, "h3": 2.5, "founder-title": 6.0, "h4": 1.5, "h5": 1.5, "h6": 1.5}
_TITLE_WORDS = re.compile(
    r"(?:^|[\s_-])(?:title|heading|biaoti|bt|headline|tit|docTitle|gjTitle|ArticleTit|zwbt|h1|subject|articletitle|newstitle|arttitle|main-title|title1?|font01)(?:$|[\s_-]|\d)",
    re.IGNORECASE,
)
MIN_HEADLINE = 4
MAX_HEADLINE = 120


@dataclass(slots=True)
class Headline:
    """What was found, with the candidates that lost."""

    title: str | None = None
    rule: str = ""
    position: int | None = None
    count: int = 1
    """Lines the headline runs over."""
    alternatives: list[tuple[str, str]] = field(default_factory=list)


def page_headline(document: Document) -> Headline:
    """The headline of a page, found once a document."""
    found: Headline | None = document.memo.get("headline")
    if found is None:
        found = document.memo["headline"] = find_headline(page_lines(document), read_meta(document))
    return found


def find_headline(lines: list[Line], meta: Meta) -> Headline:
    """The line that the page's own `<title>` repeats, or the heading; the `<title>` without the site's tail otherwise."""
    page_title = meta.title or ""
    candidates: list[tuple[float, int, int]] = []
    wanted = bare(page_title)
    metas = {bare(value) for value in meta.titles if value}
    opening, middle = _prose_marks(lines)
    longest = min(MAX_HEADLINE, max(map(len, (page_title, *meta.titles)), default=0) + 12) if wanted else MAX_HEADLINE
    for line in lines:
        if line.hidden or not MIN_HEADLINE <= len(line.text) <= longest:
            continue
        if line.linked * 2 > len(line.text) and line.text[:MIN_HEADLINE] not in page_title:
            continue  # A link to another page, as most short lines are.
        score = _score(line, wanted, metas) - (5.0 if line.position > middle else 0.0)
        if score > 0:
            candidates.append((score, line.position, 1))
    candidates += _joined(lines, page_title, wanted)
    candidates.sort(key=lambda pair: (-pair[0], pair[1]))
    found = Headline()
    tidy = strip_site(page_title)
    if not candidates and not _telling(tidy):
        candidates = [
            (score, line.position, 1)
            for line in lines[max(0, opening - 15) : opening]
            if (score := _structure(line) + _centred(line)) >= 1.5 and not line.folded.startswith("首页")
        ]
        candidates.sort(key=lambda item: -item[0])
    if candidates:
        _, place, count = candidates[0]
        found.position, found.count = place, count
        found.title, found.rule = _join(lines[place : place + count]), "headline:line" if count == 1 else "headline:lines"
        found.alternatives = [("headline:line", _join(lines[p : p + n])) for _, p, n in candidates[1:3]]
        if tidy and tidy != found.title:
            found.alternatives.append(("title", tidy))
    elif meta.titles:
        found.title, found.rule = meta.titles[0], "meta:title"
    elif tidy:
        found.title, found.rule = tidy, "title"
    return found


def _score(line: Line, wanted: str, metas: set[str]) -> float:
    own = line.bare
    if len(own) < MIN_HEADLINE:
        return 0.0
    score = 0.0
    if own in metas:
        score += 8.0
    if wanted and own in wanted:
        # The title begins with the headline; a site's name or a channel stands at its end.
        place = wanted.find(own)
        share = len(own) / len(wanted)
        score += (6.0 if place == 0 else 3.0) * min(1.0, share * 1.6)
        if len(own) < 8 and share < 0.5 and place:
            score -= 3.0
    elif wanted and len(own) >= 8 and len(own) <= len(wanted) + 4 and len(own) * 2 >= len(wanted) and _near(own, wanted):
        score += 3.0
    return score + _structure(line) if score else 0.0


def _structure(line: Line) -> float:
    """What tag, class and setting say for a headline."""
    score = _HEAD_TAGS.get(line.tag, 0.0)
    if _TITLE_WORDS.search(line.names):
        score += 2.0 if score else 4.0
    if line.linked * 2 > len(line.text):
        score -= 4.0
    if line.bold * 2 > len(line.text):
        score += 1.0
    return score


def _centred(line: Line) -> float:
    """Old tables and e-papers set a headline bold and centred, in no heading and under no name."""
    node = line.node
    return 0.5 if node is not None and (node.get("align") or "").lower() in ("center", "middle") else 0.0


def _joined(lines: list[Line], page_title: str, wanted: str) -> list[tuple[float, int, int]]:
    """A headline broken over two or three lines, whole only in the `<title>`."""
    found = []
    begins = frozenset(page_title[:6])
    for index, line in enumerate(lines[:-1]):
        if line.linked or line.hidden or line.text[:1] not in begins:
            continue
        first = line.bare
        if len(first) < MIN_HEADLINE or not wanted.startswith(first) or len(first) == len(wanted):
            continue
        joined = first
        for count in (2, 3):
            if index + count > len(lines) or not (more := lines[index + count - 1].bare) or not wanted.startswith(joined + more):
                break
            joined += more
            found.append((6.0 * min(1.0, 1.6 * len(joined) / len(wanted)) + _structure(line), line.position, count))
    return found


def _join(lines: list[Line]) -> str:
    """Two halves of a headline: a blank between them only where a Latin word would run into another."""
    text = lines[0].text
    for line in lines[1:]:
        text += f" {line.text}" if text[-1:].isascii() and line.text[:1].isascii() else line.text
    return text


def _prose_marks(lines: list[Line]) -> tuple[int, int]:
    """Where running text begins and where half of it is over; a headline stands before both."""
    prose = [(line.position, line.han) for line in lines if line.prose and len(line.text) >= 30 and line.han >= 30]
    half = sum(han for _, han in prose) / 2
    opening, middle, passed = len(lines), len(lines), 0
    for position, han in prose:
        opening = min(opening, position)
        passed += han
        if passed > half:
            middle = position
            break
    return opening, middle


def _telling(title: str) -> bool:
    """A `<title>` that is a headline and not a site's or a channel's name: (新闻), 首页."""
    return len(bare(title)) >= 8 and not _is_site(title)


def _near(own: str, wanted: str) -> bool:
    """A headline the CMS cut or retouched in its `<title>`: four fifths of its pairs of characters are there."""
    pairs = _pairs(own)
    return len(pairs & _pairs(wanted)) >= 0.8 * len(pairs)


@lru_cache(maxsize=64)
def _pairs(text: str) -> frozenset[str]:
    return frozenset(map("".join, pairwise(text)))


def strip_site(title: str) -> str:
    """`<title>` without the site's and channel's names: `习近平会见…_时政_人民网` → `习近平会见…`."""
    parts = [part for part in _SEPARATOR.split(title.strip()) if part and part.strip()]
    if len(parts) < 2:
        return title.strip()
    sized = [(len(part), -index) for index, part in enumerate(parts) if not _is_site(part)]
    if not sized:
        return parts[0].strip()
    _, index = max(sized)
    return parts[-index].strip()


def _is_site(part: str) -> bool:
    return len(part) <= 16 and fold(part).endswith(SITE_WORDS)


def looks_like_byline(text: str) -> bool:
    """Lines around a headline that are no kicker: dates, labels, tools."""
    folded = fold(text)
    return bool(re.search(r"\d{4}[-年/.]\d|:|分享|来源|作者|编辑|记者|点击|字号|评论|责任|通讯员|\d{1,2}月\d{1,2}日$|>", folded))
