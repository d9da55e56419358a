"""Traps: what leads nowhere or never ends is refused with a reason; what only looks like it is not."""

import pytest

from crawler.discovery.traps import trap
from tests.discovery.replica.server import Answer, Replica, serving
from tests.discovery.walk import walk

HOST = "http://www.yunling.example.cn"


@pytest.mark.parametrize(
    ("path", "reason"),
    [
        ("/xw/a/b/a/b/a/b/a/1.html", "repeated"),
        ("/x?id=1&id=2", "repeated"),
        ("/" + "d/" * 3 + "e/" * 1 + "/".join(f"s{n}" for n in range(14)) + "/1.html", "depth"),
        ("/x?" + "&".join(f"p{n}=1" for n in range(9)), "parameters"),
        ("/x?q=" + "%E9%95%BF" * 80, "long"),
        ("/calendar/2026/05/", "calendar"),
        ("/list.html?date=2026-05-01", "calendar"),
        ("/member/login.php", "action"),
        ("/index.php?mod=register", "action"),
        ("/news/print/123.html", "action"),
        ("/system/count//0002001/000000000000/000/000/c0002001000000000000_000000001.shtml", None),
        ("/xw/202605/t20260501_1000001.shtml", None),
        ("/index.php?a=show&c=index&catid=9&id=123&m=content", None),
        ("/art/2026/5/5/art_5_5.html", None),
        ("/printing/2026/0501/1.html", None),
    ],
)
def test_trap(path: str, reason: str | None) -> None:
    assert trap(HOST + path) == reason


def endless(asked: str) -> Answer | None:
    """A site whose every page invents more of itself."""
    deep = asked.rstrip("/") + "/"
    number = sum(map(ord, asked)) % 97
    body = f"""<html><body><a href="{deep}weather/">天气</a><a href="{deep}../{number}/weather/">换一换</a>
      <a href="/list.html?date=2026-05-{number % 28 + 1:02}">日历</a><a href="/list.html;jsessionid={number}">要闻</a>
      <a href="/list.html?utm_source={number}">要闻</a><a href="/list.html?page={number}&page={number}">页</a>
      <a href="http://127.0.0.1:1/xw/">镜像</a><a href="/xw/202605/t20260501_{1000 + number % 5}.shtml">山区通了公交车村民出行方便</a></body></html>"""
    return 200, "text/html; charset=utf-8", body.encode()


def test_an_endless_site_ends() -> None:
    with serving(Replica("endless", answer=endless)) as replica:
        walked = walk(replica, most=300)
    assert len(walked.lists) < 60
    assert {"repeated", "calendar", "offsite"} <= set(walked.refused)
    assert len(walked.articles) <= 5
