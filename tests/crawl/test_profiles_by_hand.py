"""A slip in a profile is one sentence with file and line in every command, never a trace."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from scrapy.exceptions import UsageError

import crawler.sites
from crawler.discovery.checking import problems
from crawler.sites.profile import ListPage, ProfileError, Site
from crawler.spiderloader import SiteLoader

HEAD = "from crawler.sites.profile import ListPage, Site\n\nSITES = (\n"
GOOD = 'Site(name="hebei_a", title="甲", domains=("a.cn",), sources=(ListPage(url="http://a.cn/"),))'


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """Another folder of profiles beside the real ones."""
    monkeypatch.setattr(crawler.sites, "__path__", [*crawler.sites.__path__, str(tmp_path)])
    crawler.sites.all_sites.cache_clear()
    yield tmp_path
    crawler.sites.all_sites.cache_clear()


@pytest.mark.parametrize(("name", "profiles", "says"), [
    ("slip_comma", f"{GOOD}\n{GOOD},\n)", "slip_comma.py, line 4: invalid syntax"),
    ("slip_import", GOOD.replace("ListPage", "Feed") + ",\n)", "slip_import.py: name 'Feed' is not defined"),
    ("slip_field", GOOD.replace("title", "titel") + ",\n)", "slip_field.py: Site.__init__() got an unexpected keyword argument"),
    ("slip_region", GOOD.replace('title="甲"', 'title="甲", region="<code>"') + ",\n)", "is no six-digit GB/T 2260 code"),
])  # fmt: skip
def test_slips(folder: Path, name: str, profiles: str, says: str) -> None:
    (folder / f"{name}.py").write_text(HEAD + profiles, encoding="utf-8")
    for ask in (SiteLoader().list, lambda: SiteLoader().load("hebei_a")):
        with pytest.raises((UsageError, ProfileError)) as told:
            ask()
        assert f"crawler/sites/{name}.py" in str(told.value) and says in str(told.value)


def test_a_placeholder_is_a_problem() -> None:
    site = Site(name="hebei_a", title="甲", domains=("a.cn",), sources=(ListPage(url="http://a.cn/"),), region="130000",
                facts="<who looked>", as_of="2026-11")  # fmt: skip
    assert problems(site) == ["still holds a placeholder in <…>"]
