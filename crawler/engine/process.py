"""One crawl as a process: started, watched, ended when it hangs. The same on this machine and on a worker machine."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

GRACE = 60.0
"""Seconds that a crawl which was asked to end has for it."""
TIED = (
    "import sys; from crawler.processes import end_with_parent; end_with_parent(int(sys.argv.pop(1)));"
    "from scrapy.cmdline import execute; execute(['scrapy', *sys.argv[1:]])"
)
"""A crawl that dies with the process that started it."""
NEEDS_A_LOOK = 3
"""Exit code of a crawl that is done and found the site not as it was."""


@dataclass
class Crawl:
    """A crawl under way."""

    site: str
    process: subprocess.Popen[bytes]
    seconds: float
    ends: float
    """Monotonic time after which it hangs."""
    killed: bool = False

    def over(self) -> bool:
        """Whether it has ended. To be asked again and again: one that hangs is told to end, then killed."""
        if self.process.poll() is not None:
            return True
        late = time.monotonic() - self.ends
        if late > GRACE and not self.killed:
            self.process.kill()
            self.killed = True
        elif late > 0:
            self.process.send_signal(signal.SIGTERM)
            self.ends = min(self.ends, time.monotonic())
            time.sleep(0.5)
        return False

    def stop(self) -> None:
        """Ask it to end in order, as Ctrl-C does."""
        self.process.send_signal(signal.SIGINT)

    @property
    def failure(self) -> str | None:
        """Why an ended crawl did not end well."""
        if self.killed:
            return f"hung for more than {self.seconds / 60:.0f} minutes and was killed"
        if self.process.returncode == NEEDS_A_LOOK:
            return f"needs a look: scrapy status {self.site}"
        return f"the crawl ended with exit code {self.process.returncode}" if self.process.returncode else None


def start(site: str, settings: Sequence[str], pages: int | None, seconds: float, *, tied: bool = False, **options: Any) -> Crawl:
    """Run `scrapy crawl`. `settings`: `NAME=value`; `tied`: it ends with this thread; `options`: of `subprocess.Popen`."""
    head = ["-c", TIED, str(os.getpid())] if tied else ["-m", "scrapy"]
    given = [part for setting in settings for part in ("-s", setting)]
    limit = ["-a", f"limit={pages}"] if pages else []
    command = [sys.executable, *head, "crawl", site, "-L", "WARNING", *given, *limit]
    # A group of its own: Ctrl-C in the terminal reaches `due` alone, which then ends its crawls in order.
    process = subprocess.Popen(command, stdin=subprocess.DEVNULL, start_new_session=True, **options)
    return Crawl(site, process, seconds, time.monotonic() + seconds)
