"""One host, one queue: every process of this user on this machine takes its turn at a host from the same small file."""

from __future__ import annotations

import fcntl
import hashlib
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

FARTHEST = 3600.0
"""Seconds ahead that a turn can lie; a later one was written before the machine's clock was set back."""


class HostSlots:
    """Turns by host: a file holds the moment from which the next request may leave.

    A turn is reserved and then waited for, so no lock is held while waiting, and a process that dies costs at most its
    own turns. Host names come from the web and are hashed before they become file names.
    """

    def __init__(self, folder: Path):
        self.folder = folder

    def reserve(self, host: str, pause: float) -> float:
        """Take the next turn and leave `pause` seconds behind it. Returns the seconds to wait for it. Raises OSError."""
        with self._moment(host) as stream:
            now = time.time()
            turn = max(now, self._read(stream, now))
            self._write(stream, turn + pause)
        return turn - now

    def hold(self, host: str, seconds: float) -> None:
        """Nobody asks this host for so many seconds. Raises OSError."""
        with self._moment(host) as stream:
            now = time.time()
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

    @staticmethod
    def _read(stream: int, now: float) -> float:
        try:
            moment = float(os.pread(stream, 32, 0))
        except ValueError:  # empty: a new file
            return 0.0
        return moment if moment <= now + FARTHEST else 0.0

    @staticmethod
    def _write(stream: int, moment: float) -> None:
        os.pwrite(stream, f"{moment:<31.6f}\n".encode(), 0)
