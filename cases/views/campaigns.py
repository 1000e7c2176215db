"""专项: open one, put a clue or a case under it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.http import Http404, HttpResponse

from cases.forms import campaigns as forms
from cases.models import Case, Clue
from cases.services import campaigns
from wenze.access.views import get_visible_or_404
from wenze.deadlines import clock
from wenze.pages.acting import act

if TYPE_CHECKING:
    import uuid

    from wenze.people.http import OfficeRequest

TEMPLATE = "cases/campaign_form.html"


def open_(request: OfficeRequest) -> HttpResponse:
    """设立专项."""
    if not campaigns.may_open(request.user):
        raise Http404
    form = forms.CampaignForm(request.POST or None, initial={"from_on": clock.today()})
    return act(
        request, form=form,
        call=lambda: campaigns.open_campaign(
            submission=form.cleaned_data["submission"], told=form.told(), actor=request.user, on=clock.today()
        ),
        done="专项已设立，线索和案件可以列入。", target="statistics-campaigns", template=TEMPLATE,
        context={"title": "设立专项", "button": "设立", "back": "/statistics/campaigns/"},
    )  # fmt: skip


def of_clue(request: OfficeRequest, pk: uuid.UUID) -> HttpResponse:
    """A clue's campaign."""
    clue: Clue = get_visible_or_404(Clue, request.user, pk=pk)
    return _assign(
        request, clue, lambda campaign: campaigns.assign_clue(clue_id=pk, campaign=campaign, actor=request.user)
    )


def of_case(request: OfficeRequest, pk: uuid.UUID) -> HttpResponse:
    """A case's campaign."""
    case: Case = get_visible_or_404(Case, request.user, pk=pk)
    return _assign(
        request, case, lambda campaign: campaigns.assign_case(case_id=pk, campaign=campaign, actor=request.user)
    )


def _assign(request: OfficeRequest, matter: Case | Clue, put: Any) -> HttpResponse:
    form = forms.AssignForm(request.POST or None, user=request.user, initial={"campaign": matter.campaign_id})
    return act(
        request, form=form, call=lambda: put(form.cleaned_data["campaign"]), done="专项已登记。", target=matter,
        template=TEMPLATE, context={"title": f"列入专项：{matter.number}", "button": "保存", "back": matter.get_absolute_url()},
    )  # fmt: skip
