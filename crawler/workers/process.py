"""One worker as its parent sees it: a process and the socket to it."""

from __future__ import annotations

import os
import pickle
import signal
import socket
import struct
import subprocess
import sys
from collections.abc import Sequence
from multiprocessing.connection import Connection
from pathlib import Path

from crawler import clock
from crawler.items import Page

ROOT = Path(__file__).resolve().parent.parent.parent
SMALL = 64 * 1024
"""Bytes a socket takes at once even when its reader is busy."""
START = 60.0
"""Seconds a new worker may take for its imports on a busy machine."""
MEMORY = 4 << 30
"""Bytes of data a worker may hold; a page that wants more ends its worker."""


class Ended(Exception):
    """The worker is no more, or does not answer; says how."""


class Worker:
    """Every method raises Ended when the process is lost; then `dismiss` it."""

    def __init__(self, stages: Sequence[str], seconds: float) -> None:
        self.answers, self.seconds = 0, seconds
        ours, theirs = socket.socketpair()
        ours.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, 4 * SMALL)
        with theirs:
            try:
                self.process = subprocess.Popen(
                    [sys.executable, "-c", "from crawler.workers.child import main; main()",
                     str(theirs.fileno()), str(os.getpid()), str(MEMORY), *stages],
                    pass_fds=(theirs.fileno(),), stdin=subprocess.DEVNULL, env=_environment(),
                )  # fmt: skip
            except OSError as error:
                ours.close()
                raise Ended(f"could not be started: {error.strerror}") from error
        self.connection = Connection(ours.detach())
        try:
            self._limit(START)
            self._receive(START)
            self._limit(seconds)
        except Ended:
            self.dismiss()
            raise

    def _limit(self, seconds: float) -> None:
        """Let sending and receiving fail after so long."""
        value = struct.pack("ll", int(seconds), int(seconds % 1 * 1e6))
        with socket.socket(fileno=os.dup(self.connection.fileno())) as same:
            same.setsockopt(socket.SOL_SOCKET, socket.SO_RCVTIMEO, value)
            same.setsockopt(socket.SOL_SOCKET, socket.SO_SNDTIMEO, value)

    def _receive(self, seconds: float) -> bytes:
        try:
            return self.connection.recv_bytes()
        except BlockingIOError:
            raise Ended(f"no answer in {seconds:g} s") from None
        except (OSError, EOFError):
            raise Ended(self._fate()) from None

    def give(self, message: bytes) -> None:
        """Send a pickled job."""
        try:
            self.connection.send_bytes(message)
        except BlockingIOError:
            raise Ended(f"took no page for {self.seconds:g} s") from None
        except OSError:
            raise Ended(self._fate()) from None

    def take(self) -> Page | Exception:
        """The answer to the oldest job given."""
        answer: Page | Exception = pickle.loads(self._receive(self.seconds))
        self.answers += 1
        return answer

    def _fate(self) -> str:
        try:
            code = self.process.wait(5)
        except subprocess.TimeoutExpired:
            return "closed its socket"
        return f"killed by {signal.Signals(-code).name}" if code < 0 else f"ended with code {code}"

    def dismiss(self) -> None:
        """End it at once; it holds nothing that could be lost."""
        self.connection.close()
        self.process.kill()
        self.process.wait()


def _environment() -> dict[str, str]:
    """Ours, with the code on the path and a shifted clock carried on from the present."""
    path = os.pathsep.join(filter(None, (str(ROOT), os.environ.get("PYTHONPATH"))))
    shifted = {clock.VARIABLE: clock.stamp()} if os.environ.get(clock.VARIABLE) else {}
    return {**os.environ, "PYTHONPATH": path, **shifted}
