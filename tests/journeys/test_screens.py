"""Every screen, as its people use it: no barrier (axe), no sideways scrolling on a phone, without JavaScript, by keyboard."""

import re

import pytest
from axe_playwright_python.sync_playwright import Axe

from tests.journeys.conftest import PASSWORD

pytestmark = [pytest.mark.browser, pytest.mark.once, pytest.mark.xdist_group("journey-screens")]

LISTS = ("/", "/?tab=done", "/clues/", "/cases/", "/followup/", "/followup/?tab=visits", "/followup/?tab=tracking",
         "/followup/?tab=reform", "/followup/?tab=letters", "/followup/?tab=education", "/approvals/",
         "/notices/", "/procedure/", "/review/", "/search/?q=窗口", "/clues/register/", "/cases/elsewhere/", "/followup/?done=1")  # fmt: skip
OWN = {
    "inspector": ("/lists/duties/", "/lists/duties/person/"), "unit": ("/lists/duties/", "/lists/duties/new/"),
}  # fmt: skip
RULES = {"runOnly": {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]}}


@pytest.fixture(scope="module")
def addresses(office):
    """The pages of one clue and of the two most advanced cases, with every panel and form, read from the lists."""
    page = office.page("principal")
    found = {"principal": [], "inspector": [], "casemgmt": []}

    def links(path, pattern):
        page.goto(path)
        hrefs = [a.get_attribute("href") or "" for a in page.locator("main a").all()]
        return list(dict.fromkeys(href for href in hrefs if re.fullmatch(pattern, href)))

    case = "/cases/[0-9a-f-]{36}/"
    matters = links("/cases/", case)
    found["principal"] += (
        links("/clues/", "/clues/[0-9a-f-]{36}/")[:2]
        + links("/approvals/?state=complete", "/approvals/[0-9a-f-]{36}/")[:2]
    )
    found["principal"] += links("/followup/", "/followup/items/[0-9a-f-]{36}/")[:1]
    found["principal"] += links("/followup/?tab=visits", "/followup/visits/[0-9a-f-]{36}/")[:1]
    found["principal"] += links("/followup/?tab=tracking", "/followup/tracking/[0-9a-f-]{36}/")[:1]
    for tab, part in (("reform", "items"), ("letters", "letters"), ("education", "units")):
        found["principal"] += links(f"/followup/?tab={tab}", f"/followup/reform/{part}/[0-9a-f-]{{36}}/")[:1]
    for matter in matters:
        page.goto(matter)
        if "已送达" in page.inner_text("main") or "执行" in page.locator(".wz-steps, .steps").first.inner_text():
            found["principal"] += links(matter, f"{matter}panel/[a-z_]+/")
            break
    worked = office.page("inspector")
    for matter in matters:
        worked.goto(matter)
        forms = [
            a.get_attribute("href") or ""
            for a in worked.locator("main a[href$='/facts/'], main a[href$='/evidence/']").all()
        ]
        if forms:
            found["inspector"] += [matter + tail for tail in FORMS]
            break
    return found


UUID = "[0-9a-f-]{36}"
AFTER = (
    ("casemgmt", "/cases/elsewhere/", f"/cases/elsewhere/{UUID}/"),
    ("casemgmt", "{twelve}panel/redress/", f"/cases/appeals/{UUID}/"),
    ("casemgmt", "{twelve}panel/redress/", f"/cases/{UUID}/appeals/new/"),
    ("casemgmt", "{twelve}panel/redress/", f"/cases/{UUID}/subjects/{UUID}/correct/"),
    ("principal", "{twelve}panel/reform/", f"/followup/reform/items/{UUID}/"),
    ("inspector", "/followup/?tab=tracking", f"/followup/tracking/{UUID}/"),
    ("inspector", "/followup/?tab=visits&done=1", f"/followup/visits/{UUID}/"),
    ("inspector", "/followup/?tab=letters", f"/followup/reform/letters/{UUID}/"),
    ("inspector", "/followup/?tab=education", f"/followup/reform/units/{UUID}/"),
    ("unit", "/followup/?tab=letters", f"/followup/reform/letters/{UUID}/"),
    ("unit", "/followup/?tab=education", f"/followup/reform/units/{UUID}/"),
    ("unit", "/followup/?tab=reform", f"/followup/reform/items/{UUID}/"),
    ("hr", "/followup/?done=1", f"/followup/items/{UUID}/"),
    ("hr", "/hr/?q=单某某", f"/hr/cadres/{UUID}/"),
    ("hrcounty", "/hr/", f"/hr/cadres/{UUID}/"),
)
"""What follows a decision: who opens it, from which page, what its address looks like."""

FORMS = (
    "facts/",
    "evidence/",
    "trail/",
    "attributions/",
    "circumstances/",
    "report/",
    "team/",
    "plan/",
    "recuse/",
    "declare/",
)


def barriers(page):
    told = Axe().run(page, options=RULES).response["violations"]
    return [(each["id"], each["nodes"][0]["html"][:160], len(each["nodes"])) for each in told]


def sideways(page):
    return page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")


def looked_at(page, path):
    page.goto(path)
    page.set_viewport_size({"width": 1440, "height": 900})
    found = barriers(page)
    page.set_viewport_size({"width": 390, "height": 844})
    wide = sideways(page)
    page.set_viewport_size({"width": 1440, "height": 900})
    return found + codes(page), wide


def codes(page):
    """Identifiers of the program that came out where Chinese words belong."""
    words = re.findall(r"(?<![\w./-])[a-z]{4,}(?:_[a-z]+)*(?![\w./-])", page.inner_text("main"))
    return sorted(set(words) - PROPER)


PROPER = {"wenze", "pdf"}


@pytest.mark.parametrize("username", ["inspector", "principal", "casemgmt", "pcommittee", "hr", "unit"])
def test_the_lists_have_no_barrier_and_fit_a_phone(office, username):
    page = office.page(username)
    wrong = {}
    for path in (*LISTS, *OWN.get(username, ())):
        found, wide = looked_at(page, path)
        if found or wide > 0:
            wrong[path] = (found, wide)
    assert wrong == {}


def test_the_pages_of_a_matter_have_no_barrier_and_fit_a_phone(office, addresses):
    assert len(addresses["principal"]) > 15
    assert len(addresses["inspector"]) == len(FORMS)
    wrong = {}
    for username, paths in addresses.items():
        for path in paths:
            found, wide = looked_at(office.page(username), path)
            if found or wide > 0:
                wrong[path] = (found, wide)
    assert wrong == {}


def links_on(page, path, pattern):
    """The addresses of that shape on a page, in order."""
    page.goto(path)
    found = [a.get_attribute("href") or "" for a in page.locator("main a").all()]
    return list(dict.fromkeys(href for href in found if re.fullmatch(pattern, href)))


def case_of(page, words):
    """The first case of the list whose row says these words."""
    page.goto("/cases/")
    row = page.locator("main tbody tr", has_text=words).first
    return row.locator("a[href^='/cases/']").first.get_attribute("href")


def not_in_order(office, paths):
    """What is wrong on which of these ``(account, address)``."""
    wrong = {}
    for username, path in paths:
        found, wide = looked_at(office.page(username), path)
        if found or wide > 0:
            wrong[(username, path)] = (found, wide)
    return wrong


@pytest.fixture(scope="module")
def aftermath(office):
    """The pages of appeal, correction, execution, tracking, reform and of HR, each as its own account opens it."""
    twelve = case_of(office.page("principal"), "旧砖厂")
    paths = [
        ("casemgmt", twelve.replace("/cases/", "/followup/cases/") + "volume/"),
        ("casemgmt", "/cases/elsewhere/add/"),
        ("hr", "/hr/check/"),
    ]
    for username, path, pattern in AFTER:
        found = links_on(office.page(username), path.format(twelve=twelve), pattern)
        assert found, (username, path, pattern)
        paths.append((username, found[0]))
        if "/tracking/" in pattern:
            paths += [(username, f"{found[0]}{tail}/") for tail in ("care", "visit")]
    return paths


def test_the_pages_of_what_follows_a_decision_have_no_barrier_and_fit_a_phone(office, aftermath):
    assert len(aftermath) > 18
    assert not_in_order(office, aftermath) == {}


def test_the_appointment_check_and_its_reply_have_no_barrier_and_fit_a_phone(office):
    page = office.page("hr")
    page.goto("/hr/check/")
    page.fill("[name=reference]", "拟提拔")
    page.fill("[name=asked]", "单某某、曾甲一、没有此人")
    page.locator("main button:has-text('查询')").click()
    page.wait_for_load_state()
    reply = re.search(r"/hr/checks/[0-9a-f-]{36}/$", page.url)
    assert reply, page.inner_text("main")[:400]
    paths = [("hr", reply.group()), ("hr", "/hr/")]
    paths += [("hr", url) for url in links_on(page, reply.group(), f"/hr/answers/{UUID}/")[:1]]
    assert not_in_order(office, paths) == {}


@pytest.fixture
def plain(office):
    """A browser that runs no JavaScript."""
    context = office.browser.new_context(base_url=office.base, java_script_enabled=False)
    page = context.new_page()
    page.goto("/login/")
    page.fill("[name=username]", "conduct")
    page.fill("[name=password]", PASSWORD)
    page.click("main form button")
    yield page
    context.close()


def test_without_javascript_a_refused_form_comes_back_as_it_was_filled_in_and_then_goes_through(plain):
    plain.goto("/clues/register/")
    plain.fill("[name=title]", "没有脚本也能登记")
    plain.fill("[name=received_on]", "2026-01-05")
    plain.fill("[name=summary]", "摘要在此")
    plain.select_option("[name=source]", "superior_order")
    plain.locator("main button:has-text('登记')").last.click()
    assert plain.locator("[name=title]").input_value() == "没有脚本也能登记"
    assert plain.locator("[name=summary]").input_value() == "摘要在此"
    assert "上级交办件须填来文字号" in plain.inner_text("main")
    plain.select_option("[name=source]", "supervision")
    plain.locator("main button:has-text('登记')").last.click()
    assert re.search(r"/clues/[0-9a-f-]{36}/$", plain.url)
    assert "没有脚本也能登记" in plain.inner_text("main")


def test_by_keyboard_alone_the_first_stop_leads_past_the_menu_and_every_stop_is_seen(office):
    page = office.page("inspector")
    page.emulate_media(reduced_motion="reduce")
    page.goto("/cases/")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.getAttribute('href')") == "#main"
    for _ in range(25):
        page.keyboard.press("Tab")
        seen = page.evaluate(
            "(() => { const e = document.activeElement; const s = getComputedStyle(e); const r = e.getBoundingClientRect();"
            " return e === document.body || (r.width > 0 && (s.outlineStyle !== 'none' || s.boxShadow !== 'none')) })()"
        )
        assert seen, page.evaluate("document.activeElement.outerHTML.slice(0, 200)")


def test_on_paper_a_case_prints_without_menu_and_buttons(office, addresses):
    page = office.page("principal")
    page.goto(addresses["principal"][-1])
    page.emulate_media(media="print")
    shown = page.locator(
        "nav.wz-nav:visible, .wz-side:visible, header .wz-search:visible, main form button:visible"
    ).count()
    page.emulate_media(media="screen")
    assert shown == 0


def test_what_is_typed_as_html_is_shown_as_text(office):
    words = '<script>alert(1)</script><img src=x onerror="alert(2)">{{ 7|add:7 }}{% now "Y" %} file:///etc/passwd'
    page = office.fill(
        "conduct",
        "/clues/register/",
        "登记",
        title=words[:190],
        source="监督检查发现",
        received_on="2026-01-05",
        summary=words,
    )
    assert words in page.inner_text("main")
    assert page.locator("main script, main img[src='x']").count() == 0
    assert barriers(page) == []
