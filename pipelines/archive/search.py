"""Chinese full-text search on plain FTS5: texts go in as overlapping pairs of characters, and queries the same way."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from operator import add

from pipelines.archive.schema import FTS_COLUMNS
from pipelines.text.characters import nfkc

TOKENISER_VERSION = "1"
"""Raise it with every change of `zh_bigrams` or `zh_chars`: an archive with another version has its indexes rebuilt."""

HAN = r"\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\u3005\u3007\U00020000-\U0003fffd"
"""Unified ideographs with all extensions and compatibility forms, 々 and 〇."""

_RUNS = re.compile(rf"([{HAN}]+)|([^\W_{HAN}]+)([{HAN}]*)")
_NO_HAN = re.compile(f"[^{HAN}]+")
_INDEXED = f"SELECT id, {', '.join(FTS_COLUMNS)} FROM articles WHERE id = ?"
_INSERT_TOKENS = f"INSERT INTO articles_fts(rowid, {', '.join(FTS_COLUMNS)}) VALUES (?{', ?' * len(FTS_COLUMNS)})"
_INSERT_CHARS = "INSERT INTO articles_chars(rowid, chars) VALUES (?, ?)"


def zh_bigrams(text: str | None, *, query: bool = False) -> str:
    """The tokens of a text, joined by blanks: 滨海新区 → 滨海 海新 新区 区.

    A run of Han gives its pairs and its last character alone (so that 区 is found at its end), and its first character
    alone where a word touches it on the left (so that 2018年 is two tokens: 2018 年). A Latin or digit run is one word.
    In a query the last run has no lone last character: 改革 must match inside 改革开放.
    """
    tokens: list[str] = []
    han = ""
    for alone, word, touching in _RUNS.findall(nfkc(text or "")):
        if word:
            tokens.append(word)
            if len(touching) > 1:
                tokens.append(touching[0])
        if han := alone or touching:
            tokens.extend(map(add, han, han[1:]))
            tokens.append(han[-1])
    if query and len(han) > 1:
        tokens.pop()
    return " ".join(tokens)


def zh_chars(text: str | None) -> str:
    """The distinct Han characters of a text in code-point order, joined by blanks; answers one-character queries."""
    return " ".join(sorted(_NO_HAN.sub("", "".join(set(nfkc(text or ""))))))


def register(conn: sqlite3.Connection) -> None:
    """Give a connection the SQL functions that the triggers need."""
    conn.create_function("zh_bigrams", 1, zh_bigrams, deterministic=True)
    conn.create_function("zh_chars", 1, zh_chars, deterministic=True)
    conn.create_function("index_later", 2, lambda article, new: False)


class Together:
    """New articles of a transaction come into both indexes at its end, all at once.

    FTS5 writes what it holds as a segment of its own before every statement that may have to be undone alone, and every
    INSERT with a trigger may: one article at a time costs four times as much, and the segments still have to be merged.
    """

    def __init__(self, conn: sqlite3.Connection) -> None:
        self._conn = conn
        self._waiting: set[int] | None = None
        conn.create_function("index_later", 2, self._later)

    def _later(self, article: int, new: bool) -> bool:
        """The triggers ask: a new article may wait, a changed or deleted one waits if it is new in this transaction."""
        if self._waiting is None:
            return False
        if new:
            self._waiting.add(article)
        return article in self._waiting

    @contextmanager
    def indexed(self) -> Iterator[None]:
        """To be left before COMMIT; left by an exception, it forgets: the transaction is rolled back."""
        self._waiting = set()
        try:
            yield
            rows = [self._conn.execute(_INDEXED, (article,)).fetchone() for article in sorted(self._waiting)]
            self._conn.executemany(_INSERT_TOKENS, [(id, *map(zh_bigrams, texts)) for id, *texts in filter(None, rows)])
            self._conn.executemany(
                _INSERT_CHARS, [(id, zh_chars(" ".join(text or "" for text in texts))) for id, *texts in filter(None, rows)]
            )
        finally:
            self._waiting = None


def note_version(conn: sqlite3.Connection) -> None:
    """Write down which tokeniser the indexes were built with."""
    conn.execute("INSERT OR REPLACE INTO facts VALUES ('tokeniser', ?)", (TOKENISER_VERSION,))


def is_current(conn: sqlite3.Connection) -> bool:
    """Whether the indexes were built with this tokeniser. A new file without tables counts as not current."""
    if not conn.execute("SELECT 1 FROM sqlite_master WHERE name = 'facts'").fetchone():
        return False
    row = conn.execute("SELECT value FROM facts WHERE name = 'tokeniser'").fetchone()
    return bool(row and row[0] == TOKENISER_VERSION)


def rebuild(conn: sqlite3.Connection) -> None:
    """Empty both indexes and fill them from the articles. A delete with other tokens than were put in leaves ghost hits
    that FTS5's own integrity check calls sound, so nothing less than this will do after a change of tokeniser."""
    columns = ", ".join(FTS_COLUMNS)
    tokens = ", ".join(f"zh_bigrams({column})" for column in FTS_COLUMNS)
    text = " || ' ' || ".join(f"coalesce({column}, '')" for column in FTS_COLUMNS)
    conn.execute("INSERT INTO articles_fts(articles_fts) VALUES ('delete-all')")
    conn.execute("INSERT INTO articles_chars(articles_chars) VALUES ('delete-all')")
    conn.execute(f"INSERT INTO articles_fts(rowid, {columns}) SELECT id, {tokens} FROM articles")
    conn.execute(f"INSERT INTO articles_chars(rowid, chars) SELECT id, zh_chars({text}) FROM articles")
    note_version(conn)
