"""Scrapy's SCHEDULER for each kind of run; with the commands the only door from `crawler` to `pipelines.archive`."""

from crawler.scheduler.frontier import FrontierScheduler
from crawler.scheduler.replay import BackfillScheduler, ReplayScheduler

__all__ = ["BackfillScheduler", "FrontierScheduler", "ReplayScheduler"]
