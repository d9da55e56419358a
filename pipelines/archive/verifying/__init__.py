"""Proof that nothing was lost: ledger = WARC = rows = search index, re-read and not believed."""
