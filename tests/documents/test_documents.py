"""Official documents by GB/T 9704: numbers without a gap, the geometry of the page, the same bytes everywhere."""

import hashlib

import pymupdf
import pytest
from django.db import transaction

from tests.documents.reproducing import elsewhere
from wenze.deadlines import clock
from wenze.documents import glyphs, numbering, render, services
from wenze.documents.models import NumberSeries, OfficialDocument
from wenze.documents.paper import Paper, heading, paragraphs
from wenze.errors import Invalid

MM = 72 / 25.4
NOT_AT_A_START = "，。、；：？！）》〉〕】”’％"
NOT_AT_AN_END = "（《〈〔【“‘"
BODY = (
    "某某县某某局党组书记䶮某、𠮷某·示例，履行管理监督职责不力，对窗口办件超时问题长期失管失察，两次收到提醒函后既不研究也不督办，"
    "致使超时办件持续增加，群众反映强烈，造成恶劣影响。《中国共产党问责条例》（以下简称《条例》）第七条对此有明确规定，应当依规依纪予以问责。"
)


def issue(world, paper, kind="D19"):
    return services.issue(
        kind,
        commission=world["DEMO"],
        about=world["DEMO"],
        case_id=None,
        paper=paper,
        on=clock.today(),
        actor=world.casemgmt,
    )


def long_paper(world, **more):
    blocks = [heading("一、主要事实")]
    for _ in range(18):
        blocks += paragraphs(BODY)
    return Paper(organ=world["DEMO"].name, title="关于示例的决定", blocks=blocks, date="2026年11月24日", **more)


def lines_of(page):
    rows = {}
    for block in page.get_text("rawdict")["blocks"]:
        for line in block.get("lines", []):
            for span in line["spans"]:
                for char in span["chars"]:
                    if char["c"].strip() and abs(span["size"] - 16) < 0.1:
                        rows.setdefault(round(char["origin"][1] / MM / 3), []).append(
                            (char["origin"][0] / MM, char["c"])
                        )
    return ["".join(c for _, c in sorted(rows[y])) for y in sorted(rows)]


def test_an_inner_page_holds_22_lines_and_a_full_line_28_characters(world):
    document = pymupdf.open(stream=render.pdf(issue(world, long_paper(world))))
    assert len(document) >= 3
    inner = lines_of(document[1])
    assert len(inner) == 22
    assert max(len(line) for line in inner) == 28


def test_no_line_begins_with_a_closing_mark_or_ends_with_an_opening_one(world):
    document = pymupdf.open(stream=render.pdf(issue(world, long_paper(world))))
    for page in document:
        for line in lines_of(page):
            assert line[0] not in NOT_AT_A_START, line
            assert line[-1] not in NOT_AT_AN_END, line


def test_the_margins_and_the_red_rule_stand_where_the_standard_puts_them(world):
    page = pymupdf.open(stream=render.pdf(issue(world, long_paper(world))))[0]
    assert abs(page.rect.width / MM - 210) < 0.1
    rules = [d["rect"] for d in page.get_drawings() if d["rect"].width > 100 * MM]
    assert abs(rules[0].x0 / MM - 28) < 0.1
    assert abs(rules[0].width / MM - 156) < 0.2
    xs = [
        c["origin"][0] / MM
        for b in page.get_text("rawdict")["blocks"]
        for li in b.get("lines", [])
        for s in li["spans"]
        for c in s["chars"]
        if c["c"].strip()
    ]
    assert min(xs) > 27.8
    assert max(xs) < 184.3


def test_rare_characters_reach_the_page_and_markup_is_printed_as_text(world):
    hostile = "<b>{{ x }}</b>{% load y %} file:///etc/passwd 䶮𠮷·"
    paper = Paper(organ=world["DEMO"].name, title="示例", blocks=paragraphs(hostile), date="2026年11月24日")
    text = "".join(page.get_text() for page in pymupdf.open(stream=render.pdf(issue(world, paper)))).replace("\n", "")
    for part in ("<b>", "{{", "{%", "file:///etc/passwd", "䶮", "𠮷"):
        assert part in text


def test_a_character_without_a_glyph_is_refused_by_name_and_takes_no_number(world):
    paper = Paper(organ=world["DEMO"].name, title="示例", blocks=paragraphs("\ue123某"), date="2026年11月24日")
    with pytest.raises(Invalid, match="U\\+E123"):
        issue(world, paper)
    assert not NumberSeries.objects.filter(series="document:decision").exists()


def test_numbers_have_no_gap_when_an_act_fails(world):
    demo = world["DEMO"]
    assert numbering.take(commission=demo, series="x", year=2026) == 1
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        numbering.take(commission=demo, series="x", year=2026)
        raise ZeroDivisionError
    assert numbering.take(commission=demo, series="x", year=2026) == 2


def test_a_number_is_written_as_the_office_writes_it(world):
    document = issue(world, long_paper(world))
    assert document.number == f"示例纪问〔{clock.today().year}〕1号"


def test_another_process_with_another_hash_seed_time_zone_and_day_makes_the_same_bytes(world):
    document = issue(world, long_paper(world))
    assert elsewhere([document]) == [hashlib.sha256(render.pdf(document)).hexdigest()]


def test_the_page_of_verification_says_nothing_of_the_person(client, story):
    story.run("decided")
    document = OfficialDocument.objects.filter(kind="D19").first()
    page = client.get(f"/verify/{document.verification_code}/").content.decode()
    assert document.number in page
    assert "单某某" not in page
    assert client.get("/verify/nothing/").status_code == 404


def test_variation_selectors_are_dropped_before_printing():
    assert glyphs.clean("葛\U000e0100") == "葛"
