"""Invented local news that the templates are filled with; no place, person or outlet of it exists."""

# ruff: noqa: E501 - a line of a template is one line of markup

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True, kw_only=True)
class Case:
    """One page as a server sends it, and what an extractor must find."""

    name: str
    url: str
    html: str
    charset: str = "utf-8"
    """Charset of the bytes; the page may declare another."""
    title: str
    paragraphs: tuple[str, ...]
    fields: dict[str, object] = field(default_factory=dict)
    """Article field → value; a field that the page does not have stands with None or []."""

    @property
    def body(self) -> bytes:
        return self.html.encode(self.charset, "replace")


CANAL = (
    "5月6日，云岭市引青济岭工程全线通水仪式在青禾县龙洞水库举行。随着闸门缓缓提起，清澈的库水沿着四十二公里长的干渠奔向下游的七个乡镇。",
    "引青济岭工程于三年前开工，总投资十一亿六千万元，包括一座渡槽、九条隧洞和二十六座分水闸。建成后每年可以调水四千八百万立方米，改善灌溉面积十九万亩。",
    "家住枫树坳村的老农谭桂生天没亮就来到渠边。“盼了几十年，今年插秧再也不用看天了。”他捧起一捧水说。",
    "市水利局有关负责人介绍，下一步将加快田间末级渠系配套，力争秋收前让每一块水田都接上干渠的水，同时推行按方计价，节约的水量可以跨村转让。",
)
HEAD = "引青济岭工程全线通水 十九万亩农田受益"
TEA = (
    "臨沅縣茶葉博覽會三日在老窖廠文創園區開幕，共有來自十二個鄉鎮的八十六家茶農參展，現場擠滿品茶民眾。",
    "縣長何文昌表示，今年春茶產量較去年成長一成五，縣府將補助冷鏈設備，並輔導青農取得產銷履歷，讓好茶走得更遠。",
    "參展的茶農說，往年都要靠盤商收購，現在透過線上平台直接賣給消費者，價格好了兩成，也願意讓孩子回鄉接手。",
)
TEA_HEAD = "臨沅茶博會登場 八十六家茶農齊聚老窖廠"
LINKS = "".join(f'<li><a href="/x/{i}.html">{word}</a></li>' for i, word in enumerate((
    "青禾县第三季度重点项目集中开工", "县城南环路改造提前十天通车", "老渡口湿地首次记录到越冬鸟群", "全市中小学秋季学期九月一日开学",
    "夜市经济带火盐仓巷老字号", "气象台发布暴雨黄色预警信号", "市民热线一季度办结率超过九成", "竹编工坊帮助三百名妇女在家就业",
)))  # fmt: skip


def paragraphs(texts: tuple[str, ...], tag: str = "p", indent: str = "　　") -> str:
    return "".join(f"<{tag}>{indent}{text}</{tag}>\n" for text in texts)
