"""Supervised reading: `pool` watches processes, each of which (`child`) runs `crawler.reading` and the pure stages."""

from crawler.workers.configured import LEISURELY, WorkersError, configured
from crawler.workers.job import Job
from crawler.workers.pool import WorkerLost, Workers

__all__ = ["LEISURELY", "Job", "WorkerLost", "Workers", "WorkersError", "configured"]
