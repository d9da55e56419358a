"""The pages that go wrong, as real ones do: stubs, redirects, guards, soft 404s, damaged bodies, broken connections."""

from __future__ import annotations

import gzip
from typing import TYPE_CHECKING

from tests.sample_site.answer import Answer, page
from tests.sample_site.channels import CHANNELS, address
from tests.sample_site.story import Story, stories

if TYPE_CHECKING:
    from tests.sample_site.pages import Pages

WHERE = "/zonghe/202605/t20260502_{}.shtml"
TITLES = {
    "100911": "专题报道已迁移（脚本跳转）",
    "100912": "旧稿新址（页面跳转）",
    "100913": "北门菜市场换新颜",
    "100914": "友站报道：清沅河上游",
    "100921": "已被撤下的报道",
    "100922": "不存在的报道",
    "100923": "永久删除的报道",
    "100931": "需要验证的报道",
    "100932": "脚本验证页",
    "100933": "深度：清沅河采砂三十年",
    "100941": "农机跨区作业证开始发放",
    "100942": "全市中小学开展防溺水教育",
}
ODD_LISTS = {"zonghe": "/zonghe/index.shtml", "faults": "/faults/index.shtml"}
FAULTS = {
    "100961": ("迟迟不答复的一页", "hang"), "100962": ("一个字节一个字节来的一页", "drip"), "100963": ("连接中断的一页", "reset"),
    "100964": ("忙过之后才答复的一页", "busy"), "100965": ("没有尽头的一页", "endless"), "100966": ("转圈的一页", "loop"),
}  # fmt: skip
SOFT_404 = (
    "<html><head><title>提示信息_云岭新闻网</title></head><body>"
    "<div class='nav'><a href='/'>首页</a> <a href='/yaowen/index.shtml'>要闻</a></div>"
    "<div class='tip'><h2>抱歉，您访问的页面不存在或已删除！</h2><p>3秒后返回<a href='/'>首页</a></p></div></body></html>"
)
CHALLENGE = (
    "<html><head><meta charset='utf-8'></head><body><script>var arg1='3F2A91';function setCookie(n,v){document.cookie=n+'='+v}"
    "setCookie('security_session_verify',arg1);window.location.reload();</script></body></html>"
)
JSLUID = "<script>document.cookie='__jsl_clearance_s=0|'+[1,2,3].join('')+';path=/';location.href=location.pathname</script>"


def faulty(number: str) -> str:
    return f"/faults/202605/t20260502_{number}.shtml"


def install(pages: Pages) -> None:
    """Put the oddities, and the two lists that lead to them, among the pages."""
    zonghe = CHANNELS["zonghe"]
    known = {story.id: story for story in stories("zonghe", pages.edition)}
    first = {name: address(stories(name, 1)[0]) for name in ("yaowen", "minsheng")}
    login = pages.article(zonghe, known["100933"], login=True)
    packed = gzip.compress(pages.article(zonghe, known["100941"]).body, mtime=0)
    half = len(packed) // 2
    damaged = packed[:half] + b"\xff" * 64 + packed[half + 64 :]
    odd = {
        "100911": page(f'<script language="javascript">window.location="{first["yaowen"]}";</script>'),
        "100912": page(f'<html><head><meta http-equiv="refresh" content="0;url={first["minsheng"]}"></head></html>'),
        "100913": Answer(
            status=301, headers={"Location": address(next(s for s in pages.listed["minsheng"] if s.id == "100202"))}
        ),
        "100914": Answer(status=302, headers={"Location": pages.base.replace("127.0.0.1", "localhost") + "/elsewhere.html"}),
        "100921": page(SOFT_404),
        "100922": page("<html><head><title>404 Not Found</title></head><body><h1>404 Not Found</h1></body></html>", status=404),
        "100923": page("<html><body><h1>410 Gone</h1></body></html>", status=410),
        "100931": page(JSLUID, status=412, headers={"Set-Cookie": "__jsluid_h=9b1f0c; max-age=31536000; path=/; HttpOnly"}),
        "100932": page(CHALLENGE),
        "100933": login,
        "100941": Answer(body=damaged, headers={"Content-Encoding": "gzip"}),
        "100942": Answer(body=pages.article(zonghe, known["100942"]).body, fault="truncate"),
    }
    pages.fixed |= {WHERE.format(number): answer for number, answer in odd.items()}
    pages.fixed["/elsewhere.html"] = page("<html><body><p>另一个主机上的页面。</p></body></html>")
    _lists(pages, known)


def _lists(pages: Pages, known: dict[str, Story]) -> None:
    from tests.sample_site.pages import Entry, entry

    ordinary = [entry(story) for story in pages.listed["zonghe"] if story.id not in TITLES]
    entries = [*ordinary, *(Entry(WHERE.format(number), title, "2026-05-02") for number, title in TITLES.items())]
    zonghe = CHANNELS["zonghe"]
    pages.fixed[zonghe.index] = pages.render("list.html", channel=zonghe, items=entries, pager="")
    served = pages.article(zonghe, known["100964"])
    for number, (_, fault) in FAULTS.items():
        answer = Answer(body=served.body, fault=fault)
        if fault == "loop":
            answer = Answer(status=302, headers={"Location": faulty(number) + "?again=1"})
        pages.fixed[faulty(number)] = answer
    broken = [Entry(faulty(number), title, "2026-05-02") for number, (title, _) in FAULTS.items()]
    pages.fixed[ODD_LISTS["faults"]] = pages.render("list.html", channel=zonghe, items=broken, pager="")
