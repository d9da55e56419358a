"""Our reader and the other tools on the same pages, taking turns page by page; each tool is a process of its own."""

from __future__ import annotations

import json
import select
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

from tests.quality.corpus import read

TURNS = {"ours": 3, "trafilatura": 3}
"""Times a tool reads a page, the others once; the least processor time counts. The yardstick is timed as often as we are."""
PATIENCE = 30
"""Seconds a tool may take for one page; it is ended and started anew then, and the page counts as not read."""
PAGES_BETWEEN_WORDS = 10


class Peer:
    """One other tool, running in the peers' environment and asked page by page."""

    def __init__(self, python: Path, tool: str) -> None:
        self.command = [str(python), str(Path(__file__).with_name("peers.py")), tool]
        self.tool = tool
        self.process = self._started()

    def _started(self) -> subprocess.Popen[str]:
        return subprocess.Popen(
            self.command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True, bufsize=1
        )

    def ask(self, question: dict[str, str]) -> dict[str, Any]:
        """What the tool finds on one page, with its processor `seconds`; `error` where it fails or takes too long."""
        assert self.process.stdin and self.process.stdout
        print(json.dumps(question), file=self.process.stdin, flush=True)
        ready, _, _ = select.select([self.process.stdout], [], [], PATIENCE)
        line = self.process.stdout.readline() if ready else ""
        if line:
            answer: dict[str, Any] = json.loads(line)
            return answer
        self.close()
        self.process = self._started()
        return {"error": f"no answer within {PATIENCE} seconds" if not ready else "the tool's process ended"}

    def close(self) -> None:
        """End the tool's process."""
        self.process.kill()
        self.process.communicate()


class Ours:
    """Our reader, asked in the same way; in this process, so its packages are never the peers'."""

    tool = "ours"

    def ask(self, question: dict[str, str]) -> dict[str, Any]:
        body = Path(question["path"]).read_bytes()
        start = time.process_time()
        answer = read(question["address"], body)
        return {**answer, "seconds": time.process_time() - start}

    def close(self) -> None:
        """Nothing to end."""


def take_turns(
    tools: list[Ours | Peer], pages: list[tuple[str, str, bytes]], folder: Path
) -> dict[str, dict[str, dict[str, Any]]]:
    """tool → page → its answer, `seconds` being the least of its turns. Says on stderr how far it is."""
    answers: dict[str, dict[str, dict[str, Any]]] = {tool.tool: {} for tool in tools}
    for index, (name, url, body) in enumerate(pages):
        if index % PAGES_BETWEEN_WORDS == 0:
            print(f"{index} of {len(pages)} pages", file=sys.stderr, flush=True)
        path = folder / f"{name}.html"
        path.write_bytes(body)
        question = {"name": name, "path": str(path), "url": url if url.startswith("http") else "", "address": url}
        if not index:
            for tool in tools:
                tool.ask(question)  # Imports and first calls are no reading.
        for turn in range(max(TURNS.values())):
            for tool in tools:
                if turn < TURNS.get(tool.tool, 1):
                    _keep(answers[tool.tool], name, tool.ask(question))
    return answers


def _keep(answers: dict[str, dict[str, Any]], name: str, answer: dict[str, Any]) -> None:
    """An answer, or only its time where the page was read before."""
    if name not in answers or "error" in answer:
        answers[name] = answer
    else:
        seconds = (answers[name].get("seconds"), answer.get("seconds"))
        answers[name]["seconds"] = min((value for value in seconds if value is not None), default=None)


def milliseconds(answers: dict[str, dict[str, Any]], names: set[str]) -> float | None:
    """Mean processor milliseconds of the pages of these names that the tool read."""
    spent = [answer["seconds"] for name, answer in answers.items() if name in names and answer.get("seconds") is not None]
    return 1000 * sum(spent) / len(spent) if spent else None
