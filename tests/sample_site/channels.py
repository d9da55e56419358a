"""Where things stand on the sample site: its channels, and the address of every story."""

from __future__ import annotations

from dataclasses import dataclass

from tests.sample_site.story import Story


@dataclass(frozen=True, slots=True, kw_only=True)
class Channel:
    name: str
    title: str
    template: str
    index: str
    address: str
    """Pattern of an article's address; fields: Y, m, d (padded), M, D (not padded), id."""
    per_page: int = 5
    charset: str = "utf-8"
    conditional: bool = False
    """Articles carry ETag and Last-Modified."""


_TRS = "/{channel}/{Y}{m}/t{Y}{m}{d}_{id}.shtml"
CHANNELS = {
    channel.name: channel
    for channel in (
        Channel(name="yaowen", title="要闻", template="trs", index="/yaowen/index.shtml", address=_TRS, conditional=True),
        Channel(name="minsheng", title="民生", template="trs", index="/minsheng/index.shtml", address=_TRS, conditional=True),
        Channel(name="wenhua", title="文化", template="trs", index="/wenhua/index.shtml", address=_TRS, per_page=20),
        Channel(name="zonghe", title="综合", template="trs", index="/zonghe/index.shtml", address=_TRS, per_page=40),
        Channel(name="gen", title="快讯", template="trs", index="/gen/index.shtml", address=_TRS, per_page=50),
        Channel(name="gb", title="县区", template="enorth", index="/gb/index.shtml", charset="gb2312",
                address="/gb/system/{Y}/{m}/{d}/{id}.shtml", per_page=4),
        Channel(name="zhengwu", title="政务", template="hanweb", index="/col/col1234/index.html",
                address="/art/{Y}/{M}/{D}/art_1234_{id}.html", per_page=3),
        Channel(name="epaper", title="云岭日报", template="founder", index="/epaper/ylrb/paperindex.htm",
                address="/epaper/ylrb/html/{Y}-{m}/{d}/content_{id}.htm"),
        Channel(name="mirror", title="鏡像", template="mirror", index="/mirror/index.html",
                address="/mirror/a/{Y}{m}{d}/{id}.html", per_page=20),
        Channel(name="old", title="旧闻", template="old", index="/old/news/index.htm", charset="gb2312",
                address="/old/news/{Y}{m}{d}/{id}.htm", per_page=20),
    )
}  # fmt: skip

TRS = tuple(name for name, channel in CHANNELS.items() if channel.template == "trs")


def address(story: Story) -> str:
    """Path of a story's page."""
    if story.path:
        return story.path
    year, month, day = story.day.split("-")
    return CHANNELS[story.channel].address.format(
        channel=story.channel, id=story.id, Y=year, m=month, d=day, M=int(month), D=int(day)
    )


def part_address(story: Story, part: int) -> str:
    """Path of a further part of a story (TRS: `t20260502_100301_1.shtml` is the second)."""
    path = address(story)
    return path.replace(".shtml", f"_{part}.shtml") if part else path
