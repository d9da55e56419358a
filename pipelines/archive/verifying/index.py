"""Whether the search index holds exactly the tokens of the articles.

FTS5's own integrity check calls an index sound that still has the tokens of an older text. So the articles are indexed
afresh, batch by batch, in an index in memory, and the sums over (column, token, count) of both must be the same.
"""

from __future__ import annotations

import hashlib
import sqlite3
from collections.abc import Iterator

from sqlite_utils.db import Database

from pipelines.archive import search
from pipelines.archive.schema import FTS_COLUMNS

BATCH = 2000
"""Articles indexed at once; about 20 MB of memory."""
_INDEXES = {"articles_fts": 'tokenize="unicode61 remove_diacritics 2"', "articles_chars": "detail=none, columnsize=0"}


def unsound(db: Database) -> list[str]:
    """What FTS5's own integrity check finds. It is an INSERT, so not for the middle of a reading transaction."""
    found = []
    for name in _INDEXES:
        try:
            db.conn.execute(f"INSERT INTO {name}({name}) VALUES ('integrity-check')")
        except sqlite3.DatabaseError as error:
            found.append(f"{name} is unsound ({error}); --repair rebuilds it")
    return found


def faults(db: Database) -> Iterator[str]:
    """One sentence per article that is missing in a sound index, and per index that holds other tokens than the articles."""
    for row in db.conn.execute("SELECT a.key FROM articles a LEFT JOIN articles_fts_docsize d ON d.id = a.id WHERE d.id IS NULL"):
        yield f"article {row[0]} is not in the search index; --repair rebuilds it"
    for row in db.conn.execute("SELECT d.id FROM articles_fts_docsize d LEFT JOIN articles a ON a.id = d.id WHERE a.id IS NULL"):
        yield f"the search index has row {row[0]}, which is no article; --repair rebuilds it"
    kept = {name: _sum(db.conn, name, "temp_vocabulary") for name in _INDEXES}
    due = _due(db)
    for name in _INDEXES:
        if kept[name] != due[name]:
            yield f"{name} does not hold the tokens of the articles; --repair rebuilds it"


def _due(db: Database) -> dict[str, int]:
    """What the sums must be, from the articles themselves."""
    sums = dict.fromkeys(_INDEXES, 0)
    fresh = sqlite3.connect(":memory:", isolation_level=None)
    columns = ", ".join(FTS_COLUMNS)
    for name, options in _INDEXES.items():
        fields = columns if name == "articles_fts" else "chars"
        fresh.execute(f"CREATE VIRTUAL TABLE {name} USING fts5({fields}, content='', {options})")
    rows = db.conn.execute(f"SELECT id, {columns} FROM articles")
    while batch := rows.fetchmany(BATCH):
        fresh.executemany(
            f"INSERT INTO articles_fts(rowid, {columns}) VALUES ({', '.join('?' * (len(FTS_COLUMNS) + 1))})",
            ((row[0], *(search.zh_bigrams(text) for text in row[1:])) for row in batch),
        )
        texts = ((row[0], search.zh_chars(" ".join(text or "" for text in row[1:]))) for row in batch)
        fresh.executemany("INSERT INTO articles_chars(rowid, chars) VALUES (?, ?)", texts)
        for name in _INDEXES:
            sums[name] = (sums[name] + _sum(fresh, name, "vocabulary")) % 2**64
            fresh.execute(f"INSERT INTO {name}({name}) VALUES ('delete-all')")
    return sums


def _sum(conn: sqlite3.Connection, name: str, vocabulary: str) -> int:
    """Sum over the vocabulary of hash(column, token) times the number of documents and of places."""
    conn.execute(f"CREATE VIRTUAL TABLE temp.{vocabulary} USING fts5vocab(main, {name}, col)")
    try:
        total = 0
        for term, column, documents, places in conn.execute(f"SELECT term, col, doc, cnt FROM temp.{vocabulary}"):
            mark = hashlib.blake2b(f"{column}\0{term}".encode(), digest_size=8).digest()
            total = (total + int.from_bytes(mark, "little") * (documents + (places or 0))) % 2**64
        return total
    finally:
        conn.execute(f"DROP TABLE temp.{vocabulary}")
