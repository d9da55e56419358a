"""Which CMS a page comes from: its own address, the addresses it links to, and what its source gives away."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import urlsplit

from crawler.discovery.anchors import anchors
from crawler.discovery.gathering import Document
from crawler.discovery.scope import registrable
from crawler.discovery.shapes import family_of_url
from crawler.discovery.traps import is_service
from crawler.sites.platforms import FAMILIES

_OWN, _LINK, _MARKER, _MOST_LINKS = 3, 1, 4, 6
"""Weights: a marker in the source names one vendor, an address shape may be shared, and links repeat themselves."""


@dataclass(slots=True, frozen=True)
class Recognised:
    """One family with its evidence, strongest first in the list that holds it."""

    platform: str
    weight: int
    evidence: tuple[str, ...]


def recognise(document: Document) -> list[Recognised]:
    """The families a page shows signs of, most likely first; empty where nothing speaks for any."""
    weights, evidence = Counter[str](), {family.name: list[str]() for family in FAMILIES}
    if own := family_of_url(document.url):
        weights[own] += _OWN
        evidence[own].append("the page's own address")
    linked = Counter(family for url in _own_links(document) if (family := family_of_url(url)))
    for family, count in linked.items():
        weights[family] += min(count, _MOST_LINKS) * _LINK
        evidence[family].append(f"{count} links of its shape")
    for platform in FAMILIES:
        for marker in platform.markers:
            if marker in document.text:
                weights[platform.name] += _MARKER
                evidence[platform.name].append(marker)
    return [Recognised(name, weight, tuple(evidence[name])) for name, weight in weights.most_common()]


def _own_links(document: Document) -> Iterator[str]:
    """Addresses of the page's own site; friends' links and 关于我们 were made by other systems."""
    site = registrable(urlsplit(document.url).hostname or "")
    for anchor in anchors(document.tree, document.url):
        if registrable(urlsplit(anchor.url).hostname or "") == site and not is_service(anchor.text):
            yield anchor.url
