"""The words Chinese news pages label things with, Simplified; Traditional pages are folded to these before matching.

Sources: label counts over crawler sources and saved pages (the vocabulary of mainland portals, government sites and
e-papers), and the mastheads of Taiwan and Hong Kong. Longer labels stand beside the shorter ones they contain, because
the longest match decides: 数据来源 is no source of the article.
"""

from __future__ import annotations


def words(text: str) -> tuple[str, ...]:
    """Blank-separated words, as vocabularies are written here."""
    return tuple(text.split())


LABELS: dict[str, tuple[str, ...]] = {
    "source": words(
        """
        来源 文章来源 本文来源 稿源 稿件来源 新闻来源 信息来源 来源于 来自 出处 转自 摘自 供稿单位 发布机构 发布单位
        发布部门 发文机关 媒体 消息来源 内容来源 原文来源 来稿单位 信息来源单位 转载自
        """
    ),
    "reporter": words(
        """
        作者 原作者 记者 本报记者 本网记者 见习记者 实习记者 全媒体记者 特约记者 首席记者 文字记者 采访记者 撰文 执笔 撰稿
        撰稿人 撰写 采写 文字 采访 文图 文/图 图/文 文/摄 发布者 发布人 发表人 信息发布人 网友 署名 原创 本文作者 文
        采编 编撰 主笔 专栏作者 采访人员 报道 供稿 供稿人 投稿
        """
    ),
    "correspondent": words(
        """
        通讯员 特约通讯员 本报通讯员 特派员
        """
    ),
    "photographer": words(
        """
        摄影 摄影记者 摄影报道 图片 供图 图 摄 摄像 拍摄
        """
    ),
    "editor": words(
        """
        编辑 责任编辑 核稿编辑 核稿 责编 网编 网络编辑 小编 值班编辑 文字编辑 新媒体编辑 本版编辑 本文编辑 文章编辑 图文编辑
        图片编辑 视频编辑 见习编辑 实习编辑 执行编辑 编校 责任编审 版式编辑 美术编辑 美编 录入 录入员 责任校对 校对
        审核 审稿 审校 编审 初审 复审 终审 一审 二审 三审 签发 监制 主编 总编辑 副总编辑 值班总编 值班主任 值班主编
        值班总编辑 值班编委 统筹 策划 出品 出品人 总监制 总策划 核发 责任主编 新闻编辑 制作 审读 一读 二读 复核 核稿
        终校 初校 编委 责任监审
        """
    ),
    "published": words(
        """
        发布时间 时间 日期 发布日期 发表时间 发表日期 发表于 发布于 发稿时间 发文日期 成文日期 创建时间 添加日期
        添加时间 提交时间 上传时间 见报日期 发布 发表 刊发时间 刊登日期 出版日期 发帖时间 上网时间 录入时间 上稿时间
        发表时间为 日报日期
        """
    ),
    "updated": words(
        """
        更新时间 更新 更新于 最后更新 最后更新时间 更新日期 修改时间 最近更新
        """
    ),
    "keywords": words(
        """
        关键词 关键字 标签 主题词 本文标签 文章标签 文章关键词 tag tags
        """
    ),
    "original_title": words(
        """
        原标题 原题 原文标题
        """
    ),
    "sponsor": words(
        """
        主办 主办单位
        """
    ),
    "section": words(
        """
        当前位置 位置 您现在的位置 您的位置 所在的位置 您所在的位置 所在位置 当前的位置 您当前的位置 您的当前位置
        您当前所在的位置 您当前所在位置 您当前所在 你的位置 现在位置 现在的位置 所属栏目 当前栏目 栏目 您现在的位置是
        你当前的位置 你所在的位置 您目前的位置 目前位置 所在栏目 您现在所在的位置 您现在位置 目前所在位置 您的所在位置
        """
    ),
    "page_number": words(
        """
        版次 版面
        """
    ),
    "none": words(
        """
        数据来源 图片来源 资料来源 视频来源 素材来源 本文素材来源 来源网址 来源链接 作者简介 作者单位 作者按 作者手记
        作者最新文章 作者文章 编辑按 编者按 点击数 点击 点击量 点击率 点击次数 阅读 阅读数 阅读量 阅读次数 浏览次数
        浏览 浏览量 浏览数 访问量 访问 访问次数 阅览 人气 查看 查看次数 播放数 评论 评论数 热度 点赞 转发 跟贴 跟帖
        评分 围观 字号 字体 字体大小 分享 分享到 分享至 打印 收藏 生成时间 生成日期 字数 上一篇 下一篇 上一条 下一条
        上一则 下一则 备案号 电话 地址 邮箱 版权所有 承办 承办单位 技术支持 热门标签 本文地址 本文链接 原文链接
        责任编辑邮箱 联系电话 新闻热线 举报电话 投稿邮箱 作者邮箱 回复 回复数 楼主 选稿 翻译 编译 放大字体 缩小字体
        背景色 双击自动滚屏 索引号 文号 信息索引 有效期 名称 公开方式 体裁分类 主题分类 信息分类 阅读时间 标题
        我要评论 参与评论 互动 背景 稿费 下载 附件 链接 网址 发布会时间 开始时间 截止时间 报名时间 活动时间
        """
    ),
}
"""Label to field. Values of the field `none` are known and of no use: they end the value before them."""

NEEDS_EDGE: frozenset[str] = frozenset(
    words(
        """
    tag tags 一审 一读 三审 下载 主办 主笔 主编 主题词 二审 二读 互动 人气 位置 作者 供稿 出品 出处 分享 初审 制作
    原创 发布 发表 名称 回复 图 图片 图片来源 地址 复审 复核 媒体 字体 字号 审核 录入 打印 投稿 报道 拍摄 摄 摄影 摘自
    收藏 文 文号 文字 日期 时间 更新 更新于 来源 来自 查看 标签 标题 栏目 浏览 点击 热度 版次 版面 电话 策划 签发 终审
    统筹 编委 编译 编辑 网友 网址 署名 翻译 背景 记者 访问 评论 转发 转自 采编 采访 链接 阅读 附件
    """
    )
)
"""Short labels that are common words, too: they count only after a break, never glued to a Han character (经费来源:)."""

UNNAMED: frozenset[str] = frozenset(
    words(
        """
    admin admin888 administrator none null 不详 佚名 作者 匿名 原创 小编 无 无名 暂无 未知 本站 本网 管理员 系统管理员
    编辑 网站管理员 网络 网络整理 记者 超级管理员 转载 转载文章
    """
    )
)
"""Values that name nobody."""

NO_SOURCE: frozenset[str] = frozenset(
    words(
        """
    none null 不详 佚名 无 暂无 未知 网络整理 转载 转载文章
    """
    )
)
"""Values of source labels that name no outlet."""

SITE_WORDS: tuple[str, ...] = words(
    """
    网 报 新闻 频道 门户 在线 日报 晚报 电视台 客户端 资讯 网站 首页 传媒 新浪 搜狐 网易 腾讯 凤凰
    数字版 电子版 多媒体版 人民政府 政府办公室
    """
)
"""How names of sites and channels end."""

BADGES: frozenset[str] = frozenset(
    words(
        """
        原创 图集 组图 多图 视频 专题 快讯 置顶 独家 直播 推荐 热点 头条 重磅 最新 滚动 转载 音频 图片 图文 图解 互动
        """
    )
)
"""Badges that systems set before or after a headline, in an element of their own."""

TAIL_MARKS: tuple[str, ...] = words(
    """
    相关新闻 相关阅读 相关文章 相关链接 相关报道 相关推荐 相关内容 相关稿件 相关信息 相关热门文章 相关搜索 延伸阅读
    推荐阅读 为您推荐 为你推荐 新闻推荐 精彩推荐 热门推荐 热点推荐 猜你喜欢 热点新闻 热门文章 热门新闻 点击排行
    阅读排行 评论排行 新闻排行 排行榜 本周热门 最新文章 最新评论 网友评论 最新报道 精彩图片 相关专题 我来说两句
    我要评论 发表评论 发表看法 上一篇 下一篇 上一条 下一条 上一则 下一则 免责声明 版权声明 特别声明 郑重声明 更多新闻
    更多精彩 今日热点 大家都在看 返回顶部 返回列表 关闭窗口 打印本页 友情链接 版权所有 已有 热门评论 全部评论 相关资讯
    热门话题 热门标签 查看更多 看过本文的人还看过 推荐新闻 阅读下一篇 编辑推荐 24小时热文 热文排行 图片新闻 视频推荐
    专题推荐 即时新闻 延伸閱讀 网友热评 评论区 说两句
    """
)
"""Headings under which the article is over."""

TOOLS: tuple[str, ...] = words(
    """
    分享到 分享至 分享 扫一扫 扫码 扫描二维码 二维码 微信扫一扫 字号 字体 放大字体 缩小字体 小字号 大字号 打印
    打印本页 打印本文 打印本稿 关闭 关闭窗口 关闭本窗口 收藏 收藏本文 纠错 我要纠错 举报 评论 我要评论 参与 点赞
    语音播报 朗读 听新闻 无障碍 简体 繁体 返回顶部 返回列表 设为首页 复制链接 微信 微博 新浪微博 腾讯微博 空间 朋友圈
    人人网 豆瓣 更多 大 中 小 QQ好友 QQ空间 推荐 保存 投稿 参与互动 一键分享 分享让更多人看到 正文 页面功能 转发 用微信扫码二维码
    分享至好友和朋友圈 我来说两句 论坛 微信好友 推荐给朋友 订阅 点击查看高清原图 全屏 取消 跟贴 我有话说 人评论 人参与
    条评论 转寄 返回 列印 友善列印 字级
    """
)
"""What share bars and page tools are made of."""
