"""`scrapy due`: crawls what its profile says is due; cron or a systemd timer calls it."""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from scrapy.settings import SETTINGS_PRIORITIES

from crawler.command import ProjectCommand
from crawler.commands import complain, open_or_complain
from crawler.commands.crawl import no_contact

if TYPE_CHECKING:
    from crawler.commands.turns import Place
    from pipelines.archive.schedule import Turn


class Command(ProjectCommand):
    """Runs `scrapy crawl` for each due site in a process of its own."""

    def syntax(self) -> str:
        return "[SITE…] [--all] [--workers N] [--minutes M] [--engine dask://HOST:PORT] [--crontab | --install-timer]"

    def short_desc(self) -> str:
        return "Crawl the sites that are due, oldest first"

    def long_desc(self) -> str:
        return (
            "Crawls the sites whose interval has passed: those crawled before, those named, or --all. Safe to call at any "
            "time and twice at once. Example: scrapy due --workers 4 -s CONTACT=you@example.org"
        )

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        super().add_options(parser)
        parser.add_argument("--all", action="store_true", help="every profile, not only sites crawled before")
        parser.add_argument(
            "--workers", type=int, metavar="N", help="crawls at once (default 2; all threads of an engine's workers)"
        )
        parser.add_argument("--engine", metavar="URL", help="crawl on the machines of a Dask scheduler, dask://HOST:PORT")
        parser.add_argument("--minutes", type=float, default=180, metavar="M", help="a run that takes longer hangs (default 180)")
        parser.add_argument("--pages", type=int, metavar="N", help="at most N pages a site and run, for fairness")
        parser.add_argument("--list", action="store_true", help="print what is due and crawl nothing")
        parser.add_argument("--crontab", action="store_true", help="print a line for crontab -e")
        parser.add_argument("--install-timer", action="store_true", help="write a systemd user timer and say how to start it")

    def run(self, args: list[str], opts: argparse.Namespace) -> None:
        from crawler.commands import turns

        if opts.crontab or opts.install_timer:
            self.call_by_itself(args, opts)
            return
        if (opts.workers is not None and opts.workers < 1) or opts.minutes <= 0:
            complain(self, "--workers and --minutes must be more than 0", 2)
            return
        if not open_or_complain(self):
            return
        try:
            sites = turns.chosen(args, opts.all, self.settings["ARCHIVE"])
        except (KeyError, ValueError) as error:
            complain(self, error, 2)
            return
        self.crawl(sites, opts)

    def call_by_itself(self, args: list[str], opts: argparse.Namespace) -> None:
        """A line for cron, or systemd's units, that call `due` as it is called now."""
        from crawler.commands import timer

        if not self.settings["CONTACT"]:
            complain(self, "live sites must be able to reach you: add -s CONTACT=you@example.org, or set FANGZHI_CONTACT", 2)
            return
        given = {name: getattr(opts, name) for name in ("engine", "workers", "minutes", "pages")}
        options = [f"--{name}={value}" for name, value in given.items() if value is not None]
        settings = [part for setting in self.given() for part in ("-s", setting)]
        arguments = ["due", *args, *(["--all"] if opts.all else []), *options, *settings]
        write = timer.crontab if opts.crontab else timer.install_timer
        print(write(Path.cwd(), arguments, timer.own_environment()))

    def crawl(self, sites: list[tuple[str, str]], opts: argparse.Namespace) -> None:
        from crawler.engine.address import EngineError
        from crawler.sites import get_site
        from pipelines.archive import ArchiveError

        try:
            waiting = self.due(sites)
            if opts.list:
                print("\n".join(f"{turn.site}\t{turn.last or 'never'}" for turn in waiting))
                return
            if not self.settings["CONTACT"] and (live := [turn.site for turn in waiting if not get_site(turn.site).private]):
                complain(self, no_contact(get_site(live[0])), 2)
                return
            with self.place(opts) as place:
                self.work(waiting, place)
        except (ArchiveError, EngineError) as error:
            complain(self, error)

    def due(self, sites: list[tuple[str, str]]) -> list[Turn]:
        """What is due, once everything that was fetched is in the archive."""
        from crawler.engine.spool import Spool
        from pipelines.archive import open_archive
        from pipelines.archive.schedule import due

        Spool(self.settings).take_leftovers()
        db = open_archive(self.settings["ARCHIVE"])
        waiting = due(db, sites)
        db.close()
        return waiting

    @contextmanager
    def place(self, opts: argparse.Namespace) -> Iterator[Place]:
        """Where the crawls run. Raises EngineError."""
        from crawler.commands.turns import Here

        seconds = opts.minutes * 60
        if opts.engine is None:
            yield Here(self.settings["ARCHIVE"], self.given(), seconds, opts.pages, opts.workers or 2)
            return
        from crawler.engine.address import connect
        from crawler.engine.away import Away

        with connect(opts.engine) as client:
            yield Away(client, self.settings, self.given(), seconds, opts.pages, opts.workers)

    def work(self, waiting: list[Turn], place: Place) -> None:
        from crawler.commands.turns import work

        try:
            work(waiting, place)
        except KeyboardInterrupt:
            complain(self, "stopped; the next call goes on with what is left", 130)
        finally:
            for site, why in place.failed:
                complain(self, f"{site}: {why}")

    def given(self) -> list[str]:
        """Settings from the command line, handed on to every crawl."""
        priority = SETTINGS_PRIORITIES["cmdline"]
        return [f"{name}={self.settings[name]}" for name in self.settings if self.settings.getpriority(name) == priority]
