"""Result lists as files: CSV, JSON, JSON Lines, Parquet, BibTeX, RIS, WACZ. Rows come in batches, so memory stays flat."""

from __future__ import annotations

import csv
import io
import json
import sqlite3
from collections.abc import Callable, Iterable
from functools import partial
from pathlib import Path
from typing import Any, BinaryIO, Protocol

from pipelines.archive import cite
from pipelines.archive.browse.rows import Row, rows, unpacked

BATCH = 200
LISTS = ("reporters", "correspondents", "photographers", "editors", "keywords", "section")
COLUMNS = (
    "key", "permalink", "url", "site", "site_title", "title", "kicker", "subtitle", "original_title", "published",
    "published_precision", "updated", "source", *LISTS, "sponsor", "page_number", "page_name", "region_code", "region", "script",
    "noise", "chars", "first_seen", "last_seen", "gone_at", "versions", "digest", "body",
)  # fmt: skip
"""The columns of every table format, in order. Lists are JSON arrays in JSON and Parquet, joined by `; ` in CSV."""


class ExportError(Exception):
    """The export cannot be written; `str()` says what to do."""


class Writer(Protocol):
    """One file format."""

    def add(self, records: list[Row]) -> None:
        """Write some records."""

    def close(self) -> None:
        """Finish the file; the stream itself stays open."""


def records(conn: sqlite3.Connection, some: list[int], *, base: str = "") -> list[Row]:
    """These articles as export records. `base` is the address under which the reading room is reached."""
    marks = ",".join("?" * len(some))
    found = {
        entry["id"]: entry
        for entry in rows(
            conn,
            f"SELECT a.*, s.title AS site_title FROM articles a LEFT JOIN sites s ON s.name = a.site WHERE a.id IN ({marks})",
            some,
        )
    }
    for entry in found.values():
        entry["permalink"] = f"{base}/article/{entry['key']}" if base else entry["url"]
        entry |= {name: unpacked(entry[name]) for name in LISTS}
    return [found[number] for number in some if number in found]


def write(
    conn: sqlite3.Connection, chosen: list[int], writer: Writer, *, base: str = "", told: Callable[[int], None] | None = None
) -> int:
    """Write all of them; `told` hears the number after each batch. Returns the number written."""
    done = 0
    for at in range(0, len(chosen), BATCH):
        batch = records(conn, chosen[at : at + BATCH], base=base)
        writer.add(batch)
        done += len(batch)
        if told:
            told(done)
    writer.close()
    return done


def _cell(value: Any) -> str:
    """A spreadsheet cell. One that begins like a formula gets an apostrophe: a headline must not be computed."""
    text = "; ".join(map(str, value)) if isinstance(value, list) else "" if value is None else str(value)
    return f"'{text}" if text.startswith(("=", "+", "-", "@", "\t", "\r")) else text


class Csv:
    """UTF-8 with byte-order mark, which Excel needs to see Chinese."""

    def __init__(self, out: BinaryIO) -> None:
        self._text = io.TextIOWrapper(out, encoding="utf-8-sig", newline="", write_through=True)
        self._rows = csv.writer(self._text)
        self._rows.writerow(COLUMNS)

    def add(self, records: list[Row]) -> None:
        self._rows.writerows([_cell(entry[name]) for name in COLUMNS] for entry in records)

    def close(self) -> None:
        self._text.detach()


class Json:
    """One array, or with `lines` one object a line."""

    def __init__(self, out: BinaryIO, *, lines: bool = False) -> None:
        self._out, self._lines, self._any = out, lines, False
        if not lines:
            out.write(b"[\n")

    def add(self, records: list[Row]) -> None:
        for entry in records:
            line = json.dumps({name: entry[name] for name in COLUMNS}, ensure_ascii=False)
            before = ",\n" if self._any and not self._lines else ""
            self._out.write(f"{before}{line}{chr(10) if self._lines else ''}".encode("utf-8", "replace"))
            self._any = True

    def close(self) -> None:
        if not self._lines:
            self._out.write(b"\n]\n")


class Parquet:
    """Strings, integers and lists of strings; needs pyarrow."""

    def __init__(self, out: BinaryIO) -> None:
        try:
            import pyarrow
            from pyarrow import parquet
        except ImportError as error:
            raise ExportError("Parquet needs pyarrow: run `pip install pyarrow`, or choose csv, json or jsonl") from error
        text, numbers = pyarrow.string(), {"chars", "versions"}
        self._schema = pyarrow.schema(
            [(n, pyarrow.int64() if n in numbers else pyarrow.list_(text) if n in LISTS else text) for n in COLUMNS]
        )
        self._table, self._file = pyarrow.Table, parquet.ParquetWriter(out, self._schema, compression="zstd")

    def add(self, records: list[Row]) -> None:
        plain = [{n: [str(v) for v in entry[n]] if n in LISTS else entry[n] for n in COLUMNS} for entry in records]
        self._file.write_table(self._table.from_pylist(plain, schema=self._schema))

    def close(self) -> None:
        self._file.close()


class Citations:
    """BibTeX, RIS or GB/T 7714 lines."""

    def __init__(self, out: BinaryIO, style: str, accessed: str) -> None:
        self._out, self._write, self._accessed = out, cite.FORMATS[style][0], accessed

    def add(self, records: list[Row]) -> None:
        for entry in records:
            ref = cite.reference(entry, permalink=entry["permalink"], accessed=self._accessed, site_title=entry["site_title"])
            self._out.write((self._write(ref) + "\n").encode("utf-8", "replace"))

    def close(self) -> None:
        pass


MEDIA = {
    "csv": "text/csv; charset=utf-8", "json": "application/json; charset=utf-8", "jsonl": "application/x-ndjson; charset=utf-8",
    "parquet": "application/vnd.apache.parquet", "wacz": "application/wacz", "bib": "application/x-bibtex; charset=utf-8",
    "ris": "application/x-research-info-systems; charset=utf-8", "txt": "text/plain; charset=utf-8",
}  # fmt: skip
"""Media type of each format, by file ending."""
ALIASES = {"bibtex": "bib", "gbt7714": "txt"}


def open_writer(ending: str, out: BinaryIO, conn: sqlite3.Connection, archive: Path, accessed: str) -> Writer:
    """The writer for a format. Raises ExportError for an unknown one."""
    from pipelines.archive.wacz import Wacz

    makers: dict[str, Callable[[], Writer]] = {
        "csv": partial(Csv, out), "json": partial(Json, out), "jsonl": partial(Json, out, lines=True),
        "parquet": partial(Parquet, out), "wacz": partial(Wacz, out, conn, archive),
        **{style: partial(Citations, out, style, accessed) for style in cite.FORMATS},
    }  # fmt: skip
    if ending not in makers:
        raise ExportError(f"{ending!r} is no export format; choose one of {', '.join(named())}")
    return makers[ending]()


def named(endings: Iterable[str] = MEDIA) -> list[str]:
    """All names a format may be asked for by."""
    return sorted({*endings, *ALIASES})
