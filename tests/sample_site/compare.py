"""An archive of the sample site beside its truth, every difference as a line: `python -m tests.sample_site.compare ARCHIVE`."""

from __future__ import annotations

import json
import sqlite3
import sys
from typing import Any
from urllib.parse import urlsplit

from tests.sample_site.truth import Expected, truth

BY_THE_WAY = ("/module/web/jpage/dataproxy.jsp", "/minsheng/index_1.shtml", "/epaper/ylrb/html/2026-04/30/node_2.htm")
"""Addresses that a sound crawl may try although the truth does not name them: the data endpoint, the second reading of a
pager that counts from one, a day without an issue."""


def path_of(url: str) -> str:
    return urlsplit(url).path


def outcomes(db: sqlite3.Connection, expected: dict[str, Expected]) -> list[str]:
    """Where the last run's outcomes differ."""
    query = """SELECT urls.url, outcomes.outcome, outcomes.reason FROM outcomes JOIN urls ON urls.id = outcomes.url_id
               WHERE outcomes.run = (SELECT max(id) FROM runs)"""
    got = {path_of(url): (outcome, reason) for url, outcome, reason in db.execute(query)}
    lines = [f"{path}: no outcome" for path in expected.keys() - got.keys()]
    lines += [f"{path}: not expected, ended {got[path]}" for path in got.keys() - expected.keys() if path not in BY_THE_WAY]
    both = expected.keys() & got.keys()
    return lines + [
        f"{path}: {got[path]}, expected {set(expected[path].outcomes)}"
        for path in both
        if got[path][0] not in expected[path].outcomes
    ]


def held(row: dict[str, Any], name: str, optional: list[str]) -> Any:
    """A field as the archive holds it, in the form of the truth."""
    value: Any = row.get(name) or ""
    if name == "body":
        return [line for line in value.split("\n") if line and line not in optional and "\t" not in line]
    if name == "tables":
        return [[line.split("\t") for line in one.split(" / ")] for one in row["body"].split("\n") if "\t" in one]
    if name == "editors":
        chain = json.loads(row["editor_chain"] or "[]")
        return [[one["name"], one["role"]] if isinstance(one, dict) else list(one) for one in chain]
    if name in ("reporters", "correspondents", "photographers", "keywords", "section"):
        return json.loads(value or "[]")
    return value or None


def fields(db: sqlite3.Connection, expected: dict[str, Expected]) -> list[str]:
    """Where the fields of archived articles differ."""
    db.row_factory = sqlite3.Row
    rows = {path_of(row["url"]): dict(row) for row in db.execute("SELECT * FROM articles")}
    lines = []
    for path, told in expected.items():
        if told.article is None or path not in rows:
            continue
        for name, wanted in told.article.items():
            if name in ("images", "optional"):
                continue
            if (got := held(rows[path], name, told.article["optional"])) != wanted:
                lines.append(f"{path} {name}: {got!r}, expected {wanted!r}")
    return lines


def differences(archive: str, *, edition: int = 1, articles: int = 30) -> list[str]:
    """All of them after a first crawl of that edition."""
    expected = truth(edition, articles)
    with sqlite3.connect(archive) as db:
        return sorted(outcomes(db, expected)) + fields(db, expected)


if __name__ == "__main__":
    found = differences(*sys.argv[1:2])
    print("\n".join(line[:400] for line in found) or "no difference")
    sys.exit(bool(found))
