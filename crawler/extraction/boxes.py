"""What the boxes of a page say of themselves by class and id: comments, sidebars and footers hold no article."""

from __future__ import annotations

import re

from lxml.etree import _Element

from crawler.extraction.line import Line

# Whole words of class and id that say what a box is: `comment-list` counts, `commentary` does not.
# These never hold an article …
_APART = re.compile(
    r"(?:^|[\s_-])(?:comments?|cmt|pinglun|reply|replies|related?|xiangguan|sidebar|aside|rank|ranking|footer|foot|copyright|nav|"
    r"recommend|tuijian|bdsharebuttonbox|pl_css_ganrao|breadcrumb|crumbs?|friendlink|hotnews|disclaimer|shengming|mianze)"
    r"(?:$|[\s_-]|\d)",
    re.IGNORECASE,
)
# … these seldom do.
_ASIDE = re.compile(
    r"(?:^|[\s_-])(?:share|login|advert|toolbar|guess|popup|modal|dialog|side|right|hot|bottom|menu|header|ad|ads|links?|newslist|more|statement|tips)(?:$|[\s_-]|\d)",
    re.IGNORECASE,
)
_BODYISH = re.compile("article|artical|content|main|text|detail|body|zoom|editor", re.IGNORECASE)
APART, ASIDE = 0.02, 0.2
"""What text in such a box weighs; not nothing, as templates reuse names for what they were not meant for."""
_CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])")
_ASIDE_TAGS = frozenset(("aside", "nav", "footer", "header", "menu"))


def box_weight(node: _Element) -> float:
    """What a box's own name says of the text in it: 1.0 in a neutral one."""
    names = f"{node.get('class') or ''} {node.get('id') or ''}"
    if node.tag in _ASIDE_TAGS:
        return APART
    if len(names) < 2:
        return 1.0
    names = _CAMEL.sub("-", names)
    if _APART.search(names):
        return APART
    return ASIDE if _ASIDE.search(names) and not _BODYISH.search(names) else 1.0


def is_aside(node: _Element) -> bool:
    """The box says itself that it is no part of an article."""
    return box_weight(node) < 1.0


def around(line: Line) -> dict[_Element, float]:
    """Whatever a box is called, the one that holds the headline is not aside."""
    return dict.fromkeys((line.node, *line.node.iterancestors()), 1.0) if line.node is not None else {}


def box_factor(node: _Element, known: dict[_Element, float]) -> float:
    """The least of what the boxes around a node weigh; looked up once a box."""
    trail = []
    current: _Element | None = node
    while current is not None and current not in known and current.tag not in ("body", "html"):
        trail.append(current)
        current = current.getparent()
    factor = known.get(current, 1.0) if current is not None else 1.0
    for box in reversed(trail):
        if factor > APART:
            factor = min(factor, box_weight(box))
        known[box] = factor
    return factor
