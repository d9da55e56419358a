"""The two seed texts, as text and set in HTML the way their sites set it; skipped where the shared folder is absent."""

import os
from pathlib import Path

import pytest

from crawler.extraction import extract_article, open_document, page_kind
from crawler.items import Article, Editor, Kind, RawPage

SHARED = Path(os.environ.get("FANGZHI_SHARED", Path(__file__).parents[3] / "shared"))
SEEDS = SHARED / "seeds"
pytestmark = pytest.mark.skipif(not SEEDS.is_dir(), reason="the shared seeds are not here; set FANGZHI_SHARED")


def read(body: bytes, url: str) -> Article:
    document = open_document(RawPage(url=url, body=body))
    assert page_kind(document, site=None, lease=None) == (Kind.ARTICLE, None)
    return extract_article(document, site=None, lease=None)


def portal_page(text: str) -> str:
    """Breadcrumb, header line, share bar, paragraphs and footer, as a portal sets them."""
    lines = [line for line in text.splitlines() if line.strip()]
    sponsor, crumb, title, source, day, share, *rest, foot = lines
    paragraphs = "".join(f"<p>　　{line.strip()}</p>" for line in rest)
    return f"""<!DOCTYPE html><html><head><meta charset="utf-8"><title>{title}_长城网</title></head><body>
      <div class="top"><a href="/">首页</a><a href="/sz/">时政</a><a href="/shehui/">社会</a><span>{sponsor}</span></div>
      <div class="position">{crumb.replace(">", "&gt;")}</div><h1>{title}</h1>
      <div class="info"><span>{source}</span><span>{day}</span></div><div class="bdsharebuttonbox">{share}<a>微信</a></div>
      <div class="content">{paragraphs}</div><div class="foot">{foot}</div>
      <div class="related"><h3>相关新闻</h3><ul>{"<li><a href='/a'>另一条新闻的标题很长很长</a></li>" * 8}</ul></div>
      <div class="footer">版权所有 河北某某新闻网 冀ICP备00000000号</div></body></html>"""


def mirror_page(text: str) -> str:
    *paragraphs, editor = [line for line in text.splitlines() if line.strip()]
    return f"""<html><head><meta charset="utf-8"></head><body><div class="nav"><a href="/">首頁</a></div>
      <div class="article">{"".join(f"<p>{line}</p>" for line in paragraphs)}<div>{editor}</div></div></body></html>"""


@pytest.mark.parametrize("setting", ["text", "html"])
def test_portal_page(setting: str) -> None:
    raw = (SEEDS / "000_0dcf71c5589d0f59.txt").read_bytes()
    if setting == "html":
        article = read(portal_page(raw.decode()).encode(), "http://report.hebei.com.cn/system/2018/09/07/018888888.shtml")
    else:
        article = read(raw, "000.txt")
    assert article.title == "唐山市党政代表团赴天津滨海新区学习考察"
    assert article.kicker == "全面深化务实合作携手推动两地高质量发展"
    assert article.subtitle == "王浩、丁绣峰带队张玉卓出席相关活动"
    assert (article.sponsor, article.source) == ("长城新媒体集团", "唐山劳动日报")
    assert article.section == ["书记·市长", "书记"]
    assert article.reporters == ["王爱民"]
    assert article.published == "2018-09-07T09:41:29+08:00"
    assert article.keywords == ["王浩", "滨海新区", "考察"]
    assert article.editors == [Editor(name="张光明", role="责任编辑")]
    paragraphs = article.body.splitlines()
    assert len(paragraphs) == 8
    assert paragraphs[0].startswith("8月30日") and paragraphs[-1].endswith("参加专题座谈会。")


@pytest.mark.parametrize("setting", ["text", "html"])
def test_polluted_mirror(setting: str) -> None:
    raw = (SEEDS / "002_34da1e6791129066.txt").read_bytes()
    article = read(
        mirror_page(raw.decode()).encode() if setting == "html" else raw,
        "http://m.example.com/x.html" if setting == "html" else "002.txt",
    )
    assert article.reporters == ["趙珍珍"]
    assert (article.editors, article.published, article.title, article.source) == ([], None, None, None)
    paragraphs = article.body.splitlines()
    assert len(paragraphs) == 6
    assert paragraphs[0].startswith("5月7日—9日,,市委書記")
    assert paragraphs[-1].endswith("美麗定州新局面,。")
