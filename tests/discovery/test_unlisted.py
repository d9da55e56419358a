"""An unlisted site of every family: how many of its articles are found, and how much else is taken for one."""

import pytest

from tests.discovery.replica.data_lists import STATED, catalogue, profile, ucap
from tests.discovery.replica.portals import portals
from tests.discovery.replica.server import serving
from tests.discovery.replica.unseen import UNSEEN
from tests.discovery.walk import walk

FOUND, WRONG = 0.98, 0.02
FAMILIES = portals() | UNSEEN | {"ucap": ucap, "catalogue": catalogue}


@pytest.mark.parametrize("family", sorted(FAMILIES))
def test_articles_of_an_unlisted_site_are_found(family: str) -> None:
    """The families of `unseen.py` were written before the first walk over them, which found 100 % of four and 30 % of two
    (`last-page-only`, `counted-pages`: a next page that only a script knows), nothing wrong."""
    with serving(FAMILIES[family]()) as replica:
        walked = walk(replica)
    missed, junk = sorted(replica.articles - walked.articles)[:5], sorted(walked.articles - replica.articles)[:5]
    assert walked.found(replica) >= FOUND, (missed, walked.lists)
    assert walked.wrong(replica) <= WRONG, junk
    assert len(walked.lists) <= 40, "a walk of four pages in three channels needs no more"


@pytest.mark.parametrize("name", sorted(STATED))
def test_lists_by_post_are_walked_to_their_end(name: str) -> None:
    build, api = STATED[name]
    with serving(build()) as replica:
        walked = walk(replica, profile(replica.url, api(replica.url)))
    assert walked.articles == replica.articles
    assert len(walked.lists) == 11 and walked.lists[-1].endswith("&page=11"), "ten pages, and the empty one that ends them"
    assert all(link.title and link.date for link in walked.links)
