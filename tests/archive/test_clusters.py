"""Clusters: one text under many addresses, who had it first, and what became of it on the way."""

import random
from collections.abc import Callable

import pytest

from crawler.items import Page
from pipelines.archive import clusters, sites
from pipelines.fingerprint import Fingerprint
from pipelines.text.fingerprint import bands, fingerprint, passages
from tests.archive.conftest import Archive

STORY = (
    "清沅河水利枢纽工程昨日下闸蓄水。上午十时许，随着最后一道闸门缓缓落下，河水沿着新修的护岸慢慢抬升。"
    "据市水务局负责人介绍，工程总投资四亿二千万元，历时三年零两个月，建成后可灌溉沿岸十一万亩农田。"
    "家住下游青禾镇的种粮大户说，往年一到春旱就要守着水泵过夜，今年总算能睡个安稳觉了。"
    "下一步，水务部门将加强水质监测，并在库区周边种植两千亩水源涵养林，预计明年秋天完成。"
)
OTHER = (
    "北门老街的灯会今晚开幕，三百余盏手工扎制的花灯挂满了石板路两旁的屋檐。扎灯的老匠人今年七十九岁，"
    "他说最难的是鱼灯，鳞片要一片一片糊上去，风一吹才会动。活动将持续到正月十八，每晚六点亮灯。"
)


@pytest.fixture
def told(archive: Archive, page: Callable[..., Page], at: Callable[[str], None]) -> Callable[..., int]:
    def tell(site: str, path: str, body: str, hour: int = 8, **fields: object) -> int:
        at(f"2026-05-01T{hour:02}:00:00+08:00")
        made = page(f"http://{site}{path}", body)
        for name, value in fields.items():
            setattr(made.article, name, value)
        Fingerprint().process_item(made)
        archive.visit(made, site=site.replace(".", "_"))
        return archive.one("SELECT id FROM articles WHERE url = ?", made.url)

    return tell


def roles(archive: Archive) -> list[tuple[str, str | None]]:
    return archive.rows("SELECT site || substr(url, instr(substr(url, 8), '/') + 7), role FROM articles ORDER BY id")


def test_reprints_cluster_around_the_earliest(archive: Archive, told: Callable[..., int]) -> None:
    told("b.cn", "/1", STORY, 10, published="2026-05-01T10:00:00+08:00")
    told("a.cn", "/1", STORY, 11, published="2026-05-01T07:30:00+08:00")
    told("c.cn", "/1", STORY[: len(STORY) * 2 // 3] + "本报编辑部整理。", 12, published="2026-05-01T12:00:00+08:00")
    told("c.cn", "/2", OTHER, 13)
    assert roles(archive) == [
        ("b_cn/1", "reprint"), ("a_cn/1", "original"), ("c_cn/1", "edited reprint"), ("c_cn/2", None),
    ]  # fmt: skip
    assert archive.one("SELECT size, origin FROM clusters") == (3, 2)
    shares = [row[0] for row in archive.rows("SELECT share FROM articles WHERE cluster IS NOT NULL ORDER BY id")]
    assert shares[:2] == [1.0, 1.0] and 0.8 < shares[2] < 1.0


def test_the_outlet_that_others_credit_is_the_origin(archive: Archive, told: Callable[..., int]) -> None:
    sites.register(archive.db, [{"name": "b_cn", "title": "云岭日报"}])
    told("a.cn", "/1", STORY, 8, published="2026-05-01", source="云岭日报")
    told("b.cn", "/1", STORY, 9, published="2026-05-01", source="云岭日报")
    assert roles(archive) == [("a_cn/1", "reprint"), ("b_cn/1", "original")]


def test_mirrors_on_the_same_site_and_on_mirror_farms(archive: Archive, told: Callable[..., int]) -> None:
    told("a.cn", "/1", STORY)
    told("a.cn", "/zt/1", STORY, 9)
    told("farm.example", "/1", STORY, 10, noise="polluted")
    assert roles(archive) == [("a_cn/1", "original"), ("a_cn/zt/1", "mirror"), ("farm_example/1", "mirror")]


def test_an_article_that_is_rewritten_leaves_its_cluster(archive: Archive, told: Callable[..., int]) -> None:
    told("a.cn", "/1", STORY)
    told("b.cn", "/1", STORY, 9)
    assert archive.one("SELECT size FROM clusters") == 2
    told("b.cn", "/1", OTHER, 20)
    assert roles(archive) == [("a_cn/1", None), ("b_cn/1", None)]
    assert archive.rows("SELECT * FROM clusters") == []


def test_a_rewritten_article_has_the_bands_and_sentences_of_its_new_text(archive: Archive, told: Callable[..., int]) -> None:
    article = told("a.cn", "/1", STORY)
    told("a.cn", "/1", OTHER, 20)
    due = [(number, value, article) for number, value in enumerate(bands(fingerprint(OTHER)))]
    assert archive.rows("SELECT * FROM bands ORDER BY band") == due
    assert {row[0] for row in archive.rows("SELECT value FROM passages")} == {value for value, *_ in passages(OTHER)}


def test_passages_are_found_in_articles_that_otherwise_differ(archive: Archive, told: Callable[..., int]) -> None:
    sentence = "据市水务局负责人介绍，工程总投资四亿二千万元，历时三年零两个月。"
    first = told("a.cn", "/1", STORY.replace("据市水务局负责人介绍，工程总投资四亿二千万元，历时三年零两个月，", sentence))
    second = told("b.cn", "/1", OTHER + sentence, 9)
    told("b.cn", "/2", "这里没有一句话和别处相同，不过是一段普普通通的文字罢了。", 9)
    assert archive.rows("SELECT article, other, passages FROM shared_passages WHERE article = ?", first) == [(first, second, 1)]
    assert archive.one("SELECT count(*) FROM clusters") == 0
    start, end, body = archive.one(
        "SELECT p.start, p.end, a.body FROM passages p JOIN passages q ON q.value = p.value AND q.article = ? JOIN articles a"
        " ON a.id = p.article WHERE p.article = ?", first, second,
    )  # fmt: skip
    assert body[start:end] == sentence.rstrip("。")


def test_rebuilding_gives_the_same_clusters_in_any_order(archive: Archive, told: Callable[..., int]) -> None:
    sentences = STORY.split("。")
    dice = random.Random(7)
    for number in range(12):
        kept = [s for s in sentences if s and dice.random() < 0.85]
        told(f"s{number % 5}.cn", f"/{number}", "。".join(kept) + "。", 8 + number)
    told("x.cn", "/1", OTHER)
    picture = "SELECT a.key, c.key, a.role, a.share FROM articles a LEFT JOIN clusters c ON c.id = a.cluster ORDER BY a.key"
    before = archive.rows(picture)
    clusters.rebuild(archive.db)
    assert archive.rows(picture) == before
    assert sum(row[1] is not None for row in before) >= 8
