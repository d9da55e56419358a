"""Proof that nothing was lost: ledger = WARC = rows = search index, re-read and not believed."""

from pipelines.archive.verifying.verify import verify

__all__ = ["verify"]
