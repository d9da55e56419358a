"""What a `<title>` or a headline says beside the headline: the site's and channel's names, an address, a badge."""

from __future__ import annotations

import re

from crawler.extraction.fold import bare, fold
from crawler.extraction.line import Line, collapse
from crawler.extraction.vocabulary import BADGES, SITE_WORDS

_SEPARATOR = re.compile(r"\s*(?:[_|｜丨]+|\s[-–—>»·]+\s|[-–—]{1,3}(?=[^-–—]{2,14}$)|>>|<<|《(?=[^》]*$)|\s::\s)\s*")
_ADDRESS = re.compile(r"(?:https?://)?[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+/?", re.ASCII)


def is_telling(title: str) -> bool:
    """A `<title>` that is a headline and not a site's or a channel's name: (新闻), 首页."""
    return len(bare(title)) >= 8 and not _is_site(title)


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


def is_address(text: str) -> bool:
    """`blog.example.com`: a host's name is no headline."""
    return text.isascii() and _ADDRESS.fullmatch(text) is not None


def without_badge(line: Line, wanted: str) -> str:
    """A headline's text without the badge set before or after it, where the `<title>` (`wanted`, bare) begins with the rest.

    `<h1><span>原创</span>标题</h1>` → 标题; a `<title>` that says 视频丨标题 keeps its word.
    """
    pieces = [part for part in line.parts or () if not part.isspace()]
    for badge, rest in ((pieces[:1], pieces[1:]), (pieces[-1:], pieces[:-1])):
        own = bare("".join(rest))
        if own and bare(badge[0]) in BADGES and wanted.startswith(own):
            return collapse("".join(rest))
    return line.text
