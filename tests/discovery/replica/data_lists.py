"""Sites whose lists are data behind scripts: UCAP's and Guangdong's JSON by GET, JSON by POST as JSON and as a form.

Addresses, parameters and answers are those that public crawlers use (docs/sites.md); how UCAP's page words its script is ours.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import datetime
from hashlib import md5
from typing import Any
from urllib.parse import parse_qs

from crawler.clock import CHINA
from crawler.sites.profile import Api, Site
from tests.discovery.replica.portals import CHANNELS, EACH
from tests.discovery.replica.server import Answer, Replica
from tests.discovery.replica.stories import Story, article_page, page, stories

PER_PAGE = 6


def _json(value: Any, status: int = 200) -> Answer:
    return status, "application/json; charset=utf-8", json.dumps(value, ensure_ascii=False).encode()


def _part(told: list[Story], number: int) -> list[Story]:
    return told[(number - 1) * PER_PAGE : number * PER_PAGE] if number > 0 else []


def _newest_first(channels: list[list[Story]]) -> list[Story]:
    return sorted((story for told in channels for story in told), key=lambda story: story.number)


def _hex(text: object) -> str:
    return md5(str(text).encode(), usedforsecurity=False).hexdigest()


def _site(
    family: str, path: Callable[[Story], str], body: Callable[[Story], str] | None = None
) -> tuple[Replica, list[list[Story]]]:
    """A replica with its article pages; lists are the family's own."""
    replica, channels = Replica(family), stories(len(CHANNELS), EACH)
    for told in channels:
        for story in told:
            replica.pages[path(story)] = body(story) if body else article_page(story, None, None)
            replica.articles.add(path(story))
    return replica, channels


def ucap() -> Replica:
    """`/szinf/info/getInfoCommon/?pagesize=15&currpage=1&channelid=<32 hex>` gives `infolist[].title/link/pubtime` (suzhou.gov.cn)."""

    def path(story: Story) -> str:
        return f"/szsrmzf/{CHANNELS[story.channel][0]}/{story.day:%Y%m}/{_hex(story)}.shtml"

    def body(story: Story) -> str:
        text = "".join(f"<p>{paragraph}</p>" for paragraph in story.paragraphs)
        meta = f'<meta name="ArticleTitle" content="{story.title}"><meta name="PubDate" content="{story.day} 09:30">'
        return page(
            story.title,
            f"<h1>{story.title}</h1><div>{story.day} 09:30 来源：云岭日报</div><ucapcontent>{text}</ucapcontent>",
            meta,
        )

    replica, channels = _site("ucap", path, body)

    def answer(asked: str) -> Answer | None:
        place, _, query = asked.partition("?")
        if place != "/szinf/info/getInfoCommon/":
            return None
        given = {name: values[0] for name, values in parse_qs(query).items()}
        told = next(told for channel, told in enumerate(channels) if _hex(channel) == given["channelid"])
        rows = [{"title": s.title, "link": path(s), "pubtime": f"{s.day} 09:30:00"} for s in _part(told, int(given["currpage"]))]
        return _json({"infolist": rows, "total": len(told)})

    for channel, (slug, name) in enumerate(CHANNELS):
        script = f"""<script>var vue = new Vue({{methods: {{load: function() {{
            $.get("/szinf/info/getInfoCommon/?pagesize={PER_PAGE}&currpage=1&channelid={_hex(channel)}", this.show); }}}}}});</script>"""
        replica.pages[f"/szsrmzf/{slug}/nav_list.shtml"] = page(name, f'<ul class="infolist" v-for="row in rows"></ul>{script}')
    nav = "".join(f'<a href="/szsrmzf/{slug}/nav_list.shtml">{name}</a>' for slug, name in CHANNELS)
    replica.pages["/"] = page("云岭市人民政府", f"<div>{nav}</div>")
    replica.answer = answer
    return replica


def catalogue() -> Replica:
    """Guangdong's gkmlpt: columns in `_CONFIG.TREE`, lists at `/gkmlpt/api/all/COLUMN?page=N&sid=SITE`, dates in seconds."""

    def path(story: Story) -> str:
        return f"/ylx/gkmlpt/content/3/{3000 + story.number // 30}/post_{3_000_000 + story.number}.html"

    replica, channels = _site("gkmlpt", path)

    def row(story: Story) -> dict[str, Any]:
        at = int(datetime(story.day.year, story.day.month, story.day.day, 9, 30, tzinfo=CHINA).timestamp())
        return {"id": 3_000_000 + story.number, "title": story.title, "date": at - 86_400 * 3, "create_time": at, "type": "normal",
                "created_at": f"{story.day} 11:02:03", "publisher": "云岭县人民政府办公室", "url": replica.url + path(story),
                "identifier": f"11445200/2026-{story.number:05}"}  # fmt: skip

    def answer(asked: str) -> Answer | None:
        place, _, query = asked.partition("?")
        if not place.startswith("/ylx/gkmlpt/api/all/"):
            return None
        given = {name: values[0] for name, values in parse_qs(query).items()}
        column = int(place.rpartition("/")[2]) - 21001
        part = _part(channels[column], int(given["page"])) if given.get("sid") == "758019" and 0 <= column < len(channels) else []
        if not part:
            return _json({"message": "404 Not Found"}, 404)
        classify = {"id": column + 21001, "name": CHANNELS[column][1], "parent": 21000, "post_count": EACH}
        return _json({"classify": classify, "total": EACH, "articles": [row(story) for story in part]})

    tree = [{"id": 21001 + c, "name": name, "parent": 21000, "post_count": EACH} for c, (_, name) in enumerate(CHANNELS)]
    tree = [{"id": 20999, "name": "机构职能", "jump_url": "http://www.example.org/jgzn/", "children": []},
            {"id": 21000, "name": "工作动态", "jump_url": "", "children": tree}]  # fmt: skip
    config = f"window._CONFIG = {{ SID: '758019', APP_URL: '/ylx', TREE: {json.dumps(tree, ensure_ascii=False)}, DEBUG: false }};"
    replica.pages["/ylx/gkmlpt/index"] = page(
        "云岭县人民政府信息公开平台",
        f'<div id="app"></div><script>{config}</script><script src="/ylx/gkmlpt/js/chunk-common.js"></script>',
    )
    replica.pages["/"] = page("云岭县", '<div><a href="/ylx/gkmlpt/index">政府信息公开</a></div>')
    replica.answer = answer
    return replica


def posted() -> Replica:
    """`POST /tv-station/api/article/list` with a JSON body, rows nested in modules (hkbtv.cn); its total is of no use."""

    def path(story: Story) -> str:
        return f"/article/{6_439_661_907_059 + story.number}"

    replica, channels = _site("json", path)
    replica.pages["/"] = page("云岭网", "<div id=app></div>")

    def answer(asked: str) -> Answer | None:
        place, _, body = asked.partition("#")
        if place != "/tv-station/api/article/list":
            return None
        given = json.loads(body) if body.startswith("{") else {}
        part = _part(_newest_first(channels), given.get("page", 0))
        rows = [{"articleId": 6_439_661_907_059 + s.number, "title": s.title, "releaseTime": f"{s.day} 09:30:00"} for s in part]
        return _json(
            {"data": {"records": [{"articles": rows[:2]}, {"articles": rows[2:]}], "total": None, "current": given.get("page")}}
        )

    replica.answer = answer
    return replica


def form_posted() -> Replica:
    """A form by POST, records without an address of their own: it is built from id and style (hinews.cn, 2026)."""

    def path(story: Story) -> str:
        return f"/page?m=1&n={2_816_000 + story.number}&s=1044"

    replica, channels = _site("json", path)
    replica.pages["/"] = page("云岭网", "<div id=app></div>")

    def answer(asked: str) -> Answer | None:
        place, _, body = asked.partition("#")
        if place != "/open-service/content/getNewsIndexManyLevelByUuidSplit":
            return None
        given = {name: values[0] for name, values in parse_qs(body).items()}
        part = _part(_newest_first(channels), int(given["pageNo"]) if given.get("uuid") == "ab12" else 0)
        rows = [{"moduleNewsDataBO": {"contentNewsBO": {
            "id": 2_816_000 + s.number, "title": s.title, "publishTime": f"{s.day} 09:30:00", "siteLayoutModuleArticleStyleId": 1044,
        }}} for s in part]  # fmt: skip
        return _json({"code": 200, "data": {"pageNo": given["pageNo"], "count": None, "list": rows}})

    replica.answer = answer
    return replica


def posted_api(url: str) -> dict[str, str]:
    """Facts of the API that a profile of `posted` states."""
    return {"url": f"{url}/tv-station/api/article/list", "method": "POST", "body": '{"page": {}, "limit": 6, "classifyLevel": 1}',
            "items": "data.records[].articles[]", "link": f"{url}/article/{{articleId}}", "title": "title", "date": "releaseTime"}  # fmt: skip


def form_api(url: str) -> dict[str, str]:
    """Facts of the API that a profile of `form_posted` states."""
    return {"url": f"{url}/open-service/content/getNewsIndexManyLevelByUuidSplit", "method": "POST",
            "body": "uuid=ab12&pageNo={}&siteId=12", "items": "data.list[].moduleNewsDataBO.contentNewsBO",
            "link": f"{url}/page?n={{id}}&m=1&s={{siteLayoutModuleArticleStyleId}}", "title": "title", "date": "publishTime"}  # fmt: skip


def profile(url: str, api: dict[str, str]) -> Site:
    """A profile with that API and nothing else."""
    return Site(
        name="yunling",
        title="云岭网",
        home=f"{url}/",
        domains=(url.removeprefix("http://"),),
        private=True,
        sources=(Api(**api),),
    )


STATED: dict[str, tuple[Callable[[], Replica], Callable[[str], dict[str, str]]]] = {
    "posted": (posted, posted_api), "form": (form_posted, form_api),
}  # fmt: skip
"""Replicas whose lists only a profile can state, with the API it states."""
