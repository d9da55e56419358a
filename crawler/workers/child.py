"""One reading process: takes pages from its socket, reads and cleans them, answers."""

from __future__ import annotations

import logging
import resource
from collections.abc import Sequence
from typing import Any

from crawler.items import Page
from crawler.processes import entered, serve
from crawler.reading import read
from crawler.workers.job import Job, pure_stages, unpacked


def stage_objects(names: Sequence[str]) -> list[Any]:
    """The pure stages among these, ready to clean pages."""
    return [stage() for stage in pure_stages(names).values()]


def perform(job: Job, stages: Sequence[Any]) -> Page:
    """Read a page and, if it is a whole article, clean it."""
    page = read(job.raw, site=job.site, lease=job.lease, furniture=job.furniture, learn=job.learn)
    if job.clean and page.next_part is None:
        for stage in stages:
            page = stage.process_item(page)
    return page


def main() -> None:
    """Arguments: bytes of memory, then the pipelines' names."""
    connection, (memory, *names) = entered()
    resource.setrlimit(resource.RLIMIT_DATA, (int(memory), int(memory)))
    logging.basicConfig(level=logging.ERROR, format="reader: %(message)s")
    stages = stage_objects(names)
    serve(connection, lambda message: perform(unpacked(message), stages))
