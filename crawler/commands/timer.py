"""What lets a machine call `scrapy due` by itself: a line for cron, two systemd units. No command."""

from __future__ import annotations

import os
import shlex
from collections.abc import Mapping, Sequence
from pathlib import Path

from crawler.clock import VARIABLE

UNIT = """[Unit]
Description=Fangzhi: crawl what is due

[Service]
Type=oneshot
WorkingDirectory={folder}
ExecStart=/usr/bin/env {command}
{environment}Nice=10
"""
TIMER = """[Unit]
Description=Fangzhi: look every ten minutes what is due

[Timer]
OnCalendar=*:0/10
RandomizedDelaySec=60
Persistent=true

[Install]
WantedBy=timers.target
"""


def own_environment() -> dict[str, str]:
    """The project's variables as they are set now; a timer's call does not inherit them."""
    return {name: value for name, value in sorted(os.environ.items()) if name.startswith("FANGZHI_") and name != VARIABLE}


def crontab(folder: Path, arguments: Sequence[str], environment: Mapping[str, str]) -> str:
    """A line for `crontab -e` that calls `scrapy` with these arguments; `%` would be a line break to cron."""
    variables = [f"{name}={shlex.quote(value)}" for name, value in environment.items()]
    call = " ".join([*variables, shlex.quote(str(scrapy(folder))), *map(shlex.quote, arguments)])
    return f"*/10 * * * * cd {shlex.quote(str(folder))} && {call} >> data/due.log 2>&1".replace("%", r"\%")


def install_timer(folder: Path, arguments: Sequence[str], environment: Mapping[str, str]) -> str:
    """Write the user units; returns what to do next."""
    home = Path(os.environ.get("XDG_CONFIG_HOME") or Path.home() / ".config") / "systemd" / "user"
    home.mkdir(parents=True, exist_ok=True)
    service = UNIT.format(
        folder=str(folder).replace("%", "%%"),
        # env, because systemd takes not every character in the name of what it starts, and expands $ in arguments alone.
        command=" ".join(quoted(part).replace("$", "$$") for part in (str(scrapy(folder)), *arguments)),
        environment="".join(f"Environment={quoted(f'{name}={value}')}\n" for name, value in environment.items()),
    )
    (home / "fangzhi.service").write_text(service, encoding="utf-8")
    (home / "fangzhi.timer").write_text(TIMER, encoding="utf-8")
    return (
        f"wrote {home}/fangzhi.service and fangzhi.timer\n"
        "start:  systemctl --user daemon-reload && systemctl --user enable --now fangzhi.timer\n"
        "keep it running while you are logged out:  loginctl enable-linger"
    )


def quoted(word: str) -> str:
    """One word of a unit file (systemd.syntax): blanks, quotes and `%` mean themselves."""
    return '"' + word.replace("\\", r"\\").replace('"', r"\"").replace("%", "%%") + '"'


def scrapy(folder: Path) -> Path:
    return folder / ".venv" / "bin" / "scrapy"
