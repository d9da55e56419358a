"""What a run was asked for: links outside its days or section are counted, not followed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from crawler.items import Kind, Link

_DATED = frozenset({Kind.ARTICLE, Kind.GALLERY, Kind.VIDEO, Kind.EDITION})


def narrow(
    links: Iterable[Link], *, since: str | None = None, until: str | None = None, section: str | None = None
) -> tuple[list[Link], dict[str, int]]:
    """(links to follow, refusals by reason). A link without a date stays: only the page can say.

    A pager is dropped when every dated entry beside it is older than `since`, for lists run from new to old.
    """
    links, refused = list(links), Counter[str]()
    days = [link.date[:10] for link in links if link.kind in _DATED and link.date and not link.rule.startswith("pager")]
    past = bool(since and days and max(days) < since[:10])
    kept = []
    for link in links:
        reason = _reason(link, since, until, section)
        if reason is None and past and link.rule.startswith("pager"):
            reason = "before since"
        if reason:
            refused[reason] += 1
        else:
            kept.append(link)
    return kept, dict(refused)


def _reason(link: Link, since: str | None, until: str | None, section: str | None) -> str | None:
    if link.kind in _DATED and link.date:
        if since and link.date[:10] < since[:10]:
            return "before since"
        if until and link.date[:10] > until[:10]:
            return "after until"
    if section and link.kind is Kind.ARTICLE and link.section and section not in link.section:
        return "other section"
    return None
