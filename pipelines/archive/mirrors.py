"""Hosts of one site that serve the same pages: proven by texts, folded into one, the proof kept.

`crawler.items.identity` folds what is one page by its spelling (http and https, `www.`); this folds what only the texts can
tell: `news.a.cn` and `www.b.cn` in front of one server. Two hosts are mirrors when `PAGES` different texts stand on both under
the same path, hardly any path has different ones, and what is known of the one is known of the other. From then on its links
mean the same path of the other host, and what waits of it is refused; its captures and articles stay.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import replace

from sqlite_utils.db import Database

from crawler.items import Article, Link, Outcome, Page, identity, public_key
from pipelines.archive.articles import digest_of
from pipelines.archive.furniture import NOBODY
from pipelines.archive.opening import writing

PAGES = 5
"""One text may stand under one path of two sites by chance (a shared story in two editions numbered alike), five do not. A
notice that no page is there is one text however often it stands, so texts are counted and not pages."""
EXCEPTIONS = 20
"""Pages that agree for each one that does not: an article is corrected between two visits. Editions of one system number
different articles alike and never come near."""
SHORTEST = 100
"""Characters: shorter texts may be a template's own."""
COVERED = 0.9
"""Share of a mirror's known article addresses that the other host has too. City editions that share the province's stories
under one number agree in every text and still have addresses of their own."""
SAMPLE = 500
"""Addresses looked at for that."""
ENOUGH = 100
"""Pages of two hosts that are compared at most: what these did not prove, more will not."""
MOST = 100
"""Hosts of a site that are compared; a portal has some dozens."""
READ = "('article', 'gallery', 'video')"
REASON = "mirror"
"""What the refusal of a mirror's address is called in a page's counts."""


def split(url: str) -> tuple[str, str, str]:
    """(host, root, path): `a.cn`, `https://www.a.cn` and `/xw/1.html`; the host is folded as in `identity`."""
    root = "/".join(url.split("/", 3)[:3])
    return identity(f"{root}/").rstrip("/"), root, url[len(root) :] or "/"


def known(db: Database, site: str) -> dict[str, str]:
    """Host to the root of the host that it mirrors, for every mirror of the site."""
    rows = db.conn.execute(
        "SELECT m.host, o.root FROM hosts m JOIN hosts o ON o.site = m.site AND o.host = m.mirror_of WHERE m.site = ?", (site,)
    )
    return dict(rows.fetchall())


def fold(url: str, mirrors: Mapping[str, str]) -> str:
    """The address under the host that it mirrors; any other stays."""
    host, _, path = split(url)
    return mirrors[host] + path if host in mirrors else url


def fold_page(page: Page, mirrors: Mapping[str, str]) -> None:
    """What a page is and leads to, by the hosts that are mirrored; links that change are counted among those not followed."""
    if page.article is not None:
        page.article.url = fold(page.article.url, mirrors)
    links = folded(page.links, mirrors)
    if changed := sum(new.url != old.url for new, old in zip(links, page.links, strict=True)):
        page.refused[REASON] = page.refused.get(REASON, 0) + changed
    page.links = links


def folded(links: Iterable[Link], mirrors: Mapping[str, str]) -> list[Link]:
    """The same links with the addresses of mirrors folded."""
    return [replace(link, url=fold(link.url, mirrors)) if mirrors else link for link in links]


def compare(db: Database, site: str, article: Article, seen: str) -> int:
    """Look at a new article beside those under the same path of the site's other hosts, inside the writer's transaction.

    A host proven a mirror by it is folded. Returns how many waiting addresses were refused for that.
    """
    if site == NOBODY:
        return 0
    host, root, path = split(article.url)
    db.conn.execute("INSERT INTO hosts(site, host, root, first_seen) VALUES (?, ?, ?, ?) ON CONFLICT DO NOTHING",
                    (site, host, root, seen))  # fmt: skip
    rows = db.conn.execute(
        "SELECT host, root, mirror_of FROM hosts WHERE site = ? AND rule IS NOT 'apart' LIMIT ?", (site, MOST)
    ).fetchall()
    others = {public_key(row["root"] + path): row["host"] for row in rows if row["host"] != host and not row["mirror_of"]}
    if not others or host not in {row["host"] for row in rows if not row["mirror_of"]} or len(article.body) < SHORTEST:
        return 0
    digest, refused = digest_of(article), 0
    there = db.conn.execute(
        "SELECT key, digest FROM articles WHERE key IN (SELECT value FROM json_each(?)) AND chars >= ?",
        (json.dumps(list(others)), SHORTEST),
    )
    for key, text in there.fetchall():
        pair = (site, min(host, others[key]), max(host, others[key]))
        same, different, compared = _counts(db, *pair)
        if compared >= ENOUGH or different >= PAGES > same:
            continue
        db.conn.execute("INSERT INTO host_pages(site, host, other, path, digest, seen) VALUES (?, ?, ?, ?, ?, ?)"
                        " ON CONFLICT DO NOTHING", (*pair, path, digest if text == digest else None, seen))  # fmt: skip
        refused += _judge(db, *pair, seen) if text == digest else 0
    return refused


def _counts(db: Database, site: str, host: str, other: str) -> tuple[int, int, int]:
    """(texts on both, paths with two texts, paths compared)."""
    row = db.conn.execute(
        "SELECT count(DISTINCT digest), count(*) - count(digest), count(*) FROM host_pages"
        " WHERE site = ? AND host = ? AND other = ?",
        (site, host, other),
    ).fetchone()
    return row[0], row[1], row[2]


def _judge(db: Database, site: str, host: str, other: str, at: str) -> int:
    """Fold one of the two when they are mirrors. Asked again only as the texts double: it looks through the ledger."""
    same, different, _ = _counts(db, site, host, other)
    if same % PAGES or (same // PAGES) & (same // PAGES - 1) or different * EXCEPTIONS > same or not same:
        return 0
    home = db.conn.execute("SELECT home FROM sites WHERE name = ?", (site,)).fetchone()
    main = split(home[0])[0] if home and home[0] else None
    rows = db.conn.execute(
        "SELECT host FROM hosts WHERE site = ? AND host IN (?, ?) ORDER BY first_seen, host", (site, host, other)
    )
    first, second = sorted((row[0] for row in rows.fetchall()), key=lambda one: one != main)
    if _covered(db, site, second, first):
        return _fold(db, site, second, first, "learned", at)
    return _fold(db, site, first, second, "learned", at) if first != main and _covered(db, site, first, second) else 0


def _addresses(db: Database, site: str, host: str, condition: str, most: int = -1) -> list[tuple[int, str]]:
    """(id, address) of the site's rows on a host; LIKE narrows it down, `split` decides."""
    rows = db.conn.execute(
        f"SELECT id, url FROM urls WHERE site = ? AND (url LIKE ? OR url LIKE ?) AND {condition} LIMIT ?",
        (site, f"http%://{host}/%", f"http%://www.{host}/%", most),
    ).fetchall()
    return [(row["id"], row["url"]) for row in rows if split(row["url"])[0] == host]


def _covered(db: Database, site: str, host: str, other: str) -> bool:
    """Are the articles known of `host` known of `other` as well?"""
    root: str = db.conn.execute("SELECT root FROM hosts WHERE site = ? AND host = ?", (site, other)).fetchone()[0]
    keys = [public_key(root + split(url)[2]) for _, url in _addresses(db, site, host, f"kind IN {READ}", SAMPLE)]
    there = db.conn.execute("SELECT count(*) FROM urls WHERE key IN (SELECT value FROM json_each(?))", (json.dumps(keys),))
    return bool(keys) and bool(there.fetchone()[0] >= COVERED * len(keys))


def _fold(db: Database, site: str, host: str, other: str, rule: str, at: str) -> int:
    """From now on `host` means `other`. Returns how many waiting addresses were refused."""
    db.conn.execute(
        "UPDATE hosts SET mirror_of = ?, since = ?, rule = ? WHERE site = ? AND (host = ? OR mirror_of = ?)",
        (other, at, rule, site, host, host),
    )
    return _refuse(db, site, host, known(db, site))


def _refuse(db: Database, site: str, host: str, mirrors: Mapping[str, str]) -> int:
    """What waits of a mirror is refused, and its place on the other host queued where it is new; returns how many that were."""
    waiting = _addresses(db, site, host, "state = 'queued'")
    for row, url in waiting:
        there = fold(url, mirrors)
        db.conn.execute(
            "INSERT INTO urls(key, url, site, kind, state, priority, discovered_from, discovered_at, rule, title, date, section)"
            " SELECT ?, ?, site, kind, 'queued', priority, discovered_from, discovered_at, rule, title, date, section"
            " FROM urls WHERE id = ? ON CONFLICT(key) DO NOTHING",
            (public_key(there), there, row),
        )
    db.conn.executemany(
        "UPDATE urls SET state = 'refused', last_outcome = coalesce(last_outcome, ?), last_error = ? WHERE id = ?",
        [(Outcome.DUPLICATE, f"{REASON} of {split(mirrors[host])[0]}", row) for row, _ in waiting],
    )
    # Nothing of it is visited again: its pages are read where they are mirrored from.
    db.conn.executemany(
        "UPDATE urls SET next_due = NULL WHERE id = ?", [(row,) for row, _ in _addresses(db, site, host, "next_due IS NOT NULL")]
    )
    return len(waiting)


def declare(db: Database, site: str, home: str, hosts: Iterable[str], at: str) -> None:
    """Before a run: take over the mirrors that its profile states; one that it no longer states is a host of its own again.

    What a run leased before it knew a mirror, and gave back, is refused here.
    """
    main, root, _ = split(home)
    stated = {split(f"http://{host}/")[0] for host in hosts} - {main}
    with writing(db):
        db.conn.execute(
            "UPDATE hosts SET mirror_of = NULL, since = NULL, rule = NULL WHERE site = ? AND rule = 'profile'"
            " AND host NOT IN (SELECT value FROM json_each(?))",
            (site, json.dumps(sorted(stated))),
        )
        for host in sorted(stated):
            known_as = db.conn.execute("SELECT mirror_of FROM hosts WHERE site = ? AND host = ?", (site, host)).fetchone()
            if known_as is None or known_as[0] != main:
                values = [(site, main, root, at), (site, host, f"http://{host}", at)]
                db.conn.executemany(
                    "INSERT INTO hosts(site, host, root, first_seen) VALUES (?, ?, ?, ?) ON CONFLICT DO NOTHING", values
                )
                _fold(db, site, host, main, "profile", at)
        mirrors = known(db, site)
        for host in mirrors:
            _refuse(db, site, host, mirrors)
