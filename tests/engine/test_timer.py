"""What calls `scrapy due` by itself: it says who asks, carries what was given, and survives odd paths."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from crawler.commands import timer
from tests.crawl.running import ROOT

ODD = "a b%c'd$e"
ARGUMENTS = ["due", "--engine=dask://a:8786", "-s", "CONTACT=me@example.org?x=%20 y"]


def due(*arguments: str, home: Path) -> subprocess.CompletedProcess[str]:
    own = {name: value for name, value in os.environ.items() if not name.startswith("FANGZHI_")}
    return subprocess.run(
        [sys.executable, "-m", "scrapy", "due", *arguments], cwd=ROOT, capture_output=True, text=True, check=False,
        env=own | {"XDG_CONFIG_HOME": str(home), "FANGZHI_ARCHIVE": "my data/archive.db"},
    )  # fmt: skip


def test_nobody_is_named_who_was_not(tmp_path: Path) -> None:
    done = due("--install-timer", home=tmp_path)
    assert (done.returncode, done.stdout, "add -s CONTACT=" in done.stderr) == (2, "", True)
    assert not list(tmp_path.iterdir())


def test_the_call_is_carried_on(tmp_path: Path) -> None:
    done = due("sample", "--install-timer", "--engine", "dask://a:8786", "-s", "CONTACT=me@example.org", home=tmp_path)
    assert done.returncode == 0, done.stderr
    service = (tmp_path / "systemd/user/fangzhi.service").read_text()
    assert '"due" "sample" "--engine=dask://a:8786"' in service and '"-s" "CONTACT=me@example.org"' in service
    assert 'Environment="FANGZHI_ARCHIVE=my data/archive.db"' in service


def test_cron_runs_the_line_in_an_odd_folder(tmp_path: Path) -> None:
    """The shell gets the line as cron hands it on: an escaped % is a %."""
    folder = tmp_path / ODD
    (folder / "data").mkdir(parents=True)
    command = timer.scrapy(folder)
    command.parent.mkdir(parents=True)
    command.write_text('#!/bin/sh\nprintf "%s\\n" "$PWD" "$FANGZHI_WARC_DIR" "$@"\n')
    command.chmod(0o700)
    line = timer.crontab(folder, ARGUMENTS, {"FANGZHI_WARC_DIR": "w x"})
    assert line.startswith("*/10 * * * * ") and line.count("%") == line.count(r"\%")
    subprocess.run(["sh", "-c", line.split(" ", 5)[5].replace(r"\%", "%")], check=True)
    assert (folder / "data/due.log").read_text().splitlines() == [str(folder), "w x", *ARGUMENTS]


@pytest.mark.skipif(shutil.which("systemd-analyze") is None, reason="needs systemd-analyze, which checks unit files")
def test_systemd_takes_the_units_in_an_odd_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = tmp_path / ODD
    command = timer.scrapy(folder)
    command.parent.mkdir(parents=True)
    command.write_text("#!/bin/sh\n")
    command.chmod(0o700)
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path))
    timer.install_timer(folder, ARGUMENTS, {"FANGZHI_WARC_DIR": 'w "x" $y %h'})
    units = [str(tmp_path / "systemd/user" / name) for name in ("fangzhi.service", "fangzhi.timer")]
    done = subprocess.run(
        ["systemd-analyze", "--user", "verify", *units], capture_output=True, text=True, check=False,
        env=os.environ | {"XDG_RUNTIME_DIR": str(tmp_path)},
    )  # fmt: skip
    assert (done.returncode, [line for line in done.stderr.splitlines() if "fangzhi" in line]) == (0, []), done.stderr
