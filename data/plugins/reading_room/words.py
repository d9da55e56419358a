"""The interface's words: Chinese for the codes that stand in tables, English for the Chinese that stands in templates."""

CODES = {
    "web": "新闻网站", "epaper": "数字报",
    "fresh": "正常", "late": "迟了", "failing": "不顺", "silent": "未采集",
    "original": "原刊", "reprint": "转载", "edited reprint": "改编转载", "edited": "改编转载", "mirror": "镜像",
    "archived": "入档", "unchanged": "未变", "changed": "有改动", "listed": "列表", "part": "续页", "duplicate": "重复", "gone": "已撤",
    "blocked": "被拦", "disallowed": "禁止抓取", "offsite": "站外", "unreadable": "读不出", "dropped": "略去", "failed": "失败",
    "readings": "夹注读音", "inserted_commas": "插入的逗号", "script": "繁简", "punctuation": "标点", "unicode": "字形",
}  # fmt: skip
"""Chinese for codes of the archive; a code not listed is shown as it is."""

ENGLISH = {
    "方志": "Fangzhi", "地方新闻档案": "Chinese local news, archived", "跳到正文": "Skip to content", "检索全文": "Search the full text",
    "检索": "Search", "阅览室": "Reading room", "日期": "Days", "站点": "Sites", "地区": "Regions", "图表": "Plots", "状况": "Health",
    "数据表": "Tables", "说明": "About", "位置": "Where you are", "随系统": "Auto", "日间": "Light", "夜间": "Dark",
    "方志把地方新闻的原文、每次改动与证据一并保存。文章版权属原作者与原媒体；引用请注明原出处。":
        "Fangzhi keeps local news with every change and the evidence for it. Rights remain with authors and outlets; please cite the original.",
    "馆藏": "Holdings", "篇文章": "articles", "个站点": "sites", "次抓取": "captures", "最近入档于": "last grown", "最近入档": "Newest in the archive",
    "还没有文章。运行 make crawl 采集第一批。": "No articles yet. Run make crawl to gather the first.", "每日篇数": "Articles a day",
    "全部 {n} 个站点": "All {n} sites", "检索词": "Words", "全部": "All", "来源": "Source", "唐山市": "唐山市", "自": "From", "至": "To", "次序": "Order",
    "切题": "Relevance", "由新到旧": "Newest first", "由旧到新": "Oldest first", "怎样检索": "How to search",
    "词以空格分开，须全部出现：": "Words apart by blanks must all occur: ", "短语加引号：": "A phrase in quotes: ", "或、非与括号：": "Or, not, brackets: ",
    "只查一栏：": "One field only: ", "限定：": "Limits: ", "繁体、夹注读音、拼音都可以：": "Traditional script, readings and pinyin work too: ",
    "您是不是要找": "Did you mean", "检索结果": "Results", "共 {n} 篇": "{n} articles",
    "命中超过 20,000 篇，按入档先后列出，最近的在前。加上站点或日期，即按切题排列。":
        "More than 20,000 hits: listed by time of archiving, latest first. Add a site or a date to rank them.",
    "没有找到。可以少写几个字，或去掉站点与日期。": "Nothing found. Try fewer characters, or drop site and dates.", "翻页": "Pages",
    "上一页": "Previous", "下一页": "Next", "按站点": "By site", "按年份": "By year", "导出": "Export",
    "至多 10,000 篇；更多用 scrapy export。": "Up to 10,000 articles; use scrapy export for more.",
    "（无题）": "(untitled)", "此文": "This article", "引用": "Cite", "原文对照": "Original text", "版本": "Versions", "证据": "Evidence", "近似": "Alike",
    "同期": "Same issue", "原页已于 {d} 证实撤下；此处是撤下前的样子。": "The page was proven gone on {d}; this is how it stood before.", "同站前后": "Neighbours",
    "前一篇": "Earlier", "后一篇": "Later", "版本 {n}": "Version {n}", "{n} 字": "{n} characters", "与前一版比较": "Compare with the one before",
    "原址": "Address", "首次入档": "First archived", "最近所见": "Last seen", "文本摘要": "Text digest", "撤下证据": "Proof of removal", "记录": "record",
    "抓取": "Captures", "时间": "Time", "状态": "Status", "内容摘要": "Payload digest", "WARC 记录": "WARC record", "未变": "unchanged", "截断": "truncated",
    "此文没有抓取记录。": "This article has no captures.", "近似文章": "Near-duplicates", "同期报纸": "Same issue", "字段来历": "Where each field comes from",
    "字段": "Field", "规则": "Rule", "值": "Value", "落选": "Beaten", "文本": "Text", "永久地址": "Permalink", "现在的样子": "As it stands now",
    "与最新版比较": "Compare with the latest", "这是版本 {n}，{d} 所见。": "This is version {n}, seen {d}.", "引用这一版": "Cite this version",
    "提取程序": "Extractor", "回到文章": "Back to the article", "左为采得的原文，右为整理后的文字。": "Left: the text as captured. Right: as normalised.",
    "两者相同。": "They are the same.", "其他字段的原样": "Other fields as captured", "原文": "Original", "整理后": "Normalised", "版本比较": "Versions compared",
    "变动的字段": "Fields that changed", "原为": "Before", "改为": "After", "抓取证据": "Evidence of a capture", "地址": "Address", "所在文件": "File",
    "自第 {a} 字节起 {b} 字节": "{b} bytes from byte {a}", "内容同于": "Same payload as", "下载 WARC 记录": "Download the WARC record",
    "单独打开": "Open by itself", "响应头": "Response headers", "原页": "The page as captured",
    "以下是当时的页面，脚本、外链与图片已停用，在隔离的框中显示。": "The page of that time in a sandboxed frame; scripts, links and images are switched off.",
    "{y} 年历": "{y}", "此处列出 {n} 篇，其余请按站点查看": "{n} listed here; see the rest by site", "各家同载": "Shared between outlets", "{n} 家": "{n} outlets",
    "这一天没有文章。": "No articles on this day.", "年份": "Years", "去某一天": "Go to a day", "去": "Go", "{m} 月": "Month {m}", "{n} 篇": "{n} articles",
    "名称": "Name", "种类": "Kind", "篇数": "Articles", "最近一日": "Newest day", "检索本站": "Search this site", "最近发布": "Latest",
    "还没有文章。": "No articles yet.", "还没有带日期的文章。": "No dated articles yet.", "覆盖": "Coverage",
    "列出 {a}，抓取 {b}，失败 {c}，缺 {d}": "listed {a}, fetched {b}, failed {c}, missing {d}", "缺 {n}": "−{n}", "篇": "articles", "齐全": "complete",
    "有缺": "gaps", "有失败": "failures", "有文章，无列表": "articles, no list", "采集": "Crawling", "最近一次": "Last run", "间隔": "Every",
    "系统": "Platform", "实地核对": "Verified live", "依据": "Facts from", "每格一省，颜色越深文章越多；地区由来源、栏目与文中自称辨认。":
        "One tile a province, darker with more articles; regions are told from source, section and self-reference.",
    "检索此地": "Search this region", "辖内": "Inside", "第 {n} 版": "Page {n}", "各站每日篇数": "Articles a day by site", "合计": "Sum",
    "每日有多少篇文章，另有站点刊出同一文本。": "Articles a day whose text another site ran as well.", "同载篇数": "Shared articles", "两家": "Pair", "同载": "Shared",
    "提到最多的地方": "Places named most", "最近采集": "Last crawl", "七日页数": "Pages in 7 days", "不顺": "Wrong", "省级地区": "Provinces",
    "最多一日 {n} 篇": "at most {n} a day", "数字": "Figures", "日期不详": "undated", "{n} 个版本": "{n} versions", "原页已撤": "page gone",
    "文字受过污染": "polluted text", "表格": "Table", "图片在原站": "Image at its site", "图片": "Image", "记者": "Reporter", "通讯员": "Correspondent", "摄影": "Photo",
    "原标题": "Original title", "编辑": "Editor", "档案还是空的": "The archive is empty", "没有这一页": "No such page", "这次查询太久": "This query took too long",
    "这里还没有 data/archive.db。先运行 make crawl 采集，再运行 make browse。": "There is no data/archive.db yet. Run make crawl, then make browse.",
    "档案中没有这个编号或名称。请从检索或首页找起。": "The archive has nothing of that number or name. Start from the search or the home page.",
    "查询超过了时限，已停止。请加上站点或日期，缩小范围再查。": "The query passed its time limit and was stopped. Narrow it by site or date.",
    "周一": "Mon", "周二": "Tue", "周三": "Wed", "周四": "Thu", "周五": "Fri", "周六": "Sat", "周日": "Sun",
    "方志收录地方新闻网站与数字报的文章。每篇文章保存原页的字节（WARC）、提取出的文字、每一次改动，以及各字段由哪条规则得出。":
        "Fangzhi archives articles of local news sites and e-papers: the page's bytes (WARC), the extracted text, every change, and the rule behind each field.",
    "文字怎样整理": "How texts are normalised",
    "夹注读音、插入的标点与机器转成的繁体会被还原，原文一并保存；在“原文对照”可以看到每一处改动。":
        "Inline readings, inserted punctuation and machine-made Traditional script are undone and the original is kept; “Original text” shows every change.",
    "怎样引用": "How to cite",
    "文章页给出 GB/T 7714-2015、BibTeX 与 RIS；Zotero 可直接识别。文章编号由网址算出，永不改变；要引用某一次的文字，请用该版本的地址。":
        "Article pages give GB/T 7714-2015, BibTeX and RIS, and Zotero reads them. An article's number comes from its address and never changes; cite a version by its own.",
    "日期以原页为准，一律为北京时间；原页没有写明的，不作推测。": "Dates are those of the page, in Beijing time; what it does not state is not guessed.",
    "隐私与安全": "Privacy and safety",
    "阅览室不用脚本，不向外发任何请求；原页在隔离的框中显示，不能运行。只有语言与明暗的选择存在您的浏览器里。":
        "The room runs no scripts and sends no request elsewhere; captured pages are shown in a sandbox and cannot act. Only language and theme are kept in your browser.",
    "到阅览室读此文：版本、证据、引用": "Read in the reading room: versions, evidence, citation",
    "fresh": "fresh", "late": "late", "failing": "failing", "silent": "never crawled", "web": "news site", "epaper": "e-paper",
}  # fmt: skip
"""English by the Chinese it stands for."""
