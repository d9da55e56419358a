"""The headline and the lines set around it: title, kicker, subtitle, the original title."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from crawler.extraction.fold import fold
from crawler.extraction.lines import Line
from crawler.extraction.locate import bare
from crawler.extraction.meta import Meta
from crawler.extraction.vocabulary import SITE_WORDS

_SEPARATOR = re.compile(r"\s*(?:[_|｜丨]+|\s[-–—>»·]+\s|[-–—]{1,3}(?=[^-–—]{2,14}$)|>>|<<|《(?=[^》]*$)|\s::\s)\s*")
_HEAD_TAGS = {"h1": 6.0, "h2": 4.0, "h3": 2.5, "founder-title": 6.0, "h4": 1.5}
_TITLE_WORDS = re.compile(
    r"(?:^|[\s_-])(?:title|biaoti|bt|headline|tit|docTitle|gjTitle|ArticleTit|zwbt|h1|subject|articletitle|newstitle|arttitle|main-title|title1?)(?:$|[\s_-]|\d)",
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


def find_headline(lines: list[Line], meta: Meta) -> Headline:
    """The line that the page's own `<title>` repeats, or the heading; the `<title>` without the site's tail otherwise."""
    page_title = meta.title or ""
    candidates: list[tuple[float, int, int]] = []
    wanted = bare(page_title)
    metas = {bare(value) for value in meta.titles if value}
    for line in lines:
        size = len(line.text)
        if line.hidden or not MIN_HEADLINE <= size <= MAX_HEADLINE:
            continue
        score = _score(line, wanted, metas)
        if score > 0:
            candidates.append((score, line.position, 1))
    candidates += _joined(lines, wanted)
    candidates.sort(key=lambda pair: (-pair[0], pair[1]))
    found = Headline()
    tidy = strip_site(page_title)
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
    own = bare(line.text)
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
    elif wanted and len(own) >= 8 and _near(own, wanted):
        score += 3.0
    if not score and (wanted or metas):
        return 0.0
    score += _HEAD_TAGS.get(line.tag, 0.0) * (1.0 if score or not wanted else 0.5)
    names = f"{line.node.get('class') or ''} {line.node.get('id') or ''}" if line.node is not None else ""
    if _TITLE_WORDS.search(names):
        score += 2.0
    if line.linked * 2 > len(line.text):
        score -= 4.0
    if line.bold * 2 > len(line.text):
        score += 1.0
    return score


def _joined(lines: list[Line], wanted: str) -> list[tuple[float, int, int]]:
    """A headline broken over two or three lines, whole only in the `<title>`."""
    found = []
    for index, line in enumerate(lines[:-1]):
        first = bare(line.text)
        if len(first) < MIN_HEADLINE or line.linked or line.hidden or not wanted.startswith(first) or len(first) == len(wanted):
            continue
        joined = first
        for count in (2, 3):
            if (
                index + count > len(lines)
                or not (more := bare(lines[index + count - 1].text))
                or not wanted.startswith(joined + more)
            ):
                break
            joined += more
            found.append((_score(line, joined, set()) + 4.0 * len(joined) / len(wanted), line.position, count))
    return found


def _join(lines: list[Line]) -> str:
    """Two halves of a headline: a blank between them only where a Latin word would run into another."""
    text = lines[0].text
    for line in lines[1:]:
        text += f" {line.text}" if text[-1:].isascii() and line.text[:1].isascii() else line.text
    return text


def _near(own: str, wanted: str) -> bool:
    """A headline the CMS cut or retouched in its `<title>`: four fifths of its pairs of characters are there."""
    pairs = {own[i : i + 2] for i in range(len(own) - 1)}
    there = {wanted[i : i + 2] for i in range(len(wanted) - 1)}
    return len(pairs & there) >= 0.8 * len(pairs)


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
    return bool(re.search(r"\d{4}[-年/.]\d|:|分享|来源|作者|编辑|记者|点击|字号|评论|责任|\d{1,2}月\d{1,2}日$|>", folded))
