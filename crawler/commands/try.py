"""`scrapy try URL_OR_FILE`: what the system sees in one page, and a profile to paste; nothing is stored."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING, Any

from scrapy.commands import ScrapyCommand

from crawler.commands import browser_or_complain, complain, console, start_process

if TYPE_CHECKING:
    from collections.abc import Iterator

    from crawler.items import Page, RawPage
    from crawler.sites.profile import Site

SHOWN = 8
"""Links of each kind that are shown; all are counted."""
FIELDS = ("title", "kicker", "subtitle", "published", "updated", "source", "reporters", "correspondents", "photographers",
          "editors", "keywords", "section", "sponsor", "original_title", "page_number", "page_name")  # fmt: skip


class Command(ScrapyCommand):
    """Shows charset, kind, CMS family, feeds, pager, articles or fields, each with the rule that found it."""

    requires_project = True
    requires_crawler_process = False

    def syntax(self) -> str:
        return "URL_OR_FILE [--url URL]"

    def short_desc(self) -> str:
        return "Show what is seen in one page, and suggest a profile"

    def long_desc(self) -> str:
        return (
            "Shows charset, kind of page, CMS family, feeds, pager, article links or every field with its rule, and prints a "
            "profile to paste. Example: scrapy try https://www.example.cn/ -s CONTACT=you@example.org"
        )

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        super().add_options(parser)
        parser.add_argument("--url", help="address of the page, where a saved file is given")

    def run(self, args: list[str], opts: argparse.Namespace) -> None:
        if not opts.loglevel:
            self.settings.set("LOG_LEVEL", "WARNING", priority="cmdline")  # type: ignore[union-attr]
        if len(args) != 1:
            complain(self, "name one address or one saved file; see scrapy try --help", 2)
            return
        try:
            seen = self.fetched(args[0]) if args[0].startswith(("http://", "https://")) else saved(args[0], opts.url)
        except ValueError as error:
            complain(self, error, 2)
            return
        if seen is not None:
            for line in report(*seen):
                console().print(line, markup=False, soft_wrap=True)

    def fetched(self, url: str) -> tuple[Page, RawPage, Site] | None:
        """The page from its site. Raises ValueError with a sentence."""
        from crawler.commands.crawl import no_contact
        from crawler.discovery import kind_of_url
        from crawler.spiders.look import look
        from crawler.spiders.page import PageSpider

        site = PageSpider.for_url(url).site
        if not site.private and not self.settings["CONTACT"]:  # type: ignore[index]
            raise ValueError(no_contact(site))
        if not browser_or_complain(self, site):
            return None
        (seen,) = look(start_process(self), {site: [(url, kind_of_url(url, site))]})
        if seen.raw is None:
            complain(self, f"{url}: {seen.page.outcome} ({seen.page.reason})")
            return None
        return seen.page, seen.raw, site


def saved(name: str, url: str | None) -> tuple[Page, RawPage, Site]:
    """A saved page read as if it had just come from its address. Raises ValueError with a sentence."""
    from crawler.discovery import unlisted
    from crawler.reading import read
    from crawler.spiders.stored import saved_page, site_of

    path = Path(name)
    if not path.is_file():
        raise ValueError(f"{name} is no address and no file; an address begins with http:// or https://")
    raw = saved_page(path, url).raw
    known = raw.url.startswith(("http://", "https://"))
    site = site_of(raw.url) or unlisted(raw.url if known else "http://page.invalid/")
    return read(raw, site=site), raw, site


def report(page: Page, raw: RawPage, site: Site) -> Iterator[str]:
    """The lines a person reads, most telling first."""
    from crawler.discovery import recognise, suggest
    from crawler.extraction import open_document

    document = open_document(raw, charset=site.charset)
    families = recognise(document)
    yield f"address   {raw.url}  (status {raw.status}, {len(raw.body):,} bytes)"
    yield f"site      {site.name} {site.title}"
    if site.mirrors:
        yield f"mirrors   {', '.join(site.mirrors)}"
    yield f"charset   {page.charset}" + (f", {page.replaced} characters could not be read" if page.replaced else "")
    yield f"kind      {page.kind}" + (f" ({page.reason})" if page.reason else "") + f" -> {page.outcome}"
    yield "platform  " + ("; ".join(f"{f.platform} ({', '.join(f.evidence)})" for f in families[:3]) or "none recognised")
    yield from article_lines(page)
    yield from link_lines(page)
    if page.links and site.note.startswith("unlisted"):
        title = document.tree.findtext(".//title") if document.tree is not None else None
        yield "\na profile to paste:\n" + suggest(raw.url, title, page.links, families[0].platform if families else None)


def article_lines(page: Page) -> Iterator[str]:
    """Every field with its rule and what it beat."""
    article = page.article
    if article is None:
        return
    for name in FIELDS:
        value: Any = getattr(article, name)
        if name == "editors":
            value = [f"{editor.role} {editor.name}".strip() for editor in value]
        if not value:
            continue
        found = article.provenance.get(name)
        rule = f"  <- {found.rule}" if found else ""
        beaten = f" (not {'; '.join(f'{r}: {v}' for r, v in found.alternatives[:3])})" if found and found.alternatives else ""
        yield f"{name:<14}{'、'.join(value) if isinstance(value, list) else value}{rule}{beaten}"
    rule = f"  <- {article.provenance['body'].rule}" if "body" in article.provenance else ""
    yield f"{'body':<14}{len(article.body):,} characters, {len(article.blocks)} blocks, {len(article.images)} images{rule}"
    yield "              " + article.body[:80].replace("\n", " / ") + "…"
    if page.next_part:
        yield f"{'next part':<14}{page.next_part}"


def link_lines(page: Page) -> Iterator[str]:
    """Links by kind, pagers first, and what was refused."""
    groups = {"pager": [link for link in page.links if link.rule.startswith("pager")]}
    for link in page.links:
        if not link.rule.startswith("pager"):
            groups.setdefault(link.kind.value, []).append(link)
    for name, links in groups.items():
        if links:
            yield f"{name:<10}{len(links)}"
        for link in links[:SHOWN]:
            yield f"  {link.url}  {' '.join(filter(None, (link.date, link.title)))}  <- {link.rule}"
    if page.refused:
        yield "refused   " + ", ".join(f"{count} {reason}" for reason, count in sorted(page.refused.items()))
