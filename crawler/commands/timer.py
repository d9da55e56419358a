"""What lets a machine call `scrapy due` by itself: a line for cron, two systemd units. No command."""

from __future__ import annotations

import os
from pathlib import Path

UNIT = """[Unit]
Description=Fangzhi: crawl what is due

[Service]
Type=oneshot
WorkingDirectory={folder}
ExecStart={scrapy} due
Environment=FANGZHI_CONTACT={contact}
Nice=10
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


def crontab(folder: Path) -> str:
    return f"*/10 * * * * cd {folder} && FANGZHI_CONTACT=you@example.org {scrapy(folder)} due >> data/due.log 2>&1"


def install_timer(folder: Path, contact: str) -> str:
    """Write the user units; returns what to do next."""
    home = Path(os.environ.get("XDG_CONFIG_HOME") or Path.home() / ".config") / "systemd" / "user"
    home.mkdir(parents=True, exist_ok=True)
    service = UNIT.format(folder=folder, scrapy=scrapy(folder), contact=contact or "you@example.org")
    (home / "fangzhi.service").write_text(service, encoding="utf-8")
    (home / "fangzhi.timer").write_text(TIMER, encoding="utf-8")
    return (
        f"wrote {home}/fangzhi.service and fangzhi.timer\n"
        "start:  systemctl --user daemon-reload && systemctl --user enable --now fangzhi.timer\n"
        "keep it running while you are logged out:  loginctl enable-linger"
    )


def scrapy(folder: Path) -> Path:
    return folder / ".venv" / "bin" / "scrapy"
