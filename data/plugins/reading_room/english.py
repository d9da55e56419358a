"""English wording, by the Chinese it stands for."""

ENGLISH = {
    "方志": "Fangzhi",
    "地方新闻档案": "An archive of Chinese local news",
}
