"""`scrapy reextract`: reads stored captures with today's extractor and shows what would change, before it is accepted."""

from __future__ import annotations

import argparse
from collections import Counter, deque
from collections.abc import Callable, Iterator
from functools import cache, partial
from typing import TYPE_CHECKING, Any

from crawler.command import ProjectCommand
from crawler.commands import complain

if TYPE_CHECKING:
    from crawler.engine.readers import Reading
    from crawler.extraction.furniture import Known
    from crawler.items import Article, RawPage
    from pipelines.archive.rereading import Change, Due, Place

AROUND = 12
"""Characters of unchanged text shown on either side of a difference."""


class Command(ProjectCommand):
    """Same bytes, same road, new reading; several processes."""

    def syntax(self) -> str:
        return "[--site NAME] [--since 2026-05-01] [--apply] [--engine dask://HOST:PORT]"

    def short_desc(self) -> str:
        return "Read stored captures anew and show what would change; --apply accepts it"

    def long_desc(self) -> str:
        return (
            "Reads the capture behind each article's current text by the same road as a crawl and prints what changes. "
            "With --apply the new reading takes over and the old one stays as a superseded version. "
            "Example: scrapy reextract --site hebei_hebnews --since 2026-05-01"
        )

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        super().add_options(parser)
        parser.add_argument("--site", help="only articles of this site")
        parser.add_argument("--since", metavar="DAY", help="only texts first seen from this ISO day on")
        parser.add_argument("--apply", action="store_true", help="accept the new readings")
        parser.add_argument("--engine", metavar="URL", help="read on the machines of a Dask scheduler, dask://HOST:PORT")

    def run(self, args: list[str], opts: argparse.Namespace) -> None:
        from crawler.engine.address import EngineError
        from crawler.engine.readers import readers
        from pipelines.archive import ArchiveError, open_archive

        try:
            db = open_archive(self.settings["ARCHIVE"], create=False)
            counts = reread(db, readers(self.settings, opts.engine), opts.site, opts.since, opts.apply)
            db.close()
        except (ArchiveError, EngineError) as error:
            complain(self, error)
            return
        print("\n" + ", ".join(f"{count} {what}" for what, count in sorted(counts.items())) if counts else "no article matches")
        if not opts.apply and (counts["text changed"] or counts["fields changed"]):
            print("Nothing was written; add --apply to accept this.")
        if counts["not read"]:
            self.exitcode = 1


def reread(db: Any, workers: Reading, site: str | None, since: str | None, accept: bool) -> Counter[str]:
    """Read, compare, print, and with `accept` take over; a few pages are under way at once, so memory stays flat."""
    from crawler.workers.child import stage_objects
    from pipelines.archive import furniture, rereading

    known = cache(partial(furniture.known, db))
    stages = stage_objects(workers.stages)
    counts: Counter[str] = Counter()
    try:
        for wanted, article in readings(rereading.due(db, site=site, since=since), workers, stages, known):
            if isinstance(article, str):
                counts["not read"] += 1
                print(f"{wanted.key} {wanted.url}\n  not read: {article}; the archived text stays")
                continue
            change = rereading.compare(db, wanted, article)
            counts["text changed" if change and change.text else "fields changed" if change else "the same"] += 1
            if change:
                print(f"{wanted.key} {wanted.url}", *lines(change), sep="\n  ")
                if accept:
                    rereading.take_over(db, wanted, article)
    finally:
        workers.close()
    return counts


def readings(
    wanted: Iterator[Due], workers: Reading, stages: list[Any], known: Callable[[str], Known]
) -> Iterator[tuple[Due, Article | str]]:
    """Each article with its new reading, or with the reason why there is none, in order. `known`: a site's furniture."""
    waiting: deque[tuple[Due, Any]] = deque()
    for one in wanted:
        waiting.append((one, submit(one, workers, known(one.site))))
        if len(waiting) > workers.under_way:
            yield finished(*waiting.popleft(), workers, stages, known)
    while waiting:
        yield finished(*waiting.popleft(), workers, stages, known)


def submit(wanted: Due, workers: Reading, known: Known) -> Any:
    """A future of the page, or the reason why it cannot be read."""
    from crawler.workers import Job

    raw = stored(wanted.place) if wanted.place else "its text came without a capture"
    return raw if isinstance(raw, str) else workers.submit(Job(raw, profile(wanted), wanted.lease, furniture=known, learn=False))


def finished(
    wanted: Due, under_way: Any, workers: Reading, stages: list[Any], known: Callable[[str], Known]
) -> tuple[Due, Article | str]:
    """The article with its further pages stitched in, cleaned."""
    from crawler.extraction import stitch
    from crawler.workers import Job, WorkerLost

    if isinstance(under_way, str):
        return wanted, under_way
    try:
        pages = [under_way.result()]
        while pages[0].article and (place := wanted.parts.get(pages[-1].next_part)) and len(pages) <= len(wanted.parts):
            raw = stored(place)
            if isinstance(raw, str):
                return wanted, raw
            job = Job(raw, profile(wanted), wanted.lease, clean=False, furniture=known(wanted.site), learn=False)
            pages.append(workers.submit(job).result())
            if pages[-1].article is None:
                return wanted, f"part {raw.url}: {pages[-1].reason or pages[-1].outcome}"
    except WorkerLost as error:
        return wanted, str(error)
    page = pages[0]
    if page.article is not None and len(pages) > 1:
        stitch(page.article, [part.article for part in pages[1:]])
    for stage in stages:
        page = stage.process_item(page)
    return wanted, page.article or f"{page.outcome}: {page.reason or page.kind}"


def stored(place: Place) -> RawPage | str:
    """The page at that place of a WARC file, or why it cannot be read."""
    from warcio.archiveiterator import ArchiveIterator
    from warcio.exceptions import ArchiveLoadFailed

    from crawler.items import RawPage
    from crawler.spiders.stored import warc_page

    path, offset = place
    try:
        with path.open("rb") as stream:
            stream.seek(offset)
            record = next(iter(ArchiveIterator(stream)))
            if record.rec_type == "resource":
                headers = {"content-type": record.content_type or ""}
                url = record.rec_headers.get_header("WARC-Target-URI")
                return RawPage(url=url, body=record.raw_stream.read(), headers=headers, mirrored=True)
            found = warc_page(path, record)
    except (OSError, ArchiveLoadFailed, StopIteration) as error:
        return f"{path} cannot be read at byte {offset} ({error}); run scrapy verify"
    if found is None or found.broken:
        return found.broken or "broken" if found else "its capture is no page"
    return found.raw


def profile(wanted: Due) -> Any:
    """The profile the page was crawled with, or the one that owns its address."""
    from crawler.sites import all_sites
    from crawler.spiders.stored import site_of

    return all_sites().get(wanted.site) or site_of(wanted.url)


def lines(change: Change) -> Iterator[str]:
    """A change as a person reads it."""
    for name, (old, new) in change.fields.items():
        yield f"{name}: {old!r} → {new!r}"
    for at, (op, old, new) in enumerate(change.text):
        if op != "equal":
            before = change.text[at - 1][1][-AROUND:] if at else ""
            after = change.text[at + 1][1][:AROUND] if at + 1 < len(change.text) else ""
            yield f"text: …{before}[-{old}-]{{+{new}+}}{after}…".replace("\n", "⏎")
