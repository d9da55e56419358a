"""One reading process: takes pages from its socket, reads and cleans them, answers; ends with the process that started it."""

from __future__ import annotations

import ctypes
import logging
import os
import pickle
import resource
import signal
import sys
import traceback
from collections.abc import Sequence
from multiprocessing.connection import Connection
from typing import Any

from crawler.items import Page
from crawler.reading import read
from crawler.workers.job import Job, pure_stages, unpacked

PR_SET_PDEATHSIG = 1
"""prctl(2): the signal a process gets when the thread that started it ends."""


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


def answer_to(message: bytes, stages: Sequence[Any]) -> bytes:
    """A pickled page, or the pickled exception that reading raised."""
    answer: Page | Exception
    try:
        answer = perform(unpacked(message), stages)
    except Exception as error:
        error.add_note("".join(traceback.format_exception(error)))
        answer = error
    try:
        return pickle.dumps(answer, pickle.HIGHEST_PROTOCOL)
    except Exception as error:
        return pickle.dumps(RuntimeError(f"{type(answer).__name__}: {answer} (and it cannot be sent: {error})"))


def end_with_parent(parent: int) -> None:
    """Die when the parent dies, even in the middle of a page (Linux; elsewhere the closed socket ends an idle worker)."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGKILL)
    if os.getppid() != parent:
        os._exit(1)


def main() -> None:
    """Arguments: descriptor of the socket, process id of the parent, bytes of memory, then the pipelines' names."""
    descriptor, parent, memory, *names = sys.argv[1:]
    end_with_parent(int(parent))
    # Ctrl-C goes to every process of the terminal; the crawl ends its workers when it is done with them.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_DATA, (int(memory), int(memory)))
    logging.basicConfig(level=logging.ERROR, format="reader: %(message)s")
    stages = stage_objects(names)
    connection = Connection(int(descriptor))
    connection.send_bytes(b"ready")
    while True:
        try:
            message = connection.recv_bytes()
        except (EOFError, OSError):
            return
        connection.send_bytes(answer_to(message, stages))
