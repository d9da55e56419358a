"""Bytes to article with every field, beside trafilatura's default with metadata: real pages where they are, our own else."""

from __future__ import annotations

import gc
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from statistics import median
from typing import Any, NamedTuple

import trafilatura

from tests.quality.corpus import names_of, own_pages, read, shared_pages

SECONDS = 2.0
"""Of processor time that a way is measured for, at least."""


class Ratio(NamedTuple):
    """Processor milliseconds a page, medians over the rounds, and how many times faster ours is, round by round."""

    pages: str
    ours: float
    theirs: float
    times: list[float]

    def __str__(self) -> str:
        return (
            f"Every field of {self.pages}: ours {self.ours:.2f} ms of processor time a page, trafilatura's default "
            f"{self.theirs:.2f} ms, {median(self.times):.2f} times ({min(self.times):.2f} to {max(self.times):.2f})"
        )


def pages() -> tuple[str, list[tuple[str, bytes]]]:
    """What is read, in words, and (url, bytes)."""
    if shared := shared_pages():
        news = names_of("news")
        found = [(url, body) for name, url, body in shared if name in news]
        return f"{len(found)} real news pages", found
    found = [(url, body) for _, url, body in own_pages()]
    return f"{len(found)} pages of our own", found


def theirs(url: str, body: bytes) -> object:
    return trafilatura.bare_extraction(body, url=url if url.startswith("http") else None, with_metadata=True)


def milliseconds(way: Callable[..., object], held: Sequence[tuple[Any, ...]]) -> float:
    """Of processor time for a page of `held`, over as many passes as fill `SECONDS`: a short look would be one at cold caches."""
    gc.collect()
    passes, before = 0, time.process_time()
    while (spent := time.process_time() - before) < SECONDS:
        for page in held:
            way(*page)
        passes += 1
    return spent / passes / len(held) * 1000


def ratio(rounds: int = 7) -> Ratio:
    """The two take turns in this process: all pages the one way, all the other, so that each runs as it does at work and
    clears its own garbage away."""
    words, held = pages()
    spent: dict[Callable[[str, bytes], object], list[float]] = {read: [], theirs: []}
    for url, body in held:  # Imports and first calls (dateparser's takes seconds) are no reading.
        read(url, body), theirs(url, body)
    for _ in range(rounds):
        for way, found in spent.items():
            found.append(milliseconds(way, held))
    times = [other / own for own, other in zip(spent[read], spent[theirs], strict=True)]
    return Ratio(words, median(spent[read]), median(spent[theirs]), times)


def apart() -> str:
    """The same in a process of its own: in one that holds much else, both ways are slower, the quicker one more so."""
    done = subprocess.run([sys.executable, "-m", __spec__.name], stdout=subprocess.PIPE, text=True, check=True)
    return done.stdout.strip()


if __name__ == "__main__":
    print(ratio())
