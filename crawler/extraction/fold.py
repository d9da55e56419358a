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
_TONES = re.compile("[\u0300-\u030c]")
# Traditional forms (Taiwan and Hong Kong included) of every character that labels and rules are written with.
_TRADITIONAL = (
    "並佈來係備傢傳僅內兩冊別刪則創劃劉劑動務勞區參員問啓啟單嚴國圍園圖團執報場壇娛學實審寫將專對導屬峯廣張後復愛戶掃採擊"
    "據攔攝數斷時暫曉書會東條構樂樓標機檢檯欄權歡歸氣沒測滾濤瀏為無熱爲牆現璽畢當發監眾碼礙稱筆簡籌籤糾約紅紙級細終組絕絡"
    "給統經綜綫維網線編縮總繫續習聞聯聲聽臨臺與舉華薦藥處號衆術見視覽觀訂訊記訪設許評詞話該詳語誤說説請論謝證識譯讀讚貓財"
    "責費貼資賽贊趙載輯轉辦迴週進過違選還郵鄭醫銘錄錯録鍵鏈長門閉開間閱閲關陽際雙雜電靈韓頁頂須頻題類駐騰驗體鳳麼麽點黨"
)
_SIMPLIFIED = (
    "并布来系备家传仅内两册别删则创划刘剂动务劳区参员问启启单严国围园图团执报场坛娱学实审写将专对导属峰广张后复爱户扫采击"
    "据拦摄数断时暂晓书会东条构乐楼标机检台栏权欢归气没测滚涛浏为无热为墙现玺毕当发监众码碍称笔简筹签纠约红纸级细终组绝络"
    "给统经综线维网线编缩总系续习闻联声听临台与举华荐药处号众术见视览观订讯记访设许评词话该详语误说说请论谢证识译读赞猫财"
    "责费贴资赛赞赵载辑转办回周进过违选还邮郑医铭录错录键链长门闭开间阅阅关阳际双杂电灵韩页顶须频题类驻腾验体凤么么点党"
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
    if _TONES.search(text):
        text = unicodedata.normalize("NFC", text)
    return READING.sub("", text)


_FOLDED = re.compile(f"[{''.join(re.escape(chr(code)) for code in _FOLD)}]")
_NEW = {chr(code): new for code, new in _FOLD.items()}
_LETTERS = re.compile(r"[^\W_]+")


def _folded(match: re.Match[str]) -> str:
    return _NEW[match[0]]


def fold(text: str) -> str:
    """Label characters Simplified, signs half-width; every character stays at its place."""
    # str.translate would look every character up; few of a line are any of these.
    return text if text.isascii() else _FOLDED.sub(_folded, text)


def bare(text: str) -> str:
    """For comparing headlines: without blanks and signs, Traditional label characters and width folded."""
    return fold(text if text.isalnum() else "".join(_LETTERS.findall(text))).lower()
