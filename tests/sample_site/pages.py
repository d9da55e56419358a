"""Every page of the sample site on one day: lists, articles, e-paper, feed, sitemaps, robots.txt."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, timezone
from email.utils import format_datetime
from functools import lru_cache
from pathlib import Path
from typing import Any
from zlib import crc32

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from tests.sample_site import feeds, noise, oddities
from tests.sample_site.answer import Answer, page, picture
from tests.sample_site.channels import CHANNELS, Channel, address, part_address
from tests.sample_site.generator import generated
from tests.sample_site.story import Story, stories

CHINA = timezone(timedelta(hours=8))
TEMPLATES = Environment(
    loader=FileSystemLoader(Path(__file__).parent / "templates"), autoescape=True, undefined=StrictUndefined, trim_blocks=True
)
WEATHER = {1: "小雨 14～19℃", 2: "多云转晴 15～25℃"}
COUNT = "/gb/system/count/0002001/001000000000/000/000/c0002001001000000000_{:09}.shtml"


@dataclass(frozen=True, slots=True)
class Entry:
    """A line of a list."""

    path: str
    title: str
    day: str
    id: str = ""

    @property
    def href(self) -> str:
        return self.path


def entry(story: Story) -> Entry:
    return Entry(address(story), story.title, story.day, story.id)


class Pages:
    """`get(path)` gives the answer, or None. Fixed pages are built once; those of generated articles when asked for."""

    def __init__(self, base: str, edition: int, articles: int) -> None:
        self.base, self.edition, self.articles = base, edition, articles
        self.listed = {
            name: [story for story in stories(name, edition) if story.listed == "list"] for name in CHANNELS if name != "gen"
        }
        yaowen, minsheng = map(entry, self.listed["yaowen"]), map(entry, self.listed["minsheng"])
        ranked = [*yaowen, *minsheng]
        self.frame = {
            "nav": [channel for channel in CHANNELS.values() if channel.name != "epaper"],
            "edition": edition,
            "weather": WEATHER[edition],
            "hot": ranked[edition * 3 : edition * 3 + 8],
        }
        self.fixed: dict[str, Answer] = {}
        self._build()
        self.get = lru_cache(maxsize=4096)(self._get)

    def render(self, template: str, charset: str = "utf-8", **values: object) -> Answer:
        return page(TEMPLATES.get_template(template).render(**self.frame, **values), charset=charset)

    def _build(self) -> None:
        for name, found in self.listed.items():
            channel = CHANNELS[name]
            for before, story, after in zip([None, *found], found, [*found[1:], None], strict=False):
                self._add_article(channel, story, before, after)
            if name not in ("epaper", "zhengwu", "gb", "zonghe"):
                self._add_lists(channel, self._entries(name))
        for story in (one for one in stories("zonghe", self.edition) if one.listed != "list"):
            self._add_article(CHANNELS["zonghe"], story, None, None)
        self._add_enorth_lists()
        self._add_hanweb_list()
        self._add_epaper()
        self._add_special()
        self._add_home()
        self.fixed |= feeds.answers(self.base, self.edition)
        oddities.install(self)

    def _entries(self, name: str) -> list[Entry]:
        if name == "mirror":
            return [Entry(address(story), noise.pollute(story.title), story.day) for story in self.listed[name]]
        return [entry(story) for story in self.listed[name]]

    # Articles.

    def _add_article(self, channel: Channel, story: Story, before: Story | None, after: Story | None) -> None:
        related = [entry(one) for one in self.listed.get(story.channel, []) if one.id != story.id][:5]
        for number in range(len(story.parts)):
            answer = self.article(channel, story, number, related=related, before=before, after=after)
            self.fixed[part_address(story, number)] = answer

    def article(self, channel: Channel, story: Story, number: int = 0, **values: object) -> Answer:
        """One part of an article; `login`, `canonical` change the page as their names say."""
        given: dict[str, Any] = {"related": [], "before": None, "after": None, "login": False, "canonical": None, **values}
        for name in ("before", "after"):
            given[name] = entry(given[name]) if isinstance(given[name], Story) else given[name]
        if channel.template == "mirror":
            return self._mirrored(story)
        answer = self.render(
            f"{channel.template}.html", channel.charset, story=story, channel=channel, part=story.parts[number], number=number,
            total=len(story.parts), base=Path(address(story)).stem, hits=crc32(story.id.encode()) % 900 + self.edition * 37,
            same_page=[one for one in self.listed["epaper"] if one.issue == story.issue and one.day == story.day],
            by_staff=story.issue is not None and story.issue[1] != "副刊" and story.reporters[0] != "本报评论员", **given,
        )  # fmt: skip
        if channel.conditional:
            answer.headers.update(self.validators(story))
        return answer

    def _mirrored(self, story: Story) -> Answer:
        controls = story.id == "8802"
        return self.render(
            "mirror.html", title=noise.pollute(story.title), source=story.source and noise.pollute(story.source),
            published=story.published, decoy=noise.decoy(int(story.id)),
            reporters=[noise.pollute(one) for one in story.reporters],
            paragraphs=[noise.pollute(text, controls=controls) for text in story.paragraphs],
        )  # fmt: skip

    def validators(self, story: Story) -> dict[str, str]:
        """ETag and Last-Modified: they change with the article, not with the furniture around it."""
        text = story.title + "".join(story.paragraphs)
        edited = self.edition == 2 and stories(story.channel, 1) and story not in stories(story.channel, 1)
        moment = datetime.fromisoformat(story.published).replace(tzinfo=CHINA) + timedelta(days=1 if edited else 0)
        return {
            "ETag": f'"{hashlib.sha1(text.encode()).hexdigest()[:16]}"',
            "Last-Modified": format_datetime(moment.astimezone(UTC), usegmt=True),
        }

    # Lists.

    def _add_lists(self, channel: Channel, entries: list[Entry]) -> None:
        total = max(1, -(-len(entries) // channel.per_page))
        for number in range(total):
            items = entries[number * channel.per_page : (number + 1) * channel.per_page]
            pager = _trs_pager(channel, number, total, len(entries)) if channel.template == "trs" else ""
            self.fixed[_trs_list(channel, number)] = self.render(
                "list.html", channel.charset, channel=channel, items=items, pager=pager
            )

    def _add_enorth_lists(self) -> None:
        channel, entries = CHANNELS["gb"], self._entries("gb")
        oldest_first = entries[::-1]
        groups = [oldest_first[i : i + channel.per_page] for i in range(0, len(entries), channel.per_page)]
        for number, group in enumerate(groups, 1):
            earlier = f'<a href="{COUNT.format(number - 1)}">下一页</a>' if number > 1 else ""
            self.fixed[COUNT.format(number)] = self.render(
                "list.html", channel.charset, channel=channel, items=group[::-1], pager=earlier
            )
        more = f'<a href="{COUNT.format(len(groups))}">更多</a>'
        self.fixed[channel.index] = self.render(
            "list.html", channel.charset, channel=channel, items=entries[: channel.per_page], pager=more
        )

    def _add_hanweb_list(self) -> None:
        channel, entries = CHANNELS["zhengwu"], self._entries("zhengwu")
        self.fixed[channel.index] = self.render(
            "hanweb_list.html", items=entries[: channel.per_page], total=len(entries), per_page=channel.per_page
        )

    def hanweb_records(self, first: int, last: int) -> Answer:
        """The records of the list behind the Hanweb column, counted from 1."""
        entries = self._entries("zhengwu")
        records = "".join(
            f"<record><![CDATA[<li><a href='{one.path}' title='{one.title}'>{one.title}</a>"
            f"<span>{one.day}</span></li>]]></record>"
            for one in entries[first - 1 : last]
        )
        text = f"<datastore><totalrecord>{len(entries)}</totalrecord><recordset>{records}</recordset></datastore>"
        return Answer(body=text.encode(), mime="text/xml")

    def _add_epaper(self) -> None:
        found = self.listed["epaper"]
        days = sorted({story.day for story in found})
        root = "/epaper/ylrb/"
        for i, day in enumerate(days):
            of_day = [story for story in found if story.day == day]
            labels = sorted({story.issue for story in of_day if story.issue})
            pages = [(f"node_{n}.htm", label, title) for n, (label, title) in enumerate(labels, 2)]
            for node, label, title in pages:
                items = sorted((story for story in of_day if story.issue == (label, title)), key=lambda story: story.id)
                self.fixed[f"{root}html/{day[:7]}/{day[8:]}/{node}"] = self.render(
                    "founder_page.html", day=day, number=label, name=title, items=items, pages=pages,
                    earlier=days[i - 1] if i else None, later=days[i + 1] if i + 1 < len(days) else None,
                )  # fmt: skip
        newest = f"html/{days[-1][:7]}/{days[-1][8:]}/node_2.htm"
        self.fixed[f"{root}paperindex.htm"] = page(
            f'<html><head><meta http-equiv="refresh" content="0; url={newest}"></head><body></body></html>'
        )

    def _add_special(self) -> None:
        """The special 专题: another address of an article, with a canonical link."""
        channel, story = CHANNELS["yaowen"], next(one for one in self.listed["yaowen"] if one.id == "100101")
        twin = address(story).replace("/yaowen/", "/zt/")
        self.fixed[twin] = self.article(channel, story, canonical=self.base + address(story))
        special = Channel(name="zt", title="专题", template="trs", index="/zt/index.shtml", address="")
        self._add_lists(special, [Entry(twin, story.title, story.day)])

    def _add_home(self) -> None:
        blocks = [(CHANNELS[name], self._entries(name)[:5]) for name in ("yaowen", "minsheng", "wenhua", "gb", "zhengwu")]
        self.fixed["/"] = self.fixed["/index.html"] = self.render("home.html", blocks=blocks)

    # Pages built when asked for.

    def _get(self, path: str) -> Answer | None:
        if path in self.fixed:
            return self.fixed[path]
        if found := re.fullmatch(r"/gen/\d{6}/t\d{8}_(\d+)\.shtml", path):
            index = int(found[1]) - 300001
            if 0 <= index < self.articles and address(story := generated(index)) == path:
                related = [entry(generated(i)) for i in range(index + 1, index + 6)]
                return self.article(CHANNELS["gen"], story, related=related)
        if found := re.fullmatch(r"/gen/index(?:_(\d+))?\.shtml", path):
            return self._generated_list(int(found[1] or 0))
        if path.endswith((".png", ".gif")):
            return picture(crc32(path.encode()))
        return None

    def _generated_list(self, number: int) -> Answer | None:
        channel = CHANNELS["gen"]
        total = max(1, -(-self.articles // channel.per_page))
        if number >= total:
            return None
        first = number * channel.per_page
        items = [entry(generated(i)) for i in range(first, min(first + channel.per_page, self.articles))]
        pager = _trs_pager(channel, number, total, self.articles)
        return self.render("list.html", channel=channel, items=items, pager=pager)


def _trs_list(channel: Channel, number: int) -> str:
    """民生 counts its pages from 1 (`index_2.shtml` is the second), the other channels from 0 (`index_1.shtml`)."""
    if not number or channel.template != "trs":
        return channel.index
    shown = number + 1 if channel.name == "minsheng" else number
    return channel.index.replace("index.", f"index_{shown}.")


def _trs_pager(channel: Channel, number: int, total: int, records: int) -> str:
    if channel.name == "minsheng":
        call = f"createPageHTML('page_div', {total}, {number + 1}, 'index', 'shtml', {records})"
    else:
        call = f'createPageHTML({total}, {number}, "index", "shtml")'
    return f'<div id="page_div"></div><script type="text/javascript">{call};</script>'
