"""What the plots count, over articles that came in through the archive's writer."""

from pathlib import Path

from crawler.items import Page
from pipelines.archive import open_archive
from pipelines.archive.browse.trends import named_places, shared
from pipelines.fingerprint import Fingerprint
from tests.browsing.library import archive_pages, page_of

SENTENCE = "全市今年将改造城镇老旧小区一百二十个惠及居民三万余户"
STORY = "。".join(
    [
        "昨天上午跨海大桥主塔顺利封顶施工单位连续作业四十八小时",
        "大桥全长十二公里设计时速一百公里建成后两岸往来只需一刻钟",
        "工程指挥部负责人介绍下一步将转入主梁吊装预计年底合龙",
    ]
)


def told(number: int, site: str, body: str, day: str = "2019-03-05") -> Page:
    url = f"http://127.0.0.1/{site}/{number}.html"
    page = page_of({"url": url, "site": site, "title": f"第{number}篇", "published": day, "body": body})
    Fingerprint().process_item(page)
    return page


def test_articles_share_a_text_at_any_time_or_a_sentence_on_one_day(tmp_path: Path) -> None:
    pages = [
        told(1, "east", f"{SENTENCE}。城东片区先行动工并已完成入户调查。"),
        told(2, "west", f"记者从住建局获悉一批民生项目陆续开建。{SENTENCE}。"),
        told(3, "west", f"{SENTENCE}。这一句隔日才见于报端不算同日。", day="2019-03-06"),
        told(4, "east", "与别家没有一句相同的文字只见于本站的一篇报道。"),
        told(5, "east", STORY),
        told(6, "south", STORY, day="2019-03-07"),
        told(7, "east", f"{SENTENCE}。本站又一篇提到同一件事。"),
    ]
    archive_pages(tmp_path / "archive.db", pages)
    db = open_archive(tmp_path / "archive.db", read_only=True)
    found = shared(db.conn)
    # 1, 2 and 7 by the sentence, 5 and 6 by the text; 3 stands alone on its day.
    bars = {bar["label"]: bar["value"] for bar in found["days"]["bars"]}
    assert bars == {"2019-03-05": 4, "2019-03-06": 0, "2019-03-07": 1}
    assert found["pairs"] == [{"a": "east", "b": "west", "articles": 3}, {"a": "east", "b": "south", "articles": 2}]
    db.close()


def test_nothing_shared_draws_nothing(tmp_path: Path) -> None:
    archive_pages(tmp_path / "archive.db", [told(1, "east", STORY), told(2, "west", f"{SENTENCE}。")])
    db = open_archive(tmp_path / "archive.db", read_only=True)
    assert shared(db.conn) == {"days": {"bars": [], "top": 0, "width": 720.0, "height": 120.0}, "pairs": []}
    db.close()


def test_places_are_counted_on_where_the_time_ran_out(tmp_path: Path) -> None:
    archive_pages(tmp_path / "archive.db", [told(1, "east", "唐山与天津相邻。"), told(2, "west", "天津滨海新区。")])
    db = open_archive(tmp_path / "archive.db", read_only=True)
    none, waiting = named_places(db.conn, seconds=0)
    assert none == [] and waiting > 300
    assert named_places(db.conn, seconds=60) == ([("天津", 2), ("唐山", 1)], 0)
    db.close()
