"""The forms that conclude the investigation: the report with its signatures, the sitting of the standing committee."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from cases import composing
from cases.forms import concluding as forms
from cases.models import Case
from cases.services import deliberation, report
from cases.services.deliberation import View
from cases.views.investigating import case_form, case_of
from wenze.deadlines import clock
from wenze.pages.acting import Watched

if TYPE_CHECKING:
    import uuid

    from django.http import HttpResponse

    from cases.models import Report
    from cases.outcomes import Draft
    from wenze.people.http import OfficeRequest


def write_report(request: OfficeRequest, pk: uuid.UUID) -> HttpResponse:
    """写调查报告."""
    case = case_of(request, pk)
    written = Watched(case.reports.order_by("-version"), shown_of_report, Case.objects.filter(pk=pk))
    marks = written.marks()
    if not marks["initial"] or request.GET.get("compose") is not None:
        marks["initial"] = dict(composing.compose_report(case))
    form = forms.ReportForm(request.POST or None, **marks)
    return case_form(
        request, case, form,
        lambda: report.write_report(case_id=pk, **form.written(), actor=request.user, on=clock.today()),
        title="调查报告", button="保存为新版", panel="report", watched=written,
    )  # fmt: skip


def shown_of_report(row: Report) -> dict[str, Any]:
    """What the form shows of a version."""
    return {part: getattr(row, part) for part in row.PARTS} | {
        "discussed_on": row.discussed_on, "discussed_by": row.discussed_by, "discussion": row.discussion,
    }  # fmt: skip


def sign_report(request: OfficeRequest, pk: uuid.UUID) -> HttpResponse:
    """报告签名."""
    case = case_of(request, pk)
    last = case.reports.order_by("-version").values_list("version", flat=True).first()
    form = forms.SignReportForm(request.POST or None, initial={"version": last})
    return case_form(
        request, case, form,
        lambda: report.sign_report(case_id=pk, **form.values(), actor=request.user, on=clock.today()),
        title=f"第{last}版报告签名" if last else "报告签名", button="登记签名", panel="report",
    )  # fmt: skip


def deliberate(request: OfficeRequest, pk: uuid.UUID) -> HttpResponse:
    """录入集体研究."""
    case = case_of(request, pk)
    form = forms.DeliberationForm(
        request.POST or None, case=case, user=request.user, initial={"held_on": clock.today()}
    )
    return case_form(
        request, case, form,
        lambda: deliberation.record_deliberation(
            case_id=pk, **meeting(form.values()), settled=settled(form), actor=request.user, on=clock.today()
        ),
        title="集体研究", button="提请主要负责人签发", panel="deliberation", done="已录入，请主要负责人签发纪要。",
    )  # fmt: skip


def meeting(data: dict[str, Any]) -> dict[str, Any]:
    """The lines “姓名：意见” as views; a bare name is one who sat and whose view was not noted."""
    views = []
    for line in data.pop("views").splitlines():
        if not line.strip():
            continue
        name, _, view = line.strip().replace(":", "：", 1).partition("：")
        agrees = "（不同意）" not in name
        views.append(View(name.replace("（不同意）", "").replace("（同意）", "").strip(), view.strip(), agrees))
    recused = [name.strip() for name in data.pop("recused").replace("，", "、").split("、") if name.strip()]
    return {**data, "views": views, "recused": recused}


def settled(form: forms.DeliberationForm) -> dict[uuid.UUID, Draft]:
    """The outcomes as the meeting settled them; what was left empty stands as proposed."""
    return {
        subject.pk: replace(draft, reason=draft.reason or subject.proposal.reason)
        for subject, draft in form.chosen()
        if getattr(subject, "proposal", None)
    }
