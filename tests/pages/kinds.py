"""Pages of every kind: what each is, and what it is taken for."""

# ruff: noqa: E501 - a page is one line of markup

from __future__ import annotations

from crawler.extraction import open_document, page_kind
from crawler.items import Kind, Lease, RawPage
from tests.pages import CASES
from tests.pages.mainland import FOOT, NAV, SIDE, html
from tests.pages.stories import CANAL, HEAD, LINKS

IMAGES = "".join(f'<p><img src="/{i}.jpg"></p><p>第{i}张：茶园的早晨</p>' for i in range(1, 6))
ITEMS = "".join(
    f'<li><a href="/2026/0506/{i}.shtml">第{i}条新闻的标题写在这里供人点开阅读</a><span>2026-05-06</span></li>' for i in range(40)
)


def page(
    body: str,
    *,
    url: str = "http://x.example/a/202605/t20260506_1.html",
    status: int = 200,
    lease: Kind | None = None,
    **headers: str,
) -> Kind:
    raw = RawPage(url=url, body=body.encode(), status=status, headers={"content-type": "text/html", **headers})
    wanted = Lease(id=1, url=url, site="x", kind=lease) if lease else None
    return page_kind(open_document(raw), site=None, lease=wanted)[0]


SUMMARIES = "".join(
    f'<div class="item"><h3><a href="/2026/0506/{i}.shtml">第{i}条新闻的标题写在这里供人点开</a></h3><p>这是第{i}条新闻的摘要，说的是县里春耕备耕的情况，农技人员下到田间地头，手把手教乡亲们育秧。</p><span>2026-05-06</span></div>'
    for i in range(20)
)
STORY = html(HEAD, f"<h1>{HEAD}</h1>" + "".join(f"<p>{t}</p>" for t in CANAL) + FOOT)
INDEX = "http://x.example/xw/index.shtml"
LABELLED: list[tuple[Kind, Kind]] = [
    *((Kind.ARTICLE, page(case.html, url=case.url)) for case in CASES),
    (Kind.ARTICLE, page(html(HEAD, f"{NAV}<h1>{HEAD}</h1><p>{CANAL[2]}</p>{SIDE}{FOOT}"), lease=Kind.ARTICLE)),
    (Kind.ARTICLE, page(html(HEAD, f"<h1>{HEAD}</h1><p>今日停水通知：城南片区八时起停水。</p>{SIDE}{FOOT}"), lease=Kind.ARTICLE)),
    (Kind.LIST, page(html("要闻_云岭网", f"{NAV}<ul>{ITEMS}</ul>{FOOT}"), url=INDEX)),
    (Kind.LIST, page(html("要闻_云岭网", f"{NAV}<ul>{ITEMS}</ul>{FOOT}"), url=INDEX, lease=Kind.LIST)),
    (Kind.LIST, page(html("云岭网", f"{NAV}{SIDE}<ul>{LINKS}</ul>{ITEMS}{FOOT}"), url="http://x.example/")),
    (Kind.LIST, page(html("云岭网", f"{NAV}<ul>{ITEMS}</ul>"), url="http://y.example/", lease=Kind.UNKNOWN)),
    (Kind.GALLERY, page(html("组图：茶季", f"{NAV}<h1>组图：茶季</h1>{IMAGES}{SIDE}{FOOT}"), lease=Kind.ARTICLE)),
    (Kind.VIDEO, page(html("视频：一分钟看茶季", f'<h1>视频：一分钟看茶季</h1><video src="/v.mp4"></video>{FOOT}'), lease=Kind.ARTICLE)),
    (Kind.STUB, page('<script>window.location="./xw/"</script>')),
    (Kind.STUB, page('<html><head><meta http-equiv="refresh" content="0;url=/new/1.shtml"></head><body></body></html>')),
    (Kind.STUB, page('<script>var a="http://x.example/2.html"; document.location = a;</script>')),
    (Kind.CHALLENGE, page("<script>/* */</script>", status=412)),
    (Kind.CHALLENGE, page("<script>document.cookie='__jsl_clearance=1'</script>", status=521)),
    (Kind.CHALLENGE, page("<script src='/_guard/auto.js'></script><body></body>")),
    (Kind.CHALLENGE, page("<script>var x='security_session_verify'</script>")),
    (Kind.CHALLENGE, page("<html><title>403</title><body>请求被拦截</body></html>", status=403)),
    (Kind.CHALLENGE, page("<html></html>", status=405, **{"wzws-ray": "1"})),
    (Kind.SOFT_404, page(html("页面没有找到", f"{NAV}<p>页面没有找到</p>{SIDE}{FOOT}"))),
    (Kind.SOFT_404, page(html("云岭网", f"{NAV}<div>您访问的页面不存在或已删除</div>"))),
    (Kind.SOFT_404, page(html("数字报", "<div>该日期没有报纸</div>"))),
    (Kind.LOGIN, page(html(HEAD, f"<h1>{HEAD}</h1><p>{CANAL[2]}</p><div>阅读全文，请先登录。</div>{FOOT}"), lease=Kind.ARTICLE)),
    (Kind.EMPTY, page("")),
    (Kind.EMPTY, page("<html><body></body></html>")),
    (Kind.EDITION, page(html("云岭日报", f"<div>第01版：要闻</div><ul>{LINKS}</ul>"), url="http://e.example/html/2026-05/06/node_2.htm")),
    (Kind.FEED, page('<?xml version="1.0"?><rss version="2.0"><channel><item><title>甲</title></item></channel></rss>')),
    (Kind.SITEMAP, page('<?xml version="1.0"?><urlset><url><loc>http://x.example/1.html</loc></url></urlset>')),
    (Kind.SITEMAP, page("User-agent: *\nSitemap: http://x.example/s.xml", lease=Kind.SITEMAP, **{"content-type": "text/plain"})),
    (Kind.API, page('{"data": [{"title": "甲", "url": "/1.html"}]}', **{"content-type": "application/json"})),
    (Kind.CHALLENGE, page("<!DOCTYPE html><html><head><title>Just a moment...</title></head><body><noscript>Enable JavaScript and cookies to continue</noscript><script src='/cdn-cgi/challenge-platform/h/b/orchestrate/jsch/v1'></script></body></html>",status=403)),
    (Kind.CHALLENGE, page(html("访问验证","<div>为了您的账号安全，请拖动滑块完成验证</div><div id=nc_1_wrapper></div>"))),
    (Kind.CHALLENGE, page('<html><head><meta http-equiv="refresh" content="1"><script>function stringToHex(str){}function YunSuoAutoJump(){self.location=location.href}</script></head><body onload="setTimeout(\'YunSuoAutoJump()\', 50)"></body></html>')),
    (Kind.CHALLENGE, page(html("安全检测能力由 雷池 WAF 驱动","<p>正在进行安全检测，请稍候</p>"),status=468)),
    (Kind.CHALLENGE, page(html("提示","<div>您的访问过于频繁，请稍后再试</div>"),status=200)),
    (Kind.CHALLENGE, page(html("禁止访问","<h2>您的IP已被防火墙拦截</h2><p>事件ID：88121</p>"))),
    (Kind.SOFT_404, page(html("港都時報","<div class=msg>很抱歉，您要瀏覽的頁面不存在或已被移除</div>"+FOOT))),
    (Kind.SOFT_404, page(html("提示信息","<p>该稿件已下线</p><p>3秒后返回首页</p>"))),
    (Kind.SOFT_404, page(html("出错啦",NAV+"<h3>对不起，您访问的内容已被删除或尚未发布</h3>"+SIDE+FOOT))),
    (Kind.SOFT_404, page(html("404","<h1>404</h1><p>页面走丢了</p><a href='/'>返回首页</a>"))),
    (Kind.LOGIN, page(html(HEAD,f"<h1>{HEAD}</h1><p>{CANAL[2]}</p><div>登入後即可閱讀全文</div><a>立即訂閱</a>"),lease=Kind.ARTICLE)),
    (Kind.LOGIN, page(html(HEAD,f"<h1>{HEAD}</h1><p>{CANAL[2]}</p><div>本文为付费内容，订阅后可阅读全文</div>"),lease=Kind.ARTICLE)),
    (Kind.LOGIN, page(html("用户登录","<form><label>用户名</label><input name=user><label>密码</label><input type=password name=pwd><button>登录</button></form><p>请登录后继续操作</p>"))),
    (Kind.LIST, page(html("春耕备耕_云岭网",NAV+SUMMARIES+FOOT),url="http://x.example/zt/cg/index.shtml")),
    (Kind.LIST, page(html("春耕备耕_云岭网",NAV+SUMMARIES+FOOT),url="http://x.example/chungeng")),
    (Kind.LIST, page(html("政务动态",f"{NAV}<ul>{ITEMS}</ul>"),url="http://q.example/col/col1234/index.html")),
    (Kind.GALLERY, page(html("组图：茶季",f"{NAV}<h1>组图：茶季</h1>{IMAGES}{FOOT}"),url="http://x.example/tu/202605/t20260506_12.shtml")),
    (Kind.GALLERY, page(html("高清：湿地候鸟","<h1>高清：湿地候鸟</h1><ul class=slides>"+"".join(f"<li><img src=/p{i}.jpg alt='候鸟'></li>" for i in range(9))+f"</ul>{FOOT}"),lease=Kind.ARTICLE)),
    (Kind.VIDEO, page(html("视频丨渡口新船",f"<h1>视频丨渡口新船</h1><div class='prism-player' id=player></div><script>var player=new Aliplayer({{source:'https://v.x.example/1.m3u8'}})</script>{FOOT}"),lease=Kind.ARTICLE)),
    (Kind.ARTICLE, page(html(HEAD,f"<h1>{HEAD}</h1><video src=/v.mp4></video>"+"".join(f"<p>{t}</p>" for t in CANAL)),lease=Kind.ARTICLE)),
    (Kind.STUB, page('<html><head><meta http-equiv="Refresh" content="3; URL=http://www.x.example/new/"></head><body>本站已启用新域名，3秒后跳转</body></html>')),
    (Kind.STUB, page("<html><script>window.location.replace('https://m.x.example/1.html')</script></html>")),
    (Kind.EDITION, page(html("云岭日报数字报",f"<div>第03版：民生</div><ul>{LINKS}</ul>"),url="https://e.example/pc/layout/202605/06/node_03.html")),
    (Kind.EDITION, page(html("晚报",f"<div>A1版</div><ul>{LINKS}</ul>"),url="http://e.example/shtml/ylwb/20260506/vA1.shtml")),
    (Kind.ARTICLE, page(STORY,url="https://e.example/pc/content/202605/06/content_57459.html")),
    (Kind.FEED, page('<?xml version="1.0" encoding="utf-8"?><feed xmlns="http://www.w3.org/2005/Atom"><title>a</title><entry><title>甲</title></entry></feed>')),
    (Kind.ARTICLE, page(STORY,url="http://x.example/detail")),
    (Kind.EMPTY, page("<html><head><title></title></head><body><div> </div><img></body></html>")),
    (Kind.ARTICLE, page(html("讣告",f"<h1>讣告</h1><p>我县离休干部罗振山同志因病医治无效，于五月六日逝世，享年九十五岁。</p>{FOOT}"),lease=Kind.ARTICLE)),
]  # fmt: skip
