"""The gate: no figure falls below its pinned floor, and floors are only believed for the corpus they were measured on."""

import json

import pytest

from tests.quality.corpus import SHARED, corpus_hash, own_pages, read, score_own, score_shared, shared_pages
from tests.quality.pin import FLOORS, worse

PINNED = json.loads(FLOORS.read_text(encoding="utf-8"))


def below(name: str, figures: dict[str, float]) -> dict[str, str]:
    floors = PINNED[name]
    return {
        field: f"{value:.1f}, floor {floors[field]}"
        for field, value in figures.items()
        if field in floors and worse(field, floors[field], value)
    }


def test_own_pages_are_the_pinned_ones() -> None:
    assert corpus_hash(own_pages()) == PINNED["own"]["corpus"], (
        "pages changed: run `python -m tests.quality.pin` and look at the figures"
    )


def test_own_pages() -> None:
    assert below("own", score_own({name: read(url, body) for name, url, body in own_pages()})) == {}


@pytest.mark.skipif(not SHARED.is_dir(), reason="the shared pages are not here; set FANGZHI_SHARED")
def test_shared_pages() -> None:
    pages = shared_pages()
    assert corpus_hash(pages) == PINNED["news"]["corpus"]
    scores = score_shared({name: read(url, body) for name, url, body in pages})
    assert {name: found for name, figures in scores.items() if (found := below(name, figures))} == {}


def test_the_gate_can_fail() -> None:
    assert worse("F1", 98.0, 97.0) and not worse("F1", 98.0, 98.0)
    assert worse("source invented", 0.0, 2.0) and not worse("left", 1.3, 1.3)
    assert below("own", {"body": 0.0})
