"""宁夏回族自治区: news sites and e-papers. Each profile names the source of its facts and their age; none has been checked live."""

from __future__ import annotations

from crawler.sites.profile import EPaper, ListPage, Site

SITES = (
    Site(
        name="ningxia_nxnews", title="宁夏新闻网", region="640000", platform="trs",
        home="https://www.nxnews.net/", domains=("nxnews.net",),
        sources=(
            ListPage(url="https://www.nxnews.net/"),
            ListPage(url="https://www.nxnews.net/sh/jjcz/"),
            ListPage(url="http://www.nxnews.net/dz/"),
            ListPage(url="http://www.nxnews.net/dz/gchd/"),
            ListPage(url="http://www.nxnews.net/sz/gbgs/"),
            ListPage(url="http://www.nxnews.net/dz/wlwz/"),
            ListPage(url="http://www.nxnews.net/dz/tjld/"),
            ListPage(url="http://www.nxnews.net/dz/sxfc/"),
            ListPage(url="http://www.nxnews.net/dz/gddt/"),
            ListPage(url="http://www.nxnews.net/dz/ffcl/"),
            ListPage(url="http://www.nxnews.net/dz/jswm/"),
            ListPage(url="http://www.nxnews.net/dz/gqf/"),
            ListPage(url="http://www.nxnews.net/dz/zcjd/"),
        ),
        article_url=(r"nxnews\.net/\w+/\w+/\d{6}/t\d{8}_\d+\.html", r"nxnews.net/.*?/t\d{4}\d{2}\d{2}_\d+.htm"),
        note="inferred: platform",
        facts="public source file: province -> portal map; public source file; Pintrue/news_all:news_all/spiders_difang/nxnews.py",
        as_of="2026-09; 2023-02..2026; 2019",
        examples=("https://www.nxnews.net/yc/jrww/202302/t20230224_7868269.html", "http://topic.nxnews.net/2019/fdxsd/tdwztt/201909/t20190902_6402183.html", "http://www.nxnews.net/wj/xhsknx/201909/t20190902_6402304.html"),
    ),
    Site(
        name="ningxia_nxtv", title="宁夏广播电视台", region="640000",
        home="http://www.nxtv.com.cn/", domains=("nxtv.com.cn",),
        sources=(ListPage(url="http://www.nxtv.com.cn/"),),
        note="fetched fine by a generic HTML scraper on 2026-09-24; no article pattern known: generic way; inferred: region",
        facts="public source file: source de-duplication report with run results",
        as_of="2026-09-24",
    ),
    Site(
        name="ningxia_ycen", title="银川新闻网", region="640100",
        home="http://www.ycen.com.cn/", domains=("ycen.com.cn",),
        note="no article pattern known: generic way",
        facts="public source file: party-paper entry per province/city",
        as_of="2026",
    ),
    Site(
        name="ningxia_epaper_ningxiadaily", title="宁夏日报(电子报)", region="640000", kind="epaper", platform="founder-new",
        home="http://nxrb.nxnews.net/", domains=("nxrb.nxnews.net", "szb.nxrb.cn"),
        sources=(EPaper(entry="http://nxrb.nxnews.net/", edition="https://szb.nxrb.cn/nxrb/pc/layout/%Y%m/%d/node_01.html"),),
        article_url=(r"con/\d+/\d+/\w+.html",),
        note="entry URL from a hand-made list, not checked; inferred: platform",
        facts="public source file: provincial party papers; xiaoxiaosuaxuan/newscrapy:newscrapy/spiders/ningxiadaily.py",
        as_of="2026; 2022-2023",
    ),
    Site(
        name="ningxia_epaper_yinchuandaily", title="银川日报(电子报)", region="640000", kind="epaper", platform="founder-old",
        home="http://ycrb.ycen.com.cn/", domains=("ycrb.ycen.com.cn",),
        sources=(EPaper(edition="http://ycrb.ycen.com.cn/epaper/ycrb/html/%Y-%m/%d/node_7116.htm"),),
        article_url=(r"html/\d+-\d+/\d+/content\w+.htm#article",),
        note="inferred: region, platform",
        facts="xiaoxiaosuaxuan/newscrapy:newscrapy/spiders/yinchuandaily.py",
        as_of="2022-2023",
    ),
    Site(
        name="ningxia_epaper_yinchuanwanbao", title="银川晚报(电子报)", region="640000", kind="epaper", platform="founder-old",
        home="http://szb.ycen.com.cn/", domains=("szb.ycen.com.cn",),
        sources=(EPaper(edition="http://szb.ycen.com.cn/epaper/ycwb/html/%Y-%m/%d/node_8630.htm"),),
        article_url=(r"html/\d+-\d+/\d+/content\w+.htm",),
        note="inferred: region, platform",
        facts="xiaoxiaosuaxuan/newscrapy:newscrapy/spiders/yinchuanwanbao.py",
        as_of="2022-2023",
    ),
    Site(
        name="ningxia_epaper_zhongweidaily", title="中卫日报(电子报)", region="640000", kind="epaper", platform="founder-new",
        home="http://124.224.204.62:8081/", domains=("124.224.204.62",),
        sources=(EPaper(edition="http://124.224.204.62:8081/szb/pc/%Y%m/%d/l1.html"),),
        article_url=(r"szb/pc/\d+/\d+/c\w+.html",),
        note="inferred: region, platform",
        facts="xiaoxiaosuaxuan/newscrapy:newscrapy/spiders/zhongweidaily.py",
        as_of="2022-2023",
    ),
)  # fmt: skip
