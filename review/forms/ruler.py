"""Forms of the ruler: the reasons of a look, another outcome to try, the criteria by hand, a case from before the system."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms

from cases.enums import CircumstanceKind, Outcome, SubjectKind, Tier, Track
from review.ruler.alike import LEVELS, Profile, circumstance_key, consequence_key
from review.services.ruler import LONGEST, Past, Trial
from wenze.law import accountability_measures, consequences, measures, situations
from wenze.pages.forms import Form
from wenze.people.enums import PostRank

if TYPE_CHECKING:
    from collections.abc import Sequence

    from cases.models import Subject
    from review.ruler.proposed import Line

COMPARABLE = (Outcome.ACCOUNTABLE, Outcome.NOT_ACCOUNTABLE, Outcome.EXEMPTED, Outcome.FIRST_FORM, Outcome.REFERRED)
ANY = [("", "不限")]
SIGNS = [(kind.value, kind.label) for kind in CircumstanceKind if kind != CircumstanceKind.OBJECTIVE]


class LookForm(Form):
    """记下所见: a reason for each proposal that lies outside its band (``reason_<n>``, n being the subject's position)."""

    def __init__(self, *args: Any, lines: Sequence[Line], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.lines = lines
        for line in lines:
            if line.is_outside:
                self.fields[f"reason_{line.subject.position}"] = forms.CharField(
                    label=f"{line.subject.name}拟{line.item.words}，{line.position.label}：理由", required=False,
                    widget=forms.Textarea, max_length=LONGEST, initial=line.look.reason if line.look else "",
                    help_text=f"区间为{line.reading.band_words}。没有书面理由的，不能提交集体研究。",
                )  # fmt: skip
        self.dress_added()

    def reasons(self) -> dict[Any, str]:
        """By the subject's key."""
        return {
            line.subject.pk: self.cleaned_data[name]
            for line in self.lines
            if (name := f"reason_{line.subject.position}") in self.cleaned_data
        }


class ReasonForm(Form):
    """The reason of one outcome that is tried."""

    reason = forms.CharField(label="离群的理由", required=False, widget=forms.Textarea, max_length=LONGEST)


class TrialForm(Form):
    """试看另一处理: an outcome that the sitting may settle instead."""

    outcome = forms.ChoiceField(label="结果", choices=[(each.value, each.label) for each in COMPARABLE])
    measures = forms.MultipleChoiceField(label="措施", required=False, widget=forms.CheckboxSelectMultiple)
    referred = forms.BooleanField(label="同时转立案", required=False)

    def __init__(self, *args: Any, subject: Subject, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offered = accountability_measures(subject.kind, subject.track)
        self.fields["measures"].choices = [(each.code, each.name) for each in offered]  # type: ignore[attr-defined]

    def trial(self) -> Trial:
        data = self.cleaned_data
        return Trial(data["outcome"], tuple(data["measures"]), data["referred"])


class CriteriaForm(Form):
    """The criteria by hand; what is left open is not asked for."""

    kind = forms.ChoiceField(label="对象类别", choices=SubjectKind.choices, initial=SubjectKind.CADRE)
    track = forms.ChoiceField(label="轨道", choices=Track.choices, initial=Track.PARTY)
    tier = forms.ChoiceField(label="责任", required=False, choices=[*ANY, *Tier.choices])
    situation = forms.ChoiceField(label="情形", required=False)
    rank = forms.ChoiceField(
        label="层次", required=False,
        choices=[
            *ANY, ("干部", [(f"c{each.value}", each.label) for each in PostRank]),
            ("组织", [(f"o{number}", f"{each.label}组织") for number, each in enumerate(LEVELS, 1)]),
        ],
    )  # fmt: skip
    consequence = forms.MultipleChoiceField(label="后果", required=False, widget=forms.CheckboxSelectMultiple)
    circumstance = forms.MultipleChoiceField(
        label="情节", required=False, widget=forms.CheckboxSelectMultiple, choices=[*SIGNS, ("none", "没有情节")]
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["situation"].choices = [  # type: ignore[attr-defined]
            *ANY, *((each.code, f"{each.code} {each.name}") for each in situations()),
        ]  # fmt: skip
        self.fields["consequence"].choices = [(each.code, each.name) for each in consequences()]  # type: ignore[attr-defined]
        self.dress_added()

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or {}
        organization = data.get("kind") == SubjectKind.ORGANIZATION
        if data.get("rank") and (data["rank"][0] == "o") != organization:
            self.add_error("rank", "层次与对象类别不符。")
        if data.get("tier") and (data["tier"] == Tier.FULL) != organization:
            self.add_error("tier", "全面领导责任属于党组织，主要、重要领导责任属于干部。")
        return data

    def asked(self) -> tuple[Profile, list[str]]:
        """The profile, and the criteria that were left open."""
        data = self.cleaned_data
        signs = [sign for sign in data["circumstance"] if sign != "none"]
        profile = Profile(
            kind=data["kind"], track=data["track"], tier=data["tier"], situation=data["situation"],
            consequence=consequence_key(data["consequence"]), circumstance=circumstance_key(signs),
            rank=int(data["rank"][1:]) if data["rank"] else 0,
        )  # fmt: skip
        return profile, [
            name for name in ("rank", "situation", "circumstance", "consequence", "tier") if not data[name]
        ]


class PastForm(Form):
    """往案登记: what was decided before the system, without a name."""

    reference = forms.CharField(label="原文号或者案号", max_length=80)
    kind = forms.ChoiceField(label="对象类别", choices=SubjectKind.choices, initial=SubjectKind.CADRE)
    track = forms.ChoiceField(label="轨道", choices=Track.choices)
    tier = forms.ChoiceField(label="责任", choices=Tier.choices, initial=Tier.MAIN)
    situation = forms.ChoiceField(label="情形")
    consequence = forms.MultipleChoiceField(label="后果", required=False, widget=forms.CheckboxSelectMultiple)
    circumstance = forms.MultipleChoiceField(
        label="情节", required=False, widget=forms.CheckboxSelectMultiple, choices=SIGNS
    )
    rank = forms.ChoiceField(
        label="层次",
        choices=[
            ("干部", [(f"c{each.value}", each.label) for each in PostRank]),
            ("组织", [(f"o{number}", f"{each.label}组织") for number, each in enumerate(LEVELS, 1)]),
        ],
    )
    outcome = forms.ChoiceField(
        label="结果", choices=[(each.value, each.label) for each in COMPARABLE if each != Outcome.REFERRED]
    )
    measures = forms.MultipleChoiceField(label="处理", required=False, widget=forms.CheckboxSelectMultiple)
    decided_on = forms.DateField(label="决定日", widget=forms.DateInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["situation"].choices = [(each.code, f"{each.code} {each.name}") for each in situations()]  # type: ignore[attr-defined]
        self.fields["consequence"].choices = [(each.code, each.name) for each in consequences()]  # type: ignore[attr-defined]
        self.fields["measures"].choices = [(each.code, each.name) for each in measures().values()]  # type: ignore[attr-defined]

    def past(self) -> Past:
        data = self.cleaned_data
        return Past(
            reference=data["reference"], kind=data["kind"], track=data["track"], tier=data["tier"],
            situation=data["situation"], consequences=data["consequence"], circumstances=data["circumstance"],
            rank=int(data["rank"][1:]), outcome=data["outcome"], measures=data["measures"], decided_on=data["decided_on"],
        )  # fmt: skip
