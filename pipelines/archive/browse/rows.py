"""Rows of a query as dictionaries, whatever row factory the connection has."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Sequence
from typing import Any

Row = dict[str, Any]


def rows(conn: sqlite3.Connection, sql: str, values: Sequence[Any] = ()) -> list[Row]:
    """All rows."""
    cursor = conn.execute(sql, values)
    names = [column[0] for column in cursor.description]
    return [dict(zip(names, tuple(found), strict=True)) for found in cursor]


def row(conn: sqlite3.Connection, sql: str, values: Sequence[Any] = ()) -> Row | None:
    """The first row, or None."""
    found = rows(conn, f"{sql} LIMIT 1", values)
    return found[0] if found else None


def unpacked(text: str | None) -> Any:
    """A JSON column's value; an empty list for NULL and for what is no JSON."""
    try:
        return json.loads(text) if text else []
    except ValueError:
        return []
