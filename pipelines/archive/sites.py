"""Which sites the archive has met: one row each, brought up to date when a crawl starts."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from typing import Any

from sqlite_utils.db import Database

from pipelines.archive.opening import writing

COLUMNS = (
    "name", "title", "region_code", "region", "kind", "home", "domains", "platform", "every",
    "note", "facts", "as_of", "verified",
)  # fmt: skip


def register(db: Database, rows: Iterable[Mapping[str, Any]]) -> None:
    """Write or refresh site rows; keys are the columns' names, lists become JSON. Raises KeyError for an unknown column."""
    with writing(db):
        for row in rows:
            if unknown := set(row) - set(COLUMNS):
                raise KeyError(f"the table sites has no column {', '.join(sorted(unknown))}")
            values = {"title": row["name"], "kind": "web", "domains": []} | dict(row)
            names = list(values)
            cells = [json.dumps(list(v), ensure_ascii=False) if isinstance(v, list | tuple) else v for v in values.values()]
            db.conn.execute(
                f"INSERT INTO sites({', '.join(names)}) VALUES ({', '.join('?' * len(names))}) ON CONFLICT(name) DO UPDATE SET "
                + ", ".join(f"{name} = excluded.{name}" for name in names if name != "name"),
                cells,
            )
