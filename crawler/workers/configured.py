"""A pool as the settings want it: WORKERS and the pure stages of ITEM_PIPELINES."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from crawler.workers.job import pure_stages
from crawler.workers.pool import Workers

if TYPE_CHECKING:
    from scrapy.settings import BaseSettings

LEISURELY = 0.1
"""Seconds between pages from which one process reads as fast as they come; a page takes about 10 ms."""


class WorkersError(ValueError):
    """WORKERS is neither `auto` nor a number of processes."""


def worker_count(setting: str | int, pace: float, others: int = 0) -> int:
    """`auto`: a process for each core this one may use but `others`, or one alone where pages come `pace` seconds apart."""
    text = str(setting)
    if text == "auto":
        return 1 if pace >= LEISURELY else max(1, len(os.sched_getaffinity(0)) - others)
    if not (text.isascii() and text.isdigit()):
        raise WorkersError(f"WORKERS={text} is no number of processes; write e.g. WORKERS=4, 0 for none, or auto")
    return int(text)


def configured(settings: BaseSettings, *, pace: float = 0.0, others: int = 0) -> Workers:
    """`pace`: seconds between two pages at most, where a delay keeps them apart. `others`: processes beside the readers
    that want a core. Raises WorkersError."""
    pipelines = settings.getdict("ITEM_PIPELINES")
    named = [name for name, place in sorted(pipelines.items(), key=lambda row: row[1] or 0) if place is not None]
    return Workers(
        worker_count(settings["WORKERS"], pace, others),
        list(pure_stages(named)),  # chosen here: a worker that imported the others would load Scrapy and the archive
        seconds=settings.getfloat("WORKER_SECONDS"), pages=settings.getint("WORKER_PAGES"),
    )  # fmt: skip
