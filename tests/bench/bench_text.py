"""What cleaning costs, in units of OpenCC's t2s alone: medians over articles of about 1,500 characters, in one run.

python -m tests.bench.bench_text
"""

from __future__ import annotations

import random
import statistics
import time
from collections.abc import Callable

from opencc import OpenCC

from pipelines.text import normalise
from pipelines.text.fingerprint import digest, fingerprint, passages
from pipelines.text.region import locate
from tests.text.corpus import article
from tests.text.pollution import Farm

LIMIT = 25
"""Times t2s that the whole pass may cost."""
ARTICLES, REPEATS = 20, 15


def articles() -> dict[str, list[str]]:
    """Twenty articles of about 1,500 characters, also as a mirror farm serves them, with a reading behind one in five."""
    choice = random.Random(2260)
    clean = [article(choice, paragraphs=11, sentences=4)[:1500] for _ in range(ARTICLES)]
    traditional = [OpenCC("s2t").convert(text) for text in clean]
    polluted = [Farm(seed=1, rows=0.5, controls=0.2).pollute(text) for text in traditional]
    half_width = [text.translate(str.maketrans("，：；（）", ",:;()")) for text in clean]
    return {"clean": clean, "half-width marks": half_width, "traditional": traditional, "polluted": polluted}


def milliseconds(texts: list[str], *works: Callable[[str], object]) -> list[float]:
    """Median time of one article for each work; they take turns, so that a slow moment of the machine meets all."""
    spent: list[list[float]] = [[] for _ in works]
    for _ in range(REPEATS):
        for text in texts:
            for times, work in zip(spent, works, strict=True):
                start = time.perf_counter()
                work(text)
                times.append(time.perf_counter() - start)
    return [statistics.median(times) * 1000 for times in spent]


def main() -> int:
    """Print the table; 1 when a kind of article costs more than the limit."""
    convert = OpenCC("t2s").convert
    over = False
    for kind, texts in articles().items():
        for text in texts:
            normalise(text)
        unit, whole = milliseconds(texts, convert, normalise)
        over |= whole > LIMIT * unit
        print(f"{kind:17} {len(texts[0]):5} characters  t2s {unit:.3f} ms  normalise {whole:.3f} ms  = {whole / unit:.1f} x t2s")
    marks: tuple[Callable[[str], object], ...] = (
        lambda text: locate(body=text),
        lambda text: digest(None, text),
        fingerprint,
        passages,
    )
    for name, spent in zip(
        ("locate", "digest", "fingerprint", "passages"), milliseconds(articles()["clean"], *marks), strict=True
    ):
        print(f"{name:17} {spent:.3f} ms")
    print(f"limit {LIMIT} x: {'exceeded' if over else 'held'}")
    return int(over)


if __name__ == "__main__":
    raise SystemExit(main())
