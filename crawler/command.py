"""What the project's commands are to Scrapy. Not in `crawler.commands`, where every class counts as a command."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scrapy.commands import ScrapyCommand

if TYPE_CHECKING:
    from scrapy.settings import Settings


class ProjectCommand(ScrapyCommand):
    """Runs inside the project, and starts Scrapy's crawler process itself where it needs one."""

    requires_project = True
    requires_crawler_process = False
    settings: Settings  # set in scrapy.cmdline before anything of a command runs
