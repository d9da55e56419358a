"""Pipeline stages that misbehave inside a worker when a page's address asks for it."""

from __future__ import annotations

import os
import signal
import time
from pathlib import Path

from crawler.items import Page


class Misbehave:
    """`?do=kill`, `?do=kill-once-<file>`, `?do=hang`, `?do=raise`, `?do=exit`, `?do=stop-<file>` (writes its pid, then hangs)."""

    def apply(self, page: Page) -> None:
        """Only what makes a stage pure."""

    def process_item(self, page: Page) -> Page:
        what, _, where = page.url.rpartition("?do=")[2].partition("@")
        if what == "kill" or (what == "kill-once" and not Path(where).exists()):
            if where:
                Path(where).touch()
            os.kill(os.getpid(), signal.SIGKILL)
        if what == "exit":
            os._exit(3)
        if what == "raise":
            raise ZeroDivisionError("as asked")
        if what == "hang":
            if where:
                Path(where).write_text(str(os.getpid()), encoding="ascii")
            time.sleep(3600)
        page.reason = str(os.getpid())
        return page
