"""WHAT to crawl: profiles as inert data, one file a province. Every module here that defines `SITES` is read."""

from __future__ import annotations

import importlib
import pkgutil
from functools import cache

from crawler.sites.profile import ProfileError, Site


class UnknownSite(KeyError):
    """No profile of that name; the message names the nearest ones."""

    def __str__(self) -> str:
        return str(self.args[0])


@cache
def all_sites() -> dict[str, Site]:
    """Every profile by name, in name order. Raises ProfileError with the file for what cannot be read, and when two share a name."""
    found: dict[str, Site] = {}
    for module in sorted(info.name for info in pkgutil.iter_modules(__path__)):
        for site in _profiles(module):
            if site.name in found:
                raise ProfileError(f"site {site.name!r} stands twice, the second time in crawler/sites/{module}.py")
            found[site.name] = site
    return dict(sorted(found.items()))


def _profiles(module: str) -> tuple[Site, ...]:
    try:
        sites: tuple[Site, ...] = getattr(importlib.import_module(f"{__name__}.{module}"), "SITES", ())
    except (SyntaxError, NameError, TypeError, ProfileError) as error:  # what a hand slips into: a comma, an import, a field
        line = f", line {error.lineno}" if isinstance(error, SyntaxError) else ""
        raise ProfileError(f"crawler/sites/{module}.py{line}: {error.args[0]}") from error
    return sites


def get_site(name: str) -> Site:
    """The profile of that name. Raises UnknownSite with the nearest names."""
    import difflib

    sites = all_sites()
    if name not in sites:
        near = difflib.get_close_matches(name, sites, n=3, cutoff=0.4)
        hint = f"; did you mean {', '.join(near)}?" if near else ""
        raise UnknownSite(
            f"no site is called {name!r}{hint} `scrapy list` shows all; `scrapy crawl page -a url=…` takes any page"
        )
    return sites[name]
