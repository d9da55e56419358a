"""One host, one queue: every process of this user on this machine takes its turn at a host from the same small file."""

from __future__ import annotations

import fcntl
import hashlib
import math
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

FARTHEST = 24 * 3600.0
"""Seconds ahead that a turn can lie; a later one is damage."""
LENGTH = 96
"""Bytes of a slot's file."""


def boot() -> str:
    """Which start of the machine this is; turns of an earlier one mean nothing, for its clock began again."""
    try:
        return Path("/proc/sys/kernel/random/boot_id").read_text(encoding="ascii").strip()
    except OSError:
        return "-"


class HostSlots:
    """Turns by host: a file holds the moment from which the next request may leave, by the clock that all processes share
    and that nobody sets (seconds since the machine started).

    A turn is reserved and then waited for, so no lock is held while waiting, and a process that dies costs at most its
    own turns. Host names come from the web and are hashed before they become file names.
    """

    def __init__(self, folder: Path):
        self.folder, self.boot = folder, boot()

    def reserve(self, host: str, pause: float) -> float:
        """Take the next turn and leave `pause` seconds behind it. Returns the seconds to wait for it. Raises OSError."""
        with self._moment(host) as stream:
            now = time.monotonic()
            turn = max(now, self._read(stream, now))
            self._write(stream, turn + pause)
        return turn - now

    def hold(self, host: str, seconds: float) -> None:
        """Nobody asks this host for so many seconds. Raises OSError."""
        with self._moment(host) as stream:
            now = time.monotonic()
            self._write(stream, max(self._read(stream, now), now + min(seconds, FARTHEST)))

    @contextmanager
    def _moment(self, host: str) -> Iterator[int]:
        try:
            stream = self._open(host)
        except FileNotFoundError:
            self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            stream = self._open(host)
        try:
            fcntl.flock(stream, fcntl.LOCK_EX)
            yield stream
        finally:
            os.close(stream)

    def _open(self, host: str) -> int:
        name = hashlib.sha256(host.encode("utf-8", "replace")).hexdigest()[:32]
        return os.open(f"{self.folder}/{name}", os.O_RDWR | os.O_CREAT | os.O_CLOEXEC | os.O_NOFOLLOW, 0o600)

    def _read(self, stream: int, now: float) -> float:
        started, _, moment = os.pread(stream, LENGTH, 0).decode("ascii", "replace").strip().partition(" ")
        try:
            found = float(moment) if started == self.boot else 0.0
        except ValueError:  # empty: a new file
            return 0.0
        return found if math.isfinite(found) and found <= now + FARTHEST else 0.0

    def _write(self, stream: int, moment: float) -> None:
        os.pwrite(stream, f"{self.boot} {moment:.6f}".ljust(LENGTH - 1).encode() + b"\n", 0)
