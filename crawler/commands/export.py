"""`scrapy export [QUERY] -f FORMAT -o FILE`: a result list, as the search page gives it, written to a file."""

from __future__ import annotations

import argparse
import sqlite3
import sys
from pathlib import Path

from crawler.command import ProjectCommand
from crawler.commands import complain


class Command(ProjectCommand):
    """CSV, JSON, JSON Lines, Parquet, BibTeX, RIS and WACZ."""

    def syntax(self) -> str:
        return "[QUERY] -f FORMAT -o FILE"

    def short_desc(self) -> str:
        return "Write articles found by a query as CSV, JSON, JSONL, Parquet, BibTeX, RIS or WACZ"

    def long_desc(self) -> str:
        return (
            "QUERY is what one would type on the search page (words, “phrases”, AND, OR, NOT, 标题:…, 日期:2018-09); without it "
            "all articles are written. Example: scrapy export 滨海新区 --since 2018 -f parquet -o binhai.parquet"
        )

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        super().add_options(parser)
        # -o and --output-format belong to Scrapy's feed options only in crawl and runspider.
        parser.add_argument(
            "-f", "--format", default="", help="csv, json, jsonl, parquet, bibtex, ris, gbt7714 or wacz; else by FILE's ending"
        )
        parser.add_argument(
            "-o", "--output", metavar="FILE", help="file to write; an existing one is replaced when all is written"
        )
        for name, what in (
            ("site", "a site's name or title"),
            ("source", "the credited outlet"),
            ("region", "GB/T 2260 code or name"),
        ):
            parser.add_argument(f"--{name}", default="", help=what)
        parser.add_argument("--since", default="", metavar="DAY", help="first day: 2018, 2018-09 or 2018-09-07")
        parser.add_argument("--until", default="", metavar="DAY", help="last day, included")
        parser.add_argument("--limit", type=int, default=None, help="at most so many articles")
        parser.add_argument("--base", default="", help="address of the reading room, for permalinks: http://127.0.0.1:8001")

    def run(self, args: list[str], opts: argparse.Namespace) -> None:
        from pipelines.archive import ArchiveError, open_archive
        from pipelines.archive.export import ALIASES, ExportError, named

        ending = opts.format or Path(opts.output or "").suffix.lstrip(".")
        if not opts.output or ending not in named():
            complain(self, f"give -o FILE and -f, one of {', '.join(named())}; see scrapy export --help", 2)
            return
        asked = {name: getattr(opts, name) for name in ("site", "source", "region", "since", "until")} | {"q": " ".join(args)}
        archive, target = Path(self.settings["ARCHIVE"]), Path(opts.output)
        try:
            db = open_archive(archive, read_only=True)
            _export(self, db.conn, asked, ALIASES.get(ending, ending), archive, target, opts)
        except (ArchiveError, ExportError) as error:
            complain(self, error)
        except OSError as error:
            complain(self, f"{target} cannot be written ({error.strerror}); check the folder and the space left")


def _export(
    command: Command,
    conn: sqlite3.Connection,
    asked: dict[str, str],
    ending: str,
    archive: Path,
    target: Path,
    opts: argparse.Namespace,
) -> None:
    from crawler.clock import stamp
    from crawler.commands import console
    from pipelines.archive import export
    from pipelines.archive.browse.results import query_of_connection
    from pipelines.archive.find import ids

    query = query_of_connection(conn, asked)
    for problem in query.problems:
        complain(command, problem, 0)
    if asked["q"] and not query.searches:
        complain(command, "the query holds nothing to look for; nothing was written", 2)
        return
    chosen = ids(conn, query, order="newest", limit=sys.maxsize if opts.limit is None else opts.limit)
    partial = target.with_name(target.name + ".part")
    screen = console(stderr=True)
    try:
        with partial.open("wb") as out, screen.status("writing") as status:
            writer = export.open_writer(ending, out, conn, archive, stamp())
            done = export.write(
                conn,
                chosen,
                writer,
                base=opts.base.rstrip("/"),
                told=lambda n: status.update(f"{n:,} of {len(chosen):,} articles"),
            )
        partial.replace(target)
    finally:
        partial.unlink(missing_ok=True)
    missing = getattr(writer, "missing", 0)
    print(f"{done:,} articles written to {target}" + (f"; {missing:,} captures had no WARC record" if missing else ""))
    if missing:
        command.exitcode = 1
