"""The long part of test_kill.py: 100 kills and more over crawls of more than 300 pages, 1 to 3 crawls at once, 0 to 2 workers."""

from __future__ import annotations

import random
from collections.abc import Callable
from typing import Any

import pytest

from tests.torture.bench import Bench
from tests.torture.test_kill import kill_and_rerun

ARTICLES = 300

PLAN = [(crawls, kills) for crawls, trials in ((1, 14), (2, 6), (3, 4)) for kills in [2, 3, 4] * (trials // 2)]


@pytest.mark.torture
@pytest.mark.parametrize(("number", "crawls", "kills"), [(n, *plan) for n, plan in enumerate(PLAN)])
def test_killed_and_run_again(
    number: int, crawls: int, kills: int, bench: Bench, undisturbed: dict[str, Any], tally: Callable[..., None]
) -> None:
    assert len(undisturbed["urls"]) > 300
    kill_and_rerun(bench, undisturbed, random.Random(1000 + number), kills=kills, crawls=crawls, workers=number % 3, tally=tally)
