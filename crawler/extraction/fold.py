"""A copy of a line on which labels are matched: readings gone, Traditional label characters and full-width signs folded.

The copy is for matching and for the values that labels carry; the body keeps what the page says.
"""

from __future__ import annotations

import re
import unicodedata

# Toned pinyin in half-width brackets after a Han character, as mirror farms insert it: 責(zé)任編輯, 絡(luò ).
READING = re.compile(
    "(?<=[\u3400-\u9fff])\\((?=[^)]{0,9}[\u00c0-\u024f\u0300-\u030c])[a-z\u00e0-\u01dc\u0101-\u01dc\u0300-\u030c]{1,9}\\s?\\)"
)
_TRADITIONAL = (
    "來責編輯記訊發佈時間關鍵詞標題審對簽監製攝報導綜轉載網點擊閱讀瀏覽評論當頁開讚員圖寫採訪優創體數據資視頻鏈"
    "說兩條則權聲單術稿辦欄後錄線電話總複終顧舉負攝譯給個實習見駐輝專寶號簡從業圍觀熱門聞絡統籌劃"
)
_SIMPLIFIED = (
    "来责编辑记讯发布时间关键词标题审对签监制摄报导综转载网点击阅读浏览评论当页开赞员图写采访优创体数据资视频链"
    "说两条则权声单术稿办栏后录线电话总复终顾举负摄译给个实习见驻辉专宝号简从业围观热门闻络统筹划"
)
_WIDE = "：︰﹕∶（）｜丨∣／﹒•\u00a0\u3000［］〔〕"
_NARROW = "::::()|||/··  [][]"
_FOLD = {ord(old): new for old, new in zip(_TRADITIONAL, _SIMPLIFIED, strict=True) if old != new}
_FOLD |= {ord(old): new for old, new in zip(_WIDE, _NARROW, strict=True)}
_FOLD |= {0xFF10 + i: str(i) for i in range(10)}


def clear(text: str) -> str:
    """Without inline readings: 責(zé)任編輯 → 責任編輯."""
    if "(" not in text:
        return text
    if max(text, default="") >= "\u0300" and any("\u0300" <= char <= "\u030c" for char in text):
        text = unicodedata.normalize("NFC", text)
    return READING.sub("", text)


_FOLDED = re.compile(f"[{''.join(re.escape(chr(code)) for code in _FOLD)}]")
_SIGNS_ONLY = re.compile(r"[\W_]+")


def fold(text: str) -> str:
    """Label characters Simplified, signs half-width; every character stays at its place."""
    # str.translate looks every character up; most lines hold none of these.
    return text.translate(_FOLD) if _FOLDED.search(text) else text


def bare(text: str) -> str:
    """For comparing headlines: without blanks and signs, Traditional label characters and width folded."""
    return fold(_SIGNS_ONLY.sub("", text)).lower()
