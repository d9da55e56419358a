"""Lists that are data, crawled over HTTP into a real archive: a window of days first, then all, then what is new."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.crawl.running import Crawled, crawl
from tests.discovery.replica.data_lists import STATED, catalogue, ucap
from tests.discovery.replica.server import Replica, serving
from tests.discovery.replica.stories import FIRST_DAY, Story

HERE = {"WORKERS": "0"}
SINCE, UNTIL = "2026-05-14", "2026-05-17"
BUILDS = {"ucap": ucap, "catalogue": catalogue, **{name: build for name, (build, _) in STATED.items()}}


def facts(name: str, replica: Replica) -> dict[str, Any]:
    """The profile: its API where only a profile can state it, else the home page and the generic way."""
    sources = [("api", STATED[name][1](replica.url))] if name in STATED else [f"{replica.url}/"]
    return {"home": f"{replica.url}/", "domains": [replica.url.removeprefix("http://")], "sources": sources}


def archived(done: Crawled, replica: Replica) -> set[str]:
    return {url.removeprefix(replica.url) for (url,) in done.rows("SELECT url FROM articles")}


@pytest.mark.parametrize("name", sorted(BUILDS))
def test_a_window_of_days_and_then_all(name: str, tmp_path: Path) -> None:
    clock = {"FANGZHI_CLOCK": f"{FIRST_DAY}T20:00:00+08:00"}
    with serving(BUILDS[name]()) as replica:
        site = facts(name, replica)
        some = crawl(tmp_path, site, HERE, arguments={"since": SINCE, "until": UNTIL}, environment=clock)
        days = {day for (day,) in some.rows("SELECT DISTINCT substr(published, 1, 10) FROM articles")}
        assert days == {"2026-05-14", "2026-05-15", "2026-05-16", "2026-05-17"}, some.stderr[-2000:]
        assert len(archived(some, replica)) == 20, "five a day"
        asked = set(replica.asked)
        replica.asked.clear()
        whole = crawl(tmp_path, site, HERE, environment=clock)
        assert archived(whole, replica) == replica.articles
        again = [path for path in replica.asked if path in replica.articles & asked]
        assert again == [], "what is archived is not due on the same evening"
        assert whole.rows("SELECT count(*) FROM outcomes WHERE outcome NOT IN ('archived', 'listed', 'gone')") == [(0,)]
        assert '"hints/title"' not in whole.stdout and '"hints/date"' not in whole.stdout


def test_only_what_is_new_is_fetched(tmp_path: Path) -> None:
    build, api = STATED["posted"]
    with serving(build()) as replica:
        site = facts("posted", replica)
        crawl(tmp_path, site, HERE, environment={"FANGZHI_CLOCK": "2026-05-20T08:00:00+08:00"})
        old = replica.answer
        replica.pages["/article/6439661999999"] = replica.pages[min(replica.articles)]
        fresh = '[{"articleId": 6439661999999, "title": "云岭县新建的村史馆开门", "releaseTime": "2026-05-20 11:00:00"}]'

        def answer(asked: str) -> Any:
            found = old(asked) if old else None
            if found and '"page": 1,' in asked:
                return (
                    found[0],
                    found[1],
                    found[2].replace(b'"articles": [', f'"articles": {fresh}}}, {{"articles": ['.encode(), 1),
                )
            return found

        replica.answer = answer
        replica.asked.clear()
        done = crawl(tmp_path, site, HERE, environment={"FANGZHI_CLOCK": "2026-05-20T12:00:00+08:00"})
        lists = [path for path in replica.asked if path.startswith("/tv-station")]
    assert [path for path in replica.asked if path.startswith("/article/")] == ["/article/6439661999999"]
    assert len(lists) == 2, "the page that brings news, and the next one, which brings none"
    assert done.rows("SELECT count(*) FROM articles") == [(61,)]
    assert Story(0, 0).title in {title for (title,) in done.rows("SELECT title FROM articles")}
    assert api(replica.url)["method"] == "POST"
