"""Signs of spun text (伪原创): words put in by a synonym table where no writer would use them.

Spinners replace word by word, so set phrases and official names come out broken. Such text is flagged only: nothing in it
gives the original back.
"""

from __future__ import annotations

import re

# What the phrase begins with, and what follows; both lists by blanks. In Simplified, as texts are after the script pass.
_SPUN = (
    # 国家, 广播电视, 政府, 人民
    ("国度", "播送 电视 主席 发展 统计 税务 卫生 电网 标准 级 安全 开展 计划 粮食 动力 体育"),
    ("播送", "电视 电台 总局"),
    ("国民", "法院 查察院 代表大会 群众 日报"),
    ("市当局 县当局 区当局 镇当局 中华国民", ""),
    # 服务, 健康, 安全
    ("效劳", "业 区 员 器 站 中心 平台 群众 意识 质量 程度"),
    ("安康", "码 有序 开展 体检 生长 效劳 档案 知识"),
    ("食物 食品 出产 收集 交通 信息", "平安"),
    # 网络, 生活水平, 发展, 建设
    ("收集", "主播 直播 平台 安全 技术 时期 游戏 文明"),
    ("糊口", "程度 品质 质量 垃圾 前提 中"),
    ("经济 高质量 可持续", "成长 开展"),
    ("经济 文明 党风 步队 城市", "扶植"),
    ("技术 管理 医疗", "程度"),
    # 学校, 学生, 教师, 父母
    ("黉舍 怙恃 门生家长 大门生 中门生 小门生", ""),
    ("优良 任课 女 男", "西席"),
    # 活动, 人员
    ("勾当", "现场 时期 中心 方案"),
    ("展开 举办 开展 举行", "勾当 系列勾当 主题勾当"),
    ("任务 医护 施工", "职员"),
    ("公事员 差人叔叔", ""),
    # 进行, 学习, 表演, 建设, 主要负责人
    ("停止", "宣传 调查 考察 讲解 培训 检查 座谈 交流 演练 扶植 深入"),
    ("促 促进", "停止业"),
    ("深化 深刻 当真", "进修"),
    ("扮演", "者的 节目 艺术 市场 团体"),
    ("职业道德", "建立"),
    ("相干", "部分 职员 担任人"),
    ("担任人", "先容 引见 表现"),
)

_spun = re.compile(
    "|".join(f"{head}(?:{'|'.join(tails.split())})" if tails else head for heads, tails in _SPUN for head in heads.split())
)

LEAST = 2
"""Different phrases; one may be a slip, or quoted."""


def spun(text: str) -> int:
    """How many different phrases of a Simplified text only a synonym table writes."""
    return len(set(_spun.findall(text)))
