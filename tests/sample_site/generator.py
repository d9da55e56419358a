"""Distinct short articles in any number, composed from our own stock of sentences; the same index gives the same story."""

from __future__ import annotations

import random
from datetime import datetime, timedelta

from tests.sample_site.story import Piece, Story

TOWNS = ("石桥镇", "龙洞乡", "枫树坳村", "老渡口社区", "杨家寨", "岩头村", "下湾村", "盐仓巷社区", "白水乡", "沅溪镇",
         "北门街道", "船厂社区", "柳林铺", "双河口村", "清水塘村", "大垭口", "新田坝", "竹园坪")  # fmt: skip
COUNTIES = ("青禾县", "临沅县", "桐坪县", "云岭市区")
SUBJECTS = ("农田水利", "乡村道路", "养老服务", "小学食堂", "垃圾分类", "蔬菜大棚", "防汛值守", "就业培训", "古树保护",
            "供电线路", "健康体检", "图书下乡", "红白喜事简办", "饮水安全", "竹编加工", "茶园管护", "消防演练",
            "公交候车亭")  # fmt: skip
VERBS = (
    "有了新办法",
    "迈出新步子",
    "补上短板",
    "解了燃眉之急",
    "按下快进键",
    "办到家门口",
    "由点到面铺开",
    "赢得群众点赞",
    "立下规矩",
    "提前完成任务",
)
SURNAMES = "周何沈罗田马丁谭向冉覃段贺吴冯姚舒欧鲁尹"
GIVEN = (
    "启明",
    "雨晴",
    "秋月",
    "振华",
    "小满",
    "骏驰",
    "一帆",
    "桂英",
    "晓梅",
    "德福",
    "文汉",
    "长林",
    "素芬",
    "志远",
    "昌顺",
    "雪梅",
)
OUTLETS = ("云岭日报", "云岭晚报", "云岭新闻网", "青禾县融媒体中心", "桐坪融媒", "临沅发布")
OPENINGS = (
    "记者{month}月{day}日从{county}{town}了解到，当地{subject}工作今年以来推进顺利，已有{n}户群众从中受益。",
    "“以前办这件事要跑{k}趟，现在在家门口就能办好。”{month}月{day}日，{county}{town}的{name}说起{subject}，话匣子一下子打开了。",
    "{month}月{day}日，{county}在{town}召开现场会，把{subject}的做法介绍给全县{k}个乡镇。",
    "入春以来，{county}{town}把{subject}列为头一件实事，投入资金{n}万元，目前已完成总量的{percent}%。",
)
MIDDLES = (
    "负责这项工作的{name}介绍，过去最难的是没有人愿意牵头，后来由{k}名党员带头，先做出样子，再请大家来看。",
    "按照计划，{town}先在{k}个村民小组试行，再用{k2}个月推广到全部{n}户，遇到问题随时修改。",
    "据统计，{percent}%的受访群众对{subject}表示满意，意见主要集中在信息公布不够及时、夜间值守人手不足两个方面。",
    "为了省钱，村里没有请施工队，而是请出{k}位老石匠，就地取材，工期虽然长了{k2}天，费用却省下了{n}多元。",
    "{name}算过一笔账：每户每年少支出{n}元，节省下来的时间还可以到附近的竹器厂做{k}个月零工。",
    "也有不同的声音。有村民担心后续没有人管，镇里随后把维护责任写进村规民约，并留出每年{n}元的维护费。",
    "{county}有关部门每{k}天派人查看一次，把检查结果贴在村口的公示栏上，谁家的责任谁来改，一清二楚。",
    "当地还把{subject}同{subject2}结合起来，一支队伍两件事，减少了{percent}%的重复开支。",
)
CLOSINGS = (
    "下一步，{county}将在{town2}等地继续推开{subject}，预计年底前再有{n}户受益。",
    "{name}说，事情不大，却天天都用得着，群众心里有一杆秤。",
    "记者离开的时候，{town}的广播里正在通知下一次院坝会的时间：{k}号晚上{k2}点，地点还是老槐树下。",
    "{county}表示，年底将请群众打分，得分低于{percent}分的项目要重新返工。",
)

START = datetime(2026, 4, 30, 20, 0)


def _fill(rng: random.Random, sentence: str, fixed: dict[str, object]) -> str:
    return sentence.format(
        **fixed, name=rng.choice(SURNAMES) + rng.choice(GIVEN), n=rng.randrange(31, 9700), k=rng.randrange(3, 29),
        k2=rng.randrange(3, 12), percent=rng.randrange(61, 99), subject2=rng.choice(SUBJECTS), town2=rng.choice(TOWNS),
    )  # fmt: skip


def generated(index: int) -> Story:
    """The story with that number; 0 is the newest, each further one is 17 minutes older."""
    rng = random.Random(index)
    moment = START - timedelta(minutes=17 * index)
    county, town, subject = rng.choice(COUNTIES), rng.choice(TOWNS), rng.choice(SUBJECTS)
    fixed: dict[str, object] = {"county": county, "town": town, "subject": subject, "month": moment.month, "day": moment.day}
    chosen = [rng.choice(OPENINGS), *rng.sample(MIDDLES, rng.randrange(3, 7)), rng.choice(CLOSINGS)]
    reporter = rng.choice(SURNAMES) + rng.choice(GIVEN)
    return Story(
        id=f"{300001 + index}", channel="gen", published=moment.strftime("%Y-%m-%d %H:%M"),
        title=f"{county}{town}{subject}{rng.choice(VERBS)}", source=rng.choice(OUTLETS), reporters=(reporter,),
        editors=(("责任编辑", "石磊"),), keywords=(county, subject),
        parts=(tuple(Piece(kind="p", text=_fill(rng, sentence, fixed)) for sentence in chosen),),
    )  # fmt: skip
