"""Taiwan and Hong Kong in more forms, and table pages of 2003 to 2010 with every label of their time."""

# ruff: noqa: E501 - a line of a template is one line of markup

from __future__ import annotations

from tests.pages.mainland import html
from tests.pages.stories import LINKS, Case, paragraphs

MARKET = (
    "高屏地區連日大雨，果菜批發價應聲上漲。鳳山果菜市場今晨每公斤青蔥批發價達九十八元，較上週同期漲了將近四成，攤商直呼「比肉還貴」。",
    "市府農業局主任秘書梁志偉受訪時指出，受損的以短期葉菜為主，預估兩週後即可恢復供應，呼籲民眾可先以根莖類替代。",
    "在鳳山擺攤二十年的洪太太說，菜價一漲，客人多半只買半把，「大家撐過這陣子就好」。",
)
MARKET_HEAD = "大雨打亂菜價 青蔥每公斤逼近百元"
BRIDGE = (
    "晚报讯 昨天上午九时三十分，横跨清江的第二大桥合龙。大桥全长1 286米，双向四车道，预计国庆前通车。",
    "记者在现场看到，最后一节钢箱梁缓缓吊起，与两端桥面严丝合缝。项目总工程师戚国栋说，合龙误差只有三毫米，比规范要求的还小。",
    "大桥通车后，从城东到火车站的车程将由四十分钟缩短到一刻钟，老桥每天两万多辆次的压力也将大大减轻。",
)
BRIDGE_HEAD = "清江二桥昨日合龙"
M = paragraphs(MARKET, indent="")
B = paragraphs(BRIDGE)
BB = "<br><br>\n".join(f"　　{text}" for text in BRIDGE)
SHARE = "<ul class='share'><li><a>分享至 Facebook</a></li><li><a>分享至 LINE</a></li><li><a>複製連結</a></li></ul>"

TW_WRITER = Case(
    name="tw-writer-slash", url="https://www.gangdu-times.example/news/20260611-104233", title=MARKET_HEAD, paragraphs=MARKET,
    html=html(f"{MARKET_HEAD} - 生活 - 港都時報", f"""<header><a>首頁</a><a>生活</a><a>地方</a></header><ol class="breadcrumb"><li>首頁</li><li>生活</li></ol><article><h1>{MARKET_HEAD}</h1>
      <p class="meta">2026/06/11 10:42　文／記者洪雅婷　圖／鳳山果菜市場提供</p>{SHARE}<div class="story">{M}</div></article><aside><h3>熱門新聞</h3><ul>{LINKS}</ul></aside>"""),
    fields={"reporters": ["洪雅婷"], "published": "2026-06-11T10:42:00+08:00", "source": None, "editors": []},
)  # fmt: skip
TW_ROUNDUP = Case(
    name="tw-roundup", url="https://news.liandao.example/local/story/8812345.htm", title=MARKET_HEAD, paragraphs=MARKET,
    html=html(f"{MARKET_HEAD}｜聯島新聞雲", f"""<div class="nav"><a>即時</a><a>熱門</a></div><h1 class="title">{MARKET_HEAD}</h1><div class="date">2026年06月11日 10:42</div>
      <div class="editor">記者洪雅婷、蔡政諺／高雄綜合報導</div><div class="story">{M}<p>※本報提醒您：颱風期間請隨時留意最新氣象資訊。</p></div>
      <p>責任編輯：簡妤安　核稿編輯：溫子喬</p><div>更多聯島新聞雲報導</div><ul>{LINKS}</ul><p>【版權所有 翻印必究】</p>"""),
    fields={"reporters": ["洪雅婷", "蔡政諺"], "editors": ["簡妤安", "溫子喬"], "published": "2026-06-11T10:42:00+08:00"},
)  # fmt: skip
TW_AGENCY = Case(
    name="tw-agency", url="https://www.daoyu-cna.example/news/aloc/202606110088.aspx", title=MARKET_HEAD,
    paragraphs=(f"（島嶼社記者洪雅婷高雄11日電）{MARKET[0]}", *MARKET[1:]),
    html=html(f"{MARKET_HEAD} | 地方 | 島嶼通訊社", f"""<div class="breadcrumb"><a>首頁</a> / <a>地方</a></div><h1><span>{MARKET_HEAD}</span></h1><div class="updatetime"><span>2026/6/11 10:42</span>（6/11 11:30 更新）</div>
      <div class="paragraph"><p>（島嶼社記者洪雅婷高雄11日電）{MARKET[0]}</p><p>{MARKET[1]}</p><p>{MARKET[2]}（編輯：簡妤安）1150611</p></div>{SHARE}<h2>延伸閱讀</h2><ul>{LINKS}</ul>"""),
    fields={"reporters": ["洪雅婷"], "editors": ["簡妤安"], "published": "2026-06-11T10:42:00+08:00"},
)  # fmt: skip
TW_SOURCE = Case(
    name="tw-reprint", url="https://tw.rumen.example/articles/771235", title=MARKET_HEAD, paragraphs=MARKET,
    html=html(f"{MARKET_HEAD}", f"""<h1>{MARKET_HEAD}</h1><div><span>來源：港都時報</span> <span>記者：洪雅婷</span> <span>發布時間：2026-06-11 10:42</span> <span>點閱：1,204</span></div>
      <div class="content">{M}<p>圖／鳳山果菜市場提供</p></div><h3>相關新聞</h3><ul>{LINKS}</ul><footer>隱私權政策｜服務條款　入門網 版權所有</footer>"""),
    fields={"source": "港都時報", "reporters": ["洪雅婷"], "published": "2026-06-11T10:42:00+08:00"},
)  # fmt: skip
HK_DAILY = Case(
    name="hk-daily", url="https://www.xiangjiang-daily.example/a/202606/11/AP6a1234.html", title=MARKET_HEAD, paragraphs=MARKET,
    html=html(f"{MARKET_HEAD} - 港聞 - 香江日報網", f"""<div class="crumb"><a>香江日報網</a>&gt;<a>港聞</a></div><h1>{MARKET_HEAD}</h1><div class="info"><span class="time">2026-06-11 04:02:15</span> <span>來源：香江日報</span> <span>作者：蔡政諺</span></div>
      <div class="body">{M}<p>（記者 蔡政諺 攝影報道）</p></div><div>責任編輯：溫子喬</div><div class="hot"><h3>熱門排行</h3><ul>{LINKS}</ul></div>"""),
    fields={"source": "香江日報", "reporters": ["蔡政諺"], "editors": ["溫子喬"], "published": "2026-06-11T04:02:15+08:00", "section": ["香江日報網", "港聞"]},
)  # fmt: skip
HK_BIG5 = Case(
    name="hk-big5-undeclared", url="http://paper.xianggang.example/2008/06/11/HK0806110012.htm", charset="big5hkscs", title=MARKET_HEAD, paragraphs=MARKET,
    html=f"""<html><head><title>{MARKET_HEAD}</title></head><body><table width=760><tr><td>[2008-06-11]　　{MARKET_HEAD}</td></tr><tr><td class="content">
      {"<br><br>".join(MARKET)}</td></tr><tr><td>[打印] [轉寄] [返回]</td></tr></table></body></html>""",
    fields={"published": "2008-06-11"},
)  # fmt: skip
OLD_FONT = Case(
    name="2004-font-tags", url="http://news.qingjiang.example/2004/0912/3312.htm", charset="gb18030", title=BRIDGE_HEAD, paragraphs=BRIDGE,
    html=f"""<HTML><HEAD><META http-equiv=Content-Type content="text/html; charset=gb2312"><TITLE>清江新闻网--{BRIDGE_HEAD}</TITLE></HEAD><BODY leftMargin=0>
      <TABLE width=770 align=center><TR><TD><A href="/">首页</A> | <A>本地新闻</A> | <A>图片</A></TD></TR></TABLE><TABLE width=770 align=center><TR><TD height=40 align=middle><FONT color=#cc0000 size=5><B>{BRIDGE_HEAD}</B></FONT></TD></TR>
      <TR><TD align=middle><FONT size=2>2004年09月12日08:17　出处：清江晚报　作者：戚可　【<A>评论</A>】【字体：<A>大</A> <A>中</A> <A>小</A>】</FONT></TD></TR>
      <TR><TD><FONT size=3>{BB}</FONT></TD></TR><TR><TD align=right><FONT size=2>编辑：游敏</FONT></TD></TR></TABLE>
      <TABLE width=770><TR><TD>【<A>推荐给朋友</A>】 【<A>打印此文</A>】 【<A>关闭窗口</A>】</TD></TR><TR><TD>相关报道</TD></TR><TR><TD><UL>{LINKS}</UL></TD></TR><TR><TD align=middle>清江新闻网版权所有 2000-2004</TD></TR></TABLE></BODY></HTML>""",
    fields={"source": "清江晚报", "reporters": ["戚可"], "editors": ["游敏"], "published": "2004-09-12T08:17:00+08:00"},
)  # fmt: skip
OLD_NESTED = Case(
    name="2006-nested-tables", url="http://www.qjnews.example/gb/content/2006-09/12/content_51231.htm", charset="gb18030", title=BRIDGE_HEAD, paragraphs=BRIDGE,
    html=html(f"{BRIDGE_HEAD}-清江在线", f"""<table><tr><td><table><tr><td bgcolor=#eeeeee>新闻搜索</td></tr><tr><td><ul>{LINKS}</ul></td></tr></table></td><td><table><tr><td>您的位置：<a>首页</a> → <a>社会新闻</a></td></tr>
      <tr><td align=center><span class=bt>{BRIDGE_HEAD}</span></td></tr><tr><td align=center>稿源：清江晚报　　2006-09-12 10:05:33　　编辑：游敏</td></tr><tr><td><div id=zoom>{B}</div></td></tr>
      <tr><td align=center><a>【发表评论】</a> <a>【收藏本文】</a> <a>【返回顶部】</a></td></tr></table></td></tr></table>""", charset="gbk"),
    fields={"source": "清江晚报", "editors": ["游敏"], "published": "2006-09-12T10:05:33+08:00", "reporters": [], "section": ["社会新闻"]},
)  # fmt: skip
OLD_FROM = Case(
    name="2003-from", url="http://www.qingjiang-info.example/shownews.asp?id=2207", charset="gb18030", title=BRIDGE_HEAD, paragraphs=BRIDGE,
    html=html("清江信息港新闻", f"""<center><h3>{BRIDGE_HEAD}</h3><hr><font size=2>发表日期：2003年9月12日　来自：清江晚报　已经有 312 位读者读过此文</font></center><table width=90%><tr><td><p style="line-height:150%">{BB}</p></td></tr></table>
      <p align=center>[ <a>返回首页</a> ] [ <a>打印</a> ] [ <a>关闭</a> ]</p><table><tr><td>本栏目最新文章：</td></tr><tr><td>{LINKS}</td></tr></table>""", charset="gb2312"),
    fields={"source": "清江晚报", "published": "2003-09-12"},
)  # fmt: skip
OLD_PARTS = Case(
    name="2009-kicker-and-original-title", url="http://news.qjw.example/system/2009/09/12/010512345.shtml", charset="gb18030", title=BRIDGE_HEAD, paragraphs=BRIDGE,
    html=html(f"{BRIDGE_HEAD} -清江网", f"""<div id=wei>您当前的位置 ：<a>清江网</a> &gt; <a>要闻</a></div><div class=introtitle>国庆前有望通车</div><h1>{BRIDGE_HEAD}</h1><div class=subtitle>城东到火车站只要一刻钟</div>
      <div class=info>http://www.qjw.example　2009-09-12 08:31:07　来源：清江晚报　[<a>我来说两句</a>]</div><div id=Zoom><p>　　原标题：清江二桥合龙误差三毫米</p>{B}</div><div>(责任编辑：游敏)</div><div>频道精选</div><ul>{LINKS}</ul>""", charset="gb2312"),
    fields={"source": "清江晚报", "editors": ["游敏"], "published": "2009-09-12T08:31:07+08:00", "kicker": "国庆前有望通车", "subtitle": "城东到火车站只要一刻钟",
            "original_title": "清江二桥合龙误差三毫米", "section": ["清江网", "要闻"]},
)  # fmt: skip
NEW_CHAIN = Case(
    name="checking-chain", url="https://www.qjrm.example/content/2026/0912/c88123.html", title=BRIDGE_HEAD, paragraphs=BRIDGE,
    html=html(f"{BRIDGE_HEAD}_清江融媒", f"""<div class="detail-h"><h1>{BRIDGE_HEAD}</h1></div><div class="detail-info"><span>清江融媒</span><span>2026-09-12 08:31</span><span>广东</span></div>
      <div class="detail-c">{B}<p>来源 | 清江日报</p><p>记者 | 戚可</p><p>一审 | 游敏</p><p>二审 | 成海燕</p><p>三审 | 项东</p></div><div>阅读 1.2万</div><div>点赞 36</div>"""),
    fields={"source": "清江日报", "reporters": ["戚可"], "published": "2026-09-12T08:31:00+08:00"},
)  # fmt: skip
CASES = (
    TW_WRITER, TW_ROUNDUP, TW_AGENCY, TW_SOURCE, HK_DAILY, HK_BIG5, OLD_FONT, OLD_NESTED, OLD_FROM, OLD_PARTS, NEW_CHAIN,
)  # fmt: skip
