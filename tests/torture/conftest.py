"""An undisturbed crawl to compare with, and the table that `make torture` ends with."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.sample_site import Server, start_sample_site
from tests.torture.bench import Bench

TABLE: Counter[tuple[str, str]] = Counter()
"""(cause, what) → how often, over the whole session."""


@pytest.fixture
def tally() -> Callable[[str, str, int], None]:
    """Count something for the table: `tally("kill -9, 2 crawls", "kills", 3)`."""

    def count(cause: str, what: str, number: int = 1) -> None:
        TABLE[cause, what] += number

    return count


@pytest.fixture(scope="module")
def site(request: pytest.FixtureRequest) -> Iterator[Server]:
    with start_sample_site(port=0, articles=getattr(request.module, "ARTICLES", 60)) as server:
        yield server


@pytest.fixture(scope="module")
def undisturbed(site: Server, tmp_path_factory: pytest.TempPathFactory) -> dict[str, object]:
    bench = Bench(tmp_path_factory.mktemp("undisturbed"), site)
    done = bench.crawl()
    assert done.returncode == 0, done.stderr
    assert bench.faults() == []
    return bench.state()


@pytest.fixture
def bench(tmp_path: Path, site: Server) -> Iterator[Bench]:
    made = Bench(tmp_path, site)
    yield made
    made.close()


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    if not TABLE:
        return
    terminalreporter.section("torture")
    columns = ("trials", "kills", "pages", "URLs lost", "duplicate versions", "faults")
    terminalreporter.write_line(f"{'cause':<48}" + "".join(f"{name:>20}" for name in columns))
    for cause in dict.fromkeys(cause for cause, _ in TABLE):
        terminalreporter.write_line(f"{cause:<48}" + "".join(f"{TABLE[cause, name]:>20}" for name in columns))
