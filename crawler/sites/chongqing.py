"""重庆市: news sites and e-papers. Each profile names the source of its facts and their age; none has been checked live."""

from __future__ import annotations

from crawler.sites.profile import EPaper, ListPage, Site

SITES = (
    Site(
        name="chongqing_cbg", title="视界网", region="500000", platform="ymmdd",
        home="http://www.cbg.cn/", domains=("cbg.cn",),
        sources=(
            ListPage(url="http://www.cbg.cn/"),
            ListPage(url="http://sports.cbg.cn/"),
            ListPage(url="http://cq.cbg.cn/"),
            ListPage(url="http://common.cbg.cn/shishang/"),
            ListPage(url="http://news.cbg.cn/yl/"),
            ListPage(url="http://common.cbg.cn/lvyou/"),
            ListPage(url="http://common.cbg.cn/qiche/"),
            ListPage(url="http://news.cbg.cn/"),
            ListPage(url="http://news.cbg.cn/hotnews/"),
        ),
        article_url=(r"cbg.cn.*?\d{4}/\d{2}\d{2}/\d+.s?html", r"cbg.cn/.*?\d{4}/\d{4}/\d+.s?html", r"cbg.cn.*?\d+.s?htm"),
        note="fetched fine by a generic HTML scraper on 2026-09-24; also called: 重庆广播电视集团; inferred: region, platform",
        facts="public source file: source de-duplication report with run results; Pintrue/news_all:news_all/spiders_old/shijiewang_all.py",
        as_of="2026-09-24; 2019",
        examples=("http://sports.cbg.cn/tiyu/2019/0625/11211287.shtml", "http://cq.cbg.cn/ycxw/2019/0625/11211643.shtml", "http://news.cbg.cn/yl/2019/0624/11209883.shtml", "http://cq.cbg.cn/ycxwsp/ycxwsp2019/0730/11255035.shtml"),
    ),
    Site(
        name="chongqing_cqliving", title="华龙网", region="500000",
        home="https://www.cqliving.com/", domains=("cqliving.com",),
        sources=(ListPage(url="https://www.cqliving.com/"),),
        note="home page gave no article links to a plain HTML scraper on 2026-09-24 (client-side rendering?); no article pattern known: generic way; inferred: region",
        facts="public source file: source de-duplication report with run results",
        as_of="2026-09-24",
    ),
    Site(
        name="chongqing_cqnews", title="华龙网", region="500000", platform="founder-web",
        home="https://www.cqnews.net/", domains=("cqnews.net",),
        sources=(
            ListPage(url="https://www.cqnews.net/"),
            ListPage(url="http://cq.cqnews.net/cqqx/html/col204351.htm"),
            ListPage(url="http://cq.cqnews.net/cqqx/col417130.htm"),
            ListPage(url="http://tour.cqnews.net/html/col383605.htm"),
            ListPage(url="http://tour.cqnews.net/html/col383608.htm"),
            ListPage(url="http://baby.cqnews.net/col220087.htm"),
            ListPage(url="http://health.cqnews.net/html/node_84160.htm"),
            ListPage(url="http://health.cqnews.net/html/node_243147.htm"),
            ListPage(url="http://life.cqnews.net/html/col325950.htm"),
            ListPage(url="http://car.cqnews.net/html/col84148.htm"),
            ListPage(url="http://car.cqnews.net/col123312.htm"),
            ListPage(url="http://finance.cqnews.net/col24633.htm"),
            ListPage(url="http://finance.cqnews.net/col30944.htm"),
        ),
        article_url=(
            r"\w+\.cqnews\.net/html/\d{4}-\d{2}/\d{2}/content_\d+\.htm",
            r"www\.cqnews\.net/app/content_\d+\.html",
            r"www\.cqnews\.net/\w+/content_\d+\.html",
        ),
        note="fetched fine by a generic HTML scraper on 2026-09-24; new URLs carry a snowflake id and no date; third regex is a guess; also called: 重庆日报; inferred: platform",
        facts="public source file: province -> portal map; public source file: source de-duplication report with run results; public source file; cuiyulin77/other:spider/work/media_xinan/somenew/spiders/hualongwang.py",
        as_of="2026-09; 2026-09-24; 2017, 2026; 2018-2019",
        examples=("http://news.cqnews.net/html/2017-06/08/content_41874417.htm", "http://www.cqnews.net/app/content_1520085908022390784.html"),
    ),
    Site(
        name="chongqing_cqrb", title="重庆日报", region="500000", platform="founder-web",
        home="http://www.cqrb.cn/", domains=("cqrb.cn",),
        sources=(ListPage(url="http://www.cqrb.cn/node/node_123.htm"),),
        article_url=(
            r"cqrb.cn.*?/\d{4}-\d{2}/\d{2}/content_\d+.htm",
            r"cqcb.com.*?/\d{4}-\d{2}-\d{2}/\d+.html",
            r"/\d{4}-\d{1,2}/\d{1,2}/\w*_\d*\.s*html*",
        ),
        note="also called: 重庆日报网; inferred: region, platform",
        facts="Pintrue/news_all:news_all/spiders_old2/chongqingribao_all.py; myirelias/white_list:whiteList_v5/Config/2019第二季度脚本_暂停开发转为西南8省脚本开发/config_cqrb.py",
        as_of="2019; 2018-2019",
        examples=("https://www.cqrb.cn/content/2019-06/25/content_198641.htm",),
    ),
    Site(
        name="chongqing_epaper_chongqingzhengxiebao", title="重庆政协报(电子报)", region="500000", kind="epaper",
        home="https://cqzxb.itlic.com/", domains=("cqzxb.itlic.com",),
        sources=(EPaper(edition="https://cqzxb.itlic.com/content/%Y-%m/%d/01"),),
        article_url=(r"content/\d+-\d+/\d+/\d+.html",),
        note="inferred: region, platform",
        facts="xiaoxiaosuaxuan/newscrapy:newscrapy/spiders/chongqingzhengxiebao.py",
        as_of="2022-2023",
    ),
    Site(
        name="chongqing_pp_cqrbepaper_cqliving_com", title="重庆日报(电子报)", region="500000", kind="epaper",
        home="http://cqrbepaper.cqliving.com/", domains=("cqrbepaper.cqliving.com", "epaper.cqrb.cn"),
        sources=(
            EPaper(entry="http://cqrbepaper.cqliving.com/"),
            EPaper(entry="https://epaper.cqrb.cn/"),
        ),
        note="entry URL from a hand-made list, not checked; no article pattern known: generic way",
        facts="public source file: provincial party papers; public source file: party-paper entry per province/city",
        as_of="2026",
    ),
)  # fmt: skip
