"""E-papers of both Founder generations and their kin, and pages of governments: document tables, notices, wrong charsets."""

# ruff: noqa: E501 - a line of a template is one line of markup

from __future__ import annotations

from tests.pages.mainland import FOOT, NAV, html
from tests.pages.stories import LINKS, Case, paragraphs

FERRY = (
    "本报讯 昨日清晨六时，白鹭洲渡口迎来今年首批错峰出行的菜农。新投用的两艘电动渡船每趟可载八十人，往返沙溪两岸只要十一分钟。",
    "“以前等船要等半个多小时，菜都蔫了。”家住柳岸村的邓秀莲把两筐豆角搬上船，笑着告诉记者。",
    "县交通运输局运输股股长褚建平介绍，两艘渡船由县财政出资四百二十万元购置，单次充电可以航行六十公里，噪声比柴油船低了近一半。",
    "据了解，白鹭洲渡口始建于1958年，沿线三个村一万二千多名群众长期靠渡船进城。下一步，县里还将加装雨棚、候船座椅和无障碍坡道。",
)
FERRY_HEAD = "白鹭洲渡口换上电动船"
NOTICE = (
    "各乡镇人民政府，县政府有关部门：",
    "为做好2026年汛期地质灾害防治工作，保障人民群众生命财产安全，经县政府同意，现将有关事项通知如下。",
    "一、加强隐患排查。各乡镇要在5月31日前完成对辖区内切坡建房、学校、医院和在建工地的拉网式排查，登记造册，逐点明确责任人。",
    "二、落实值班值守。汛期实行24小时专人值班和领导带班制度，遇有险情要在30分钟内上报县自然资源局。",
    "三、强化物资保障。县应急管理局要会同县发展和改革局备足帐篷、棉被和应急照明设备，确保受灾群众转移后有饭吃、有住处。",
)
NOTICE_HEAD = "关于做好2026年汛期地质灾害防治工作的通知"
F, FB = paragraphs(FERRY), "<br>\n".join(f"　　{text}" for text in FERRY)
N = paragraphs(NOTICE, indent="")

PAPER_OLD = Case(
    name="epaper-old-font-cells", url="http://paper.shaxi.example/sxrb/html/2026-04/18/content_90211.htm", charset="gb18030", title=FERRY_HEAD, paragraphs=FERRY,
    html=html("沙溪日报", f"""<table width="1000"><tr><td class="default" align="left"><strong>第A03版：民生</strong></td><td><a href="node_4.htm">上一版</a> <a href="node_6.htm">下一版</a></td></tr></table>
      <table><tr><td><span class="default">2026年04月18日 星期六</span></td><td><a href="#">放大</a><a href="#">缩小</a><a href="#">默认</a></td></tr>
      <tr><td align="center"><span style="font-size:14px">往返两岸只要十一分钟</span></td></tr><tr><td align="center" class="font01"><strong style="font-size:23px">{FERRY_HEAD}</strong></td></tr>
      <tr><td align="center" class="font02"><span>——柴油船服役三十六年后退出</span></td></tr><tr><td align="center" class="font02">本报记者 褚文 通讯员 邓小川</td></tr>
      <tr><td><div id="ozoom" style="ZOOM:100%"><founder-content>{F}</founder-content></div></td></tr></table>
      <table><tr><td><a href="content_90210.htm">上一篇</a></td><td><a href="content_90212.htm">下一篇</a></td></tr></table>
      <div id="titleList"><ul>{LINKS}</ul></div><div align="center">沙溪日报社版权所有 未经授权不得转载</div>""", charset="gb2312"),
    fields={"reporters": ["褚文"], "correspondents": ["邓小川"], "published": "2026-04-18", "page_number": "A03", "page_name": "民生",
            "subtitle": "柴油船服役三十六年后退出", "source": None},
)  # fmt: skip
PAPER_NEW = Case(
    name="epaper-new", url="https://epaper.shaxi.example/pc/content/202604/18/content_57459.html", title=FERRY_HEAD, paragraphs=FERRY,
    html=html("沙溪日报数字报-白鹭洲渡口换上电动船", f"""<div class="newsnav"><ul class="news-nav-list"><li><a>首页</a></li><li><a>往期回顾</a></li></ul></div>
      <div class="newsdetatit"><p class="intotitle">往返两岸只要十一分钟</p><h3 class="totitle">{FERRY_HEAD}</h3><p class="subtitle">柴油船服役三十六年后退出</p></div>
      <div class="newsdetatext"><p class="author">□ 本报记者 褚文</p><founder-content>{F}</founder-content></div>
      <div class="newsdate"><span>2026年04月18日</span><span class="layout">第03版：民生</span><span>上一版</span><span>下一版</span></div><div class="list"><ul>{LINKS}</ul></div>"""),
    fields={"reporters": ["褚文"], "published": "2026-04-18", "page_number": "03", "page_name": "民生",
            "kicker": "往返两岸只要十一分钟", "subtitle": "柴油船服役三十六年后退出"},
)  # fmt: skip
PAPER_ALLTITLE = Case(
    name="epaper-main-article", url="http://szb.baihe.example/bhwb/pc/con/202604/18/content_2231.html", title=FERRY_HEAD, paragraphs=FERRY,
    html=html("白河晚报", f"""<div class="paper-top">2026-04-18 白河晚报 第08版 社区</div><div class="main-article-alltitle"><p class="main-article-pretitle">往返两岸只要十一分钟</p>
      <h2 class="main-article-title">{FERRY_HEAD}</h2><p class="main-article-subtitle">柴油船服役三十六年后退出</p></div>
      <p class="main-article-author">文/图 本报记者 褚文</p><div class="main-article-content" id="zoom"><cms-content>{F}</cms-content></div>
      <p class="ep-editor">责任编辑：郝一鸣　版式编辑：米兰</p><div class="prev-next"><a>&lt; 上一篇</a><a>下一篇 &gt;</a></div>"""),
    fields={"reporters": ["褚文"], "published": "2026-04-18", "page_number": "08", "page_name": "社区", "editors": ["郝一鸣", "米兰"],
            "kicker": "往返两岸只要十一分钟", "subtitle": "柴油船服役三十六年后退出"},
)  # fmt: skip
PAPER_PAGE01 = Case(
    name="epaper-page01", url="http://epaper.dengzhou.example/paper/dzrb/20260418/Articel03002BB.htm", charset="gb18030", title=FERRY_HEAD, paragraphs=FERRY,
    html=f"""<html><head><meta http-equiv="Content-Type" content="text/html; charset=gb2312"><title>邓洲日报多媒体数字版</title></head><body bgcolor="#FFFFFF">
      <table width="98%"><tr><td>3版：社会新闻</td><td align="right"><a href="Page03BB.htm">3版</a> <a>上一篇</a> <a>下一篇</a></td></tr></table>
      <table width="98%"><tr><td align="center"><b><font size="5">{FERRY_HEAD}</font></b></td></tr><tr><td align="center"><font size="2">邓洲日报 2026年4月18日</font></td></tr>
      <tr><td><font size="3">{FB}</font></td></tr><tr><td align="right">（褚文　邓小川）</td></tr></table></body></html>""",
    fields={"published": "2026-04-18", "page_number": "3", "page_name": "社会新闻", "reporters": ["褚文", "邓小川"]},
)  # fmt: skip
PAPER_UNIFLOWS = Case(
    name="epaper-uniflows", url="http://szb.qingquan.example/epaper/qqrb/html/2026/04/18/03/03_40.htm", title=FERRY_HEAD, paragraphs=FERRY,
    html=html("清泉日报", f"""<div id="header">清泉日报　2026年4月18日　星期六　第03版 综合</div><div class="content_tt"><div class="content_title">{FERRY_HEAD}</div>
      <div class="content_author">作者：褚文</div></div><div id="pgcontent">{F}</div><div id="list"><ul>{LINKS}</ul></div>"""),
    fields={"reporters": ["褚文"], "published": "2026-04-18", "page_number": "03", "page_name": "综合"},
)  # fmt: skip
GOV_INDEX = Case(
    name="gov-index-table", url="http://www.shaxi-gov.example/zwgk/zfwj/202605/t20260512_88123.html", title=NOTICE_HEAD, paragraphs=NOTICE,
    html=html(f"{NOTICE_HEAD}-沙溪县人民政府", f"""{NAV}<div class="BreadcrumbNav">您的位置：<a>首页</a> &gt; <a>政务公开</a> &gt; <a>政府文件</a></div>
      <table class="index" width="100%"><tr><td>索 引 号：</td><td>11350423/2026-00127</td><td>主题分类：</td><td>国土资源、能源/土地</td></tr>
      <tr><td>发文机关：</td><td>沙溪县人民政府办公室</td><td>成文日期：</td><td>2026年05月11日</td></tr><tr><td>标　　题：</td><td colspan="3">{NOTICE_HEAD}</td></tr>
      <tr><td>发文字号：</td><td>沙政办〔2026〕31号</td><td>发布日期：</td><td>2026年05月12日</td></tr></table><h1>{NOTICE_HEAD}</h1>
      <div class="TRS_Editor">{N}</div><div class="xl-tool">【打印】【关闭】</div>{FOOT}""",
      head=f'<meta name="ArticleTitle" content="{NOTICE_HEAD}"><meta name="PubDate" content="2026-05-12 15:40:22"><meta name="ContentSource" content="沙溪县人民政府办公室">'),
    fields={"source": "沙溪县人民政府办公室", "published": "2026-05-12T15:40:22+08:00", "reporters": [], "editors": [], "section": ["政务公开", "政府文件"]},
)  # fmt: skip
GOV_NEWS = Case(
    name="gov-ucap", url="http://www.baihe-gov.example/baihe/zwdt/202604/5f0c7e1b6a2d4c0f9d1e2a3b4c5d6e7f.shtml", title=FERRY_HEAD, paragraphs=FERRY,
    html=html("政务动态 白河区人民政府", f"""<div class="location">当前位置：首页 &gt; 政务动态</div><div class="article-title">{FERRY_HEAD}</div>
      <div class="article-info"><span>信息来源：区融媒体中心</span><span>发布时间：2026-04-18 08:45</span><span>浏览次数：<em id="hits">--</em></span><span>字体：[ 大 中 小 ]</span></div>
      <ucapcontent>{F}</ucapcontent><div class="ewm"><img src="/qr.png"><p>扫一扫在手机打开当前页</p></div>{FOOT}"""),
    fields={"source": "区融媒体中心", "published": "2026-04-18T08:45:00+08:00", "reporters": [], "section": ["政务动态"]},
)  # fmt: skip
GOV_ASPX = Case(
    name="gov-powereasy-gbk-declared-utf8", url="http://www.dengxian-gov.example/Item/20417.aspx", charset="gb18030", title=FERRY_HEAD, paragraphs=FERRY,
    html=html(f"{FERRY_HEAD}_今日邓县_邓县政府网", f"""<form id="aspnetForm"><div class="path">您现在的位置：邓县政府网 &gt;&gt; 今日邓县 &gt;&gt; 正文</div><table align="center"><tr><td class="title" align="center">{FERRY_HEAD}</td></tr>
      <tr><td align="center">作者：褚文　文章来源：邓县新闻中心　点击数：<script>document.write(12)</script>　更新时间：2026-4-18 9:05:31</td></tr><tr><td id="fontzoom">{F}</td></tr>
      <tr><td align="right">文章录入：admin　责任编辑：邓小川</td></tr></table></form>{FOOT}""", charset="utf-8"),
    fields={"source": "邓县新闻中心", "reporters": ["褚文"], "editors": ["邓小川"]},
)  # fmt: skip
GOV_JEECMS = Case(
    name="gov-jeecms", url="http://www.lanxi-gov.example/zwxx/30217.jhtml", title=NOTICE_HEAD, paragraphs=(*NOTICE, "兰溪镇人民政府", "2026年5月11日"),
    html=html(f"{NOTICE_HEAD} - 兰溪镇人民政府", f"""<div class="mbx"><a>首页</a>-<a>通知公告</a></div><div class="tit_con"><h2>{NOTICE_HEAD}</h2></div>
      <p class="sub"><em>来源:</em>镇党政办 <em>发布时间:</em>2026-05-12 15:40 <em>点击:</em>218</p><div class="con">{N}<p style="text-align:right">兰溪镇人民政府</p><p style="text-align:right">2026年5月11日</p></div>
      <p>附件：<a href="/u/1.doc">隐患点台账.doc</a></p>{FOOT}"""),
    fields={"source": "镇党政办", "published": "2026-05-12T15:40:00+08:00"},
)  # fmt: skip
CASES = (PAPER_OLD, PAPER_NEW, PAPER_ALLTITLE, PAPER_PAGE01, PAPER_UNIFLOWS, GOV_INDEX, GOV_NEWS, GOV_ASPX, GOV_JEECMS)
