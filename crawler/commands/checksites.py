"""`scrapy checksites [NAME…] [--live]`: are the profiles sound, and do they still work?"""

from __future__ import annotations

import argparse
from collections import defaultdict
from typing import TYPE_CHECKING, Any

from crawler.command import ProjectCommand
from crawler.commands import browser_or_complain, complain, console, start_process

if TYPE_CHECKING:
    from crawler.sites.profile import Site
    from crawler.spiders.look import Look

ARTICLES = 3
"""Articles read of each site by a live check."""


class Command(ProjectCommand):
    """Checks profiles without the network, or against their sites."""

    def syntax(self) -> str:
        return "[NAME…] [--live]"

    def short_desc(self) -> str:
        return "Check that site profiles are sound, and with --live that they still work"

    def long_desc(self) -> str:
        return (
            "Without --live nothing is fetched: profiles valid, unique, documented, their patterns matching their example "
            "addresses. With --live one list and three articles of each site are read politely and nothing is stored. "
            "Example: scrapy checksites hebei_hebnews --live -s CONTACT=you@example.org"
        )

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        super().add_options(parser)
        parser.add_argument("--live", action="store_true", help="read one list and three articles of each site")

    def run(self, args: list[str], opts: argparse.Namespace) -> None:
        if not opts.loglevel:
            self.settings.set("LOG_LEVEL", "WARNING", priority="cmdline")
        from crawler.discovery.checking import problems
        from crawler.sites import all_sites, get_site

        try:
            sites = [get_site(name) for name in args] or list(all_sites().values())
        except (KeyError, ValueError) as error:
            complain(self, error, 2)
            return
        wrong = 0
        for site in sites:
            for problem in problems(site):
                wrong += 1
                complain(self, f"{site.name}: {problem}")
        console().print(f"{len(sites)} profiles checked, {wrong} problems")
        if opts.live:
            self.live(sites)

    def live(self, sites: list[Site]) -> None:
        """One list and three articles a site; exit code 1 when one does not work."""
        from crawler.commands.crawl import no_contact
        from crawler.spiders.look import sample

        unreachable = next((site for site in sites if not site.private and not self.settings["CONTACT"]), None)
        if unreachable:
            complain(self, no_contact(unreachable), 2)
            return
        if not browser_or_complain(self, *sites):
            sites = [site for site in sites if not site.render]  # the others can be looked at all the same
            if not sites:
                return
        looks: dict[str, list[Look]] = defaultdict(list)
        for look in sample(start_process(self), sites, ARTICLES):
            looks[look.page.site or ""].append(look)
        rows = [verdict(site, looks[site.name]) for site in sites]
        console().print(table(rows))
        for name, state, *_ in rows:
            if state != "works":
                complain(self, f"{name}: {state}")


def verdict(site: Site, looks: list[Look]) -> tuple[str, str, int, int, str]:
    """(name, state, articles listed, articles read, fields found in all of them) of one site's live check."""
    from crawler.items import Outcome

    lists = [look.page for look in looks if look.page.outcome is Outcome.LISTED]
    articles = [look.page.article for look in looks if look.page.article]
    listed = sum(link.kind.value == "article" for page in lists for link in page.links)
    fields = [
        name for name in ("title", "published", "source", "editors") if articles and all(getattr(a, name) for a in articles)
    ]
    if not lists:
        first = looks[0].page if looks else None
        state = f"list not read: {first.outcome} ({first.reason or first.kind})" if first else "nothing asked for"
    elif not listed:
        state = "list read, but no article found on it"
    else:
        state = "works" if articles else "articles listed, but none could be read"
    return site.name, state, listed, len(articles), " ".join(fields)


def table(rows: list[tuple[str, str, int, int, str]]) -> Any:
    from rich.table import Table

    shown = Table("site", "state", "listed", "read", "fields found in all")
    for name, state, listed, read, fields in rows:
        shown.add_row(name, state, str(listed), str(read), fields)
    return shown
