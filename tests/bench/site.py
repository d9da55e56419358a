"""Pages of the weight of real ones: generated articles of 600 to 2,400 characters in 30 to 40 KB of furniture, each distinct.

Real portals send about 35 KB a page, most of it menus, scripts and link lists; a parser has to go through all of it.
"""

from __future__ import annotations

import random
import re
from collections.abc import Iterator
from functools import lru_cache

from tests.bench.prose import headline, paragraphs
from tests.sample_site.answer import Answer
from tests.sample_site.channels import CHANNELS, address
from tests.sample_site.generator import generated
from tests.sample_site.pages import Entry, Pages, _trs_list, _trs_pager
from tests.sample_site.server import Server
from tests.sample_site.story import Piece, Story

MENU = "".join(
    f'<li class="m{n}"><a href="/channel{n}/" target="_blank" title="频道{n}">频道{n}</a><div class="sub">'
    + "".join(f'<a href="/channel{n}/{k}.shtml">栏目{n}之{k}</a>' for k in range(12))
    + "</div></li>"
    for n in range(16)
)
SCRIPT = "".join(
    f"function f{n}(a,b){{var c=document.getElementById('k'+{n});if(c&&a>{n}){{c.innerHTML=b;}}return c;}}\n" for n in range(60)
)
STYLE = "".join(f".c{n} .d{n}{{float:left;width:{n * 3}px;color:#{n:03x}}}\n" for n in range(90))
LISTS = tuple(CHANNELS[name] for name in ("yaowen", "wenhua", "zonghe", "gen"))
"""Channels that share the articles among them: each is a chain of list pages, walked from the newest on."""
PER_PAGE = 50
LINKS = "".join(f'<a href="http://www.example.com/{n}" target="_blank">友情链接{n}</a>|' for n in range(90))


def long_story(index: int) -> Story:
    """The frame of a generated story with 600 to 2,400 characters of its own."""
    story = generated(index)
    body = paragraphs(index, random.Random(index).randrange(600, 2400))
    return Story(
        id=story.id, channel=story.channel, title=headline(index), published=story.published, source=story.source,
        reporters=story.reporters, editors=story.editors, keywords=story.keywords,
        parts=(tuple(Piece(kind="p", text=text) for text in body),),
    )  # fmt: skip


class HeavyPages(Pages):
    """The generated articles of the sample site, long and with heavy furniture, their lists, and nothing else.

    The sample site's oddities (a host that asks for a pause, pages that drip) would measure patience.
    """

    def __init__(self, base: str, edition: int, articles: int) -> None:
        super().__init__(base, edition, articles)
        self.lists = {path: answer for place in range(len(LISTS)) for path, answer in self._lists_of(place)}
        self.get = lru_cache(maxsize=20_000)(self._weighed)

    @property
    def paths(self) -> list[str]:
        """Every page that there is to fetch."""
        return [*self.lists, *(address(generated(index)) for index in range(self.articles))]

    def _lists_of(self, place: int) -> Iterator[tuple[str, Answer]]:
        channel = LISTS[place]
        found = range(place, self.articles, len(LISTS))
        total = max(1, -(-len(found) // PER_PAGE))
        for number in range(total):
            on_it = found[number * PER_PAGE : (number + 1) * PER_PAGE]
            items = [Entry(address(generated(index)), headline(index), generated(index).day) for index in on_it]
            pager = _trs_pager(channel, number, total, len(found))
            yield _trs_list(channel, number), self.render("list.html", channel=channel, items=items, pager=pager)

    def _weighed(self, path: str) -> Answer | None:
        if not re.fullmatch(r"/gen/\d{6}/t\d{8}_\d+\.shtml", path):
            return self.lists.get(path) or (self.fixed[path] if path == "/robots.txt" else None)
        index = int(path.rpartition("_")[2].removesuffix(".shtml")) - 300001
        story = long_story(index)
        if not 0 <= index < self.articles or address(story) != path:
            return None
        body = self.article(CHANNELS["gen"], story).body.decode()
        head, body_tag, rest = body.partition("<body>")
        head = head.replace("</head>", f"<style>{STYLE}</style><script>{SCRIPT}</script></head>")
        rest = rest.replace('<div class="footer">', f'<div class="links">{LINKS}</div><div class="footer">')
        return Answer(body=(head + body_tag + f'<ul class="menu">{MENU}</ul>' + rest).encode())


class HeavyServer(Server):
    """Serves heavy pages."""

    pages_of = HeavyPages
    remembers = False
