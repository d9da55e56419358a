"""What goes to a reading process, and which stages run there. Imports nothing that reads: the crawler itself does not need it."""

from __future__ import annotations

import pickle
from collections.abc import Sequence
from functools import lru_cache
from importlib import import_module
from typing import TYPE_CHECKING, Any, NamedTuple

from crawler.items import Lease, RawPage
from crawler.sites.profile import Site

if TYPE_CHECKING:
    from crawler.extraction.furniture import Known


class Job(NamedTuple):
    """One page to read."""

    raw: RawPage
    site: Site | None = None
    lease: Lease | None = None
    clean: bool = True
    """Run the pure stages as well; not for a page that is only a part of an article."""
    furniture: Known = frozenset()
    """What is known as furniture of the site."""
    learn: bool = True
    """Offer the page's texts as furniture; not where the archive has counted them already."""


class Packer:
    """Jobs as messages. The profile and the furniture are the same for page after page and are pickled once."""

    def __init__(self) -> None:
        self._site: Site | None = None
        self._furniture: Known = frozenset()
        self._common = pickle.dumps((None, self._furniture), pickle.HIGHEST_PROTOCOL)

    def pack(self, job: Job) -> bytes:
        """To be read by `unpacked`."""
        if job.site is not self._site or job.furniture is not self._furniture:
            self._site, self._furniture = job.site, job.furniture
            self._common = pickle.dumps((job.site, job.furniture), pickle.HIGHEST_PROTOCOL)
        return pickle.dumps((job.raw, job.lease, job.clean, job.learn, self._common), pickle.HIGHEST_PROTOCOL)


def unpacked(message: bytes) -> Job:
    """The job of a message."""
    raw, lease, clean, learn, common = pickle.loads(message)
    site, furniture = _common(common)
    return Job(raw, site, lease, clean, furniture, learn)


@lru_cache(maxsize=2)
def _common(message: bytes) -> tuple[Site | None, Known]:
    return pickle.loads(message)  # type: ignore[no-any-return]


def pure_stages(names: Sequence[str]) -> dict[str, Any]:
    """The classes of the pure stages (`pipelines/stage.py`) among pipelines named by dotted name: what has an `apply`."""
    found = {dotted: getattr(import_module(module), name) for dotted in names for module, _, name in [dotted.rpartition(".")]}
    return {dotted: stage for dotted, stage in found.items() if hasattr(stage, "apply")}
