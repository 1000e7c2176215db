"""以案促改: naming points, listing items, the page of one item with what is next on it, gaps, looking back, the waiver."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from cases.models import Case
from followup import forms
from followup.enums import ReformState
from followup.models import Blockage, ReformItem, ReformReport
from followup.services import reform, units
from wenze.access.roles import Role
from wenze.access.views import get_visible_or_404
from wenze.audit import ledger
from wenze.crypto import files
from wenze.deadlines import clock
from wenze.pages.acting import act
from wenze.terms.lamps import lamp_on
from wenze.workflow.views import attachment

if TYPE_CHECKING:
    import uuid
    from collections.abc import Callable

    from django.http import HttpResponse

    from wenze.pages.forms import Form
    from wenze.people.http import OfficeRequest

FORM = "cases/case_form.html"


def case_of(request: OfficeRequest, pk: uuid.UUID) -> Case:
    case: Case = get_visible_or_404(Case, request.user, pk=pk, related=("office", "handler"))
    return case


def in_case(
    request: OfficeRequest, case: Case, form: Form, call: Callable[[], Any], *, title: str, button: str, done: str, quote: str = "",
    target: Any = None,
) -> HttpResponse:  # fmt: skip
    """A form of the case; afterwards its panel 以案促改, or the row it was about."""
    return act(
        request, form=form, call=call, done=done, target=target or case.panel_url("reform"), template=FORM,
        context={"case": case, "title": title, "button": button, "panel": "reform", "quote": quote},
    )  # fmt: skip


def blockage(request: OfficeRequest, pk: uuid.UUID) -> HttpResponse:
    """查摆梗阻点、衰减点."""
    case = case_of(request, pk)
    form = forms.BlockageForm(request.POST or None, case=case, user=request.user)
    return in_case(
        request, case, form,
        lambda: reform.name_blockage(
            case_id=pk, **form.values(), submission=form.cleaned_data["submission"], actor=request.user, on=clock.today()
        ),
        title="查摆梗阻点、衰减点", button="保存", done="已保存，请对这一点列出整改事项。",
    )  # fmt: skip


def add_item(request: OfficeRequest, pk: uuid.UUID) -> HttpResponse:
    """列整改事项."""
    point: Blockage = get_visible_or_404(
        Blockage, request.user, pk=pk, related=("case__office", "case__handler", "organization")
    )
    case = case_of(request, point.case_id)
    shown = {"start_on": case.decided_on or clock.today(), "responsible": point.organization}
    form = forms.ReformItemForm(request.POST or None, user=request.user, initial=shown)
    return in_case(
        request, case, form,
        lambda: reform.add_item(
            blockage_id=pk, **form.values(), submission=form.cleaned_data["submission"], actor=request.user, on=clock.today()
        ),
        title="列整改事项", button="列项", done="已列项，责任单位会收到待办。",
        quote=f"{point.get_kind_display()}（{point.link_name}，{point.get_deviation_display()}，{point.organization}）：{point.text}",
    )  # fmt: skip


def waive(request: OfficeRequest, pk: uuid.UUID) -> HttpResponse:
    """说明没有整改事项."""
    case = case_of(request, pk)
    form = forms.WhyForm(request.POST or None)
    return in_case(
        request, case, form, lambda: reform.waive(case_id=pk, **form.values(), actor=request.user, on=clock.today()),
        title="说明没有整改事项的理由", button="保存", done="已说明。",
    )  # fmt: skip


RELATED = ("case__office", "case__handler", "blockage__organization", "responsible")


def item(request: OfficeRequest, pk: uuid.UUID) -> HttpResponse:
    """One item, with the form that is next on it: the unit's report, or the acceptance. Units see it without the case."""
    row: ReformItem = get_visible_or_404(ReformItem, request.user, pk=pk, related=RELATED)
    user, today = request.user, clock.today()
    reports = list(
        ReformReport.objects.filter(item=row).select_related("reported_by", "answered_by", "proof", "document")
    )
    sees_case = Case.objects.visible_to(user).filter(pk=row.case_id).exists()
    reporting = row.state in (ReformState.OPEN, ReformState.RETURNED) and units.may_report(row, row.responsible, user)
    waits = row.state == ReformState.REPORTED and reports[-1].reported_by_id != user.pk
    accepting = waits and units.fills(user, row.case, *reform.ACCEPTS)
    form: Form = forms.AcceptForm(request.POST or None)
    call: Callable[[], Any] = lambda: reform.accept_item(item_id=pk, **form.values(), actor=user, on=today)  # noqa: E731
    done = "已验收销号，验收表已制作。"
    if row.state in (ReformState.OPEN, ReformState.RETURNED):
        form = forms.ReportForm(request.POST or None, request.FILES or None, initial={"reported_on": today})
        call = lambda: reform.report_item(item_id=pk, **form.values(), actor=user, on=today)  # noqa: E731
        done = "已反馈，等待验收。"
    creates = sees_case and units.fills(user, row.case, *units.CREATES)
    looks = sees_case and units.fills(user, row.case, *units.CREATES, Role.HEAD)
    return act(
        request, form=form, call=call, done=done, target=row, template="followup/reform_item.html",
        context={
            "item": row, "point": row.blockage, "reports": reports, "sees_case": sees_case, "reporting": reporting,
            "accepting": accepting, "late": bool(reports) and reports[-1].is_late,
            "lamp": lamp_on(row.due_on, today) if row.state in (ReformState.OPEN, ReformState.RETURNED) else None,
            "gaps": row.gaps.all() if sees_case else (),
            "look_backs": row.look_backs.select_related("looker") if sees_case else (),
            "may_gap": creates, "may_look": looks and row.state == ReformState.WRITTEN_OFF,
        },
    )  # fmt: skip


def _of_case(request: OfficeRequest, pk: uuid.UUID) -> tuple[ReformItem, Case]:
    """The item for those who see its case; to a unit these pages do not exist."""
    row: ReformItem = get_visible_or_404(ReformItem, request.user, pk=pk, related=RELATED)
    return row, case_of(request, row.case_id)


def send_back(request: OfficeRequest, pk: uuid.UUID) -> HttpResponse:
    """退回整改."""
    row, case = _of_case(request, pk)
    form = forms.WhyForm(request.POST or None)
    return in_case(
        request, case, form, lambda: reform.return_item(item_id=pk, **form.values(), actor=request.user, on=clock.today()),
        title="退回整改", button="退回", done="已退回，责任单位会收到待办。", quote=row.requirement, target=row,
    )  # fmt: skip


def gap(request: OfficeRequest, pk: uuid.UUID) -> HttpResponse:
    """登记制度漏洞."""
    row, case = _of_case(request, pk)
    form = forms.GapForm(request.POST or None)
    return in_case(
        request, case, form,
        lambda: reform.register_gap(
            item_id=pk, **form.values(), submission=form.cleaned_data["submission"], actor=request.user, on=clock.today()
        ),
        title="登记制度漏洞", button="登记", done="已登记。", quote=row.requirement, target=row,
    )  # fmt: skip


def look_back(request: OfficeRequest, pk: uuid.UUID) -> HttpResponse:
    """回头看."""
    row, case = _of_case(request, pk)
    form = forms.LookBackForm(request.POST or None, initial={"looked_on": clock.today()})
    return in_case(
        request, case, form,
        lambda: reform.look_back(
            item_id=pk, **form.values(), submission=form.cleaned_data["submission"], actor=request.user, on=clock.today()
        ),
        title="回头看", button="登记", done="已登记回头看。", quote=row.requirement, target=row,
    )  # fmt: skip


def proof(request: OfficeRequest, pk: uuid.UUID) -> HttpResponse:
    """The proof of a report, as a download; its reading is on the ledger before the first byte."""
    row: ReformReport = get_visible_or_404(
        ReformReport, request.user, pk=pk, proof__isnull=False, related=("proof", "case", "item")
    )
    ledger.record_read(actor=request.user, about=row, commission_id=row.commission_id, case_id=row.case_id)
    assert row.proof is not None  # noqa: S101 -- asked for above
    return attachment(files.unseal(row.proof), row.proof.name)
