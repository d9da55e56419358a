"""What belongs to a site: its own domains, or for an unlisted page the registrable domain it stands on."""

from __future__ import annotations

import ipaddress
from functools import cache, lru_cache
from urllib.parse import urlsplit

from crawler.sites.profile import Site


def inside(url: str, site: Site) -> bool:
    """Is the address inside the site's domains, sub-domains included? A domain with a port means that port only."""
    parts = urlsplit(url)
    host = (parts.hostname or "").lower()
    return any(
        parts.netloc.lower() == domain if ":" in domain else host == domain or host.endswith("." + domain)
        for domain in site.domains
    )


@lru_cache(maxsize=4096)  # hosts come from the web
def registrable(host: str) -> str:
    """The domain a body registers: `news.tangshan.gov.cn` gives `tangshan.gov.cn`; an IP address or a bare name stays."""
    try:
        ipaddress.ip_address(host.strip("[]"))
        return host
    except ValueError:
        pass
    return _suffixes()(host).top_domain_under_public_suffix or host


@cache
def _suffixes():  # type: ignore[no-untyped-def]
    import tldextract  # 0.1 s, and only unlisted sites need it

    # The list that ships with the package; it fetches nothing and writes nothing.
    return tldextract.TLDExtract(suffix_list_urls=(), cache_dir=None)
