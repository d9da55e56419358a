"""A site is crawled by one at a time, and so are the sites that share a host with it."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from urllib.parse import urlsplit

from crawler.sites import all_sites, get_site


@cache
def hosts(name: str) -> frozenset[str]:
    """Hosts and domains of a site's profile, without ports: turns at a host are kept by its name."""
    site = get_site(name)
    urls = filter(None, (site.home, *(getattr(source, "url", None) for source in site.sources)))
    found = {urlsplit(url).hostname for url in urls} | {urlsplit(f"//{domain}").hostname for domain in site.domains}
    return frozenset(filter(None, found))


def share_host(one: str, other: str) -> bool:
    """Whether two sites may ask the same host: `hebnews.cn` holds `epaper.hebnews.cn`."""
    return any(
        left == right or left.endswith(f".{right}") or right.endswith(f".{left}") for left in hosts(one) for right in hosts(other)
    )


def neighbours(name: str) -> list[str]:
    """The other sites that share a host with this one."""
    return [other for other in all_sites() if other != name and share_host(name, other)]


@contextmanager
def lock(archive: str, site: str) -> Iterator[int | None]:
    """A lock that a crawl inherits: it holds while the crawl lives, even when `due` itself is killed. None: taken."""
    import fcntl

    folder = Path(f"{archive}.locks")
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    handle = os.open(folder / site, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        os.close(handle)
        yield None
        return
    try:
        yield handle
    finally:
        os.close(handle)


@contextmanager
def reserved(archive: str, site: str) -> Iterator[int | None]:
    """The lock of a site that nobody is at work on. None: another process is at it, or at one of its hosts."""
    from pipelines.archive import open_archive
    from pipelines.archive.schedule import running

    with lock(archive, site) as handle:
        if handle is not None:
            db = open_archive(archive)
            busy = running(db)
            db.close()
            if busy & {site, *neighbours(site)}:
                handle = None
        yield handle
