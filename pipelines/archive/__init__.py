"""Everything that touches the database and the WARC files. No Scrapy here."""

from pipelines.archive.errors import ArchiveError
from pipelines.archive.opening import open_archive, path_of, writing

__all__ = ["ArchiveError", "open_archive", "path_of", "writing"]
