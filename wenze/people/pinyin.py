"""Pinyin of names for sorting and finding: surnames read as surnames (单 shan, 仇 qiu, 曾 zeng, 解 xie)."""

from __future__ import annotations

from pypinyin import Style, lazy_pinyin

SURNAMES = {
    "单": "shan", "仇": "qiu", "曾": "zeng", "解": "xie", "朴": "piao", "查": "zha", "盖": "ge", "区": "ou", "任": "ren",
    "华": "hua", "尉": "yu", "缪": "miao", "葛": "ge", "覃": "qin", "乐": "yue", "员": "yun", "种": "chong", "折": "she",
    "洗": "xian", "冼": "xian", "逄": "pang", "宓": "mi", "黑": "he", "盛": "sheng", "秘": "bi", "燕": "yan", "召": "shao",
    "祭": "zhai", "繁": "po", "能": "nai", "难": "ning", "㼆": "pi", "䶮": "yan", "翟": "zhai",
    "车": "che", "那": "na",
}  # fmt: skip


def pinyin(name: str) -> str:
    """The name's syllables, separated by spaces, tone marks left out."""
    if not name:
        return ""
    rest = lazy_pinyin(name[1:], style=Style.NORMAL)
    first = SURNAMES.get(name[0]) or lazy_pinyin(name[0], style=Style.NORMAL)[0]
    return " ".join([first, *rest]).lower()[:240]
