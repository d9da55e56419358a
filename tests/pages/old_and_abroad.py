"""Pages of 2003 to 2010, of Taiwan and Hong Kong, and wrongly declared ones."""

# ruff: noqa: E501 - a line of a template is one line of markup

from __future__ import annotations

from tests.pages.mainland import FOOT, html
from tests.pages.stories import CANAL, HEAD, LINKS, TEA, TEA_HEAD, Case, paragraphs

P, T = paragraphs(CANAL), paragraphs(TEA, indent="")
BR = "<br>\n<br>\n".join(f"　　{text}" for text in CANAL)
LAYOUT_2003 = Case(
    name="portal-2003", url="http://news.oldportal.example/20040312/n219412345.shtml", charset="gb18030", title=HEAD, paragraphs=CANAL,
    html=f"""<script>var a=1;</script><html><head><title>{HEAD}</title><meta http-equiv=content-type content="text/html; charset=gb2312"></head>
      <body bgcolor=#ffffff><table width=750><tr><td>首页 - 新闻 - 体育 - 娱乐 - 财经</td></tr></table><table width=750><tr><td>
      <font size=2>旧门户首页 &gt; 新闻中心 &gt; 地方新闻</font></td></tr><tr><td align=center><font size=4><b>{HEAD}</b></font></td></tr>
      <tr><td>NEWS.OLDPORTAL.COM　2004年3月12日09:12　来源：[ 云岭晚报 ]</td></tr><tr><td>页面功能 【<a>我来说两句</a>】【<a>推荐</a>】【字体：大 中 小】【<a>打印</a>】 【<a>关闭</a>】</td></tr>
      <tr><td>{BR}</html></td></tr><tr><td align=right>（ 责任编辑：刘林 ）</td></tr></table>
      <table><tr><td>■相关链接</td></tr><tr><td><ul>{LINKS}</ul></td></tr></table></body></html>""",
    fields={"source": "云岭晚报", "editors": ["刘林"], "published": "2004-03-12T09:12:00+08:00", "reporters": []},
)  # fmt: skip
LAYOUT_2008 = Case(
    name="portal-2008", url="http://news.oldsite.example/2008-09/07/content_812.htm", charset="gb18030", title=HEAD, paragraphs=CANAL,
    html=html(HEAD, f"""<div id=top><a>新闻</a> <a>图片</a></div><table width=620><tr><td class=title>{HEAD}</td></tr>
      <tr><td>http://www.oldsite.example 2008-09-07 08:13更新　来源：青禾晨报　作者：段 红</td></tr><tr><td class=text>{BR}<br><br>（记者 段红）</td></tr>
      <tr><td><a>发送给朋友</a> | <a>打印本文</a> | <a>关闭窗口</a></td></tr></table><table><tr><td>免责声明：本网转载此文仅供参考。</td></tr></table>""", charset="gb2312"),
    fields={"source": "青禾晨报", "reporters": ["段红"], "published": "2008-09-07T08:13:00+08:00"},
)  # fmt: skip
WRONG_META = Case(
    name="utf8-declared-gb2312", url="http://www.wrong.example/2026/05/06/123456.html", title=HEAD, paragraphs=CANAL,
    html=html(HEAD, f"<h1>{HEAD}</h1><div>2026-05-06 来源：青禾网</div><div class=content>{P}</div>{FOOT}", charset="gb2312"),
    fields={"source": "青禾网", "published": "2026-05-06"},
)  # fmt: skip
WRONG_UTF8 = Case(
    name="gbk-declared-utf8", url="http://www.wrong.example/2026/05/06/123457.html", charset="gb18030", title=HEAD, paragraphs=CANAL,
    html=html(HEAD, f"<h1>{HEAD}</h1><div>2026-05-06 来源：青禾网</div><div class=content>{P}</div>{FOOT}", charset="utf-8"),
    fields={"source": "青禾网", "published": "2026-05-06"},
)  # fmt: skip
TAIWAN = Case(
    name="taiwan-daily", url="https://news.taidaily.example/story/7321/8123456", title=TEA_HEAD, paragraphs=TEA,
    html=html(f"{TEA_HEAD} | 地方新聞 | 臺日新聞網", f"""<nav><a>首頁</a><a>地方</a></nav><div class="breadcrumb">首頁 / 地方 / 臨沅</div><h1>{TEA_HEAD}</h1>
      <div class="authors"><time>2026-05-03 14:22</time> <span>臺日新聞 記者李大明／臨沅即時報導</span></div><section class="article-content">{T}
      <figure><img src="https://img.taidaily.example/1.jpg" alt=""><figcaption>茶博會現場。記者李大明／攝影</figcaption></figure></section>
      <div>分享 分享至Facebook 分享至LINE</div><h3>延伸閱讀</h3><ul>{LINKS}</ul><footer>版權所有 未經授權不得轉載</footer>"""),
    fields={"reporters": ["李大明"], "published": "2026-05-03T14:22:00+08:00", "photographers": ["李大明"]},
)  # fmt: skip
TAIWAN_BIG5 = Case(
    name="taiwan-big5", url="http://www.oldtw.example/2005/new/may/3/today-life1.htm", charset="big5hkscs", title=TEA_HEAD,
    paragraphs=(f"〔記者李大明／臨沅報導〕{TEA[0]}", *TEA[1:]),
    html=f"""<html><head><meta http-equiv="Content-Type" content="text/html; charset=big5"><title>{TEA_HEAD}</title></head><body><table><tr><td>
      <b>{TEA_HEAD}</b></td></tr><tr><td>2005/05/03</td></tr><tr><td><p>〔記者李大明／臨沅報導〕{TEA[0]}</p><p>{TEA[1]}</p><p>{TEA[2]}</p></td></tr></table></body></html>""",
    fields={"reporters": ["李大明"], "published": "2005-05-03"},
)  # fmt: skip
HONGKONG = Case(
    name="hongkong", url="https://www.hknews.example/article/61234567/tea", title=TEA_HEAD, paragraphs=TEA,
    html=html(f"{TEA_HEAD}｜港聞網", f"""<h1>{TEA_HEAD}</h1><div>撰文：李大明</div><div>出版：2026-05-03 14:22</div><div>更新：2026-05-03 15:00</div><div>來源：港聞網</div>
      <article>{T}</article><div>責任編輯：王小華</div><div>版權聲明：轉載請註明出處</div><h3>相關新聞</h3><ul>{LINKS}</ul>"""),
    fields={"source": "港聞網", "reporters": ["李大明"], "editors": ["王小華"], "published": "2026-05-03T14:22:00+08:00"},
)  # fmt: skip
CASES = (LAYOUT_2003, LAYOUT_2008, WRONG_META, WRONG_UTF8, TAIWAN, TAIWAN_BIG5, HONGKONG)
