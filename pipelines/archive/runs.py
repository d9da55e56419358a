"""Runs: who is at work on the archive, and cleaning up after those who died at it."""

from __future__ import annotations

import json
import os
import secrets
import socket
from collections.abc import Mapping
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from sqlite_utils.db import Database

from crawler.clock import now, stamp
from pipelines.archive import warcs
from pipelines.archive.opening import writing
from pipelines.archive.software import software

SILENT = timedelta(minutes=15)
"""A run on another machine, or in another process space of this one, counts as dead when its heart has not beaten this long."""


def start_run(db: Database, *, site: str | None, command: str, settings: Mapping[str, Any]) -> int:
    """Open a run and return its id. First takes back what dead runs left, then queues the site's URLs that are due."""
    take_back(db)
    at = stamp()
    key = f"{at[:19].replace('-', '').replace(':', '')}-{secrets.token_hex(4)}"
    with writing(db):
        run = db.conn.execute(
            "INSERT INTO runs(key, site, command, started, heartbeat, host, pid, process, software, settings)"
            " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (key, site, command, at, at, socket.gethostname(), os.getpid(), process_identity(os.getpid()), software(),
             json.dumps(dict(settings), ensure_ascii=False, default=str)),
        ).lastrowid  # fmt: skip
        if site:
            _wake(db, site, at)
    assert run is not None
    return run


def heartbeat(db: Database, run: int, counts: Mapping[str, Any] | None = None) -> None:
    """Say that the run is alive, and what it counted so far; call it at least every few minutes."""
    with writing(db):
        told = json.dumps(dict(counts or {}), ensure_ascii=False)
        db.conn.execute("UPDATE runs SET heartbeat = ?, counts = ? WHERE id = ?", (stamp(), told, run))


def finish_run(db: Database, run: int, reason: str, counts: Mapping[str, Any] | None = None) -> dict[str, int]:
    """Close a run; returns (and stores, beside `counts`) its pages by outcome."""
    with writing(db):
        warcs.cut_torn_ends(db, run)  # a commit that failed may have left some
        pages = dict(
            db.conn.execute("SELECT outcome, count(*) FROM outcomes WHERE run = ? GROUP BY outcome ORDER BY 1", (run,)).fetchall()
        )
        told = json.dumps({**(counts or {}), "pages": pages}, ensure_ascii=False)
        at = stamp()
        db.conn.execute(
            "UPDATE runs SET finished = ?, heartbeat = ?, reason = ?, counts = ? WHERE id = ?", (at, at, reason, told, run)
        )
    return pages


def withdraw(db: Database, run: int) -> None:
    """Remove the row of a run that stood for one on another machine, once that one's own row is here."""
    with writing(db):
        db.conn.execute("DELETE FROM runs WHERE id = ?", (run,))


def take_back(db: Database) -> int:
    """Close the runs that died: their leases are queued again and the torn ends of their WARC files cut off.

    Returns the number of leases taken back.
    """
    if not dead_runs(db):
        return 0
    with writing(db):  # once more under the lock: two starters must not both do it
        taken = 0
        for run in dead_runs(db):
            cut = warcs.cut_torn_ends(db, run)
            taken += db.conn.execute(
                "UPDATE urls SET state = 'queued', run = NULL, leased_at = NULL WHERE run = ? AND state = 'leased'", (run,)
            ).rowcount
            db.conn.execute(
                "UPDATE runs SET finished = ?, reason = 'died', counts = json_set(coalesce(counts, '{}'), '$.cut', json(?))"
                " WHERE id = ?",
                (stamp(), json.dumps(cut), run),
            )
    return taken


def _wake(db: Database, site: str, at: str) -> None:
    """Queue what has come due. Only here, at the start of a run: a run must come to an end."""
    db.conn.execute(
        "UPDATE urls SET state = 'queued' WHERE site = ? AND next_due <= ? AND state IN ('done', 'failed', 'gone', 'refused')",
        (site, at),
    )


def dead_runs(db: Database) -> list[int]:
    """Runs that were never closed and whose process is gone."""
    rows = db.conn.execute("SELECT id, host, pid, process, heartbeat FROM runs WHERE finished IS NULL").fetchall()
    return [row[0] for row in rows if not _alive(*row[1:])]


def _alive(host: str, pid: int, process: str, heartbeat: str) -> bool:
    """On this machine the process itself is asked; a clock that jumped must not make the living dead."""
    boot, space, _ = process_identity(os.getpid()).split(":")
    their_boot, their_space, _ = process.split(":")
    if host == socket.gethostname():
        if their_boot != boot:
            return False
        if their_space == space:
            return process_identity(pid) == process
    return now() - datetime.fromisoformat(heartbeat) < SILENT


def process_identity(pid: int) -> str:
    """`boot:process space:start time` of a process, from /proc: a pid alone is used again after a restart.

    Where there is no /proc the start time is 0 for a living process; `-` stands for a dead one.
    """
    try:
        boot = Path("/proc/sys/kernel/random/boot_id").read_text(encoding="ascii").strip()
        space = str(Path("/proc/self/ns/pid").stat().st_ino)
    except OSError:
        return f"::{0 if _answers(pid) else '-'}"
    try:
        fields = Path(f"/proc/{pid}/stat").read_text(encoding="ascii", errors="replace").rpartition(")")[2].split()
    except OSError:
        return f"{boot}:{space}:-"
    return f"{boot}:{space}:{'-' if fields[0] == 'Z' else fields[19]}"  # a zombie writes no more


def _answers(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True
