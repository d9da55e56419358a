"""How `scrapy due` works off its turns: a process a site, never two of one site, ended when it hangs. No command."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pipelines.archive.schedule import Turn

GRACE = 60.0
"""Seconds that a crawl which was asked to end has for it."""

UNIT = """[Unit]
Description=Fangzhi: crawl what is due

[Service]
Type=oneshot
WorkingDirectory={folder}
ExecStart={scrapy} due
Environment=FANGZHI_CONTACT={contact}
Nice=10
"""
TIMER = """[Unit]
Description=Fangzhi: look every ten minutes what is due

[Timer]
OnCalendar=*:0/10
RandomizedDelaySec=60
Persistent=true

[Install]
WantedBy=timers.target
"""


def chosen(names: list[str], every: bool, archive: str) -> list[tuple[str, str]]:
    """(name, interval) of the sites named, of all, or of those crawled before. Raises UnknownSite."""
    from crawler.sites import all_sites, get_site
    from pipelines.archive import open_archive
    from pipelines.archive.schedule import followed

    if not names and not every:
        db = open_archive(archive)
        names = [name for name in followed(db) if name in all_sites()]
        db.close()
    return [(site.name, site.every) for site in (map(get_site, names) if names else all_sites().values() if every else ())]


@contextmanager
def lock(archive: str, site: str) -> Iterator[int | None]:
    """A lock that a crawl inherits: it holds while the crawl lives, even when `due` itself is killed. None: taken."""
    import fcntl

    folder = Path(f"{archive}.locks")
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    handle = os.open(folder / site, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        os.close(handle)
        yield None
        return
    try:
        yield handle
    finally:
        os.close(handle)


@dataclass
class Crawl:
    """One crawl under way."""

    site: str
    process: subprocess.Popen[bytes]
    ends: float
    """Monotonic time after which it hangs."""
    killed: bool = False


@dataclass
class Worker:
    """Works off turns, so many at once; keeps nothing but the crawls under way."""

    archive: str
    settings: list[str]
    seconds: float
    pages: int | None = None
    failed: list[tuple[str, str]] = field(default_factory=list)
    stopped: bool = False

    def work(self, turns: list[Turn], workers: int) -> None:
        """Crawl them all. What failed stands in `failed` with the reason. Ctrl-C ends the crawls and comes back."""
        waiting, under_way = list(reversed(turns)), list[Crawl]()
        try:
            while waiting or under_way:
                while waiting and len(under_way) < workers:
                    if crawl := self.begin(waiting.pop().site):
                        under_way.append(crawl)
                time.sleep(0.2)
                under_way = [crawl for crawl in under_way if not self.ended(crawl)]
        except KeyboardInterrupt:
            self.stopped = True
            for crawl in under_way:
                crawl.process.send_signal(signal.SIGINT)
            for crawl in under_way:
                crawl.process.wait()

    def begin(self, site: str) -> Crawl | None:
        """Start a crawl, unless another process is at this site."""
        from pipelines.archive import open_archive
        from pipelines.archive.schedule import running

        with lock(self.archive, site) as handle:
            if handle is None:
                return None
            db = open_archive(self.archive)
            busy = site in running(db)
            db.close()
            if busy:
                return None
            options = [part for setting in self.settings for part in ("-s", setting)]
            limit = ["-a", f"limit={self.pages}"] if self.pages else []
            command = [sys.executable, "-m", "scrapy", "crawl", site, "-L", "WARNING", *options, *limit]
            # A group of its own: Ctrl-C in the terminal reaches `due` alone, which then ends its crawls in order.
            process = subprocess.Popen(command, pass_fds=(handle,), stdin=subprocess.DEVNULL, start_new_session=True)
        return Crawl(site, process, time.monotonic() + self.seconds)

    def ended(self, crawl: Crawl) -> bool:
        """Whether the crawl is over; one that hangs is asked to end, then killed, and recorded as hung."""
        code = crawl.process.poll()
        if code is not None:
            if crawl.killed:
                self.close_hung(crawl.site)
            elif code:
                self.failed.append((crawl.site, f"the crawl ended with exit code {code}"))
            return True
        late = time.monotonic() - crawl.ends
        if late > GRACE and not crawl.killed:
            crawl.process.kill()
            crawl.killed = True
        elif late > 0:
            crawl.process.send_signal(signal.SIGTERM)
            crawl.ends = min(crawl.ends, time.monotonic())
            time.sleep(0.5)
        return False

    def close_hung(self, site: str) -> None:
        from pipelines.archive import open_archive
        from pipelines.archive.schedule import close_hung

        db = open_archive(self.archive)
        close_hung(db, site)
        db.close()
        self.failed.append((site, f"hung for more than {self.seconds / 60:.0f} minutes and was killed"))


def crontab(folder: Path) -> str:
    return f"*/10 * * * * cd {folder} && FANGZHI_CONTACT=you@example.org {scrapy(folder)} due >> data/due.log 2>&1"


def install_timer(folder: Path, contact: str) -> str:
    """Write the user units; returns what to do next."""
    home = Path(os.environ.get("XDG_CONFIG_HOME") or Path.home() / ".config") / "systemd" / "user"
    home.mkdir(parents=True, exist_ok=True)
    service = UNIT.format(folder=folder, scrapy=scrapy(folder), contact=contact or "you@example.org")
    (home / "fangzhi.service").write_text(service, encoding="utf-8")
    (home / "fangzhi.timer").write_text(TIMER, encoding="utf-8")
    return (
        f"wrote {home}/fangzhi.service and fangzhi.timer\n"
        "start:  systemctl --user daemon-reload && systemctl --user enable --now fangzhi.timer\n"
        "keep it running while you are logged out:  loginctl enable-linger"
    )


def scrapy(folder: Path) -> Path:
    return folder / ".venv" / "bin" / "scrapy"
