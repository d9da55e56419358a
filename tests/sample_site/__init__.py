"""A Chinese local-news site of our own making, served over real HTTP; see README.md here."""

from tests.sample_site.server import Server, start_sample_site

__all__ = ["Server", "start_sample_site"]
