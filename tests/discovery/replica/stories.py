"""What the replicas tell: headlines, days and paragraphs made from building blocks, and the furniture around them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

PLACES = ("青禾县", "云岭县", "石桥镇", "柳溪乡", "东湖区", "北坡村", "临河街道", "南塘镇", "高店乡", "白沙村")
DEEDS = ("新修水渠今日通水", "菜市场改造完工迎客", "首届运动会开幕", "卫生院添置新设备", "公交线路优化调整", "夏粮收购全面展开",
         "图书馆延长开放时间", "老旧小区加装电梯", "春茶上市价格走高", "河道清淤提前完成", "小学新校舍交付使用")  # fmt: skip
TAILS = ("惠及周边群众", "受到居民欢迎", "比计划提前半个月", "覆盖六个村组", "")
FIRST_DAY = date(2026, 5, 20)


@dataclass(frozen=True)
class Story:
    """One article of a replica, numbered over the whole site."""

    number: int
    channel: int

    @property
    def title(self) -> str:
        n = self.number
        return PLACES[n % 10] + DEEDS[n % 11] + ("，" + TAILS[n % 5] if TAILS[n % 5] else f"（{n}）")

    @property
    def day(self) -> date:
        return FIRST_DAY - timedelta(days=self.number // 5)

    @property
    def paragraphs(self) -> list[str]:
        return [
            f"本报讯 {self.title}。记者近日在现场看到，工作人员正按照分工推进各项任务，来往的居民不时停下来询问进展。",
            f"据{PLACES[self.number % 10]}有关负责人介绍，这项工作从年初开始筹备，前后开了{self.number % 7 + 2}次座谈会，听取了各方面的意见。",
            "下一步，当地还将根据实际使用情况继续完善配套设施，并安排专人定期回访，把群众提出的问题逐条落实到位。",
        ]


def stories(channels: int, each: int) -> list[list[Story]]:
    """`each` stories for each channel, newest first."""
    return [[Story(number=place * channels + channel, channel=channel) for place in range(each)] for channel in range(channels)]


SERVICE = """<div class="footer"><a href="/about/202001/t20200101_1.shtml">关于我们</a> <a href="/about/202001/t20200101_2.shtml">联系我们</a>
<a href="/copyright.html">版权声明</a> <a href="/sitemap.html">网站地图</a> <a href="http://www.example.org/2026-05/01/content_1.htm">友情链接一</a>
<a href="/download/app.apk">客户端</a> <a href="/search?q=">搜索</a> <a href="/calendar/2026-05-01.html">日历</a> <a href="javascript:void(0)">收藏本站</a></div>"""


def page(title: str, body: str, head: str = "") -> str:
    """A whole page with the furniture every replica has."""
    return (
        f'<!DOCTYPE html><html><head><meta charset="utf-8"><title>{title}</title>{head}</head><body>'
        f'<div class="top"><a href="/">首页</a> <a href="/member/login.html">登录</a></div>{body}{SERVICE}</body></html>'
    )


def article_page(story: Story, before: str | None, after: str | None, extra: str = "") -> str:
    """An article with neighbours, as all families have it."""
    near = "".join(f'<p>{label}：<a href="{url}">另一篇</a></p>' for label, url in (("上一篇", before), ("下一篇", after)) if url)
    text = "".join(f"<p>{paragraph}</p>" for paragraph in story.paragraphs)
    return page(
        story.title,
        f'<h1>{story.title}</h1><div class="info">{story.day} 09:30　来源：云岭日报</div><div class="content">{text}</div>{extra}{near}',
    )


def entry(story: Story, url: str, *, cut: bool = False) -> str:
    """One line of a list; `cut` shortens the visible headline as many lists do."""
    shown = story.title[:9] + "…" if cut else story.title
    return f'<li><a href="{url}" title="{story.title}">{shown}</a><span>{story.day}</span></li>'
