"""What a profile that asks for a browser costs those that do not, and what is said when there is none."""

from __future__ import annotations

import argparse
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest
from scrapy.utils.project import get_project_settings

from crawler.commands import crawl
from crawler.discovery.checking import problems
from crawler.rendering import why_not
from crawler.sites import get_site
from crawler.spiders.news import NewsSpider
from tests.crawl.running import ROOT

DRAWN = replace(get_site("sample"), render=True, note="drawn by a script")


def test_runs_without_render_import_nothing_of_a_browser() -> None:
    code = "import sys, crawler.settings, crawler.spiders.news, crawler.commands.crawl; sys.exit('playwright' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], cwd=ROOT, check=False).returncode == 0


def test_without_chromium_a_crawl_says_one_sentence_and_does_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("SCRAPY_SETTINGS_MODULE", "crawler.settings")
    monkeypatch.setattr(crawl, "spider_class", lambda name, arguments: type(name, (NewsSpider,), {"name": name, "site": DRAWN}))
    command = crawl.Command()
    command.settings = get_project_settings()
    command.settings.setdict({"CHROMIUM": str(tmp_path / "none"), "ARCHIVE": str(tmp_path / "archive.db")}, priority="cmdline")
    command.run(["sample"], argparse.Namespace(spargs={}, loglevel=None, json=False))
    told = capsys.readouterr()
    assert command.exitcode == 1 and told.out == "" and told.err.count("\n") == 1
    assert f"none at {tmp_path / 'none'}" in told.err and "apt-get install chromium" in told.err
    assert not (tmp_path / "archive.db").exists()


def test_without_the_library_the_sentence_names_its_requirements(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("crawler.rendering.find_spec", lambda name: None)
    assert "requirements-render.txt" in (why_not("/usr/bin/chromium") or "")


def test_checksites_wants_the_reason() -> None:
    assert not any("browser" in problem for problem in problems(DRAWN))
    assert any("without a note" in problem for problem in problems(replace(DRAWN, note="")))
