"""身份证号 by GB 11643: eighteen characters, a birthday, a check character; shown masked."""

from __future__ import annotations

import datetime as dt
import re

from wenze.errors import Invalid

WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
CHECKS = "10X98765432"
SHAPE = re.compile(r"\d{17}[\dX]")


def check_character(first_seventeen: str) -> str:
    """The eighteenth character that belongs to the first seventeen."""
    return CHECKS[sum(int(digit) * weight for digit, weight in zip(first_seventeen, WEIGHTS, strict=True)) % 11]


def looks_like(text: str) -> bool:
    """Whether a text is meant as an ID number, right or wrong: a name has no digits."""
    return bool(re.fullmatch(r"[\dXx\s]{12,24}", text.strip()))


def normal(text: str) -> str:
    """The number without blanks, its X in capitals. Raises ``Invalid`` (``id_number``) where it is none."""
    number = re.sub(r"\s", "", text).upper()
    if not SHAPE.fullmatch(number):
        raise Invalid({"id_number": "身份证号应为十八位数字，末位可以是 X。"})
    try:
        dt.date(int(number[6:10]), int(number[10:12]), int(number[12:14]))
    except ValueError as error:
        raise Invalid({"id_number": "身份证号中的出生日期不存在。"}) from error
    if check_character(number[:17]) != number[17]:
        raise Invalid({"id_number": "身份证号的校验位不对，请核对。"})
    return number


def masked(number: str) -> str:
    """The first six and the last four characters, as screens show it."""
    return f"{number[:6]}{'*' * (len(number) - 10)}{number[-4:]}" if number else ""
