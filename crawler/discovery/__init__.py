"""From a document to links: list pages, pagers, feeds, sitemaps, e-papers, data lists; canonical addresses. Pure."""

from __future__ import annotations

from crawler.discovery.calls import ApiCall, api_call
from crawler.discovery.canonical import canonical
from crawler.discovery.finding import discover
from crawler.discovery.gathering import Document, Found
from crawler.discovery.hints import disagreements
from crawler.discovery.parts import first_part
from crawler.discovery.recognition import Recognised, recognise
from crawler.discovery.scope import inside, registrable
from crawler.discovery.shapes import day_of_url, family_of_url, kind_of_url
from crawler.discovery.sources import sources, unlisted
from crawler.discovery.suggestion import suggest

__all__ = [
    "ApiCall", "Document", "Found", "Recognised", "api_call", "canonical", "day_of_url", "disagreements", "discover",
    "family_of_url", "first_part", "inside", "kind_of_url", "recognise", "registrable", "sources",
    "suggest", "unlisted",
]  # fmt: skip
