"""Clean texts of many genres, written for these tests: sentences with slots, filled by a seeded choice.

Every text is proper Chinese with proper punctuation, so that a cleaner which changes any of them does harm.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from typing import NamedTuple

from opencc import OpenCC


class Sample(NamedTuple):
    """One clean text."""

    genre: str
    text: str


SLOTS = {
    "county": [
        "青山县",
        "乾安县",
        "清河县",
        "云阳县",
        "临泽县",
        "松滋市",
        "范县",
        "余江区",
        "台前县",
        "后溪镇",
        "丰宁县",
        "沈丘县",
    ],
    "person": ["王建国", "李晓云", "张后余", "陈志谷", "刘征", "周只言", "马松岳", "郭沫云", "姜范", "朱卜", "钟千里"],
    "office": ["县委书记", "副县长", "农业农村局局长", "镇党委书记", "县人大常委会主任", "水务局副局长", "驻村第一书记"],
    "crop": ["小麦", "玉米", "水稻", "油菜", "谷子", "荞麦", "板栗", "黄花菜", "马铃薯", "中药材"],
    "number": ["3", "12", "46", "128", "1500", "2.6万", "3,400", "上千", "二十三"],
    "money": ["1.2亿元", "350万元", "4800元", "6,700元", "12.5亿元", "90余万元"],
    "percent": ["5.3%", "12%", "0.8%", "百分之七", "31.6%"],
    "day": ["3月5日", "5月12日上午", "8月30日", "11月2日晚", "腊月二十三", "12月28日9:30"],
    "firm": ["青山农机有限公司", "云岭茶业合作社", "中国电信(青山)分公司", "松柏里超市", "HT重工", "小后台面坊", "ABC检测中心"],
    "work": ["道路硬化", "旧房改造", "污水治理", "高标准农田建设", "饮水安全工程", "冬季清洁取暖", "河道清淤", "5G基站建设"],
}

NEWS = [
    "{day}，{county}召开{work}推进会，{office}{person}出席并讲话。",
    "会议指出，今年以来全县完成投资{money}，同比增长{percent}，{work}走在全市前列。",
    "{person}强调，要把群众的事放在心里，说了算、定了干，不搞花架子，干出样子来。",
    "据了解，{firm}落户两年来，带动{number}户农户种植{crop}，户均增收{money}。",
    "“以前下雨出不了门，现在好了，车能开到家门口。”村民{person}说，“日子越过越有奔头！”",
    "记者在现场看到，{number}名工人正在抢抓工期，塔吊林立，机器轰鸣，一派繁忙景象。",
    "下一步，{county}将以{work}为抓手，发展{crop}产业，力争年底前再增{number}个示范点。",
    "随后，{person}一行来到{firm}，了解生产、销售、用工等情况，并与干部群众座谈。",
    "活动现场共发放宣传资料{number}余份，接受咨询{number}人次，受到了居民的欢迎。",
    "当天的比赛共进行6场，主队以3:2险胜，比分一度战成21:21平，观众的欢呼声此起彼伏。",
    "这个发源于乾隆年间的老字号，由{person}的祖父创办，后来几经变迁，如今重新开张。",
    "该县历史上先后隶属于多个州府，建于明代的后稷庙、钟鼓楼和范公祠至今保存完好。",
    "台上，戏曲演员一板一眼；台下，几里外赶来的乡亲听得入神，理发店的师傅也关了门来看。",
    "截至目前，全县{crop}播种面积达{number}亩，占计划的{percent}，预计{day}前全部完成。",
]
NOTICES = [
    "关于{county}{work}期间交通管制的通告",
    "为保障{work}顺利进行，根据《中华人民共和国道路交通安全法》第三十九条的规定，现将有关事项通告如下：",
    "一、管制时间：{day}至工程结束，每日7:00—19:00。",
    "二、管制路段：人民路（解放街至建设街段）、后河里巷、S204线K12+300处。",
    "三、请过往车辆提前绕行；因施工给您带来不便，敬请谅解。咨询电话：0312-5551234、13800000000。",
    "四、报名网址：https://www.example.gov.cn/bm/index.html?id=12&type=a，邮箱：bm@example.gov.cn。",
    "五、本通告自发布之日起施行。（联系人：{person}）",
    "附件：1.《施工路段示意图》.pdf；2.车辆通行证申请表（A4）.docx",
]
POEMS = [
    "春到{county}\n东风一夜过山梁，\n满坡桃李换新装。\n谁家牧笛穿云去，\n惊起溪头白鹭翔。",
    "秋收\n谷子黄，豆荚响，\n姥姥坐在场院上。\n一把簸箕扬月光，\n扬出一囤新米香。",
    "忆江干旧游\n乾坤容我静，干戈几时休。\n发白因谁早，云深不系舟。\n后园松菊在，里巷故人留。",
]
DICTIONARY = [
    "重 chóng ①再，又：重复｜重庆。②层：万重山。另见 zhòng。",
    "【乾】qián ①八卦之一，代表天：乾坤。②姓。",
    "垚（yáo）：山高的样子，多用于人名。村支书刘垚（yáo）就用了这个字。",
    "龘（dá），龙腾飞的样子，今年春晚后，这个字火了。",
    "行(xíng)走的行，银行的行(háng)，一字两音，不可读错。",
    "“骉”（biāo）形容众马奔腾，“猋”（biāo）形容犬跑，都是叠字。",
    "本地方言把聊天叫“拍瞎话”，把蝉叫“蠽蟟”（jié liáo），外地人常听不懂。",
    "濉(suī)溪县、歙(shè)县、亳(bó)州、枞(zōng)阳，安徽这些地名你会读吗？",
]
LESSONS = [
    "一、看拼音写词语：chūn tiān（春天）、huā duǒ（花朵）、xiǎo niǎo（小鸟）。",
    "春(chūn)眠(mián)不(bù)觉(jué)晓(xiǎo)，处(chù)处(chù)闻(wén)啼(tí)鸟(niǎo)。",
    "生字：秋(qiū)、气(qì)、了(le)、树(shù)、叶(yè)、片(piàn)、大(dà)、飞(fēi)、会(huì)、个(gè)。",
    "多音字：长(cháng)城、长(zhǎng)大；发(fā)现、头发(fà)；乐(lè)园、音乐(yuè)；会(huì)议、会(kuài)计。",
    "读一读：我(wǒ)是(shì)小(xiǎo)学(xué)生(shēng)，我(wǒ)爱(ài)上(shàng)学(xué)。",
    "老师说：“‘的’读轻声de，‘得’也可以读de，不要混淆。”",
]
SCIENCE = [
    "实验二：在试管中加入2mL稀盐酸(HCl)和少量碳酸钙(CaCO3)，观察现象。",
    "反应式为CaCO3+2HCl=CaCl2+H2O+CO2↑，气体通入澄清石灰水，石灰水变浑浊。",
    "水的化学式是H2O，二氧化碳(CO2)的相对分子质量为44，pH值为5.6～7.0。",
    "该地海拔1,024.5米，年均气温13.6℃，降水量在500—600毫米之间，坐标N38°2′,E114°30′。",
    "PM2.5浓度降至每立方米35微克以下，AQI为62，空气质量为良。",
]
CODE = [
    "示例代码：\nprint('你好,世界')\nif (x > 0): y = f(x, 'a')",
    "运行命令：pip install fangzhi==0.1 && scrapy crawl page -a url=http://127.0.0.1:8000/",
    '配置文件：\nname: 青山网\nhosts = ["127.0.0.1", "::1"]  # 本机',
    "SELECT 标题, 来源 FROM 文章 WHERE 日期 >= '2018-09-07';",
    '{"标题":"春耕","字数":1200,"标签":["农业","春天"]}',
]
LATIN = [
    "他用iPhone拍下视频，上传到YouTube和Bilibili，配文是“Hello, China!”，点赞超过{number}次。",
    "世界卫生组织（World Health Organization，WHO）发布报告，GDP增速、CPI、PPI等指标引发关注。",
    "歌曲《Yesterday Once More》响起，全场合唱，主持人说：“Let's go!”",
    "车次G1234次9:05开，K528/525次停运，航班CA1501(北京—上海)延误。",
    "会议采用“线上+线下”方式，登录Zoom会议室（ID:123-456-789）参加，详见www.example.com。",
]
TABLES = [
    "姓名\t单位\t得分\n{person}\t{county}一中\t98.5\n{person}\t{county}二中\t97",
    "序号 项目 金额(万元)\n1 {work} 120.5\n2 {work} 88",
]

_GENRES = {
    "notice": NOTICES, "poem": POEMS, "dictionary": DICTIONARY, "lesson": LESSONS, "science": SCIENCE, "code": CODE,
    "latin": LATIN, "table": TABLES,
}  # fmt: skip


def fill(template: str, choice: random.Random) -> str:
    """A template with its slots filled."""
    for name, values in SLOTS.items():
        while f"{{{name}}}" in template:
            template = template.replace(f"{{{name}}}", choice.choice(values), 1)
    return template


def article(choice: random.Random, *, paragraphs: int = 5, sentences: int = 4) -> str:
    """A news article of about 35 characters a sentence."""
    return "\n".join("".join(fill(sentence, choice) for sentence in choice.sample(NEWS, sentences)) for _ in range(paragraphs))


def simplified() -> list[Sample]:
    """150 texts: 70 articles of news, 80 of the other genres."""
    choice = random.Random("fangzhi")
    found = [Sample("news", article(choice, paragraphs=2 + number % 5)) for number in range(70)]
    for genre, lines in _GENRES.items():
        for _ in range(10):
            chosen = [choice.choice(lines)] if genre == "poem" else choice.sample(lines, min(len(lines), choice.randint(1, 4)))
            found.append(Sample(genre, fill("\n".join(chosen), choice)))
    return found


TRADITIONAL = [
    Sample(
        "hant-tw",
        "臺北市政府昨天宣布，萬華區後站一帶的老屋將重新整修。市長表示，著名的老戲台會留下來，街坊們看著它長大，怎麼捨得拆？",
    ),
    Sample("hant-tw", "在這裡，孩子們忙著收稻穀，老人坐在屋簷下聊天。軟體工程師阿明辭掉工作，回鄉種鳳梨，靠網路賣到全臺灣。"),
    Sample("hant-tw", "颱風過後，乾淨的飲水成了問題。里長范姜先生挨家挨戶發放瓶裝水，「能幫多少算多少」，他說。"),
    Sample("hant-tw", "國立故宮博物院（National Palace Museum）展出乾隆皇帝御筆，民眾可於9:00至17:00入場，票價350元。"),
    Sample("hant-hk", "港鐵公司表示，荃灣綫列車服務已經回復正常。昨日早上八時許，有乘客在車廂裏暈倒，職員隨即召喚救護車。"),
    Sample("hant-hk", "她着了一件紅色外套，站在銅鑼灣街頭派傳單：「支持本地農產品啦！」途人大都看一看便走開。"),
    Sample("hant-hk", "立法會議員羣體就衞生政策展開辯論，有議員批評當局為求省錢，把責任推給前綫醫護。"),
    Sample("hant", "本報訊 記者從縣文化館獲悉，館藏清代戲曲抄本已經全部修復，計劃於重陽節後向市民開放。"),
    Sample("poem", "山行\n遠上寒山石徑斜，\n白雲深處有人家。\n停車坐愛楓林晚，\n霜葉紅於二月花。"),
    Sample("gloss", "釣魚人說的「鱟」（hòu），其實是一種古老的節肢動物；「鯁」字讀作gěng，指魚骨。"),
]
"""Written in Traditional, with the words and the forms of each place."""


def traditional() -> Iterator[Sample]:
    """The hand-written texts, and the Simplified ones set in the Traditional of OpenCC's standard, Taiwan and Hong Kong."""
    yield from TRADITIONAL
    profiles = [("hant", OpenCC("s2t")), ("hant-tw", OpenCC("s2tw")), ("hant-hk", OpenCC("s2hk"))]
    samples = [sample for sample in simplified() if sample.genre not in ("lesson", "dictionary", "code")]
    for number, sample in enumerate(samples):
        script, converter = profiles[number % 3]
        yield Sample(script, converter.convert(sample.text))


def texts(samples: Iterator[Sample] | list[Sample]) -> list[str]:
    """Only the texts."""
    return [sample.text for sample in samples]
