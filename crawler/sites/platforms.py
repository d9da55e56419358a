"""CMS families as data: what the addresses of each look like, what betrays it in a page, how its "gone" page reads.

Shapes were read from public crawlers' sources (docs/sites.md names them); what a family DOES stands in crawler/discovery.
"""

from __future__ import annotations

from dataclasses import dataclass

_DAY = r"20\d\d(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])"
_Y_M_D = r"20\d\d-(?:0[1-9]|1[0-2])/(?:0[1-9]|[12]\d|3[01])"
_YM_D = r"20\d\d(?:0[1-9]|1[0-2])/(?:0[1-9]|[12]\d|3[01])"
_UUID = r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Platform:
    """One family. Patterns are regexes searched in an address, markers are plain strings searched in a page."""

    name: str
    title: str
    article: tuple[str, ...] = ()
    edition: tuple[str, ...] = ()
    """Pages (版) and entry pages of an e-paper."""
    lists: tuple[str, ...] = ()
    """Channel lists and their further pages."""
    markers: tuple[str, ...] = ()
    gone: tuple[str, ...] = ()
    """How the page of a deleted article reads where the family answers 200."""


FAMILIES: tuple[Platform, ...] = (
    Platform(
        name="trs", title="TRS WCM 拓尔思",
        article=(
            rf"/t{_DAY}_\w+?(?:_ext)?\.s?html?$",  # /xw/202605/t20260501_1000001.shtml, t20261004_s6ac233ac….shtml
            r"/20\d\d(?:0[1-9]|1[0-2])/t\d{5,9}\.s?html?$",  # /201905/t4123456.shtml
        ),
        lists=(r"/(?:index|list|default)_\d+\.s?html?$",),
        markers=("createPageHTML(", "TRS_Editor", "TRS_UEDITOR", "CurrChnlCls", "Custom_UnionStyle"),
    ),
    Platform(
        name="enorth", title="北方网 enorth",
        article=(
            r"/system/20\d\d/\d\d/\d\d/\d{6,}(?:_\d\d)?\.s?html?$",  # /system/2026/05/01/037358842.shtml
            rf"/system/{_DAY}/\d{{6,}}\.s?html?$",  # /system/20200116/002836359.htm
        ),
        lists=(r"/system/count/.*/c\d+_\d{9}\.s?html?$",),
        markers=("/system/count/", "cms_block_span", "news_more_page_div_id", "/system/templates/"),
        gone=("页面没有找到",),
    ),
    Platform(
        name="founder-web", title="方正翔宇",
        article=(
            rf"/{_Y_M_D}/content_\d+(?:_\d+)?\.html?$",  # /2026-07/23/content_9538999.htm
            rf"/content/{_YM_D}/c(?:ontent_)?\w+\.html?$",  # /content/202605/01/c123.html
            r"/node_[0-9a-f]{10}/[0-9a-f]{10,}\.s?html$",  # southcn: /node_35b49c7f98/0a1b2c3d4e.shtml
            r"/content/content_\d+\.html?$",
        ),
        lists=(r"/node_\d+(?:_\d+)?\.html?$", r"/node_[0-9a-f]{10}(?:$|[?/])", r"/[A-Za-z][A-Za-z_]*_\d+\.htm$"),
        markers=("displaypagenum", "enpproperty", "<founder-content", "cms_node_post_list_page"),
    ),
    Platform(
        name="ymmdd", title="/YYYY/MMDD/ (CmsTop-like)",
        article=(r"/20\d\d/(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])/\w+\.s?html?$",),  # /2025/0701/8514479.shtml
        lists=(r"/\d{1,3}\.shtml$",),
        markers=("article-content fontSizeSmall", "article-infos"),
    ),
    Platform(
        name="people", title="人民网 people.com.cn-like",
        article=(
            r"/n[1-9]?/20\d\d/\d{4}/c\d+-\d+(?:-\d+)?\.html?$",  # /n2/2026/0501/c345167-40123456.html
            r"/GB/(?:\d+/)*\d+\.html$",
        ),
        lists=(r"/GB/(?:\d+/)+(?:index\d*\.html)?$",),
        markers=('id="rwb_', "rm_txt_con", "rwb_navpath"),
    ),
    Platform(
        name="xinhua", title="新华网",
        article=(
            rf"/{_DAY}/[0-9a-f]{{32}}/c\.html$",  # /20260501/0123456789abcdef0123456789abcdef/c.html
            r"/20\d\d-\d\d/\d\d/c_\d+(?:_\d+)?\.htm$",
        ),
        markers=("xinhuanet.com", "news.cn/"),
    ),
    Platform(
        name="hanweb", title="大汉 jpage",
        article=(r"/art/20\d\d/\d{1,2}/\d{1,2}/art_\w+\.html$",),  # /art/2026/5/1/art_1001_1.html
        lists=(r"/col/col\d+/(?:index\.html)?(?:\?.*)?$",),
        markers=("<datastore>", "jpage", "信息内容]>begin", "dataproxy.jsp"),
    ),
    Platform(
        name="ucap", title="开普 UCAP", markers=("<ucapcontent", "ucapcontent", "getInfoCommon"),
    ),
    Platform(
        name="gkmlpt", title="广东 gkmlpt",
        article=(r"/(?:content/)?(?:mpost|post)_\d+\.html$", r"/gkmlpt/content/\d+/\d+/post_\d+\.html"),
        markers=("gkmlpt", 'id="zoomcon"', "zoomcon"),
    ),
    Platform(
        name="jeecms", title="JEECMS",
        article=(r"/\d{2,}(?:_\d+)?\.jhtml$",),  # /xw/12345.jhtml
        lists=(r"/index(?:_\d+)?\.jhtml$",),
        markers=(".jhtml",),
    ),
    Platform(
        name="vsb", title="博达 VSB",
        article=(r"/info/\d+/\d+\.htm$", r"/content\.jsp\?.*wbnewsid=\d+"),  # /info/1034/5678.htm
        markers=("_showDynClicks", "vsb_content", "_vsl", "Visual SiteBuilder", "_newscontent_fromname"),
    ),
    Platform(
        name="discuz", title="Discuz 门户/论坛",
        article=(
            r"/article-\d+-\d+\.html$", r"/portal\.php\?(?:.*&)?aid=\d+", r"/thread-\d+-\d+-\d+\.html$", r"[?&]mod=viewthread\b",
        ),
        lists=(r"[?&]mod=list\b", r"/forum-\d+-\d+\.html$", r"[?&]mod=forumdisplay\b"),
        markers=("Powered by Discuz", 'id="article_content"', "discuz_uid"),
    ),
    Platform(
        name="dedecms", title="织梦 DedeCMS",
        article=(r"/plus/view\.php\?(?:.*&)?aid=\d+", r"/a/(?:[a-z]\w*/)+(?:20\d{6}/)?\d+(?:_\d+)?\.html$"),
        lists=(r"/list_\d+_\d+\.html$", r"/plus/list\.php\?"),
        markers=("DedeCMS", "/plus/count.php", "/plus/list.php", "/templets/", "dede_pages"),
    ),
    Platform(
        name="phpcms", title="PHPCMS",
        article=(r"[?&]a=show\b", r"/show-\d+(?:-\d+)*\.html$"),
        lists=(r"[?&]a=lists\b", r"/list-\d+(?:-\d+)*\.html"),
        markers=("index.php?m=content", "phpcms", "page-all"),
    ),
    Platform(
        name="powereasy", title="动易 SiteFactory",
        article=(r"/Item/\d+\.aspx$",),
        lists=(r"/Category_\d+/(?:Index(?:_\d+)?\.aspx)?$",),
        markers=("PowerEasy", "/Item/", "SiteFactory"),
    ),
    Platform(
        name="columns-uuid", title="/columns/<uuid>/",
        article=(rf"/columns/{_UUID}/{_YM_D}/{_UUID}\.html$",),
        lists=(rf"/columns/{_UUID}/(?:index(?:_\d+)?\.html)?$",),
    ),
    Platform(name="aspnet", title="ASP.NET ModelId", article=(r"[?&](?:ModelId|InfoID|NewsID)=\d+&?.*\bid=\d+",)),
    Platform(name="json", title="JSON lists", markers=("__NUXT__", "__NEXT_DATA__", "__INITIAL_STATE__")),
    # E-papers
    Platform(
        name="founder-old", title="方正电子报(旧)",
        article=(rf"/{_Y_M_D}/content_?\w+\.html?$",),  # /html/2026-05/01/content_2_201.htm
        edition=(rf"/{_Y_M_D}/node_?\w+\.html?$", r"/paperindex\.html?$"),
        markers=("paperindex.htm", "<founder-content", "ozoom", "enpcontent"),
        gone=("该日期没有报纸",),
    ),
    Platform(
        name="founder-new", title="方正电子报(新)",
        article=(rf"/(?:c|con|cont|content)/{_YM_D}/c(?:ont(?:ent)?)?_?\w+\.html?$",),  # /pc/content/202605/01/content_101.html
        edition=(
            rf"/(?:layout|col|column)s?/{_YM_D}/(?:node|col|l)_?\w+\.html?$",
            r"/(?:layout|col|column)/(?:index\.html?)?$",
            r"/layout/\d{6}/period\.xml$",
        ),
        markers=("/pc/layout/", "layoutlist", "main-article", "period.xml"),
        gone=("该日期没有报纸",),
    ),
    Platform(
        name="founder-variant", title="方正电子报(变体)",
        article=(rf"/{_YM_D}/c\w*\d\w*\.html?$",),  # /hhrbpc/202208/31/c106414.html
        edition=(rf"/{_YM_D}/(?:node_?|l|col)\w*\d+\.html?$",),  # /202208/31/l01.html
    ),
    Platform(
        name="joyhua", title="joyhua 数字报",
        article=(rf"/{_DAY}/(?:html|mhtml)/(?:page_\w+_)?content_\w+\.html?$",),
        edition=(rf"/{_DAY}/(?:html|mhtml)/(?:index|page_\w{{1,4}})\.html?$",),
        markers=("joyhua",),
    ),
    Platform(
        name="page01", title="Page01XX 数字报",
        article=(rf"/{_DAY}/Artic(?:el|le)\w+\.html?$",),  # /20220817/Articel01002BB.htm (sic)
        edition=(rf"/{_DAY}/Page\w+\.html?$",),
    ),
    Platform(
        name="szbz", title="szbz 数字报",
        article=(rf"/szbz/{_DAY}/(?:szbz)?\d{{4,}}\.s?html?$",),  # /Html/szbz/20210705/szbz77514.Html
        edition=(rf"/szbz/{_DAY}/szbz[A-Z]?\d{{1,3}}\.html?$",),  # szbzA1.Html
    ),
    Platform(
        name="uniflows", title="uniflows 数字报",
        article=(r"/html/20\d\d/\d\d/\d\d/\w+/\w+_\d+\.html?$",),  # /epaper/dzrb/html/2022/08/18/03/03_40.htm
        edition=(r"/html/20\d\d/\d\d/\d\d/\w+/default\.html?$",),
        markers=("uniflows", "pgcontent"),
    ),
    Platform(
        name="shtml", title="shtml/vNN 数字报",
        article=(rf"/shtml/\w+/{_DAY}/\d+\.shtml$",),
        edition=(rf"/shtml/\w+/{_DAY}/(?:v\w+|index)\.shtml$",),
    ),
    Platform(
        name="nbs", title="nbs/nw.D 数字报",
        article=(r"/nw\.D\d+\w*_\d{8}_\d+-\w+\.html?$",),  # nw.D110000xxx_20260501_1-01.htm
        edition=(r"/nbs\.D\d+\w*_\w+\.html?$",),
    ),
    Platform(
        name="qpaper", title="Qpaper 数字报",
        article=(r"/20\d\d-\d\d-\d\d/(?:Qpaper|\w+)_\d+\.html?$",),  # /Html/2022-12-15/Qpaper_11593.html
        edition=(r"/20\d\d-\d\d-\d\d/Qpaper\.html?$",),
    ),
    Platform(
        name="ymd001", title="YYYYMMDD_001 数字报",
        article=(rf"/{_DAY}_\d{{3}}/{_DAY}_\d{{3}}_\d+\.html?$",),
        edition=(rf"/{_DAY}_\d{{3}}/{_DAY}_\d{{3}}\.html?$",),
    ),
)  # fmt: skip

GENERIC_ARTICLE: tuple[str, ...] = (
    r"/20\d\d[-/_]?(?:0?[1-9]|1[0-2])[-/_]?(?:0?[1-9]|[12]\d|3[01])/(?!(?:index|node|list|page)\b)[\w-]*\d[\w-]*\.(?:s?html?|aspx?|jsp|php)$",
    r"/20\d\d[-/]?(?:0[1-9]|1[0-2])/[\w-]*\d{4,}[\w-]*\.(?:s?html?|aspx?|jsp)$",
    r"/a/20\d\d/\d\d/\d\d/\d+\.html?$",
    r"/(?:content|news|article|detail|details|view|show)[/_-]\d{5,}(?:[/_-]\d+)*(?:\.s?html?)?$",
    r"/(?:content|news|article)/(?:\d+/)+\d+\.s?html?$",
    r"/(?:content|article|news|detail|view|show|newsDetail|details)\w*\.(?:html?|aspx?|jsp|php|do)\?(?:.*&)?(?:\w*id|aid|n)=[\w-]{2,}",
)
"""Shapes that speak for themselves without a family: a date or a named folder, then a number."""

GENERIC_LIST: tuple[str, ...] = (
    r"/(?:index|default|list|channel|column|node)(?:[_-]?\d+)*\.(?:s?html?|jhtml|aspx?|jsp|php)$",
    r"/$",
)
