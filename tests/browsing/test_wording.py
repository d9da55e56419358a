"""Every word of the interface has its English."""

import re
from pathlib import Path

import yaml

from tests.browsing.conftest import ROOT

ROOM = ROOT / "data/plugins/reading_room"
WORDS = yaml.safe_load((ROOM / "words.yaml").read_text(encoding="utf-8"))


def used(template: Path) -> set[str]:
    text = template.read_text(encoding="utf-8")
    in_loops = {word for pairs in re.findall(r"in \(\((.*?)\)\)", text) for word in re.findall(r'"([\u4e00-\u9fff]+)"', pairs)}
    return set(re.findall(r'\bt\("([^"]+)"', text)) | in_loops


def test_every_word_has_english() -> None:
    words = {word for template in (ROOT / "data/templates").glob("*.html") for word in used(template)} - {"周"}
    assert len(words) > 150
    assert words - set(WORDS["english"]) - set(WORDS["codes"]) == set()


def test_values_fill_the_same_places() -> None:
    for chinese, english in WORDS["english"].items():
        assert set(re.findall(r"\{\w+\}", chinese)) >= set(re.findall(r"\{\w+\}", english)), chinese


def test_every_table_and_query_has_english() -> None:
    archive = yaml.safe_load((ROOT / "data/metadata.yaml").read_text(encoding="utf-8"))["databases"]["archive"]
    told = [archive, *archive["tables"].values(), *archive["queries"].values()]
    words = {entry[name] for entry in told for name in ("title", "description") if name in entry}
    assert len(words) > 40
    assert words - set(WORDS["english"]) == set()
