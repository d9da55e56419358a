"""天津市: news sites and e-papers. Each profile names the source of its facts and their age; none has been checked live."""

from __future__ import annotations

from crawler.sites.profile import EPaper, ListPage, Site

SITES = (
    Site(
        name="tianjin_022china", title="滨海高新", region="120000",
        home="http://www.022china.com/", domains=("022china.com",),
        article_url=(r"/\d{4}/\d{2}-\d{2}/[\d_]*\.s*html*",),
        note="inferred: region",
        facts="myirelias/white_list:whiteList_v5/Config/2019第二季度脚本_暂停开发转为西南8省脚本开发/config_022china.py",
        as_of="2018-2019",
    ),
    Site(
        name="tianjin_enorth", title="北方网", region="120000", platform="enorth",
        home="http://news.enorth.com.cn/", domains=("enorth.com.cn",),
        sources=(
            ListPage(url="http://news.enorth.com.cn/"),
            ListPage(url="http://sports.enorth.com.cn/gnzt/zhongchao/"),
            ListPage(url="http://ent.enorth.com.cn/star/neidi/index.htm"),
            ListPage(url="http://ent.enorth.com.cn/music/huayu/index.htm"),
            ListPage(url="http://ent.enorth.com.cn/star/gangtai/index.htm"),
            ListPage(url="http://fashion.enorth.com.cn/mtss/jfcl/index.shtml"),
            ListPage(url="http://fashion.enorth.com.cn/blmf/czmq/index.shtml"),
            ListPage(url="http://fashion.enorth.com.cn/blmf/hfzx/index.shtml"),
            ListPage(url="http://fashion.enorth.com.cn/yrfs/mxzb/index.shtml"),
            ListPage(url="http://fashion.enorth.com.cn/nrbl/nrx/index.shtml"),
            ListPage(url="http://fashion.enorth.com.cn/blmf/sfsk/index.shtml"),
            ListPage(url="http://fashion.enorth.com.cn/yrfs/nsyy/index.shtml"),
            ListPage(url="http://fashion.enorth.com.cn/blmf/xfgc/index.shtml"),
            ListPage(url="http://ms.enorth.com.cn/"),
        ),
        article_url=(
            r"enorth.com.cn/system/\d{4}/\d{2}/\d{2}/\d+.s?htm",
            r"enorth.com.cn.*?\d+.s?htm",
            r"/\d{4}/\d{2}/\d{2}/\d+\.[s]*htm[l]*",
        ),
        note="inferred: platform",
        facts="public source file: province -> portal map; Pintrue/news_all:news_all/spiders_old2/enorth.py; myirelias/white_list:whiteList_v5/Config/2018第四季度脚本/config_enorth.py; myirelias/white_list:whiteList_v5/Config/config_enorth.py; cuiyulin77/other:spider/work/media_tianjin/somenew/spiders/beifangwang.py",
        as_of="2026-09; 2019; 2018-2019",
        examples=("http://sports.enorth.com.cn/system/2019/06/19/037358842.shtml", "http://ent.enorth.com.cn/system/2019/06/14/037344499.shtml", "http://fashion.enorth.com.cn/system/2019/06/19/037357568.shtml", "http://ms.enorth.com.cn/system/2019/06/21/037368127.shtml"),
    ),
    Site(
        name="tianjin_tianjinwe", title="天津海河传媒中心(天津日报)", region="120000",
        home="http://www.tianjinwe.com/", domains=("tianjinwe.com",),
        sources=(ListPage(url="http://www.tianjinwe.com/"),),
        note="listed 2026-09, no result stated; no article pattern known: generic way; inferred: region",
        facts="public source file: source de-duplication report with run results",
        as_of="2026-09-24",
    ),
    Site(
        name="tianjin_epaper_binchengshibao", title="滨城时报(电子报)", region="120000", kind="epaper", platform="founder-old",
        home="http://bhsb.tjbh.com/", domains=("bhsb.tjbh.com",),
        sources=(EPaper(edition="http://bhsb.tjbh.com/html/%Y-%m/%d/node_12126.htm"),),
        article_url=(r"html/\d+-\d+/\d+/content\w+.htm",),
        note="inferred: region, platform",
        facts="xiaoxiaosuaxuan/newscrapy:newscrapy/spiders/binchengshibao.py",
        as_of="2022-2023",
    ),
    Site(
        name="tianjin_pp_www_jwb_com_cn", title="今晚报(电子报)", region="120000", kind="epaper",
        home="http://www.jwb.com.cn/", domains=("www.jwb.com.cn",),
        sources=(EPaper(entry="http://www.jwb.com.cn/"),),
        note="entry URL from a hand-made list, not checked; no article pattern known: generic way",
        facts="public source file: provincial party papers",
        as_of="2026",
    ),
    Site(
        name="tianjin_tianjinribao", title="天津日报", region="120000", kind="epaper", platform="founder-old",
        home="https://epaper.tianjinwe.com/tjrb", domains=("epaper.tianjinwe.com", "news.enorth.com.cn", "tianjinwe.com"),
        sources=(
            EPaper(entry="http://epaper.tianjinwe.com/tjrb"),
            EPaper(entry="http://news.enorth.com.cn/tjrb/"),
            EPaper(entry="https://epaper.tianjinwe.com/"),
        ),
        article_url=(r"html/\d{4}-\d{2}/\d{2}/content_\d+_\d+\.htm",),
        note="page PDFs at resfile/YYYY-MM-DD/NN/NN.pdf; entry URL from a hand-made list, not checked; also called: 天津日报(电子报); inferred: platform",
        facts="public source file: provincial party papers; public source file: party-paper entry per province/city; cuiyulin77/other:spider/work/media_tianjin/somenew/spiders/tianjinribao.py",
        as_of="2026-03; 2026; 2018-2019",
        examples=("https://epaper.tianjinwe.com/tjrb/html/2026-03/18/content_143078_3234592.htm",),
    ),
)  # fmt: skip
