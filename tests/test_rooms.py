"""The arrows between rooms (docs/rooms.md), read from the code's own imports."""

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
PURE = ("crawler/items.py", "crawler/clock.py", "crawler/processes.py", "crawler/reading.py",
        "crawler/sites", "crawler/discovery", "crawler/extraction",
        "pipelines/text", "pipelines/archive")  # fmt: skip
MAY = {  # room -> prefixes of our own modules that it may import
    "crawler/items.py": (), "crawler/clock.py": (), "crawler/processes.py": ("crawler.clock",),
    "crawler/sites": ("crawler.items", "crawler.sites"),
    "crawler/extraction": ("crawler.items", "crawler.clock", "crawler.sites", "crawler.extraction"),
    "crawler/discovery": ("crawler.items", "crawler.clock", "crawler.sites", "crawler.discovery", "crawler.extraction"),
    "crawler/reading.py": ("crawler.items", "crawler.clock", "crawler.sites", "crawler.discovery", "crawler.extraction"),
    "crawler/spiders": ("crawler",), "crawler/middlewares": ("crawler",), "pipelines/text": ("pipelines.text",),
    "crawler/scheduler": ("crawler", "pipelines"), "crawler/commands": ("crawler", "pipelines"),
    "crawler/engine": ("crawler", "pipelines.archive"),
    "pipelines/archive": ("crawler.items", "crawler.clock", "crawler.processes", "pipelines.archive", "pipelines.text"),
    "pipelines": ("crawler.items", "crawler.clock", "crawler.signals", "pipelines"), "crawler": ("crawler",),
}  # fmt: skip


def imported(path: Path) -> set[str]:
    nodes = list(ast.walk(ast.parse(path.read_text(encoding="utf-8"))))
    names = {alias.name for node in nodes if isinstance(node, ast.Import) for alias in node.names}
    return names | {node.module or "" for node in nodes if isinstance(node, ast.ImportFrom) and not node.level}


@pytest.mark.parametrize(
    "path", sorted([*ROOT.glob("crawler/**/*.py"), *ROOT.glob("pipelines/**/*.py")]), ids=lambda p: str(p.relative_to(ROOT))
)
def test_arrows(path: Path) -> None:
    here = path.relative_to(ROOT).as_posix()
    room = next(room for room in sorted(MAY, key=len, reverse=True) if here.startswith(room))
    ours = {name for name in imported(path) if name.split(".")[0] in ("crawler", "pipelines")}
    wrong = {name for name in ours if not any(name == may or name.startswith(may + ".") for may in MAY[room])}
    if here.startswith(PURE):
        wrong |= {name for name in imported(path) if name.split(".")[0] in ("scrapy", "twisted")}
    assert not wrong, f"{here} stands in room {room} and may not import {sorted(wrong)}"
