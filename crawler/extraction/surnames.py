"""Chinese family names: the commonest of the mainland, Taiwan and Hong Kong, single and double, in both scripts.

A word of two to four characters that begins with one may be a person; it is asked only where no label says so.
"""

from __future__ import annotations

import re

from crawler.extraction.vocabulary import words

_SINGLE = (
    "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕苏卢蒋蔡贾丁魏薛叶阎余潘杜戴夏钟汪田任姜范方石姚谭"
    "廖邹熊金陆郝孔白崔康毛邱秦江史顾侯邵孟龙万段雷钱汤尹黎易常武乔贺赖龚文庞樊兰殷施陶洪翟安颜倪严牛温芦季俞章鲁葛伍韦申尤毕聂丛焦向柳"
    "邢路岳齐沿梅莫庄辛管祝左涂谷祁时舒耿牟卜路詹关苗凌费纪靳盛童欧甄项曲成游阳裴席卫查屈鲍位覃霍翁隋植甘景薄单包司柏宁柯阮桂闵解强柴华"
    "车冉房边辜吉饶刁瞿戚丘古米池滕晋苑邬臧畅宫来嵺苟褚廉简娄盖符奚木穆党燕郎邸冀谈姬屠连郜晏栾郁商蒙计喻揭窦迟宇敖糜鄢冷卓花仇艾蓝"
    "巩稽邝缪骆慕粟仲麦昝禤禹荆亓佟侣勾岑巫巴帅冼栗桑楚毋濮炎玄班琚瓮益祖竺籍练缑羊翦肖舍茅茹荀莘菅蒲蓬虎虞衡褟訾谌贝赫逄逯郇郤鄂鄞钮闫阙隆雍雒鞠伊关尹"
    "張劉陳楊趙黃吳孫馬羅鄭謝韓馮蕭鄧許呂蘇盧蔣賈葉閻鍾範譚鄒陸顧龍萬錢湯喬賀賴龔龐蘭顏嚴溫蘆韋畢聶叢齊莊塗時關費紀歐項陽衛單寧閔車邊饒"
    "來閆連婁蓋黨談鬱喬蒙計喻鞏駱簡於游詹粘盧諸聞應莊"
)
_DOUBLE = words(
    "欧阳 司马 上官 诸葛 夏侯 东方 皇甫 尉迟 公孙 慕容 令狐 宇文 长孙 司徒 端木 闻人 "
    "呼延 独孤 南宫 拓跋 轩辕 歐陽 司馬 諸葛 東方 公孫 張簡 范姜"
)
SURNAME = re.compile(f"^(?:(?:{'|'.join(_DOUBLE)})|[{''.join(sorted(set(_SINGLE)))}](?![\u3400-\u9fff]{{3}}))")
"""Matches at the start of a Han name; four characters need a double family name."""
