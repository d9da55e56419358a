"""kill -9 at random moments, each followed by a plain rerun: nothing lost, nothing twice, verify green.

A short seeded part runs with every `make test`; `make torture` runs all of it over crawls of more than 300 pages.
"""

from __future__ import annotations

import random
import time
from collections.abc import Callable
from typing import Any

import pytest

from tests.torture.bench import Bench, differences

ARTICLES = 60


@pytest.mark.parametrize("seed", [1, 2])
def test_killed_and_run_again(seed: int, bench: Bench, undisturbed: dict[str, Any], tally: Callable[..., None]) -> None:
    kill_and_rerun(bench, undisturbed, random.Random(seed), kills=1 + seed % 2, crawls=seed, workers=seed - 1, tally=tally)


def kill_and_rerun(
    bench: Bench,
    undisturbed: dict[str, Any],
    dice: random.Random,
    *,
    kills: int,
    crawls: int,
    workers: int,
    tally: Callable[..., None],
) -> None:
    """Start `crawls` processes on one archive, kill them all at a random moment, `kills` times; then let one finish."""
    pages = len(undisturbed["urls"])
    bench.workers = workers
    for _ in range(kills):
        running = [bench.start() for _ in range(crawls)]
        have = bench.one("SELECT count(*) FROM outcomes") if bench.archive.exists() else 0
        bench.wait_for_outcomes(have + dice.randrange(max(1, (pages - have) // 2)), running[0])
        time.sleep(dice.random())  # anywhere between two commits, or in the middle of the start
        dice.shuffle(running)
        for process in running:
            bench.kill(process)
    done = bench.crawl()
    faults = bench.faults()
    wrong = differences(bench.state(), undisturbed)
    twice = bench.one("SELECT coalesce(sum(versions - 1), 0) FROM articles")
    unsettled = bench.one("SELECT count(*) FROM urls WHERE state IN ('queued', 'leased')")
    cause = f"kill -9, {crawls} crawl{'s' if crawls > 1 else ''} at once, {workers} workers each"
    lost = sum(line.startswith("urls") for line in wrong)
    for what, number in (("trials", 1), ("kills", kills * crawls), ("pages", pages), ("URLs lost", lost),
                         ("duplicate versions", twice), ("faults", len(faults))):  # fmt: skip
        tally(cause, what, number)
    assert done.returncode == 0, done.stderr
    assert (faults, wrong, twice, unsettled) == ([], [], 0, 0)
