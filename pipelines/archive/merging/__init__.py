"""Uniting archives: idempotent, and the same whatever the order. Rows meet by their keys; integer ids stay local."""

from pipelines.archive.merging.merge import merge

__all__ = ["merge"]
