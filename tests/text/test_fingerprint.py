"""Likeness of Chinese texts, measured on a set built here: precision and recall, and each thing it must not be moved by."""

import hashlib
import itertools
import random
import re
import struct

import pytest
from hypothesis import given
from hypothesis import strategies as st
from opencc import OpenCC
from rensa import RMinHash

from pipelines.text import normalise
from pipelines.text.fingerprint import BANDS, bands, digest, fingerprint, passages, similarity
from tests.text.corpus import NEWS, article, fill
from tests.text.pollution import Farm
from tests.text.test_seeds import MIRROR, seed

CHOICE = random.Random(7)
ORIGINALS = [article(CHOICE, paragraphs=4, sentences=3) for _ in range(40)]
HEADER = "来源：青山日报 作者：王伟\n2018-09-07 09:41\n分享到：\n"
SPOILERS = {
    "the same": lambda text, n: text,
    "traditional": lambda text, n: OpenCC(("s2t", "s2tw", "s2hk")[n % 3]).convert(text),
    "polluted": lambda text, n: Farm(seed=n, controls=0.3).pollute(OpenCC("s2t").convert(text)),
    "half-width marks": lambda text, n: text.translate(str.maketrans("，：；（）", ",:;()")),
    "a header": lambda text, n: HEADER + text,
    "one paragraph": lambda text, n: text.replace("\n", ""),
}


def mark(text: str) -> bytes:
    return fingerprint(normalise(text).text)


@pytest.mark.parametrize("spoiler", SPOILERS)
def test_a_copy_is_alike(spoiler: str) -> None:
    for number, text in enumerate(ORIGINALS):
        copy = SPOILERS[spoiler](text, number)
        assert similarity(mark(text), mark(copy)) >= 0.9


def unlike() -> list[str]:
    """Articles of one genre on different matters: each sentence stands in one article only, save set phrases."""
    subjects = ["春耕", "防汛", "招商", "教育", "医保", "交通", "文旅", "环保", "消防", "养老", "供热", "马拉松"]
    places = [
        "青山县",
        "清河县",
        "云阳县",
        "临泽县",
        "丰宁县",
        "沈丘县",
        "范县",
        "台前县",
        "松滋市",
        "余江区",
        "乾安县",
        "后溪镇",
    ]
    wholes = []
    for subject, place in zip(subjects, places, strict=True):
        choice = random.Random(subject)
        words = "".join(choice.sample("山水田林路桥灯塔书画棋琴茶酒米面油盐布帛金木火土风雨雷电云雪霜露春夏秋冬东西南北", 30))
        detail = "，".join(f"{subject}工作组到{words[n]}{words[n + 1]}村查看{words[n + 2]}情" for n in range(0, 27, 3))
        wholes.append(
            f"昨天上午，{place}召开{subject}工作推进会，县委书记出席并讲话。会议指出，今年以来{subject}工作取得新成效。"
            f"{detail}。会议强调，要提高认识，压实责任，确保{subject}任务全面完成。"
        )
    return wholes


def test_unrelated_articles_of_one_genre() -> None:
    marks = [mark(text) for text in unlike()]
    likeness = [similarity(a, b) for a, b in itertools.combinations(marks, 2)]
    print(f"{len(likeness)} unrelated pairs: at most {max(likeness):.2f}, on average {sum(likeness) / len(likeness):.3f}")
    assert max(likeness) <= 0.2


def test_precision_and_recall() -> None:
    """Copies with a third of the text replaced count as alike, articles that share one sentence in four do not."""
    choice = random.Random(11)
    alike, different = [], []
    for number, text in enumerate(ORIGINALS):
        spoil = list(SPOILERS.values())[number % len(SPOILERS)]
        lines = text.split("\n")
        alike += (
            (mark(text), mark(spoil(text, number))),
            (mark(text), mark(spoil("\n".join([*lines[:3], *edited(lines[3:], choice)]), number))),
        )
        different.append((mark(text), mark("\n".join([lines[0], *edited(lines[1:], choice)]))))
        different.append((mark(text), mark(unlike()[number % 12])))
    found = [similarity(*pair) >= 0.5 for pair in alike]
    wrong = [similarity(*pair) >= 0.5 for pair in different]
    precision, recall = sum(found) / (sum(found) + sum(wrong)), sum(found) / len(found)
    candidates = [bool({*enumerate(bands(a))} & {*enumerate(bands(b))}) for a, b in alike]
    print(f"{len(alike)} alike, {len(different)} different: precision {precision:.3f}, recall {recall:.3f} at 0.5;", end=" ")
    print(f"bands propose {sum(candidates) / len(candidates):.3f} of the alike")
    assert precision >= 0.97 and recall >= 0.97
    assert sum(candidates) >= 0.99 * len(candidates)


def edited(lines: list[str], choice: random.Random) -> list[str]:
    """As many lines of other sentences, with words that no template has."""
    return [
        "".join(f"{fill(choice.choice(NEWS), choice)[::-1][:20]}，" for _ in range(max(1, len(line) // 25))) for line in lines
    ]


def test_the_mirror_page_is_like_its_clean_copy() -> None:
    text = normalise(seed(MIRROR)).text
    clean = text.replace("\n责任编辑：", "")
    assert similarity(mark(seed(MIRROR)), fingerprint(clean)) >= 0.9


def test_short_and_empty_texts() -> None:
    assert fingerprint("") == fingerprint("2018-09-07, hello") == b""
    assert similarity(b"", b"") == similarity(b"", fingerprint("雨")) == 0.0
    assert similarity(fingerprint("雨"), fingerprint("雨。")) == 1.0
    assert bands(b"") == ()


@given(st.text(alphabet="的一是不了人我在有他〇㐂𠮷，。\n a1", min_size=1, max_size=40))
def test_it_is_the_minhash_of_all_runs_of_five(text: str) -> None:
    han = re.sub("[，。\n a1]", "", text)
    sketch = RMinHash(128, 2260)
    sketch.update([han[at : at + 5] for at in range(len(han) - 4)] or [han])
    assert fingerprint(text) == (struct.pack("<128I", *sketch.digest()) if han else b"")


def test_it_is_what_archives_hold() -> None:
    text = "定州市融媒体中心讯：“全市春耕备耕工作”，5月6日全面展开。\n各乡镇（街道）干部走进田间地头。"
    assert hashlib.sha256(fingerprint(text)).hexdigest().startswith("22077210dfcdd2c2")


@given(st.text(alphabet="的一是不了人我在有他这中大来上，。\n a1", min_size=1, max_size=80))
def test_marks_are_of_one_shape(text: str) -> None:
    made = fingerprint(text)
    assert made == fingerprint(text) and len(made) in (0, 512)
    assert len(bands(made)) == (BANDS if made else 0)
    assert all(0 <= band < 1 << 63 for band in bands(made))


@given(st.text(max_size=40), st.text(max_size=80))
def test_digest_is_blind_to_blanks(title: str, body: str) -> None:
    assert digest(title, body) == digest(f" {title}\u3000", body.replace("。", "。\n"))


def test_passages_are_found_in_another_text() -> None:
    first, second = ORIGINALS[0], "本报讯 今日。" + ORIGINALS[0].split("\n")[1] + "（完）"
    mine, theirs = passages(first), passages(second)
    shared = {value for value, _, _ in mine} & {value for value, _, _ in theirs}
    assert len(shared) >= 2
    for value, start, end in theirs:
        if value in shared:
            assert second[start:end] in first
