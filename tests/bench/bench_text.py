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


def milliseconds(work: Callable[[str], object], texts: list[str]) -> float:
    """Median time of one article."""
    spent = []
    for _ in range(REPEATS):
        for text in texts:
            start = time.perf_counter()
            work(text)
            spent.append(time.perf_counter() - start)
    return statistics.median(spent) * 1000


def main() -> int:
    """Print the table; 1 when a kind of article costs more than the limit."""
    convert = OpenCC("t2s").convert
    over = False
    for kind, texts in articles().items():
        for text in texts:
            normalise(text)
        unit, whole = milliseconds(convert, texts), milliseconds(normalise, texts)
        over |= whole > LIMIT * unit
        print(f"{kind:17} {len(texts[0]):5} characters  t2s {unit:.3f} ms  normalise {whole:.3f} ms  = {whole / unit:.1f} x t2s")
    marks: dict[str, Callable[[str], object]] = {
        "locate": lambda text: locate(body=text),
        "digest": lambda text: digest(None, text),
        "fingerprint": fingerprint,
        "passages": passages,
    }
    for name, work in marks.items():
        print(f"{name:17} {milliseconds(work, articles()['clean']):.3f} ms")
    print(f"limit {LIMIT} x: {'exceeded' if over else 'held'}")
    return int(over)


if __name__ == "__main__":
    raise SystemExit(main())
