"""`make quality`: our figures beside other tools', measured in the same run on the shared pages.

The tools live in `.venv-peers` (requirements-peers.txt), made on the first call; one that does not install or run is
left out with a word. Speed is processor time a page, all tools taking turns page by page.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import venv
from collections import Counter
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.table import Table

from tests.pages.kinds import LABELLED
from tests.quality.corpus import ROOT, SHARED, names_of, own_pages, read, score_own, score_shared, shared_pages
from tests.quality.turns import Ours, Peer, milliseconds, take_turns

TOOLS = ("trafilatura", "readability", "newspaper4k", "gne", "magic_html")
WHY = {"magic_html": "magic-html wants Python 3.12"}
COLUMNS = ("F1", "F1>=.95", "left", "title", "title in body", "day", "minute", "source", "author", "editor",
           "source invented", "author invented", "editor invented")  # fmt: skip


def peers_python(name: str = "peers") -> Path:
    """The interpreter of `.venv-NAME`, an environment that is made when `requirements-NAME.txt` changed."""
    folder, wanted = ROOT / f".venv-{name}", ROOT / f"requirements-{name}.txt"
    stamp, python = folder / "requirements", folder / "bin" / "python"
    if not stamp.exists() or stamp.read_bytes() != wanted.read_bytes():
        venv.create(folder, with_pip=True, clear=True)
        subprocess.run([python, "-m", "pip", "install", "-q", "--upgrade", "pip"], check=True)
        subprocess.run([python, "-m", "pip", "install", "-q", "-r", wanted], check=True)
        stamp.write_bytes(wanted.read_bytes())
    return python


def rows(tool: str, scores: dict[str, dict[str, float]], answers: dict[str, dict[str, Any]]) -> list[list[str]]:
    """One row a set: the columns as text, empty where a tool has no such field."""
    groups = [group for group in ("news", "news tuned", "news held", "other") if tool == "ours" or group in ("news", "other")]
    found = []
    for group in groups:
        spent = milliseconds(answers, names_of(group))
        cells = [f"{scores[group][column]:.1f}" if column in scores[group] else "" for column in COLUMNS]
        found.append([tool, group, *cells, f"{spent:.1f}" if spent is not None else ""])
    return found


def measured(pages: list[tuple[str, str, bytes]]) -> dict[str, dict[str, dict[str, Any]]]:
    """tool → page → answer, of ours and of every tool that runs here; the others are left out with the reason."""
    python = peers_python()
    with tempfile.TemporaryDirectory() as folder:
        tools: list[Ours | Peer] = [Ours()]
        for tool in TOOLS:
            peer = Peer(python, tool)
            tried = peer.ask({"name": "", "path": os.devnull, "url": ""})
            if "ModuleNotFoundError" in tried.get("error", ""):
                print(f"{tool}: left out, {WHY.get(tool, tried['error'])}", file=sys.stderr)
                peer.close()
            else:
                tools.append(peer)
        try:
            return take_turns(tools, pages, Path(folder))
        finally:
            for tool in tools:
                tool.close()


def confusion() -> Table:
    """What our labelled pages are (rows), and what they are taken for."""
    seen = Counter(LABELLED)
    kinds = sorted({kind for pair in seen for kind in pair})
    table = Table("is", *kinds, title="page kinds")
    for wanted in kinds:
        table.add_row(wanted, *(str(seen[wanted, got] or "") for got in kinds))
    return table


def main() -> int:
    console = Console(width=200)
    console.print(confusion())
    console.print("our own pages, share exactly right:", score_own({name: read(url, body) for name, url, body in own_pages()}))
    pages = shared_pages()
    if not pages:
        print(f"the shared pages are not at {SHARED}; set FANGZHI_SHARED to the folder that holds pages/", file=sys.stderr)
        return 1
    answers = measured(pages)
    table = Table("tool", "set", *COLUMNS, "CPU ms")
    for tool, found in answers.items():
        for answer in found.values():
            answer.setdefault("reporters", answer.get("author"))
        for row in rows(tool, score_shared(found), found):
            table.add_row(*row)
    console.print(table)
    for tool, found in answers.items():
        failed = sum("error" in answer for answer in found.values())
        if failed:
            console.print(f"{tool}: no answer for {failed} of {len(found)} pages")
    ours, theirs = (milliseconds(answers[tool], names_of("news")) for tool in ("ours", "trafilatura"))
    if ours and theirs:
        console.print(
            f"CPU a page of the news set: ours {ours:.1f} ms, trafilatura's default {theirs:.1f} ms, {theirs / ours:.2f} times"
        )
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
