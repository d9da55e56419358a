"""README's tables of commands, stages, settings and outcomes say what the code has: no more, no less."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from scrapy.settings import default_settings

from crawler import settings
from crawler.items import Outcome

ROOT = Path(__file__).resolve().parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")


def table(heading: str) -> list[str]:
    """First column of the table below a heading, without backquotes."""
    found = re.search(rf"^#+ {heading}$(.*?)(?=^#|\Z)", README, re.MULTILINE | re.DOTALL)
    assert found, f"README has no heading {heading!r}"
    rows = re.findall(r"^\| *(.+?) *\|", found[1], re.MULTILINE)[2:]
    return [re.sub(r"`", "", row) for row in rows]


def test_commands() -> None:
    modules = {path.stem for path in (ROOT / "crawler/commands").glob("*.py") if "class Command(" in path.read_text("utf-8")}
    assert sorted(row.split()[0] for row in table("Commands")) == sorted(modules)


def test_stages_in_their_order() -> None:
    order = sorted(settings.ITEM_PIPELINES, key=lambda name: settings.ITEM_PIPELINES[name])
    assert table("Stages") == [name.rpartition(".")[2] for name in order]


def test_own_settings() -> None:
    own = {name for name in vars(settings) if name.isupper() and not hasattr(default_settings, name)}
    assert sorted(table("Settings")) == sorted(own - {"VERSION"})


def test_outcomes() -> None:
    assert table("Outcomes") == [outcome.value for outcome in Outcome]


@pytest.mark.parametrize("target", re.findall(r"^(\w[\w-]*):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE))
def test_make_targets(target: str) -> None:
    assert f"make {target}" in README + (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
