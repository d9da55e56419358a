"""Layouts of a site: where one generation of its pages keeps things, chosen by the shape of the address."""

from __future__ import annotations

import re
from functools import lru_cache

from lxml.cssselect import CSSSelector
from lxml.etree import XPath, _Element

from crawler.extraction.dates import first_moment
from crawler.extraction.document import Document
from crawler.extraction.fields import Found, is_outlet
from crawler.extraction.labels import find_labels, one_value
from crawler.extraction.line import Line, collapse
from crawler.extraction.locate import Place
from crawler.extraction.names import names_in
from crawler.items import Editor
from crawler.sites.profile import Layout, Site


def layout_of(site: Site | None, url: str) -> Layout | None:
    """The first layout whose pattern the address matches; old pages keep old templates, whatever the day."""
    if site is None:
        return None
    return next((layout for layout in site.layouts if not layout.url or re.search(layout.url, url)), None)


@lru_cache(maxsize=512)
def compiled(selector: str) -> XPath | CSSSelector:
    """XPath, or CSS after `css:`.

    Raises:
        lxml.etree.XPathError, cssselect.SelectorError: the profile's selector is none; `scrapy checksites` finds these.
    """
    return CSSSelector(selector.removeprefix("css:")) if selector.startswith("css:") else XPath(selector)


def text_at(document: Document, selector: str | None) -> str | None:
    """Text of the first match, blanks collapsed; XPath may give strings as well as nodes."""
    if not selector or document.tree is None:
        return None
    for found in compiled(selector)(document.tree):
        text = collapse("".join(found.itertext()) if isinstance(found, _Element) else str(found))
        if text:
            return text
    return None


def layout_place(document: Document, layout: Layout, lines: list[Line], headline: int | None) -> Place | None:
    """The lines inside the layout's body node; None where the page has no such node."""
    if not layout.body or document.tree is None:
        return None
    for node in compiled(layout.body)(document.tree):
        if isinstance(node, _Element):
            inside = set(node.iter())
            positions = [line.position for line in lines if line.node in inside]
            if positions:
                return Place(positions[0], positions[-1] + 1, node, headline)
    return None


def read_layout(found: Found, document: Document, layout: Layout) -> None:
    """Values the layout points at, before all other candidates; a label that stands in the node is left out."""
    if (value := _value(document, layout.source)) and (outlet := one_value(value)) and is_outlet(outlet):
        found.source.insert(0, ("layout:source", outlet))
    if (value := _value(document, layout.reporters)) and (names := names_in(value)):
        found.reporters.insert(0, ("layout:reporters", names))
    if (value := _value(document, layout.editors)) and (names := names_in(value)):
        found.fallback_editors, found.editors = (
            found.editors,
            [("layout:editors", [Editor(name=n, role="责任编辑") for n in names])],
        )
    if (text := text_at(document, layout.published)) and (moment := first_moment(text)):
        found.moments.append((20.0, "layout:published", moment))


def _value(document: Document, selector: str | None) -> str | None:
    text = text_at(document, selector)
    labels = find_labels(text) if text else []
    return labels[0].value if labels else text
