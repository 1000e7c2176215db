"""容错备案表: one long form in sections. A draft may be unfinished; what is typed wrong is said beside the field."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

from django import forms

from tolerance.authority import cadres_of
from tolerance.completeness import AXES
from tolerance.enums import FileKind, ItemKind, Secrecy, VersionKind
from tolerance.papers import LEVELS, POLES
from tolerance.services.drafting import Content
from wenze.crypto import files
from wenze.pages.forms import Form, MultipleFileField
from wenze.people.models import Appointment

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tolerance.models import FilingVersion, ListEdition, ToleranceItem
    from wenze.people.models import Organization

PLAIN = (
    "title", "item", "background", "gap", "practice", "risks", "loss_ceiling", "starts_on", "ends_on", "meeting", "met_on",
    "minutes", "dissent", "legality", "expert", "no_private_gain", "prejudgement", "secrecy", "signed_by",
)  # fmt: skip
LONGEST = 8000
ANSWERS = (("no", "没有"), ("yes", "有"))
FIRST_DAY, LAST_DAY = dt.date(2000, 1, 1), dt.date(2100, 12, 31)


def _long(label: str, **more: Any) -> forms.CharField:
    return forms.CharField(label=label, required=False, widget=forms.Textarea, max_length=LONGEST, **more)


def _day(label: str) -> forms.DateField:
    return forms.DateField(label=label, required=False, widget=forms.DateInput)


class FilingForm(Form):
    """Every field of law.md §6.1; which questions are asked follows from the edition of the lists in force."""

    title = forms.CharField(label="事项名称", max_length=200)
    responsible = forms.ChoiceField(
        label="责任人", required=False, help_text="事项的主要负责人；报给谁由他的管理机关确定"
    )
    others = forms.MultipleChoiceField(label="其他责任人", required=False, widget=forms.CheckboxSelectMultiple)
    starts_on, ends_on = _day("实施期自"), _day("实施期至")
    background = _long("背景与依据")
    gap = _long("现行规定没有写、或者互相冲突的是什么")
    practice = _long("准备怎么做")
    risks = _long("最坏会怎样、怎样停下来（风险点与预案）")
    loss_ceiling = forms.DecimalField(
        label="损失上限（元）", required=False, min_value=0, max_digits=16, decimal_places=2
    )
    prejudgement = _long("对照正面清单的预判", help_text="写明为什么属于这一类，逐条回应所选条目的问题")
    meeting = forms.CharField(label="决策会议", required=False, max_length=200)
    met_on = _day("会议日期")
    minutes = _long("会议纪要（文号和要点）")
    dissent = _long("不同意见", help_text="谁、什么意见；没有的写“没有不同意见”")
    legality = _long("合法性审查意见")
    expert = _long("专家论证", help_text="没有论证的写明理由")
    no_private_gain = forms.BooleanField(
        label="承诺：责任人及其近亲属、特定关系人不从本事项获取私利，需要回避的已经回避", required=False
    )
    secrecy = forms.ChoiceField(label="密级", choices=Secrecy.choices, help_text="涉及国家秘密的不得在本系统报送")
    signed_by = forms.CharField(label="签字人", required=False, max_length=60)
    change_reason = _long("变更或者续期的理由")

    def __init__(
        self, *args: Any, organization: Organization, edition: ListEdition | None, on: dt.date, version: FilingVersion | None = None, **kwargs: Any
    ) -> None:  # fmt: skip
        super().__init__(*args, **kwargs)
        self.cadres = {str(cadre.pk): cadre for cadre in cadres_of(organization, on)}
        if version is not None:  # who was named and has left since is still offered
            self.cadres |= {str(p.cadre_id): p.cadre for p in version.people.select_related("cadre__managed_by")}
        named = _with_posts(self.cadres, on)
        self.fields["responsible"].choices = [("", "（请选择）"), *named]  # type: ignore[attr-defined]
        self.fields["others"].choices = named  # type: ignore[attr-defined]
        if version is None or version.kind not in (VersionKind.CHANGE, VersionKind.RENEWAL):
            del self.fields["change_reason"]
        self.items = list(edition.items.all()) if edition is not None else []
        positive = [item for item in self.items if item.kind == ItemKind.POSITIVE]
        self.by_key = {str(item.pk): item for item in positive}
        if version is not None and version.item is not None:  # of an edition that has been followed by another
            self.by_key.setdefault(str(version.item_id), version.item)
        self.fields["item"] = forms.ChoiceField(
            label="类别", required=False, choices=[(key, item.text) for key, item in self.by_key.items()], widget=forms.RadioSelect
        )  # fmt: skip
        self.asked = [
            (key, question, item)
            for item in self.items
            if item.kind == ItemKind.NEGATIVE
            for key, question in item.asked
        ]
        for key, question, _ in self.asked:
            self.fields[f"check_{key}"] = forms.ChoiceField(
                label=question, required=False, choices=ANSWERS, widget=forms.RadioSelect
            )
        for axis, label in AXES.items():
            self.fields[f"{axis}_level"] = forms.ChoiceField(
                label=label, required=False, choices=list(enumerate(LEVELS)), widget=forms.RadioSelect
            )
            self.fields[f"{axis}_facts"] = forms.CharField(label="事实依据", required=False, max_length=1000)
        for kind in FileKind:
            single = kind != FileKind.OTHER
            self.fields[f"file_{kind}"] = (
                forms.FileField(label=kind.label, required=False)
                if single
                else MultipleFileField(label=kind.label, required=False, most=10)
            )
        self.attached = list(version.files.select_related("file")) if version is not None else []
        self.fields["drop"] = forms.MultipleChoiceField(
            label="移除附件", required=False, choices=[(str(each.pk), each.file.name) for each in self.attached],
            widget=forms.CheckboxSelectMultiple,
        )  # fmt: skip
        self.dress_added()

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or self.cleaned_data
        for name in ("starts_on", "ends_on", "met_on"):
            day = data.get(name)
            if day is not None and not FIRST_DAY <= day <= LAST_DAY:
                self.add_error(name, "日期不对，请核对年份。")
        start, end = data.get("starts_on"), data.get("ends_on")
        if start and end and end < start:
            self.add_error("ends_on", "实施期的止日早于起日。")
        return data

    def content(self) -> Content:
        """What the service takes. Raises ``Invalid`` naming the file that cannot be taken."""
        told = self.values()
        values = {name: told[name] for name in PLAIN if name in told}
        values["item"] = self.by_key.get(told["item"])
        if "change_reason" in told:
            values["change_reason"] = told["change_reason"]
        values["self_check"] = {key: told[f"check_{key}"] for key, _, _ in self.asked if told[f"check_{key}"]}
        values["distinctions"] = {
            axis: {"level": told[f"{axis}_level"], "facts": told[f"{axis}_facts"].strip()} for axis in AXES
        }
        people = [told["responsible"], *told["others"]] if told["responsible"] else []
        return Content(values, [self.cadres[key] for key in people], list(self._uploads(told)), tuple(told["drop"]))

    def _uploads(self, told: dict[str, Any]) -> Iterator[tuple[str, Any]]:
        for kind in FileKind:
            found = told[f"file_{kind}"] or ()
            for upload in found if isinstance(found, list) else [found] if found else []:
                content = upload.read(files.LIMIT + 1)
                files.examine(content, upload.name, f"file_{kind}")
                upload.seek(0)
                yield kind, upload

    # How the sections are drawn ---------------------------------------------------------------------------------------
    @property
    def choices_of_item(self) -> list[dict[str, Any]]:
        """The positive items with what the page says of each."""
        chosen = str(self["item"].value() or "")
        return [{"item": item, "key": key, "on": key == chosen} for key, item in self.by_key.items()]

    @property
    def checks(self) -> list[dict[str, Any]]:
        """The questions of the negative list with their answers."""
        found: list[dict[str, Any]] = []
        before: ToleranceItem | None = None
        for number, (key, question, item) in enumerate(self.asked, 1):
            name = f"check_{key}"
            found.append(
                {
                    "name": name, "key": key, "number": number, "question": question, "item": item if item is not before else None,
                    "value": self[name].value() or "", "answers": ANSWERS, "errors": self[name].errors,
                }
            )  # fmt: skip
            before = item
        return found

    @property
    def axes(self) -> list[dict[str, Any]]:
        """The three distinctions, five places each."""
        return [
            {
                "label": label, "name": f"{axis}_level", "value": str(self[f"{axis}_level"].value() if self[f"{axis}_level"].value() is not None else ""),
                "levels": [(str(number), word) for number, word in enumerate(LEVELS)], "left": POLES[axis][0], "right": POLES[axis][1],
                "facts": self[f"{axis}_facts"],
            }
            for axis, label in AXES.items()
        ]  # fmt: skip

    @property
    def uploads(self) -> list[Any]:
        return [self[f"file_{kind}"] for kind in FileKind]


def _with_posts(cadres: dict[str, Any], on: dt.date) -> list[tuple[str, str]]:
    """Each with his post: people of one name must be told apart."""
    held: dict[str, str] = {}
    rows = Appointment.objects.in_force_on(on).filter(cadre__in=list(cadres)).select_related("post__organization")
    for row in rows.order_by("-post__rank", "pk"):
        held.setdefault(str(row.cadre_id), row.post.name)
    return [(key, f"{cadre.name}（{held.get(key, '无任职登记')}）") for key, cadre in cadres.items()]


def shown(version: FilingVersion) -> dict[str, Any]:
    """What the form shows of a draft: also the mark by which another's change in between is found."""
    found: dict[str, Any] = {name: getattr(version, name) for name in PLAIN if name != "item"}
    found["item"] = str(version.item_id) if version.item_id else ""
    found["change_reason"] = version.change_reason
    people = [str(person.cadre_id) for person in version.people.all()]
    found["responsible"], found["others"] = (people[0] if people else ""), people[1:]
    found |= {f"check_{key}": answer for key, answer in version.self_check.items()}
    for axis in AXES:
        told = version.distinctions.get(axis, {})
        found |= {f"{axis}_level": told.get("level", ""), f"{axis}_facts": told.get("facts", "")}
    found["files"] = [str(each.pk) for each in version.files.all()]
    return found


class ReasonForm(Form):
    """Why: of a refusal, a withdrawal, a lapse."""

    reason = forms.CharField(label="理由", widget=forms.Textarea, max_length=1000)


class NoteForm(Form):
    """补正."""

    note = forms.CharField(
        label="要补正什么", widget=forms.Textarea, max_length=2000, help_text="逐项写明，申报单位照此补正"
    )


class OpinionForm(Form):
    """登记备案、收存为说明材料."""

    opinion = forms.CharField(
        label="审核意见", widget=forms.Textarea, max_length=1000, help_text="只就材料是否齐全、是否在清单之内作形式审查"
    )


class RenewForm(ReasonForm):
    """续期."""

    until = forms.DateField(label="续期至", widget=forms.DateInput)


class OrganizationForm(forms.Form):
    """For whom the conduct office files."""

    organization = forms.ChoiceField(label="申报组织")

    def __init__(self, *args: Any, choices: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["organization"].choices = choices  # type: ignore[attr-defined]
        self.fields["organization"].widget.attrs["class"] = "form-select"
