"""Writing a filing and handing it in: the draft of a version, its submission under seal, withdrawal."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from django.db import IntegrityError, transaction
from django.db.models import Max
from django.utils import timezone

from tolerance.authority import post_of, receiver_of
from tolerance.completeness import missing_of
from tolerance.enums import FilingState, VersionKind, VersionState
from tolerance.models import Filing, FilingFile, FilingPerson, FilingVersion, ListEdition
from tolerance.sealing import content
from tolerance.services import common
from wenze.crypto import files
from wenze.crypto.models import DataKey
from wenze.deadlines import arithmetic, clock
from wenze.deadlines.workdays import ONE
from wenze.errors import Invalid, NotYours, Refused, Stale
from wenze.law import data
from wenze.notices import services as notices
from wenze.search import services as search
from wenze.terms import services as terms

if TYPE_CHECKING:
    import uuid
    from collections.abc import Mapping, Sequence

    from wenze.people.models import Cadre, Organization, User

COPIED = tuple(
    name.name
    for name in FilingVersion._meta.concrete_fields
    if name.name
    not in {
        "id", "filing", "version", "kind", "state", "change_reason", "organization_name", "body_name", "submitted_by", "submitted_at",
        "submitted_on", "decided_on", "digests", "digest", "root_id",
    }
)  # fmt: skip
"""What the next version takes over from the one before."""
MOST_FILES = 40


@dataclass(frozen=True)
class Content:
    """What was typed: the columns of a version, who is responsible (the first decides to whom it goes), what was attached."""

    values: Mapping[str, Any]
    people: Sequence[Cadre] = ()
    uploads: Sequence[tuple[str, Any]] = ()
    drop: Sequence[uuid.UUID] = field(default_factory=tuple)


@transaction.atomic
def begin(*, submission: uuid.UUID, organization: Organization, content: Content, actor: User, on: dt.date) -> Filing:
    """Begin a filing of an organisation. Pressed twice, it is one. Raises ``NotYours``, ``Invalid``."""
    made: Filing | None = Filing.objects.filter(pk=submission, filed_by=actor).first()
    if made is not None:
        return made
    if Filing.objects.filter(pk=submission).exists():
        raise Stale
    if not common.may_file(actor, organization):
        raise NotYours("只能为本单位报送；没有账号的单位由党风政风监督室代为报送。")
    if not str(content.values.get("title", "")).strip():
        raise Invalid({"title": "请填写事项名称。"})
    commission = organization.commission or organization
    about = f"tolerance.Filing:{submission}"
    row = Filing.objects.create(
        pk=submission, commission=commission, organization=organization, title="", filed_by=actor, filed_on=on,
        on_behalf=not actor.holds("unit", organization.pk),
        sealing_key=DataKey.objects.create_for(commission_id=commission.pk, about=about),
    )  # fmt: skip
    version = FilingVersion.objects.create(filing=row, version=1)
    row.current = version
    _write(row, version, content, on)
    common.record(row, "filing.drafted", actor, title=row.title)
    return row


def _draft_of(row: Filing) -> FilingVersion:
    version = common.open_version(row)
    if version is None or version.state != VersionState.DRAFT:
        raise Stale(f"备案{row.get_state_display()}，没有正在起草的内容；报送过的不能改写。")
    version.filing = row
    return version


def _write(row: Filing, version: FilingVersion, told: Content, on: dt.date) -> None:
    for name, value in told.values.items():
        setattr(version, name, value)
    version.save()
    if told.people:
        version.people.all().delete()
        FilingPerson.objects.bulk_create(_people(version, told.people, on))
    version.files.filter(pk__in=told.drop).delete()
    if version.files.count() + len(told.uploads) > MOST_FILES:
        raise Invalid({"file_other": f"附件最多{MOST_FILES}个。"})
    last = version.files.aggregate(last=Max("position"))["last"] or 0
    if told.uploads and row.sealing_key is None:
        raise Invalid({"file_other": "这件备案没有密钥，不能封存附件。"})
    for place, (kind, upload) in enumerate(told.uploads, last + 1):
        sealed = files.seal(upload, key=_key(row), name=upload.name, commission_id=row.commission_id)
        FilingFile.objects.create(version=version, kind=kind, file=sealed, position=place)
    if row.current_id == version.pk:  # before anything was registered the register says what the draft says
        _follow(row, version)
        row.save()


def _key(row: Filing) -> DataKey:
    assert row.sealing_key is not None  # noqa: S101 -- begun with one
    return row.sealing_key


def _people(version: FilingVersion, cadres: Sequence[Cadre], on: dt.date) -> list[FilingPerson]:
    found = []
    for place, cadre in enumerate(dict.fromkeys(cadres), 1):
        held = post_of(cadre, version.filing.organization, on)
        found.append(
            FilingPerson(
                version=version, cadre=cadre, position=place, name=cadre.name, post=held.post.full_name if held else "",
                rank=held.post.rank if held else None, managed_by=cadre.managed_by.name,
            )
        )  # fmt: skip
    return found


def _follow(row: Filing, version: FilingVersion) -> None:
    """The row of the register says what the version says; to whom it goes follows from who is responsible."""
    row.title = version.title
    first = version.people.select_related("cadre__managed_by__directly_led_by").first()
    if first is None:
        return
    row.responsible = first.cadre
    receiver = receiver_of(first.cadre, row.organization)
    row.body, row.commission, row.copy_to = receiver.body, receiver.commission, receiver.copy_to
    row.body_reason = receiver.reason


@transaction.atomic
def save(*, filing_id: uuid.UUID, content: Content, actor: User, on: dt.date) -> Filing:
    """Write the draft; what is not finished stays so. Raises ``Invalid``, ``NotYours``, ``Stale``."""
    row = common.own(filing_id, actor)
    version = _draft_of(row)
    if "title" in content.values and not str(content.values["title"]).strip():
        raise Invalid({"title": "请填写事项名称。"})
    _write(row, version, content, on)
    common.record(row, "filing.saved", actor, version=version.version)
    return row


@transaction.atomic
def discard(*, filing_id: uuid.UUID, actor: User) -> Filing | None:
    """Take a draft away that nobody was shown; returns the filing where earlier versions of it stand."""
    row = common.own(filing_id, actor)
    version = _draft_of(row)
    common.record(row, "filing.discarded", actor, version=version.version)
    if version.kind != VersionKind.FIRST:
        if row.registered_on is None or row.supplement_note:
            raise Stale("补正中的备案不能撤销草稿；不再报送的，请撤回备案。")
        version.delete()
        return row
    row.current = None
    row.save(update_fields=["current"])
    version.delete()
    row.delete()
    return None


@transaction.atomic
def submit(*, filing_id: uuid.UUID, actor: User, on: dt.date, at: dt.datetime | None = None) -> Filing:
    """Hand the draft in, under seal: from this instant it is never written again.

    ``at`` is the instant; it is told only where the day is not today (the demonstration's past). Raises ``Refused`` with
    all that is missing.
    """
    row = common.own(filing_id, actor)
    version = _draft_of(row)
    edition = ListEdition.objects.prefetch_related("items").in_force(row.commission_id, on)
    if missing := missing_of(version, edition):
        raise Refused("报送", missing)
    instant = at or clock.now()
    if timezone.localtime(instant).date() != on:  # the day was moved, or midnight passed: never earlier than it was
        instant = timezone.make_aware(dt.datetime.combine(on, dt.time.max))
    cadres = _cadres(version)
    version.people.all().delete()  # posts and ranks as they are now, not as they were when the draft was begun
    FilingPerson.objects.bulk_create(_people(version, cadres, on))
    if version.pk == row.current_id:
        _follow(row, version)
    elif row.body is not None and receiver_of(cadres[0], row.organization).body != row.body:
        raise Invalid({"responsible": "换了责任人，受理机关随之改变：请撤回本备案，向新的受理机关另行报送。"})
    _seal(row, version, actor, instant, on)
    return row


def _cadres(version: FilingVersion) -> list[Cadre]:
    return [person.cadre for person in version.people.select_related("cadre__managed_by__directly_led_by")]


def _seal(row: Filing, version: FilingVersion, actor: User, instant: dt.datetime, on: dt.date) -> None:
    """Close the version, put it before the receiver, start his term."""
    receivers = common.receivers_of(row)
    version.organization_name = row.organization.name
    version.body_name = row.body.name if row.body else ""
    version.submitted_by, version.submitted_at, version.submitted_on = actor, instant, on
    version.state = VersionState.SUBMITTED
    version.save()
    closed: FilingVersion = (
        FilingVersion.objects.select_related(*content.READ).prefetch_related("people", "files__file").get(pk=version.pk)
    )
    closed.filing = row
    content.close(closed)
    closed.save(update_fields=["digests", "digest"])
    if row.state == FilingState.DRAFT:
        row.filed_on = on
    if row.state in (FilingState.DRAFT, FilingState.SUPPLEMENT):
        row.state = FilingState.SUBMITTED
    row.supplement_note, row.supplement_due_on = "", None
    row.save()
    terms.meet(rule=common.SUPPLEMENT, about=row, on=on, actor=actor)
    notices.finish_tasks(about=row, step=common.SUPPLEMENT, by=actor)
    told = data.tolerance_settings()["review"]
    due_on = arithmetic.reckon(arithmetic.Term(told["amount"], arithmetic.Unit(told["unit"])), on).due
    if receivers:
        terms.start(
            rule=common.REVIEW, about=row, on=on, actor=actor, title=f"容错备案形式审查：{row.title}"[:200], handler=receivers[0],
            amount=told["amount"], unit=told["unit"],
        )  # fmt: skip
    common.ask(
        receivers, row, step=common.REVIEW, title=f"审查容错备案（{version.get_kind_display()}）：{row.title}", due_on=due_on,
        actor=actor,
    )  # fmt: skip
    common.record(
        row, "filing.submitted", actor, version=version.version, kind=version.kind, at=content.instant(instant),
        digest=closed.digest, digests=closed.digests,
    )  # fmt: skip
    search.reindex(row)


@transaction.atomic
def begin_version(
    *, filing_id: uuid.UUID, kind: str, actor: User, on: dt.date, reason: str = "", until: dt.date | None = None
) -> Filing:
    """A further version, a copy to be changed: to supplement, for a change of the undertaking, or to renew it once.

    Raises ``Invalid``, ``Stale``.
    """
    row = common.own(filing_id, actor)
    standing = common.open_version(row)
    if kind == VersionKind.SUPPLEMENT:
        if standing is not None and standing.state == VersionState.DRAFT:
            return row
        if standing is None or standing.state != VersionState.SUPPLEMENT:
            raise Stale(f"备案{row.get_state_display()}，没有通知补正。")
        standing.state = VersionState.SUPERSEDED
        standing.save(update_fields=["state"])
        base, reason = standing, standing.change_reason
        if standing.kind in (VersionKind.CHANGE, VersionKind.RENEWAL):
            kind = standing.kind
    else:
        base = _base_of_change(row, standing, kind, reason, until, on)
    version = FilingVersion(
        filing=row, version=(row.versions.aggregate(last=Max("version"))["last"] or 0) + 1, kind=kind, change_reason=reason.strip()
    )  # fmt: skip
    for name in COPIED:
        setattr(version, name, getattr(base, name))
    if until is not None:
        version.ends_on = until
    try:
        with transaction.atomic():
            version.save(force_insert=True)
    except IntegrityError as taken:
        raise Stale("另一人刚开始起草新一版，请刷新后再办。") from taken
    FilingPerson.objects.bulk_create(_people(version, _cadres(base), on))
    FilingFile.objects.bulk_create(
        FilingFile(version=version, kind=each.kind, file=each.file, position=each.position) for each in base.files.all()
    )
    if row.registered_on is None:
        row.current = version
        row.save(update_fields=["current"])
    common.record(row, "filing.version_begun", actor, version=version.version, kind=kind)
    return row


def _base_of_change(
    row: Filing, standing: FilingVersion | None, kind: str, reason: str, until: dt.date | None, on: dt.date
) -> FilingVersion:
    """The registered version from which a change or a renewal starts."""
    settings = data.tolerance_settings()
    wrong = {}
    if not reason.strip():
        wrong["reason"] = "请写明理由。"
    if standing is not None:
        raise Stale("另有一版正在起草或者审查，办结以后再提。")
    if row.state != FilingState.REGISTERED or row.current is None or row.valid_until is None or on > row.valid_until:
        raise Stale(f"备案{row.get_state_display()}，只有在有效期内的备案可以变更或者续期。")
    if kind == VersionKind.RENEWAL:
        latest = arithmetic.add_months(row.valid_until + ONE, int(settings["validity_months"])) - ONE
        if row.renewals >= int(settings["renewals"]):
            raise Stale(f"本级规定可以续期{settings['renewals']}次，已经续过。")
        if until is None or not row.valid_until < until <= latest:
            wrong["until"] = f"续期应在{row.valid_until}之后、不晚于{latest}。"
    if wrong:
        raise Invalid(wrong)
    return row.current


@transaction.atomic
def withdraw(*, filing_id: uuid.UUID, reason: str, actor: User, on: dt.date) -> Filing:
    """Take it back: before it is registered, or while it is in effect; it stays on record with what it said."""
    row = common.own(filing_id, actor)
    if not reason.strip():
        raise Invalid({"reason": "请写明撤回的理由。"})
    if row.state not in (FilingState.SUBMITTED, FilingState.SUPPLEMENT, FilingState.REGISTERED):
        raise Stale(f"备案{row.get_state_display()}，不能撤回。")
    in_effect = row.state == FilingState.REGISTERED
    row.state, row.ended_reason, row.lapsed_on = (
        (FilingState.LAPSED if in_effect else FilingState.WITHDRAWN), reason.strip(), on,
    )  # fmt: skip
    row.save(update_fields=["state", "ended_reason", "lapsed_on"])
    end(row, actor, on)
    common.record(row, "filing.withdrawn", actor, reason=reason.strip())
    return row


def end(row: Filing, actor: Any, on: dt.date) -> None:
    """It has ended: what was open on it falls away."""
    row.versions.filter(state=VersionState.DRAFT).update(state=VersionState.WITHDRAWN)
    row.versions.filter(state__in=(VersionState.SUBMITTED, VersionState.SUPPLEMENT)).update(
        state=VersionState.WITHDRAWN
    )
    for rule in (common.REVIEW, common.SUPPLEMENT, common.EXPIRY):
        terms.void(rule=rule, about=row, on=on, actor=actor, reason="备案已办结")
        notices.finish_tasks(about=row, step=rule, by=actor)
