"""The arithmetic of `scrapy plan`, and that it says what is wrong."""

from __future__ import annotations

import re
import subprocess
import sys

import pytest

from crawler.capacity import DAY, Costs, Habits, plan
from tests.conftest import ROOT


def run(*arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "scrapy", "plan", *arguments], cwd=ROOT, capture_output=True, text=True, check=False
    )


def test_a_plan_is_sums_of_its_parts() -> None:
    habits = Habits(articles=10, runs=2, lists=5, revisits=1, delay=3)
    costs = Costs(article=0.1, list_page=0.01, start=1, row=100, capture=10, wire=1000, crawler=1e6, worker=0)
    found = plan(86_400, 10, habits, costs)
    assert found.requests_per_host == 30 and found.traffic == 86_400 * 30_000
    assert found.articles == 86_400 * 100 and found.database == found.articles * 100
    assert found.cores == pytest.approx(10 * 0.1 + 20 * 0.01 + 2)
    assert found.at_once == 90 and found.memory == 90e6 and found.busiest == 90 / DAY


def test_twice_the_sites_cost_twice() -> None:
    one, two = (plan(sites, 30, Habits(), Costs()) for sites in (500, 1000))
    assert two.cores == pytest.approx(2 * one.cores) and two.warc == pytest.approx(2 * one.warc)
    assert two.requests_per_host == one.requests_per_host


def test_the_table_in_the_docs_is_the_command_s() -> None:
    text = (ROOT / "docs/scale.md").read_text(encoding="utf-8")
    rows = {
        row[0]: row[1:] for row in (re.split(r" *\| *", line.strip("| ")) for line in text.splitlines() if line.startswith("|"))
    }
    plans = [plan(sites, 365, Habits(), Costs()) for sites in (100, 1000, 3000)]
    assert rows["articles"] == [f"{p.articles / 1e6:.3g} million" for p in plans]
    assert rows["requests a day"] == [f"{p.requests:,.0f}" for p in plans]
    for name in ("database", "WARC"):
        shown = [float(cell.split()[0]) * (1e12 if "TB" in cell else 1e9) for cell in rows[name]]
        assert shown == pytest.approx([getattr(p, name.lower()) for p in plans], rel=0.05)


def test_command_prints_a_table() -> None:
    done = run("--sites", "400", "--days", "10", "--articles", "30")
    assert done.returncode == 0 and "400 sites" in done.stdout and "120,000" in done.stdout


@pytest.mark.parametrize(("arguments", "says"), [
    (("--sites", "0"), "start at 1"), (("--sites", "5", "--delay", "-1"), "negative"),
    (("--sites", "5", "--runs", "96", "--lists", "500"), "cannot be asked that often"),
])  # fmt: skip
def test_command_says_what_is_wrong(arguments: tuple[str, ...], says: str) -> None:
    done = run(*arguments)
    assert done.returncode and says in " ".join((done.stderr + done.stdout).split())
