"""Any amount of Chinese text whose pieces hardly repeat: clauses put together from our own words, the same for the same seed.

The sample site's generated stories share their sentences, which makes each a near-duplicate of every other; news is not
like that, and looking for near-duplicates must not be measured on nothing else.
"""

from __future__ import annotations

import random
from functools import partial
from pathlib import Path

_WORDS = {
    name: words.split()
    for name, _, words in (
        line.partition(":") for line in Path(__file__).with_name("lexicon.txt").read_text("utf-8").splitlines()
    )
}


def _pick(rng: random.Random, kind: str) -> str:
    return rng.choice(_WORDS[kind])


def clause(rng: random.Random) -> str:
    """`傍晚，水管员在桥头连夜加固围栏37米`."""
    one = partial(_pick, rng)
    amount = f"{rng.randrange(2, 9800)}{one('unit')}" if rng.random() < 0.5 else ""
    return f"{one('when')}，{one('who')}在{one('where')}{one('how')}{one('did')}{one('what')}{amount}"


def sentence(rng: random.Random) -> str:
    """One to three clauses and what came of it."""
    clauses = [clause(rng) for _ in range(rng.randrange(1, 4))]
    return f"{_pick(rng, 'link')}，{'，'.join(clauses)}，{_pick(rng, 'then')}。"


def paragraphs(seed: int, chars: int) -> list[str]:
    """About so many characters in paragraphs of two to five sentences."""
    rng = random.Random(seed)
    made: list[str] = []
    while sum(map(len, made)) < chars:
        made.append("".join(sentence(rng) for _ in range(rng.randrange(2, 6))))
    return made


def headline(seed: int) -> str:
    """`渡口来了种粮大户 提前换掉蜂箱42箱`."""
    rng = random.Random(~seed)
    one = partial(_pick, rng)
    return f"{one('where')}来了{one('who')} {one('how')}{one('did')}{one('what')}{rng.randrange(2, 900)}{one('unit')}"
