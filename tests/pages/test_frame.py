"""The frame: headers on every answer, refusals that say all, icons that exist."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from django.http import HttpResponse
from django.template import Context, Template
from django.test import Client, RequestFactory, override_settings
from django.urls import path

from wenze.errors import Missing, NotYours, Refused, Stale
from wenze.pages import icons

TEMPLATES = Path(__file__).resolve().parent.parent.parent / "templates"


def refuse(request):
    raise Refused(
        "提交报告审批", [Missing("a", "“因果事实”没有证据", "条例第十条", "/mend/"), Missing("b", "没有组长签名")]
    )


def stale(request):
    raise Stale


def not_yours(request):
    raise NotYours("这一步由室主任办理。")


def broken(request):
    raise RuntimeError("secret-detail")


def fine(request):
    return HttpResponse("ok")


urlpatterns = [
    path("refuse/", refuse),
    path("stale/", stale),
    path("other/", not_yours),
    path("broken/", broken),
    path("fine/", fine),
    path("login/", fine, name="login"),
]
handler404 = "wenze.pages.views.not_found"
handler500 = "wenze.pages.views.server_error"
MIDDLEWARE = [
    "wenze.pages.middleware.HeadersMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "wenze.pages.middleware.RefusalMiddleware",
]
stage = override_settings(ROOT_URLCONF=__name__, MIDDLEWARE=MIDDLEWARE)


@pytest.fixture
def browser():
    with stage:
        yield Client(raise_request_exception=False)


@pytest.mark.parametrize("address", ["/fine/", "/refuse/", "/stale/", "/broken/", "/nowhere/"])
def test_every_answer_carries_a_strict_policy_also_when_something_went_wrong(browser, address):
    response = browser.get(address)
    assert "default-src 'none'" in response["Content-Security-Policy"]
    assert "unsafe" not in response["Content-Security-Policy"]
    assert response["Cache-Control"] == "no-store"
    assert response["X-Content-Type-Options"] == "nosniff"


def test_a_refusal_lists_everything_that_is_missing_with_article_and_place(browser):
    response = browser.get("/refuse/")
    page = response.content.decode()
    assert response.status_code == 422
    assert "还差 2 项" in page
    assert "“因果事实”没有证据" in page
    assert "没有组长签名" in page
    assert "条例第十条" in page
    assert 'href="/mend/"' in page


def test_htmx_gets_the_list_alone_and_puts_it_above_the_page(browser):
    response = browser.get("/refuse/", headers={"HX-Request": "true"})
    assert response.status_code == 422
    assert response["HX-Retarget"] == "#wz-notice"
    assert "<html" not in response.content.decode()
    assert "没有组长签名" in response.content.decode()


@pytest.mark.parametrize(
    ("address", "status"), [("/stale/", 409), ("/other/", 403), ("/broken/", 500), ("/nowhere/", 404)]
)
def test_each_kind_of_refusal_has_its_status_and_nothing_of_the_inside(browser, address, status):
    response = browser.get(address)
    assert response.status_code == status
    assert "secret-detail" not in response.content.decode()
    assert 'lang="zh-Hans"' in response.content.decode()


def test_no_template_has_an_inline_style_or_script_or_asks_for_an_icon_that_does_not_exist():
    for file in TEMPLATES.rglob("*.html"):
        text = file.read_text("utf-8")
        if "documents" not in file.parts and file.name != "print.html":
            assert not re.search(r"\sstyle=|<style|\son\w+=\"|<script(?![^>]*\ssrc=)", text), file
        for name in re.findall(r"\{% icon \"([^\"]+)\"", text):
            assert icons.exists(name), f"{file}: {name}"
        assert len(text.splitlines()) <= 400


def test_an_unknown_icon_is_an_error_and_not_an_empty_place():
    with pytest.raises(icons.NoSuchIconError):
        icons.icon("no-such-icon")
    with pytest.raises(icons.NoSuchIconError):
        icons.icon("../package")


def test_a_date_is_written_as_the_office_writes_it():
    import datetime as dt

    drawn = Template("{% load wenze %}{% cn_date day weekday=True %}|{{ none|cn_date }}").render(
        Context({"day": dt.date(2026, 11, 23), "none": None})
    )
    assert drawn == "2026年11月23日 星期一|—"


def test_the_way_back_never_leads_to_another_site():
    from wenze.pages.refusals import came_from

    assert came_from(RequestFactory().get("/x/", headers={"Referer": "https://evil.example/"})) == "/"
    assert came_from(RequestFactory().get("/x/", headers={"Referer": "http://testserver/cases/"})).endswith("/cases/")
