"""Writing a filing and taking it in: the form, and the steps with their reasons."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render

from tolerance.authority import receiver_of
from tolerance.completeness import missing_of
from tolerance.enums import VersionKind, VersionState
from tolerance.forms import filing as forms
from tolerance.models import Filing, FilingVersion, ListEdition
from tolerance.papers import NOT_AN_APPROVAL
from tolerance.services import common, drafting, handling
from tolerance.views.register import readers_only, seen
from wenze.access.roles import Role
from wenze.deadlines import clock
from wenze.errors import Invalid, Refused
from wenze.law import data
from wenze.pages import refusals
from wenze.pages.acting import Watched, act
from wenze.pages.forms import Form
from wenze.people.enums import OrganizationKind
from wenze.people.models import Organization

if TYPE_CHECKING:
    from collections.abc import Callable

    from wenze.people.http import OfficeRequest

TEMPLATE = "tolerance/filing_form.html"
UNITS = (
    OrganizationKind.PARTY_COMMITTEE, OrganizationKind.PARTY_GROUP, OrganizationKind.PARTY_BRANCH, OrganizationKind.WORKING_ORGAN,
    OrganizationKind.ADMINISTRATIVE, OrganizationKind.ENTERPRISE,
)  # fmt: skip


def _organizations(request: OfficeRequest) -> list[Organization]:
    """For whom the user may file."""
    held = request.user.holdings().get(Role.UNIT, frozenset())
    rows = Organization.objects.filter(pk__in=held)
    if request.user.holds(Role.CONDUCT):
        rows |= Organization.objects.filter(commission_id=request.user.commission_id, kind__in=UNITS, is_active=True)
    return list(rows)


def new(request: OfficeRequest) -> HttpResponse:
    """新备案: for the unit, or for one that has no account."""
    readers_only(request, Role.UNIT, Role.CONDUCT)
    choices = _organizations(request)
    asked = request.GET.get("organization", "")
    organization = next((row for row in choices if str(row.pk) == asked), choices[0] if len(choices) == 1 else None)
    if organization is None:
        whose = forms.OrganizationForm(choices=[(str(row.pk), row.name) for row in choices])
        return render(request, "tolerance/filing_whose.html", {"form": whose, "choices": choices})
    chosen, today = organization, clock.today()
    edition = ListEdition.objects.prefetch_related("items").in_force(chosen.commission_id or chosen.pk, today)
    form = forms.FilingForm(request.POST or None, request.FILES or None, organization=chosen, edition=edition, on=today)
    return _write(
        request, form, organization=chosen, row=None, edition=edition,
        save=lambda: drafting.begin(
            submission=form.cleaned_data["submission"], organization=chosen, content=form.content(), actor=request.user, on=today
        ),
    )  # fmt: skip


def edit(request: OfficeRequest, pk: uuid.UUID) -> HttpResponse:
    """The draft of a version."""
    row = seen(request, pk)
    version = common.open_version(row)
    if not common.may_file(request.user, row.organization) or version is None or version.state != VersionState.DRAFT:
        raise Http404
    today = clock.today()
    edition = ListEdition.objects.prefetch_related("items").in_force(row.commission_id, today)
    watched = Watched(
        FilingVersion.objects.filter(pk=version.pk, state=VersionState.DRAFT).prefetch_related("people", "files"),
        forms.shown, Filing.objects.filter(pk=pk),
    )  # fmt: skip
    form = forms.FilingForm(
        request.POST or None, request.FILES or None, organization=row.organization, edition=edition, on=today, version=version,
        **watched.marks(),
    )  # fmt: skip
    return _write(
        request, form, organization=row.organization, row=row, edition=edition, watched=watched, version=version,
        save=lambda: drafting.save(filing_id=pk, content=form.content(), actor=request.user, on=today),
    )  # fmt: skip


def _write(
    request: OfficeRequest, form: forms.FilingForm, *, organization: Organization, row: Filing | None, edition: Any, save: Callable[[], Filing],
    watched: Watched | None = None, version: FilingVersion | None = None,
) -> HttpResponse:  # fmt: skip
    """Keep the draft; where asked, hand it in too. What it still lacks is told, and what was typed is kept."""
    handing_in = request.POST.get("act") == "submit"
    stays = False

    def call() -> Filing:
        nonlocal stays
        saved = save()
        if not handing_in:
            return saved
        try:
            done = drafting.submit(filing_id=saved.pk, actor=request.user, on=clock.today())
        except Refused as refusal:
            stays = True
            refusals.note(request, refusal)
            messages.warning(request, f"草稿已保存；还差{len(refusal.missing)}项，没有报送。")
            return saved
        messages.success(request, "已报送并封存，等待形式审查。")
        return done

    def target(saved: Filing) -> Any:
        return redirect("filing-edit", saved.pk).url if stays or not handing_in else saved

    lacking = missing_of(version, edition) if version is not None else []
    context = {
        "title": "容错备案", "organization": organization, "row": row, "version": version, "edition": edition, "lacking": lacking,
        "receiver": _receiver(row, form, organization), "not_an_approval": NOT_AN_APPROVAL, "settings": data.tolerance_settings(),
        "own": Filing.objects.visible_to(request.user).filter(organization=organization).order_by("-pk")[:5],
        "late": version is not None and version.starts_on is not None and version.kind == VersionKind.FIRST and version.starts_on <= clock.today(),
    }  # fmt: skip
    return act(
        request, form=form, call=call, done="草稿已保存。", target=target, template=TEMPLATE, context=context, watched=watched
    )  # fmt: skip


def _receiver(row: Filing | None, form: forms.FilingForm, organization: Organization) -> dict[str, str]:
    """To whom it would go, by who is responsible."""
    if row is not None and row.body is not None:
        return {"body": row.body.name, "reason": row.body_reason, "copy": row.copy_to.name if row.copy_to else ""}
    cadre = form.cadres.get(str(form["responsible"].value() or ""))
    if cadre is None:
        return {"body": "", "reason": "选定责任人并保存以后，按他的管理机关自动确定", "copy": ""}
    try:
        found = receiver_of(cadre, organization)
    except Invalid as refusal:
        return {"body": "", "reason": str(refusal), "copy": ""}
    return {"body": found.body.name, "reason": found.reason, "copy": found.copy_to.name}


@dataclass(frozen=True)
class Step:
    """An act with a form of its own."""

    title: str
    button: str
    form: type[Form]
    call: Callable[..., Filing]
    done: str
    hint: str = ""


def _change(*, filing_id: uuid.UUID, actor: Any, on: Any, reason: str) -> Filing:
    return drafting.begin_version(filing_id=filing_id, kind=VersionKind.CHANGE, reason=reason, actor=actor, on=on)


def _renew(*, filing_id: uuid.UUID, actor: Any, on: Any, reason: str, until: Any) -> Filing:
    return drafting.begin_version(
        filing_id=filing_id, kind=VersionKind.RENEWAL, reason=reason, until=until, actor=actor, on=on
    )


STEPS = {
    "ask": Step("通知补正", "通知补正", forms.NoteForm, handling.ask_supplement, "已通知补正。"),
    "register": Step("登记备案", "登记备案", forms.OpinionForm, handling.register, "已登记，回执已制发。", NOT_AN_APPROVAL),
    "keep": Step(
        "收存为说明材料", "收存", forms.OpinionForm, handling.keep_as_explanation, "已收存，回执已制发。",
        "报送日不早于实施日，不是事前备案，只能作说明材料。",
    ),
    "refuse": Step("不予备案", "不予备案", forms.ReasonForm, handling.refuse, "已告知不予备案。"),
    "lapse": Step("作失效处理", "作失效处理", forms.ReasonForm, handling.lapse, "备案已失效。"),
    "withdraw": Step("撤回备案", "撤回", forms.ReasonForm, drafting.withdraw, "备案已撤回，报送过的内容留存备查。"),
    "change": Step(
        "变更备案", "起草变更", forms.ReasonForm, _change, "请改写变更的部分后报送；登记以前仍按原备案。",
        "原备案的各版都留存；变更登记以后，按新的一版实施。",
    ),
    "renew": Step("续期", "起草续期", forms.RenewForm, _renew, "请核对后报送；登记以前仍按原有效期。"),
}  # fmt: skip


def step(request: OfficeRequest, pk: uuid.UUID, step: str) -> HttpResponse:
    """A step of a filing: the unit's and the receiver's."""
    row = seen(request, pk)
    if step in ("discard", "supply"):
        return _press(request, row, step)
    told = STEPS.get(step)
    if told is None:
        raise Http404
    form = told.form(request.POST or None)
    target: Any = (lambda made: redirect("filing-edit", made.pk).url) if step in ("change", "renew") else row
    return act(
        request, form=form,
        call=lambda: told.call(filing_id=pk, **form.values(), actor=request.user, on=clock.today()),
        done=told.done, target=target, template="tolerance/filing_step.html",
        context={"row": row, "title": f"{told.title}：{row.title}", "button": told.button, "hint": told.hint, "step": told.title},
    )  # fmt: skip


def _press(request: OfficeRequest, row: Filing, step: str) -> HttpResponse:
    if request.method != "POST":
        return redirect(row)
    if step == "supply":
        drafting.begin_version(filing_id=row.pk, kind=VersionKind.SUPPLEMENT, actor=request.user, on=clock.today())
        return redirect("filing-edit", row.pk)
    left = drafting.discard(filing_id=row.pk, actor=request.user)
    messages.success(request, "草稿已撤销。")
    return redirect(left) if left is not None else redirect("filings")
