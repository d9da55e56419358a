"""`make quality`: our figures beside other tools', measured in the same run on the shared pages.

The tools live in `.venv-peers` (requirements-peers.txt), made on the first call; one that does not install or run is
left out with a word. Speed is CPU time a page, ours and trafilatura's default interleaved page by page in one process.
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
import time
import venv
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

import trafilatura
from rich.console import Console
from rich.table import Table

from tests.quality.corpus import ROOT, SHARED, own_pages, read, score_own, score_shared, shared_pages

PEERS = ROOT / ".venv-peers"
REQUIREMENTS = ROOT / "requirements-peers.txt"
TOOLS = ("trafilatura", "readability", "newspaper4k", "gne", "magic_html")
COLUMNS = ("F1", "F1>=.95", "left", "title", "title in body", "day", "minute", "source", "author", "editor",
           "source invented", "author invented", "editor invented")  # fmt: skip


def peers_python() -> Path:
    """The peers' interpreter; its environment is made when the requirements changed."""
    stamp = PEERS / "requirements"
    python = PEERS / "bin" / "python"
    if not stamp.exists() or stamp.read_bytes() != REQUIREMENTS.read_bytes():
        venv.create(PEERS, with_pip=True, clear=True)
        subprocess.run([python, "-m", "pip", "install", "-q", "--upgrade", "pip"], check=True)
        subprocess.run([python, "-m", "pip", "install", "-q", "-r", REQUIREMENTS], check=True)
        stamp.write_bytes(REQUIREMENTS.read_bytes())
    return python


def peer_answers(python: Path, tool: str, pages: list[tuple[str, str, bytes]], folder: Path) -> dict[str, dict[str, Any]]:
    """What a tool finds, by page; empty where it does not run here."""
    lines = []
    for name, url, body in pages:
        path = folder / f"{name}.html"
        if not path.exists():
            path.write_bytes(body)
        lines.append(json.dumps({"name": name, "path": str(path), "url": url if url.startswith("http") else ""}))
    script = Path(__file__).with_name("peers.py")
    done = subprocess.run([python, script, tool], input="\n".join(lines), capture_output=True, text=True, check=False)
    answers = {answer["name"]: answer for answer in map(json.loads, done.stdout.splitlines())}
    for answer in answers.values():
        answer["reporters"] = answer.get("author")
    return {} if all("error" in answer for answer in answers.values()) else answers


def cpu(work: Callable[[], object]) -> float:
    """CPU seconds of one call."""
    start = time.process_time()
    work()
    return time.process_time() - start


def speed(pages: list[tuple[str, str, bytes]]) -> tuple[float, float]:
    """CPU milliseconds a page, ours and trafilatura's default: least of three, interleaved, first pages warm both up."""
    ours = theirs = 0.0
    for _, url, body in pages[:3]:
        read(url, body)
        trafilatura.bare_extraction(body, with_metadata=True)
    for _, url, body in pages:
        mine, other = [], []
        for _ in range(3):
            mine.append(cpu(partial(read, url, body)))
            other.append(cpu(partial(trafilatura.bare_extraction, body, with_metadata=True)))
        ours, theirs = ours + min(mine), theirs + min(other)
    return 1000 * ours / len(pages), 1000 * theirs / len(pages)


def main() -> int:
    console = Console(width=200)
    console.print("our own pages, share exactly right:", score_own({name: read(url, body) for name, url, body in own_pages()}))
    pages = shared_pages()
    if not pages:
        print(f"the shared pages are not at {SHARED}; set FANGZHI_SHARED to the folder that holds pages/", file=sys.stderr)
        return 1
    table = Table("tool", "set", *COLUMNS)
    scores = score_shared({name: read(url, body) for name, url, body in pages})
    for group in ("news", "news tuned", "news held", "other"):
        table.add_row("ours", group, *(f"{scores[group][column]:.1f}" if column in scores[group] else "" for column in COLUMNS))
    python = peers_python()
    with tempfile.TemporaryDirectory() as folder:
        for tool in TOOLS:
            answers = peer_answers(python, tool, pages, Path(folder))
            if not answers:
                console.print(f"{tool}: not in this environment, left out")
                continue
            found = score_shared(answers)
            for group in ("news", "other"):
                table.add_row(
                    tool, group, *(f"{found[group][column]:.1f}" if column in found[group] else "" for column in COLUMNS)
                )
    console.print(table)
    ours, theirs = speed([page for page in pages if len(page[2]) < 1_000_000])
    console.print(f"CPU a page: ours {ours:.1f} ms, trafilatura default {theirs:.1f} ms, {theirs / ours:.1f} times")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
