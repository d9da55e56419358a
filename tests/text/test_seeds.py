"""The two seed texts come out as their sheet of expected values says."""

import os
import re
from pathlib import Path

import pytest

from pipelines.text import changes, normalise, rebuild

SHARED = Path(os.environ.get("FANGZHI_SHARED", Path(__file__).parents[3] / "shared"))
MIRROR, PORTAL = "002_34da1e6791129066.txt", "000_0dcf71c5589d0f59.txt"


def seed(name: str) -> str:
    path = SHARED / "seeds" / name
    if not path.exists():
        pytest.skip(f"no seed texts at {path.parent}; set FANGZHI_SHARED")
    return path.read_text(encoding="utf-8")


def test_mirror_page() -> None:
    text = seed(MIRROR)
    done = normalise(text)
    assert (done.counts["readings"], done.counts["inserted_commas"]) == (213, 74)
    assert done.script == "hant"
    assert "polluted" in done.flags
    assert rebuild(done.text, done.account) == text
    before = [change.before for change in changes(done.account) if change.step == "noise"]
    assert sum(piece in ",，" for piece in before) == 74
    assert done.text.startswith("5月7日—9日，市委书记、市人大常委会主任王东群带领我市党政代表团，赴天津市")
    assert "美丽定州新局面。（记者赵珍珍）\n" in done.text
    assert "21号" in done.text and "五大道" in done.text
    assert not re.search(r"[(（][a-zü]*[āáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜ]|,|，[，、。]", done.text)


def test_portal_page() -> None:
    text = seed(PORTAL)
    body = "\n".join(line.strip() for line in text.splitlines() if line.startswith("  "))
    done = normalise(body)
    assert set(done.counts) == {"punctuation"}
    assert done.script == "hans" and not done.flags
    assert len(done.text) == len(body)
    assert done.text.translate(str.maketrans("，：；（）", ",:;()")) == body
    assert rebuild(done.text, done.account) == body
