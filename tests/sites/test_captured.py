"""Pages kept by `scrapy capture` read as their `expected.json` says."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from crawler.commands.capture import expected as expected_of
from crawler.items import RawPage
from crawler.reading import read
from crawler.sites import get_site
from pipelines.normalise import Normalise
from pipelines.validate import Validate

CASES = sorted(path.parent for path in (Path(__file__).parent / "pages").glob("*/*/meta.json"))


def differences(case: Path) -> dict[str, tuple[Any, Any]]:
    """(expected, read) of each field that differs."""
    meta = json.loads((case / "meta.json").read_text(encoding="utf-8"))
    raw = RawPage(url=meta["url"], body=(case / "page.bin").read_bytes(), status=meta["status"], headers=meta["headers"])
    page = read(raw, site=get_site(meta["site"]))
    for stage in (Normalise(), Validate()):
        page = stage.process_item(page)
    found = json.loads(json.dumps(expected_of(page)))
    expected = json.loads((case / "expected.json").read_text(encoding="utf-8"))
    return {name: (value, found.get(name)) for name, value in expected.items() if found.get(name) != value}


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case.parent.name}-{case.name}")
def test_page_reads_as_expected(case: Path) -> None:
    assert differences(case) == {}
