"""What every test folder may use: the sample site, the study pages beside the project, and the rule about browsers."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.sample_site import Server, start_sample_site

# Most tests crawl a few pages; starting reading processes for each would double the time. tests/workers asks for them.
os.environ.setdefault("FANGZHI_WORKERS", "0")

ROOT = Path(__file__).resolve().parent.parent
NO_BROWSER = "needs Debian's browser: sudo apt-get install chromium fonts-noto-cjk libatomic1"


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Without a browser its tests are skipped; a CI run (CI=true) must not pass without them, so there they fail."""
    if shutil.which("chromium") or os.environ.get("CI") == "true":
        return
    for item in items:
        if item.get_closest_marker("browser"):
            item.add_marker(pytest.mark.skip(reason=NO_BROWSER))


@pytest.fixture(scope="session")
def pywb_bin() -> Path:
    """Where pywb's commands are: an environment of its own, because pywb pins old libraries (FANGZHI_PYWB names another)."""
    folder = Path(os.environ.get("FANGZHI_PYWB") or ROOT / ".venv-pywb/bin")
    if not (folder / "wayback").exists():
        missing = f"no pywb at {folder}; make .venv/dev sets it up"
        if os.environ.get("CI") == "true":
            pytest.fail(missing)
        pytest.skip(missing)
    return folder


@pytest.fixture
def sample_site() -> Iterator[Server]:
    """The sample site as a first crawl meets it: edition 1, 30 generated articles, a port of its own."""
    with start_sample_site() as site:
        yield site


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of study pages that some quality tests measure on; skips where it is absent (FANGZHI_SHARED names it)."""
    folder = Path(os.environ.get("FANGZHI_SHARED") or ROOT.parent / "shared")
    if not (folder / "pages").is_dir():
        pytest.skip(f"no study pages at {folder}; set FANGZHI_SHARED")
    return folder
