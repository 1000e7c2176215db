"""Exchange packages: what went over to another network and what came back; case supervision alone carries them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import Http404
from django.shortcuts import render
from django.urls import reverse

from followup.exchange import outbound
from followup.forms import ExportForm, ImportForm
from wenze.access.roles import Role
from wenze.access.views import get_visible_or_404
from wenze.audit import ledger
from wenze.deadlines import clock
from wenze.exchange import archive, services
from wenze.exchange.enums import Direction
from wenze.exchange.models import ExchangePackage
from wenze.pages import listing
from wenze.pages.acting import act
from wenze.workflow.views import attachment

if TYPE_CHECKING:
    import uuid

    from django.http import HttpResponse

    from wenze.crypto.models import SealedFile
    from wenze.people.http import OfficeRequest


def _only_case_supervision(request: OfficeRequest) -> None:
    """To everybody else this place does not exist."""
    if not request.user.holds(Role.CASEMGMT):
        raise Http404


def packages(request: OfficeRequest) -> HttpResponse:
    """Packages out and in, the newest first, each with what became of it."""
    _only_case_supervision(request)
    rows = ExchangePackage.objects.visible_to(request.user).select_related("partner", "handled_by")
    page = listing.page(request, rows, order=("-handled_at", "-pk"))
    return render(request, "followup/exchange.html", {"page": page})


def export(request: OfficeRequest) -> HttpResponse:
    """导出: the open items and the papers of one organisation, signed."""
    _only_case_supervision(request)
    commission = request.user.commission
    form = ExportForm(request.POST or None, user=request.user, partners=outbound.partners_of(commission))
    return act(
        request, form=form,
        call=lambda: outbound.export(**form.values(without=("seen",)), actor=request.user, on=clock.today()),
        done="交换包已做好，请下载后交给对方。", target=_address, template="followup/exchange_form.html",
        context={"title": "导出交办包", "button": "导出", "note": EXPORT_NOTE},
    )  # fmt: skip


EXPORT_NOTE = "包内是交给该单位而未办结的执行事项，以及该单位有权阅读的文书，不含案卷、证据和谈话。内容已签名、未加密，离开本系统以后由经办人和接收人负责保管。"
IMPORT_NOTE = "逐项核对签名和指纹以后才写入；有一处不符的，整包不收。同一份包重复导入，得到同一份回执，不重复写入。"


def take_in(request: OfficeRequest) -> HttpResponse:
    """导入: each answer is taken or refused by itself; the receipt says so."""
    _only_case_supervision(request)
    form = ImportForm(request.POST or None, request.FILES or None)
    return act(
        request, form=form,
        call=lambda: services.take_in(
            content=form.values()["package"].read(archive.LARGEST + 1), actor=request.user, on=clock.today()
        ),
        done="已导入，逐项结果如下；请下载回执带回对方。", target=_address, template="followup/exchange_form.html",
        context={"title": "导入交换包", "button": "导入", "note": IMPORT_NOTE},
    )  # fmt: skip


def _address(row: ExchangePackage) -> str:
    return reverse("exchange-package", args=(row.pk,))


def _package_or_404(request: OfficeRequest, pk: uuid.UUID) -> ExchangePackage:
    """The package, unless it holds an item that the reader may not see. The reading is on the ledger."""
    row: ExchangePackage = get_visible_or_404(
        ExchangePackage, request.user, pk=pk, related=("partner", "owner", "handled_by", "content__key", "receipt__key")
    )
    if not outbound.whole_for(row, request.user):
        raise Http404
    ledger.record_read(actor=request.user, about=row, commission_id=row.commission_id)
    return row


def package(request: OfficeRequest, pk: uuid.UUID) -> HttpResponse:
    """One package: what is in it, what became of each thing."""
    row = _package_or_404(request, pk)
    return render(request, "followup/exchange_package.html", {"package": row, "lines": row.lines.all()})


def _download(kept: SealedFile) -> HttpResponse:
    return attachment(services.content_of(kept), kept.name)


def content(request: OfficeRequest, pk: uuid.UUID) -> HttpResponse:
    """The package that is to be carried out."""
    row = _package_or_404(request, pk)
    if row.direction != Direction.OUT:
        raise Http404
    return _download(row.content)


def receipt(request: OfficeRequest, pk: uuid.UUID) -> HttpResponse:
    """The receipt that is to be carried back, as often as it is wanted."""
    row = _package_or_404(request, pk)
    if row.receipt is None:
        raise Http404
    return _download(row.receipt)


def public_key(request: OfficeRequest) -> HttpResponse:
    """本机关公钥: what the partners register; made on the first look at it."""
    _only_case_supervision(request)
    key = services.own_key(request.user.commission, actor=request.user, on=clock.today())
    return render(request, "followup/exchange_key.html", {"key": key, "commission": request.user.commission})
