"""What repeats on a site's pages, learned as they are archived: counted with each new article, known to the next run.

A text is furniture when it stands on at least `PAGES` pages and on one in `SHARE` of its template's pages; formulas that many
an article has (特此公告, 一、总体要求) stand on fewer. The share is settled every `ROUND` pages of a template: what reached
it stays known until it is reset, all else is forgotten, so a template never has more rows than `ROUND` pages have paragraphs.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from sqlite3 import Row
from typing import Any

from sqlite_utils.db import Database

from crawler.items import Candidate
from pipelines.archive.opening import writing

PAGES = 3
"""Two pages with the same text may be the parts of one story."""
SHARE = 5
ROUND = 50
ALL = ""
"""Key of the row that counts a template's pages."""
ALL_SAMPLE = "（此版式的全部文章）"
NOBODY = "imported"
"""The ledger's name for pages of no known site."""

_KNOWN = (
    "SELECT f.* FROM furniture f JOIN furniture t ON t.site = f.site AND t.template = f.template AND t.key = ?1"
    " WHERE f.site = ?2 AND f.key != ?1 AND f.pages >= ?3 AND f.pages * ?5 >= min(t.pages, ?4)"
    " ORDER BY f.template, f.pages DESC, f.key"
)


def count(db: Database, site: str, found: Sequence[Candidate], seen: str) -> None:
    """Count one page's candidates, inside the writer's transaction; to be called once an article, when it is new."""
    if not found:
        return
    template = found[0].template
    rows = [(ALL, ALL_SAMPLE), *((one.key, one.sample) for one in found)]
    db.conn.executemany(
        "INSERT INTO furniture VALUES (?1, ?2, ?3, ?4, 1, ?5, ?5) ON CONFLICT DO UPDATE SET pages = pages + 1,"
        " first_seen = min(first_seen, excluded.first_seen), last_seen = max(last_seen, excluded.last_seen)",
        [(site, template, key, sample, seen) for key, sample in rows],
    )
    counted: int = db.conn.execute(
        "SELECT pages FROM furniture WHERE site = ? AND template = ? AND key = ?", (site, template, ALL)
    ).fetchone()[0]
    if counted % ROUND == 0:
        db.conn.execute(
            "DELETE FROM furniture WHERE site = ? AND template = ? AND key != ? AND pages * ? < ?",
            (site, template, ALL, SHARE, ROUND),
        )


def known(db: Database, site: str | None) -> frozenset[tuple[str, str]]:
    """(template, key) of the site's furniture."""
    return frozenset((row["template"], row["key"]) for row in learned(db, site))


def learned(db: Database, site: str | None) -> list[Row]:
    """The site's furniture as rows of the table, by template, the most frequent first."""
    return list(db.conn.execute(_KNOWN, (ALL, site or NOBODY, PAGES, ROUND, SHARE)))


def reset(db: Database, site: str) -> int:
    """Forget all that was counted for a site, known or not; how many texts that were. Learning begins anew with new articles."""
    with writing(db):
        texts: int = db.conn.execute("SELECT count(*) FROM furniture WHERE site = ? AND key != ?", (site, ALL)).fetchone()[0]
        db.conn.execute("DELETE FROM furniture WHERE site = ?", (site,))
    return texts


def lost(original: Mapping[str, Any]) -> frozenset[str]:
    """The texts that were taken off an article as furniture, from what is kept of its original."""
    return frozenset(original.get("furniture", ()))


def same_but(furniture: frozenset[str], one: str, other: str) -> bool:
    """Whether two bodies have the same lines but for those texts."""
    left, right = ([line for line in body.split("\n") if line not in furniture] for body in (one, other))
    return left == right
