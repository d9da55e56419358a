"""The whole cleaning of one text: the passes in their order, until nothing changes, with one account."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field

from pipelines.text.account import Account, Cleaned, step
from pipelines.text.forms import composed, one_form, trimmed
from pipelines.text.glance import glance, plain
from pipelines.text.mojibake import right_charset
from pipelines.text.noise import without_noise
from pipelines.text.punctuation import chinese_marks
from pipelines.text.script import hans_or_none, script_of, to_simplified
from pipelines.text.spinning import LEAST, spun

_ROUNDS = 4
"""A change can lay bare another (a reading inside a reading); two rounds are the rule, the bound keeps hostile text cheap."""


@dataclass(slots=True)
class Normalised:
    """A cleaned text and how it came about."""

    text: str
    account: Account = field(default_factory=list)
    counts: dict[str, int] = field(default_factory=dict)
    script: str | None = None
    """Of the text as it was: `hans`, `hant`, `mixed`, None without Han."""
    flags: frozenset[str] = frozenset()
    """`polluted`, `damaged`, `mojibake` …"""


def normalise(text: str, *, like: Normalised | None = None) -> Normalised:
    """Clean a text; the number of its lines stays.

    `like` is the result for the body when the text is another field of the same article: what only a whole document can
    show (its script, whether it is polluted) is then taken from there.
    """
    if like and like.script == "hans" and not like.flags and plain(text):
        return Normalised(text, script=hans_or_none(text))
    result = Normalised(text)
    counts: Counter[str] = Counter()
    left: Counter[str] = Counter()
    flags: set[str] = set()
    for turn in range(_ROUNDS):
        before = len(result.account)

        def run(name: str, done: Cleaned) -> None:
            if done.edits:
                result.account.append(step(name, done.edits))
                result.text = done.text
            if done.counts:
                counts.update(done.counts)
            if done.left:
                left.update(Counter(done.left) - left)
            flags.update(done.flags)

        seen = glance(result.text)
        if seen.mojibake:
            run("mojibake", right_charset(result.text))
            seen = glance(result.text) if len(result.account) > before else seen
        if seen.unicode:
            run("unicode", one_form(result.text))
        run("unicode", trimmed(result.text))
        run("unicode", composed(result.text))
        run("noise", without_noise(result.text, controls=counts["controls"], like=like.flags if like else None))
        script = script_of(result.text) if seen.script else hans_or_none(result.text)
        if turn == 0:
            # The Traditional of a mirror farm is a machine's and of no place.
            result.script = "hant" if script and script.startswith("hant") and "polluted" in flags else script
        written = like.script if like and turn == 0 else script
        if seen.script or (written and written.startswith("hant")):
            run("script", to_simplified(result.text, written))
        run("punctuation", chinese_marks(result.text))
        if len(result.account) == before:
            break
    if like is None and result.script and (phrases := spun(result.text)) >= LEAST:
        left["spun"] = phrases
        flags.add("spun")
    result.counts, result.flags = dict(counts | left), frozenset(flags)
    return result
