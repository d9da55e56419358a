"""A profile to paste for a site that has none, out of what one of its pages shows; what it does not show stays out."""

from __future__ import annotations

import json
import re
from collections import Counter
from urllib.parse import urlsplit

from crawler.discovery.generic import template
from crawler.discovery.scope import registrable
from crawler.discovery.shapes import kind_of_url
from crawler.items import Kind, Link

_SUFFIX = re.compile(r"\s*[-_|—·]+\s*")
MOST_SOURCES = 12


def article_patterns(links: list[Link], most: int = 2) -> list[str]:
    r"""Regexes for the commonest shapes of articles: `/xw/202605/t20260501_1.shtml` gives `/xw/\d{6}/t\d{8}_\d+\.shtml$`."""
    shapes = Counter(template(link.url) for link in links)
    patterns = []
    for shape, count in shapes.most_common(most):
        if count < max(2, len(links) // 10):
            break
        patterns.append(_pattern([link.url for link in links if template(link.url) == shape]))
    return list(dict.fromkeys(patterns))


def _pattern(urls: list[str]) -> str:
    """One regex for addresses of one template: runs of digits keep their length where all agree on it."""
    tails = [urlsplit(url).path + ("?" + urlsplit(url).query if urlsplit(url).query else "") for url in urls]
    runs = [
        re.findall(
            r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}|(?<![0-9a-z])(?=[a-f]*\d)(?=\d*[a-f])[0-9a-f]{8,}(?![0-9a-z])|\d+", tail
        )
        for tail in tails
    ]
    out, rest = "", tails[0]
    for place, run in enumerate(runs[0]):
        before, _, rest = rest.partition(run)
        lengths = {len(each[place]) for each in runs if place < len(each)}
        digits = all(each[place].isdigit() for each in runs if place < len(each))
        size = f"{{{lengths.pop()}}}" if len(lengths) == 1 and (not digits or len(run) in (4, 6, 8)) else "+"
        out += re.escape(before) + (r"\d" if digits else "[0-9a-f-]" if "-" in run else "[0-9a-f]") + size
    return (out + re.escape(rest)).replace(r"\-", "-") + "$"


def suggest(url: str, title: str | None, links: list[Link], platform: str | None) -> str:
    """The text of a Site for crawler/sites/<province>.py, as far as one page tells; `<…>` marks what only a person knows."""
    host = urlsplit(url).hostname or ""
    domain = registrable(host)
    word = re.sub(r"[^a-z0-9]+", "_", domain.partition(".")[0]).strip("_") or "site"
    articles = [link for link in links if link.kind is Kind.ARTICLE]
    patterns = article_patterns(articles)
    lines = [
        "Site(",
        f'    name="<province>_{word}", title={_text(_site_name(url, title))}, region="<GB/T 2260 code>",'
        + (f" platform={_text(platform)}," if platform else ""),
        f"    home={_text(f'{urlsplit(url).scheme}://{urlsplit(url).netloc}/')}, domains=({_text(domain)},),",
        "    sources=(",
        *(f"        {source}," for source in _sources(url, links, articles)),
        "    ),",
    ]
    if patterns:
        lines.append("    article_url=(" + ", ".join(f'r"{pattern}"' for pattern in patterns) + ",),")
        lines.append("    examples=(" + ", ".join(_text(link.url) for link in articles[:2]) + ",),")
    return "\n".join([*lines, '    facts="<who looked>", as_of="<year-month>",', "),"])


def _sources(url: str, links: list[Link], articles: list[Link]) -> list[str]:
    """The page itself where it lists articles, the channels it leads to, its feeds and sitemaps."""
    own = {Kind.FEED: "Feed", Kind.SITEMAP: "Sitemap"}.get(kind_of_url(url), "ListPage") + f"(url={_text(url)})"
    sources = [own] if articles or any(link.kind is Kind.API for link in links) else []
    for link in links:
        if link.kind is Kind.LIST and not link.rule.startswith("pager"):
            section = f", section={_text(link.section)}" if link.section else ""
            sources.append(f"ListPage(url={_text(link.url)}{section})")
        elif link.kind in (Kind.FEED, Kind.SITEMAP):
            sources.append(f"{link.kind.value.capitalize()}(url={_text(link.url)})")
    return list(dict.fromkeys(sources))[:MOST_SOURCES] or [own]


def _site_name(url: str, title: str | None) -> str:
    """The last piece of the page's title, 要闻_清河新闻网; a title of one piece is the site's on the home page alone."""
    pieces = [piece for piece in _SUFFIX.split(title or "") if piece]
    return pieces[-1] if len(pieces) > 1 or (pieces and not urlsplit(url).path.strip("/")) else "<the site's name>"


def _text(value: str) -> str:
    return json.dumps(value, ensure_ascii=False)
