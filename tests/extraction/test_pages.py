"""Every page of tests/pages, field by field: a failure names the template and the field."""

from functools import lru_cache

import pytest

from crawler.extraction import editor_names, extract_article, open_document, page_kind
from crawler.items import Article, Kind, RawPage
from tests.pages import CASES as PAGES
from tests.pages.stories import CANAL, HEAD, paragraphs

CASES = {case.name: case for case in PAGES}
SAYS_WHY = (
    "title", "kicker", "subtitle", "original_title", "body", "published", "updated", "source", "reporters", "correspondents",
    "photographers", "editors", "keywords", "section", "sponsor", "page_number", "page_name",
)  # fmt: skip
FIELDS = [(name, field) for name, case in CASES.items() for field in case.fields]


@lru_cache
def read(name: str) -> Article:
    case = CASES[name]
    document = open_document(RawPage(url=case.url, body=case.body, headers={"content-type": "text/html"}))
    assert document.replaced == 0
    assert page_kind(document, site=None, lease=None) == (Kind.ARTICLE, None)
    return extract_article(document, site=None, lease=None)


@pytest.mark.parametrize("name", CASES)
def test_title(name: str) -> None:
    assert read(name).title == CASES[name].title


@pytest.mark.parametrize("name", CASES)
def test_body(name: str) -> None:
    assert read(name).body.splitlines() == list(CASES[name].paragraphs)


@pytest.mark.parametrize(("name", "field"), FIELDS)
def test_field(name: str, field: str) -> None:
    article = read(name)
    value = editor_names(article.editors) if field == "editors" else getattr(article, field)
    assert value == CASES[name].fields[field]


@pytest.mark.parametrize("name", CASES)
def test_every_filled_field_says_where_it_comes_from(name: str) -> None:
    article = read(name)
    for field in SAYS_WHY:
        assert not getattr(article, field) or article.provenance[field].rule, field


def test_a_field_keeps_the_candidates_it_beat() -> None:
    page = f"""<html><head><title>{HEAD}_云岭新闻网</title><meta name="editor" content="石磊"><meta name="source" content="云岭新闻网"></head><body>
      <div>首页 &gt; 旧闻</div><div class="crumbs">当前位置：<a>首页</a> &gt; <a>要闻</a></div><div class="pretitle">三年攻坚 一朝水来</div><h1>{HEAD}</h1>
      <div class="subtitle">四十二公里干渠连通七个乡镇</div><div class="futi">受益群众二十三万人</div><div>2026-05-06 10:32 来源：云岭日报 更新时间：2026-05-06 11:02</div>
      <div class="content">{paragraphs(CANAL)}<p>通讯员：韩雪</p><p>（记者 田小满 通讯员 段红）</p></div><div>责任编辑：罗振华 校对：何安</div>
      <div>主办单位：云岭日报社</div><div>云岭新闻中心 主办</div></body></html>"""  # noqa: E501
    document = open_document(RawPage(url="http://www.yunling.example/yw/202605/t20260506_1.shtml", body=page.encode()))
    article = extract_article(document, site=None, lease=None)
    found = {name: (why.rule, dict(why.alternatives)) for name, why in article.provenance.items()}
    assert found["source"] == ("label:来源", {"meta:source": "云岭新闻网"})
    assert found["editors"] == ("label:责任编辑 + label:校对", {"meta:editor": "责任编辑 石磊"})
    assert found["section"] == ("breadcrumb", {"breadcrumb": "旧闻"}) and article.section == ["要闻"]
    assert found["subtitle"] == ("node:subtitle", {"node:subtitle": "受益群众二十三万人"})
    assert found["kicker"] == ("node:kicker", {}) and article.kicker == "三年攻坚 一朝水来"
    assert (found["correspondents"][0], article.correspondents) == ("label:通讯员 + byline", ["韩雪", "段红"])
    assert found["sponsor"] == ("label:主办单位", {"line:主办": "云岭新闻中心"})
    assert found["updated"][0] == "label:更新时间" and article.updated == "2026-05-06T11:02:00+08:00"
