"""What libraries keep between pages stays bounded; the long crawl itself is `python -m tests.crawl.soak`."""

from __future__ import annotations

import json
import subprocess
import sys

import pytest
from trafilatura.utils import trim

from crawler.extraction import body
from crawler.items import Block
from tests.crawl.running import ROOT

CACHES = """
import gc, json
from functools import _lru_cache_wrapper
from crawler.items import RawPage
from crawler.workers.child import Job, perform
from tests.crawl.server import article
for number in range(20):
    page = perform(Job(RawPage(url=f"http://127.0.0.1/2026/0421/{number}.shtml", body=article(f"第{number}条").encode())), [])
assert page.article
caches = [one for one in gc.get_objects() if isinstance(one, _lru_cache_wrapper)]
print(json.dumps([(one.__module__, one.__qualname__, one.cache_info()) for one in caches]))
"""
LIBRARIES = ("trafilatura", "htmldate", "courlan", "dateparser", "justext")


def test_long_texts_are_forgotten(caplog: pytest.LogCaptureFixture) -> None:
    """Without that a reading process grows by more than a megabyte with each page of one long line."""
    for number in range(24):
        body.read_body([Block(kind="p", text=f"第{number}号闸门检修完毕，" * 50_000 + "完。")])
    assert caplog.messages == []
    assert trim.cache_info().currsize <= body.CACHED / 500_000 + 1


def test_no_library_keeps_something_for_every_page() -> None:
    """Caches without a bound are never filled: dates are read by our own rules, not by htmldate and dateparser."""
    done = subprocess.run([sys.executable, "-c", CACHES], cwd=ROOT, capture_output=True, text=True, timeout=60, check=True)
    found = [(module, name, info) for module, name, info in json.loads(done.stdout) if module.startswith(LIBRARIES)]
    assert {module.partition(".")[0] for module, _, _ in found} >= {"trafilatura", "htmldate"}
    assert [(module, name) for module, name, (_, _, most, held) in found if most is None and held] == []
