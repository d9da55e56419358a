"""Is a profile sound? What can be told without asking its site."""

from __future__ import annotations

from crawler.discovery.canonical import canonical
from crawler.discovery.scope import inside
from crawler.discovery.shapes import kind_of_url, matches_site
from crawler.discovery.sources import sources
from crawler.items import Kind
from crawler.sites.profile import Api, Site

DAY = "2026-05-01"
"""Any day: issues of an e-paper are only addressed, not fetched."""


def problems(site: Site) -> list[str]:
    """Sentences about what is wrong with a profile; none for a sound one. That it builds is taken as given."""
    found = []
    if not site.title:
        found.append("has no title")
    if not site.private and not site.region:
        found.append("names no region")
    if not site.private and not (site.facts and (site.as_of or "age of the facts unknown" in site.note)):
        found.append("does not say where its facts come from and how old they are")
    if "<" in f"{site.title}{site.facts}{site.as_of}":
        found.append("still holds a placeholder in <…>")
    if site.render and not site.note:
        found.append("asks for a browser (render) without a note that says why: state the JSON list behind its pages as an Api")
    if site.home and not inside(site.home, site):
        found.append(f"home {site.home} lies outside its domains")
    for host in site.mirrors:
        if not inside(f"http://{host}/", site):
            found.append(f"mirror {host} lies outside its domains")
    for source in site.sources:
        if isinstance(source, Api) and source.method not in ("GET", "POST"):
            found.append(f"API method {source.method} is neither GET nor POST")
    for link in sources(site, since=DAY, until=DAY):
        if link.kind is not Kind.API and "#" in link.url and not site.render:
            found.append(f"source {link.url} is a route that only a browser can open: set render, or state the list behind it")
        if not inside(link.url, site):
            found.append(f"source {link.url} lies outside its domains")
        if link.kind is Kind.LIST and matches_site(link.url, site):
            found.append(f"its article pattern takes the list {link.url} for an article")
    for url in site.examples:
        if not inside(url, site):
            found.append(f"example {url} lies outside its domains")
        elif kind_of_url(canonical(url) or url, site) is not Kind.ARTICLE:
            found.append(f"example {url} is not recognised as an article")
    return found
