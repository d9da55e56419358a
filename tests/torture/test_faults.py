"""Everything else that can go wrong, one cause a test: signals, disks, locks, folders, clocks and servers.

What every test ends with: a plain rerun brings the archive to what an undisturbed crawl gives, and `verify` is green.
Two of them run with every `make test`, all with `make torture`.
"""

from __future__ import annotations

import os
import resource
import shutil
import signal
import sqlite3
import subprocess
import threading
import time
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from tests.bench.crawl import children, command_line
from tests.torture.bench import Bench, differences

ARTICLES = 60
Check = Callable[..., None]


@pytest.fixture
def check(bench: Bench, undisturbed: dict[str, Any], tally: Callable[..., None]) -> Check:
    """Run the crawl again and compare; `cause` names the fault in the table."""

    def rerun(cause: str) -> None:
        done = bench.crawl()
        faults, wrong = bench.faults(), differences(bench.state(), undisturbed)
        twice = bench.one("SELECT coalesce(sum(versions - 1), 0) FROM articles")
        lost = sum(line.startswith("urls") for line in wrong)
        for what, number in (("trials", 1), ("pages", len(undisturbed["urls"])), ("URLs lost", lost),
                             ("duplicate versions", twice), ("faults", len(faults))):  # fmt: skip
            tally(cause, what, number)
        assert done.returncode == 0, done.stderr
        assert (faults, wrong, twice) == ([], [], 0)

    return rerun


@pytest.mark.parametrize(("number", "times"), [
    (signal.SIGINT, 1), pytest.param(signal.SIGTERM, 1, marks=pytest.mark.torture),
    pytest.param(signal.SIGINT, 2, marks=pytest.mark.torture),
])  # fmt: skip
def test_asked_to_stop(number: signal.Signals, times: int, bench: Bench, check: Check) -> None:
    process = bench.start()
    bench.wait_for_outcomes(20, process)
    for _ in range(times):
        process.send_signal(number)
    bench.finish(process)
    assert bench.one("SELECT count(*) FROM urls WHERE state = 'queued'") > 0, "it was stopped in the middle"
    check(f"{number.name}{' twice' if times > 1 else ''}")


def test_the_process_that_writes_is_killed(bench: Bench, check: Check) -> None:
    process = bench.start()
    bench.wait_for_outcomes(20, process)
    (writer,) = [pid for pid in children(process.pid) if b"archive.apart" in command_line(pid)]
    os.kill(writer, signal.SIGKILL)
    done = bench.finish(process)
    assert done.returncode == 1 and "(killed by SIGKILL); run the same command again" in done.stderr, done.stderr
    assert "Traceback" not in done.stderr
    check("the writing process killed")


@pytest.mark.torture
def test_stopped_in_its_tracks_and_woken_again(bench: Bench, check: Check) -> None:
    process = bench.start()
    bench.wait_for_outcomes(20, process)
    process.send_signal(signal.SIGSTOP)
    other = bench.finish(bench.start())
    assert other.returncode == 0, other.stderr
    process.send_signal(signal.SIGCONT)
    assert bench.finish(process).returncode == 0
    check("SIGSTOP, another crawl, SIGCONT")


@pytest.mark.parametrize("size", [200_000, *(pytest.param(n, marks=pytest.mark.torture) for n in (60_000, 700_000))])
def test_files_may_not_grow_beyond_a_limit(size: int, bench: Bench, check: Check) -> None:
    done = bench.crawl(preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (size, resource.RLIM_INFINITY)))
    assert done.returncode == 1
    assert "no space left to write" in done.stderr and "Traceback" not in done.stderr
    check(f"file size limit of {size // 1000} kB")


@pytest.fixture
def small_disk(bench: Bench) -> Iterator[Path]:
    """A file system of 1.5 MB under the archive's folder."""
    done = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=1500k", "none", str(bench.folder)], capture_output=True, check=False
    )
    if done.returncode:
        pytest.skip("mounting a small file system needs root; the file size limit tests the same road")
    yield bench.folder
    subprocess.run(["umount", "-l", str(bench.folder)], check=True)


@pytest.mark.torture
def test_the_disk_is_full(bench: Bench, check: Check, small_disk: Path) -> None:
    done = bench.crawl()
    assert done.returncode == 1, done.stdout
    assert "no space left to write" in done.stderr and "Traceback" not in done.stderr
    subprocess.run(["mount", "-o", "remount,size=200m", str(small_disk)], check=True)
    check("disk full (1.5 MB), then enlarged")


@pytest.mark.torture
def test_an_archive_that_may_not_be_written(bench: Bench, check: Check, small_disk: Path) -> None:
    subprocess.run(["mount", "-o", "remount,size=200m", str(small_disk)], check=True)
    process = bench.start()
    bench.wait_for_outcomes(20, process)
    bench.kill(process)
    subprocess.run(["mount", "-o", "remount,ro", str(small_disk)], check=True)
    done = bench.crawl()
    assert done.returncode == 1
    assert "may not be written; check the owner and mode" in done.stderr and "Traceback" not in done.stderr
    subprocess.run(["mount", "-o", "remount,rw", str(small_disk)], check=True)
    check("read-only file system, then writable")


@pytest.mark.torture
def test_a_lock_that_another_process_holds_for_a_while(bench: Bench, check: Check) -> None:
    process = bench.start()
    bench.wait_for_outcomes(10, process)
    holder = sqlite3.connect(bench.archive, isolation_level=None, timeout=60)
    holder.execute("BEGIN IMMEDIATE")
    time.sleep(12)  # longer than SQLite's own patience, so that ours is what is tested
    holder.execute("ROLLBACK")
    holder.close()
    done = bench.finish(process)
    assert done.returncode == 0, done.stderr
    assert "locked" not in done.stderr and "database" not in done.stdout
    check("write lock held elsewhere for 12 s")


@pytest.mark.torture
def test_the_warc_folder_goes_away(bench: Bench, check: Check) -> None:
    process = bench.start()
    bench.wait_for_outcomes(20, process)
    bench.warc.rename(bench.folder / "moved")
    done = bench.finish(process)
    assert done.returncode == 1
    assert "was moved or removed while it was written; put it back and run again" in done.stderr, done.stderr
    assert any("put it back from a copy" in fault for fault in bench.faults())
    shutil.rmtree(bench.warc, ignore_errors=True)
    (bench.folder / "moved").rename(bench.warc)
    check("WARC folder gone, then put back")


@pytest.mark.torture
def test_a_file_stands_where_the_warc_folder_should(bench: Bench, check: Check) -> None:
    bench.warc.write_text("in the way", encoding="utf-8")
    done = bench.crawl()
    assert done.returncode == 1 and str(bench.warc) in done.stderr and "Traceback" not in done.stderr, done.stderr
    bench.warc.unlink()
    check("a file in place of the WARC folder")


@pytest.mark.torture
def test_a_torn_warc_end(bench: Bench, check: Check) -> None:
    process = bench.start()
    bench.wait_for_outcomes(20, process)
    bench.kill(process)
    (warc,) = bench.warc.iterdir()
    with warc.open("ab") as file:
        file.write(b"\x1f\x8b\x08\x00half a record")
    check("torn WARC end after a kill")


@pytest.mark.torture
@pytest.mark.parametrize("years", [10, -10])
def test_the_clock_jumps(years: int, bench: Bench, check: Check) -> None:
    """Leases of a killed run are taken back whatever the clock says, and a living run is left alone."""
    first = bench.start()
    bench.wait_for_outcomes(20, first)
    bench.kill(first)
    bench.shift = timedelta(hours=3 * years // abs(years))  # within the same day's e-paper; years would be another crawl
    check(f"clock {'on' if years > 0 else 'back'} by 3 h between runs")


@pytest.mark.torture
def test_two_crawls_whose_clocks_are_years_apart(bench: Bench, check: Check) -> None:
    first = bench.start()
    bench.wait_for_outcomes(10, first)
    bench.shift = timedelta(days=3650)
    second = bench.start("-a", "limit=1")
    bench.finish(second)
    done = bench.finish(first)
    assert done.returncode == 0, done.stderr
    assert bench.one("SELECT count(*) FROM runs WHERE reason = 'died'") == 0
    bench.shift = timedelta()
    assert bench.faults() == []


@pytest.mark.torture
def test_a_server_that_goes_away_in_the_middle(bench: Bench, undisturbed: dict[str, Any], tally: Callable[..., None]) -> None:
    """Every address ends as failed and is tried again when it is due; the archive is sound meanwhile."""
    process = bench.start("-s", "RETRY_TIMES=0", "-s", "DOWNLOAD_TIMEOUT=5")
    bench.wait_for_outcomes(30, process)
    listener = bench.site.socket
    stopped = threading.Thread(target=bench.site.shutdown)
    stopped.start()
    bench.kill(process, signal.SIGTERM)
    stopped.join()
    assert bench.faults() == []
    restarted = threading.Thread(target=bench.site.serve_forever, daemon=True)
    restarted.start()
    assert listener is bench.site.socket
    bench.shift = timedelta(hours=2)
    bench.crawl()
    wrong = differences(bench.state(), undisturbed)
    tally("server gone in the middle", "trials")
    tally("server gone in the middle", "URLs lost", len(wrong))
    assert (wrong, bench.faults()) == ([], [])


@pytest.mark.torture
def test_servers_that_hang_drip_reset_and_never_end(bench: Bench, tally: Callable[..., None]) -> None:
    url = f"{bench.site.url}/faults/index.shtml"
    options = ("-a", f"url={url}", "-s", "DOWNLOAD_TIMEOUT=4", "-s", "DOWNLOAD_BODY_TIME=3", "-s", "DOWNLOAD_MAXSIZE=300000",
               "-s", "RETRY_TIMES=3")  # fmt: skip
    done = bench.finish(bench.start(*options, name="page"))
    assert done.returncode == 0, done.stderr
    told = {path: (outcome, reason) for path, outcome, reason in bench.query(
        "SELECT replace(u.url, rtrim(u.url, replace(u.url, '_', '')), ''), o.outcome, o.reason FROM outcomes o"
        " JOIN urls u ON u.id = o.url_id WHERE u.url LIKE '%/faults/2026%'")}  # fmt: skip
    assert told["100961.shtml"][0] == "failed" and "timeout" in told["100961.shtml"][1]
    assert told["100963.shtml"][0] in ("failed", "unreadable"), "the connection broke after the header block"
    assert told["100964.shtml"] == ("archived", None), "503 with Retry-After, then an article"
    assert told["100966.shtml"][0] == "failed"
    for number in (100962, 100965):  # what was cut off may still show links, but is no article
        assert told[f"{number}.shtml"][0] in ("failed", "unreadable", "listed")
    cut = bench.query("SELECT truncated FROM captures WHERE truncated IS NOT NULL")
    assert {row[0] for row in cut} >= {"length", "time"}
    assert [row[0] for row in bench.query("SELECT DISTINCT state FROM urls WHERE state IN ('queued', 'leased')")] == []
    assert bench.faults() == []
    for cause in ("hang", "slow drip", "reset", "503 with Retry-After", "endless body", "redirect loop"):
        tally(f"server: {cause}", "trials")


@pytest.mark.torture
def test_a_damaged_database_is_told_and_not_touched(bench: Bench) -> None:
    bench.crawl("-a", "limit=5")
    data = bytearray(bench.archive.read_bytes())
    for path in bench.folder.glob("archive.db-*"):
        path.unlink()
    data[100:4096] = os.urandom(3996)
    bench.archive.write_bytes(bytes(data))
    done = bench.crawl()
    assert done.returncode == 1
    assert "is damaged" in done.stderr and "Traceback" not in done.stderr, done.stderr
    assert bench.archive.read_bytes() == bytes(data)
