"""Templates of the mainland CMS families, from the ids, classes, labels and address shapes they are known by."""

# ruff: noqa: E501 - a line of a template is one line of markup

from __future__ import annotations

from tests.pages.stories import CANAL, HEAD, LINKS, Case, paragraphs

P = paragraphs(CANAL)
BR = "<br><br>".join(f"　　{text}" for text in CANAL)
NAV = '<div class="nav"><ul><li><a href="/">首页</a></li><li><a href="/sz/">时政</a></li><li><a href="/ms/">民生</a></li></ul></div>'
FOOT = """<div class="footer"><p>关于我们 | 联系我们 | 网站地图 | 法律声明</p><p>主办：云岭日报社　承办：云岭新闻网</p>
<p>云ICP备00000000号-1 违法和不良信息举报电话：0000-0000000</p><p>Copyright © 云岭新闻网 版权所有 未经许可不得转载</p></div>"""
SIDE = f'<div class="right"><h3>点击排行</h3><ul>{LINKS}</ul></div>'


def html(title: str, body: str, *, head: str = "", charset: str = "utf-8") -> str:
    return (
        f'<!DOCTYPE html><html><head><meta http-equiv="Content-Type" content="text/html; charset={charset}">'
        f"<title>{title}</title>{head}</head><body>{body}</body></html>"
    )


TRS = Case(
    name="trs", url="http://www.yunling.example/yw/202605/t20260506_100201.shtml", title=HEAD, paragraphs=CANAL,
    html=html(f"{HEAD}_云岭新闻网", f"""{NAV}<div class="crumbs">当前位置：<a class="CurrChnlCls" href="../">首页</a> &gt;
      <a class="CurrChnlCls" href="./">要闻</a> &gt; 正文</div><h1>{HEAD}</h1><div class="info">
      <span>2026-05-06 10:32</span> <span>来源：<a href="/">云岭日报</a></span> <span>作者：田小满 段红</span> <span>【字体：<a>大</a> <a>中</a> <a>小</a>】</span></div>
      <div class="bdsharebuttonbox">分享到：<a>微信</a><a>新浪微博</a></div>
      <div class="TRS_Editor"><style>.TRS_Editor P{{line-height:2}}</style><div class="TRS_Editor">{P}
      <p align="center"><img src="./W020260506.jpg"></p><p align="center">图为通水现场。覃亮 摄</p></div></div>
      <script>createPageHTML(1,0,"t20260506_100201","shtml");</script><div class="editor">[责任编辑：石磊]</div>
      <p>扫一扫在手机打开当前页</p><p>上一篇：<a href="1.shtml">另一条新闻</a></p><h3>相关新闻</h3><ul>{LINKS}</ul>{SIDE}{FOOT}"""),
    fields={"source": "云岭日报", "reporters": ["田小满", "段红"], "editors": ["石磊"], "published": "2026-05-06T10:32:00+08:00",
            "section": ["要闻"], "photographers": ["覃亮"], "sponsor": "云岭日报社"},
)  # fmt: skip
ENORTH = Case(
    name="enorth-gbk", url="http://news.yunling.example/system/2026/05/06/000123401.shtml", charset="gb18030", title=HEAD, paragraphs=CANAL,
    html=html(f"{HEAD}-云岭网", f"""<table><tr><td>{NAV}</td></tr></table><div class="cms_block_span">您当前的位置：<a>云岭网</a> &gt;&gt; <a>县区</a></div>
      <div id="title"><h2>{HEAD}</h2></div><div><span id="pubtime_baidu">2026-05-06 10:32:40</span> <span id="source_baidu">来源：<a>云岭晚报</a></span>
      <span id="author_baidu">作者：段红</span> <span id="editor_baidu">责任编辑：尹素芬</span></div><div id="Zoom">{P}</div>
      <div id="news_more_page_div_id"></div><p>（责任编辑：尹素芬）</p><div>【<a>打印本稿</a>】【<a>关闭窗口</a>】</div>{SIDE}{FOOT}""",
      head='<meta name="publishdate" content="2026-05-06"><meta name="source" content="云岭晚报">', charset="gb2312"),
    fields={"source": "云岭晚报", "reporters": ["段红"], "editors": ["尹素芬"], "published": "2026-05-06T10:32:40+08:00"},
)  # fmt: skip
FOUNDER = Case(
    name="founder-web", url="http://www.qinghe.example/yw/2026-05/06/content_31612.htm", title=HEAD, paragraphs=CANAL,
    html=html(f"{HEAD} - 要闻 - 青禾网", f"""{NAV}<div class="position">您所在的位置：首页 &gt; 要闻</div><h1>{HEAD}</h1>
      <div><span id="pubtime_baidu ">2026-05-06 08:15</span><span id="source_baidu "><!--function: channel_name() parse begin-->来源:青禾日报<!--function: channel_name() parse end--></span>
      <span id="editor_baidu ">责任编辑:罗振华</span></div><founder-content><!--enpcontent-->{P}<!--/enpcontent--></founder-content>
      <div id="displaypagenum"><center></center></div><div>关键词：水利,通水</div>{SIDE}{FOOT}"""),
    fields={"source": "青禾日报", "reporters": [], "editors": ["罗振华"], "published": "2026-05-06T08:15:00+08:00", "keywords": ["水利", "通水"]},
)  # fmt: skip
CMSTOP = Case(
    name="cmstop", url="http://www.linyuan.example/2026/0506/88123.shtml", title=HEAD, paragraphs=CANAL,
    html=html(f"{HEAD}_临沅网", f"""{NAV}<div class="article-title"><h1>{HEAD}</h1></div><div class="article-infos">
      <span class="date">2026-05-06 09:20:11</span><span class="source">临沅发布</span></div>
      <div class="article-content fontSizeSmall BSHARE_POP">{P}<p>（记者 覃文汉 通讯员 韩雪）</p></div>
      <p>责任编辑：周启 校对：何安</p><div class="share">分享到：</div><h4>猜你喜欢</h4><ul>{LINKS}</ul>{FOOT}"""),
    fields={"source": "临沅发布", "reporters": ["覃文汉"], "correspondents": ["韩雪"], "editors": ["周启"], "published": "2026-05-06T09:20:11+08:00"},
)  # fmt: skip
PEOPLE = Case(
    name="people", url="http://www.yljb.example/n1/2026/0506/c1024-88123.html", title=HEAD, paragraphs=CANAL,
    html=html(f"{HEAD}--时政--云岭经济报", f"""<div id="rwb_navpath"><a>云岭经济报</a>&gt;&gt;<a>时政</a></div><h3 class="pre"></h3><h1>{HEAD}</h1>
      <div class="box01"><div class="fl">2026年05月06日08:30&nbsp;&nbsp;来源：<a>云岭经济报</a></div><div class="fr">分享到：</div></div>
      <div id="rwb_zw" class="box_con">{P}<div class="zdfy clearfix"></div><div class="edit clearfix">(责编：温文、李琳)</div></div>
      <div class="box_pic"></div><p>分享让更多人看到</p><h2>推荐阅读</h2><ul>{LINKS}</ul>{FOOT}"""),
    fields={"source": "云岭经济报", "editors": ["温文", "李琳"], "published": "2026-05-06T08:30:00+08:00", "section": ["云岭经济报", "时政"]},
)  # fmt: skip
EPAPER_OLD = Case(
    name="founder-epaper-old", url="http://epaper.yunling.example/ylrb/html/2026-05/06/content_2005.htm", charset="gb18030", title=HEAD,
    paragraphs=CANAL,
    html=html("云岭日报数字报", f"""<table><tr><td class="default">第01版：要闻</td></tr><tr><td><a>上一版</a> <a>下一版</a></td></tr></table>
      <table><tr><td>2026年05月06日 <a>放大</a> <a>缩小</a></td></tr><tr><td class="font02"><p id="PreTitle">三年攻坚 一朝水来</p></td></tr>
      <tr><td class="font01"><p id="Title">{HEAD}</p></td></tr><tr><td class="font02"><p id="SubTitle">四十二公里干渠连通七个乡镇</p></td></tr>
      <tr><td>□本报记者 田小满</td></tr><tr><td><div id="ozoom"><founder-content>{P}</founder-content></div></td></tr></table>
      <div><a>上一篇</a> <a>下一篇</a></div><div>云岭日报版权所有</div>""", charset="gbk"),
    fields={"reporters": ["田小满"], "published": "2026-05-06", "page_number": "01", "page_name": "要闻", "kicker": "三年攻坚 一朝水来",
            "subtitle": "四十二公里干渠连通七个乡镇"},
)  # fmt: skip
HANWEB = Case(
    name="hanweb-gov", url="http://www.qinghe-gov.example/art/2026/5/6/art_1234_5601.html", title=HEAD, paragraphs=CANAL,
    html=html("青禾县人民政府", f"""<div class="bread">当前位置：<a>首页</a>&gt;<a>政务动态</a></div><div class="tit"><!--<$[标题]>begin-->{HEAD}<!--<$[标题]>end--></div>
      <table><tr><td>发布日期：2026-05-06 09:00</td><td>信息来源：<!--<$[信息来源]>begin-->县水利局<!--<$[信息来源]>end--></td><td>浏览次数：<script></script></td><td>字号：[ 大 中 小 ]</td></tr></table>
      <div id="zoom"><!--<$[信息内容]>begin-->{P}<!--<$[信息内容]>end--></div><div>【打印本页】【关闭窗口】</div>{FOOT}""",
      head=f'<meta name="ArticleTitle" content="{HEAD}"><meta name="PubDate" content="2026-05-06 09:00"><meta name="ContentSource" content="县水利局">'),
    fields={"source": "县水利局", "published": "2026-05-06T09:00:00+08:00", "reporters": [], "editors": []},
)  # fmt: skip
VSB = Case(
    name="vsb", url="http://www.qhxy.example/info/1034/5678.htm", title=HEAD, paragraphs=CANAL,
    html=html(f"{HEAD}-青禾学院新闻网", f"""<div class="dqwz">当前位置: <a>首页</a> &gt; <a>学院要闻</a> &gt; 正文</div><form name="_newscontent_fromname"><h1>{HEAD}</h1>
      <div>时间：2026-05-06　作者：段红　来源：宣传部　点击：<script>_showDynClicks("wbnews", 1, 2)</script></div>
      <div id="vsb_content"><div class="v_news_content">{P}</div></div><p>上一条：<a>甲</a></p><p>下一条：<a>乙</a></p><p>【<a>关闭</a>】</p></form>{FOOT}""",
      head='<meta name="pageTitle" content="' + HEAD + '">'),
    fields={"source": "宣传部", "reporters": ["段红"], "published": "2026-05-06"},
)  # fmt: skip
DEDE = Case(
    name="dedecms", url="http://www.ddhh.example/a/xinwen/2026/0506/3312.html", charset="gb18030", title=HEAD, paragraphs=CANAL,
    html=html(f"{HEAD}_大河新闻", f"""{NAV}<div class="place"><strong>当前位置:</strong><a>主页</a> &gt; <a>新闻</a> &gt; </div><div class="title"><h2>{HEAD}</h2></div>
      <div class="info"><small>时间:</small>2026-05-06 10:11<small>来源:</small>大河晨报 <small>作者:</small>段红 <small>点击:</small>12次</div>
      <div class="content">{P}</div><div>(责任编辑：admin)</div><div>顶一下(0) 踩一下(0)</div><div>上一篇：<a>甲</a></div>{SIDE}{FOOT}""", charset="gb2312"),
    fields={"source": "大河晨报", "reporters": ["段红"], "editors": [], "published": "2026-05-06T10:11:00+08:00"},
)  # fmt: skip
GUID = Case(
    name="columns-guid", url="http://www.qh-gov.example/columns/0a1b/202605/06/1c2d.html", title=HEAD, paragraphs=CANAL,
    html=html(HEAD, f"""<div class="weizhi">您现在的位置：首页 &gt; 县区动态</div><p class="xl_title">{HEAD}</p>
      <div class="xl_info"><span>来源： 青禾县融媒体中心</span><span>发布时间：2026-05-06 16:40</span></div><div class="xl_con">{BR}</div>
      <div>扫一扫，用手机看新闻！</div>{FOOT}"""),
    fields={"source": "青禾县融媒体中心", "published": "2026-05-06T16:40:00+08:00"},
)  # fmt: skip
GLUED = Case(
    name="glued-labels", url="http://www.xz.example/news/20260506/112233.html", title=HEAD, paragraphs=CANAL,
    html=html(f"{HEAD} | 某镇在线", f"""{NAV}<h1>{HEAD}</h1><p class="meta"><span>2026年5月6日</span><span>来源:某镇在线</span><span>作者:谭小平</span><span>编辑:何安</span></p>
      <article>{P}<p>编辑 何安 校对 李铭</p></article><h3>延伸阅读</h3><ul>{LINKS}</ul>{FOOT}"""),
    fields={"source": "某镇在线", "reporters": ["谭小平"], "editors": ["何安"], "published": "2026-05-06"},
)  # fmt: skip
CASES = (TRS, ENORTH, FOUNDER, CMSTOP, PEOPLE, EPAPER_OLD, HANWEB, VSB, DEDE, GUID, GLUED)
