"""What was found on a page, candidate by candidate, before one is chosen; and how lists of words are read."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TypeVar

from crawler.extraction.dates import Moment
from crawler.extraction.fold import clear, fold
from crawler.extraction.line import Line
from crawler.extraction.roles import labels_of
from crawler.extraction.vocabulary import NO_SOURCE, words
from crawler.items import Editor, Provenance

T = TypeVar("T")

_HOME = frozenset(
    words(
        """
        首页 正文 内容 详情 网站首页 主页 新闻正文 文章内容 查看内容 文章正文 详细内容 正文页 阅读新闻 信息内容 浏览文章
        新闻内容 内文 本文
        """
    )
)
_SEPARATORS = re.compile(r"\s*(?:>{1,}|&gt;|›|»|→|—>|->|::|\||/|(?<=\s)-(?=\s)|\x1f-\x1f|－)\s*|\s*\x1f\s*")
_KEYWORD_SPLIT = re.compile(r"[\s,，、;；|\x1f/]+")


@dataclass(slots=True)
class Found:
    """Candidates of each field in the order in which they count: (rule, value)."""

    source: list[tuple[str, str]] = field(default_factory=list)
    reporters: list[tuple[str, list[str]]] = field(default_factory=list)
    correspondents: list[tuple[str, list[str]]] = field(default_factory=list)
    photographers: list[tuple[str, list[str]]] = field(default_factory=list)
    editors: list[tuple[str, list[Editor]]] = field(default_factory=list)
    """All rules' names together are the field: a chain of checks stands on several lines."""
    fallback_editors: list[tuple[str, list[Editor]]] = field(default_factory=list)
    """From meta tags and known ids: believed where no line of the page names an editor."""
    keywords: list[tuple[str, list[str]]] = field(default_factory=list)
    section: list[tuple[str, list[str]]] = field(default_factory=list)
    sponsor: list[tuple[str, str]] = field(default_factory=list)
    original_title: list[tuple[str, str]] = field(default_factory=list)
    moments: list[tuple[float, str, Moment]] = field(default_factory=list)
    """(weight, rule, moment); the heaviest wins."""
    page_labels: list[tuple[str, str | None]] = field(default_factory=list)
    """版次 and 版名 of an e-paper's page."""
    updated: list[tuple[str, Moment]] = field(default_factory=list)


def choose_moment(found: Found) -> tuple[Moment | None, Provenance | None]:
    """The heaviest candidate; a lighter one of the same day that knows the time of day refines it."""
    if not found.moments:
        return None, None
    ranked = sorted(found.moments, key=lambda item: -item[0])
    _, rule, best = ranked[0]
    if best.precision == "day":
        finer = next(((r, m) for _, r, m in ranked if m.day == best.day and m.precision != "day"), None)
        if finer:
            rule, best = finer
    losers = tuple(dict.fromkeys((r, m.iso) for _, r, m in ranked if m.iso != best.iso))[:5]
    return best, Provenance(rule=rule, alternatives=losers)


def keywords_in(raw: str) -> list[str]:
    """Words of a keyword list; a sentence is none."""
    words = [word.strip("《》[]【】()（） ") for word in _KEYWORD_SPLIT.split(raw.strip(" \x1f"))]
    words = [word for word in words if word and len(word) <= 20]
    return list(dict.fromkeys(words))


def section_path(line: Line) -> list[str]:
    """`当前位置: 书记·市长 > 书记` → [书记·市长, 书记]; home and 正文 left out."""
    text = clear(line.edged)
    labels = [label for label in labels_of(line) if label.field == "section"]
    raw = labels[0].value if labels else text
    parts = [part.strip(" \x1f:：[]【】") for part in _SEPARATORS.split(raw)]
    if line.links and not any(sign in text for sign in ">›»→"):
        parts = [label for label, _ in line.links] or parts
    path = [part for part in parts if part and fold(part) not in _HOME and len(part) <= 24]
    return [part for index, part in enumerate(path) if index or not fold(part).endswith("首页")][:6]


def is_outlet(name: str) -> bool:
    """Could this name an outlet? No number, no address, none of the words that name nobody."""
    return (
        2 <= len(name) <= 40
        and name.lower() not in NO_SOURCE
        and not re.fullmatch(r"[\W\d]+", name)
        and not name.startswith(("http", "www"))
    )


def chosen(candidates: Sequence[tuple[str, str]]) -> Provenance:
    """The first candidate's rule, and those it beat: other values, each once, at most five."""
    rule, value = candidates[0]
    return Provenance(rule=rule, alternatives=tuple(dict.fromkeys(c for c in candidates[1:] if c[1] != value))[:5])


def united(candidates: Sequence[tuple[str, list[T]]]) -> tuple[list[T], str]:
    """The values of all rules, each once and in order, and the rules that added one."""
    values: list[T] = []
    rules: dict[str, None] = {}
    for rule, found in candidates:
        if new := [value for value in dict.fromkeys(found) if value not in values]:
            values += new
            rules[rule] = None
    return values, " + ".join(rules)
