"""What the commands share. No command class may stand here: Scrapy would take it for a command called `commands`.

Every command module is imported whenever any command runs, so each imports its rooms only inside `run`.
"""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from rich.console import Console

    from crawler.sites.profile import Site


def complain(command: Any, message: object, exitcode: int = 1) -> None:
    """One clear sentence on stderr; the command goes on or ends as it likes, with a non-zero exit code."""
    name = type(command).__module__.rpartition(".")[2]
    print(f"scrapy {name}: {message}", file=sys.stderr)
    command.exitcode = max(command.exitcode, exitcode)


def console(stderr: bool = False) -> Console:
    """A rich console that writes plain lines of full length when nobody looks at a terminal."""
    from rich.console import Console

    probe = Console(stderr=stderr)
    return probe if probe.is_terminal else Console(stderr=stderr, width=160, highlight=False)


def start_process(command: Any) -> Any:
    """Scrapy's crawler process for a command that first checks what it was given.

    Scrapy would make it before `run`, and with it the log's first lines in front of every usage error.
    """
    import logging

    from scrapy.crawler import AsyncCrawlerProcess

    command.crawler_process = AsyncCrawlerProcess(command.settings)
    for name in ("scrapy.middleware", "scrapy.crawler", "scrapy.addons"):  # what is switched on: always the same
        logging.getLogger(name).setLevel(logging.WARNING)
    return command.crawler_process


def open_or_complain(command: Any) -> bool:
    """Whether the archive can be opened and the settings make sense; else the sentence has been said."""
    from crawler.workers.configured import WorkersError, worker_count
    from pipelines.archive import ArchiveError, open_archive

    try:
        worker_count(command.settings["WORKERS"], 0.0)
        open_archive(command.settings["ARCHIVE"]).close()
    except (ArchiveError, WorkersError) as error:
        complain(command, error)
        return False
    return True


def browser_or_complain(command: Any, *sites: Site) -> bool:
    """Whether the browser that one of these profiles may ask for is installed; else the sentence has been said."""
    from crawler.rendering import why_not

    asking = next((site for site in sites if site.render), None)
    missing = why_not(command.settings["CHROMIUM"]) if asking else None
    if asking and missing:
        complain(command, f"{asking.name}: {missing}")
    return missing is None
