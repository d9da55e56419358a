"""The stage cleans every field of an article by the road its body took."""

from crawler.items import Article, Block, Editor, Image, Kind, Outcome, Page
from pipelines.normalise import Normalise
from pipelines.text import rebuild

DIRTY = (
    "5月9日,,縣委書記李大山帶領(lǐng)我縣考察團(tuán),,赴省城學(xué)習(xí)綠化經(jīng)驗(yàn),。\n"
    "當(dāng)天,,考察團(tuán)看了三個(gè)社區(qū),、兩家企業(yè),并開了座談會(huì),。"
)
CLEAN = "5月9日，县委书记李大山带领我县考察团，赴省城学习绿化经验。\n当天，考察团看了三个社区、两家企业，并开了座谈会。"


def page(**fields: object) -> Page:
    article = Article(url="http://127.0.0.1/a", **fields)  # type: ignore[arg-type]
    return Page(url=article.url, outcome=Outcome.ARCHIVED, kind=Kind.ARTICLE, article=article)


def cleaned(**fields: object) -> Article:
    item = Normalise().process_item(page(**fields))
    assert item.article is not None
    return item.article


def test_body_and_account() -> None:
    article = cleaned(body=DIRTY)
    assert article.body == CLEAN
    assert article.original["body"] == DIRTY
    assert rebuild(article.body, article.account) == DIRTY
    assert (article.counts["readings"], article.counts["inserted_commas"]) == (12, 6)
    assert (article.script, article.noise) == ("hant", "polluted")


def test_every_field_goes_the_same_road() -> None:
    article = cleaned(
        body=DIRTY,
        title="李大山帶隊(duì)考察",
        source="青山縣(xiàn)報(bào)",
        reporters=["趙紅"],
        keywords=["學(xué)習(xí)", "綠化"],
        section=["新聞", "時(shí)政"],
        editors=[Editor(name="張偉", role="責(zé)任編輯")],
        images=[Image(url="http://127.0.0.1/1.jpg", caption="座談會(huì)現(xiàn)場(chǎng)")],
    )
    assert (article.title, article.source, article.reporters) == ("李大山带队考察", "青山县报", ["赵红"])
    assert (article.keywords, article.section) == (["学习", "绿化"], ["新闻", "时政"])
    assert article.editors == [Editor(name="张伟", role="责任编辑")]
    assert article.images[0].caption == "座谈会现场"
    assert article.original["title"] == "李大山帶隊(duì)考察"
    assert article.original["editors"] == [{"name": "張偉", "role": "責(zé)任編輯"}]


def test_title_of_a_clean_page_keeps_its_gloss() -> None:
    article = cleaned(body="昨日，村民在河边捡到一块石头。", title="“垚（yáo）”字怎么读")
    assert article.title == "“垚（yáo）”字怎么读"
    assert set(article.original) == {"body"}


def test_blocks_follow_the_body() -> None:
    first, second = DIRTY.split("\n")
    article = cleaned(
        body=DIRTY,
        blocks=[
            Block(kind="p", text=first),
            Block(kind="image", text="考察現(xiàn)場(chǎng)", url="http://127.0.0.1/1.jpg"),
            Block(kind="p", text=second),
            Block(kind="table", text="縣(xiàn)\t人數(shù)", rows=[["縣(xiàn)", "人數(shù)"]]),
        ],
    )
    assert [block.text for block in article.blocks] == [*CLEAN.split("\n")[:1], "考察现场", CLEAN.split("\n")[1], "县\t人数"]
    assert article.blocks[3].rows == [["县", "人数"]]
    assert article.original["blocks"] == {
        "1": {"text": "考察現(xiàn)場(chǎng)"},
        "3": {"text": "縣(xiàn)\t人數(shù)", "rows": [["縣(xiàn)", "人數(shù)"]]},
    }


def test_a_second_turn_changes_nothing() -> None:
    item = page(body=DIRTY)
    Normalise().process_item(item)
    assert item.article is not None
    account = item.article.account
    item.passed.clear()
    Normalise().process_item(item)
    assert item.article.body == CLEAN
    assert item.article.account == account
    assert item.article.original["body"] == DIRTY


def test_region_from_site_then_outlet() -> None:
    item = page(body="昨日下了雨。", source="唐山劳动日报")
    item.site_region = "130000"
    Normalise().process_item(item)
    assert item.article is not None
    assert (item.article.region_code, item.article.region, item.article.region_rule) == ("130200", "唐山市", "source")


def test_label_lines_are_cleaned_and_counted() -> None:
    article = cleaned(body=DIRTY, label_lines=["責(zé)任編輯:張偉", "(記者 趙紅)"])
    assert article.label_lines == ["责任编辑：张伟", "（记者 赵红）"]
    assert article.original["label_lines"] == ["責(zé)任編輯:張偉", "(記者 趙紅)"]
    assert article.counts["readings"] == 13


def test_fields_of_a_gallery_speak_for_themselves() -> None:
    assert cleaned(body="", title="臺灣風景寫真").title == "台湾风景写真"
