"""What the commands share. No command class may stand here: Scrapy would take it for a command called `commands`.

Every command module is imported whenever any command runs, so each imports its rooms only inside `run`.
"""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from rich.console import Console


def complain(command: Any, message: object, exitcode: int = 1) -> None:
    """One clear sentence on stderr; the command goes on or ends as it likes, with a non-zero exit code."""
    name = type(command).__module__.rpartition(".")[2]
    print(f"scrapy {name}: {message}", file=sys.stderr)
    command.exitcode = max(command.exitcode, exitcode)


def console(stderr: bool = False) -> Console:
    """A rich console that writes plain lines of full length when nobody looks at a terminal."""
    from rich.console import Console

    probe = Console(stderr=stderr)
    return probe if probe.is_terminal else Console(stderr=stderr, width=160, highlight=False)
