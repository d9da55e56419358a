"""Both sides of a child process that answers messages over a socket of its own and ends with the process that started it."""

from __future__ import annotations

import ctypes
import os
import pickle
import signal
import socket
import struct
import subprocess
import sys
import traceback
from collections.abc import Callable, Sequence
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

from crawler.clock import VARIABLE, stamp

ROOT = Path(__file__).resolve().parent.parent
SMALL = 64 * 1024
"""Bytes a socket takes at once even when its reader is busy."""
START = 60.0
"""Seconds a new process may take for its imports on a busy machine."""
PR_SET_PDEATHSIG = 1
"""prctl(2): the signal a process gets when the thread that started it ends."""


class Ended(Exception):
    """The process is no more, or does not answer; says how."""


class Child:
    """A process as its parent sees it. `give`, `take` and `ready` raise Ended when it is lost; then `dismiss` it."""

    def __init__(self, module: str, arguments: Sequence[str] = (), *, seconds: float = 0.0) -> None:
        """Starts `main()` of the module, which is to call `serve`. `seconds`: for an answer, and for taking a message;
        0: as long as it lives. Raises Ended."""
        self.answers, self.seconds = 0, seconds
        code = f"from {module} import main; main()"
        ours, theirs = socket.socketpair()
        ours.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, 4 * SMALL)
        with theirs:
            try:
                self.process = subprocess.Popen(
                    [sys.executable, "-c", code, str(theirs.fileno()), str(os.getpid()), *arguments],
                    pass_fds=(theirs.fileno(),), stdin=subprocess.DEVNULL, env=_environment(),
                )  # fmt: skip
            except OSError as error:
                ours.close()
                raise Ended(f"could not be started: {error.strerror}") from error
        self.connection = Connection(ours.detach())

    def ready(self) -> None:
        """Wait until it has loaded what it needs."""
        try:
            self._limit(START)
            self._receive(START)
            self._limit(self.seconds)
        except Ended:
            self.dismiss()
            raise

    def give(self, message: bytes) -> None:
        """Send a message."""
        try:
            self.connection.send_bytes(message)
        except BlockingIOError:
            raise Ended(f"took nothing for {self.seconds:g} s") from None
        except OSError:
            raise Ended(self._fate()) from None

    def take(self) -> Any:
        """The answer to the oldest message given; an exception that answering raised comes as a value."""
        answer = pickle.loads(self._receive(self.seconds))
        self.answers += 1
        return answer

    def dismiss(self) -> None:
        """End it at once."""
        self.connection.close()
        self.process.kill()
        self.process.wait()

    def _limit(self, seconds: float) -> None:
        """Let sending and receiving fail after so long; 0: never."""
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

    def _fate(self) -> str:
        try:
            code = self.process.wait(5)
        except subprocess.TimeoutExpired:
            return "closed its socket"
        return f"killed by {signal.Signals(-code).name}" if code < 0 else f"ended with code {code}"


def _environment() -> dict[str, str]:
    """Ours, with the code on the path and a shifted clock carried on from the present."""
    path = os.pathsep.join(filter(None, (str(ROOT), os.environ.get("PYTHONPATH"))))
    shifted = {VARIABLE: stamp()} if os.environ.get(VARIABLE) else {}
    return {**os.environ, "PYTHONPATH": path, **shifted}


def end_with_parent(parent: int) -> None:
    """Die when the parent dies, even in the middle of a page (Linux; elsewhere the closed socket ends an idle process)."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGKILL)
    if os.getppid() != parent:
        os._exit(1)


def entered() -> tuple[Connection, list[str]]:
    """The child's first step: its end of the socket, and its arguments."""
    descriptor, parent, *arguments = sys.argv[1:]
    end_with_parent(int(parent))
    # Ctrl-C goes to every process of the terminal; the parent ends its children when it is done with them.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    return Connection(int(descriptor)), arguments


def serve(connection: Connection, answer: Callable[[bytes], Any]) -> None:
    """Say that all is loaded, then answer messages until the parent closes its end."""
    connection.send_bytes(b"ready")
    while True:
        try:
            message = connection.recv_bytes()
        except (EOFError, OSError):
            return
        connection.send_bytes(_packed(answer, message))


def _packed(answer: Callable[[bytes], Any], message: bytes) -> bytes:
    """The pickled answer, or the pickled exception that answering raised."""
    try:
        found = answer(message)
    except Exception as error:
        error.add_note("".join(traceback.format_exception(error)))
        found = error
    try:
        return pickle.dumps(found, pickle.HIGHEST_PROTOCOL)
    except Exception as error:
        return pickle.dumps(RuntimeError(f"{type(found).__name__}: {found} (and it cannot be sent: {error})"))
