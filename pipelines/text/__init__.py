"""Text in, text and account out: script, noise, width, punctuation, mojibake, regions, fingerprints. Pure."""

from pipelines.text.account import Account, Change, Edit, changes, rebuild
from pipelines.text.normalise import Normalised, normalise

__all__ = ["Account", "Change", "Edit", "Normalised", "changes", "normalise", "rebuild"]
