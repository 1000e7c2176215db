"""Forms of initiation and of what changes on the way: subjects, later batches, longer terms, endings, joined clues."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Self

from django import forms

from cases.enums import Tier
from cases.models import Case, Supplement
from cases.services.initiation import SubjectDraft
from cases.services.leaving import ENDINGS
from cases.services.replies import Reply
from wenze.access.forms import ScopedModelChoiceField
from wenze.law import measures
from wenze.pages.forms import Form
from wenze.people.models import Cadre, Organization
from wenze.people.selectors import cadre_choices

if TYPE_CHECKING:
    from cases.models import Dispatch
    from wenze.people.models import User

BLANK = ("", "（请选择）")
FEWEST, STEP, MOST = 4, 4, 60


class SubjectsForm(Form):
    """As many subjects as there are, each with the day of the act.

    ``rows`` is how many are shown: those there are and one more; “再加” asks for four more, at most sixty.
    """

    HEAD: tuple[str, ...] = ()
    HEAD_TITLE = "案件"
    rows = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.numbers = range(1, self._shown() + 1)
        self.fields["rows"].initial = len(self.numbers)
        cadres = cadre_choices(user)
        organizations = [("", "（无）"), *((row.pk, str(row)) for row in Organization.objects.visible_to(user))]
        for n in self.numbers:
            self.fields[f"cadre_{n}"] = ScopedModelChoiceField(Cadre, user=user, label=f"干部{n}", required=False)
            self.fields[f"cadre_{n}"].choices = cadres  # type: ignore[attr-defined]
            self.fields[f"organization_{n}"] = ScopedModelChoiceField(
                Organization, user=user, label=f"或党组织{n}", required=False
            )
            self.fields[f"organization_{n}"].choices = organizations  # type: ignore[attr-defined]
            self.fields[f"act_on_{n}"] = forms.DateField(label=f"行为日{n}", required=False, widget=forms.DateInput)
            self.fields[f"tier_{n}"] = forms.ChoiceField(
                label=f"拟认定责任{n}", required=False, choices=[BLANK, *Tier.choices]
            )
            self.fields[f"act_{n}"] = forms.CharField(label=f"失职失责行为{n}", required=False, max_length=2000)
            self.fields[f"without_leaders_reason_{n}"] = forms.CharField(
                label=f"只问组织的理由{n}", required=False, max_length=500
            )
            self.fields[f"filed_review_number_{n}"] = forms.CharField(
                label=f"已被立案审查的案号{n}", required=False, max_length=80
            )
            self.fields[f"handed_to_{n}"] = ScopedModelChoiceField(
                Organization, user=user, label=f"并入的立案机关{n}", required=False,
                help_text="填写后该对象不启动，材料移交立案机关一并审查",
            )  # fmt: skip
            self.fields[f"handed_to_{n}"].choices = organizations  # type: ignore[attr-defined]
        self.dress_added()

    def _shown(self) -> int:
        """How many subjects the form has room for: as posted, or as its initial values need and one more."""
        asked = str(self.data.get("rows", "") if self.is_bound else self.initial.get("rows", ""))
        if asked.isdigit():
            return min(max(int(asked), FEWEST), MOST)
        filled = [int(name.rsplit("_", 1)[1]) for name in self.initial if name.startswith("act_on_")]
        return min(max([FEWEST, *(number + 1 for number in filled)]), MOST)

    @classmethod
    def with_more(cls, posted: Any, *, user: User) -> Self:
        """The form as it was filled in, with room for four more; nothing is judged yet."""
        typed = {name: value for name, value in posted.items() if name not in ("submission", "csrfmiddlewaretoken")}
        shown = int(typed["rows"]) if str(typed.get("rows", "")).isdigit() else FEWEST
        form = cls(initial={**typed, "rows": str(shown + STEP)}, user=user, seen=typed.get("seen", ""))
        form.fields["submission"].initial = posted.get("submission")
        return form

    def groups(self) -> list[dict[str, Any]]:
        names = (
            "cadre",
            "organization",
            "act_on",
            "tier",
            "act",
            "without_leaders_reason",
            "filed_review_number",
            "handed_to",
        )
        head = [self[name] for name in self.HEAD]
        return [{"title": self.HEAD_TITLE, "note": "", "fields": head}] + [
            {"title": f"对象{n}", "note": "职务按行为日自动取", "fields": [self[f"{name}_{n}"] for name in names]}
            for n in self.numbers
        ]

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or {}
        seen: set[Any] = set()
        for n in self.numbers:
            cadre, organization = data.get(f"cadre_{n}"), data.get(f"organization_{n}")
            chosen = cadre or organization
            if chosen is None:
                continue
            if cadre and organization:
                self.add_error(f"organization_{n}", "一个对象只填干部或者党组织。")
            if chosen.pk in seen:
                self.add_error(f"cadre_{n}", f"{chosen}重复了。")
            seen.add(chosen.pk)
            for name, text in (("act_on", "行为日"), ("tier", "拟认定责任"), ("act", "失职失责行为")):
                if not data.get(f"{name}_{n}"):
                    self.add_error(f"{name}_{n}", f"请填写{text}。")
            if data.get(f"handed_to_{n}") and not data.get(f"filed_review_number_{n}"):
                self.add_error(f"filed_review_number_{n}", "并入立案审查的，须填写案号。")
            if data.get(f"tier_{n}") and (data[f"tier_{n}"] == Tier.FULL) != (organization is not None):
                self.add_error(f"tier_{n}", "全面领导责任由党组织承担，主要、重要领导责任由个人承担。")
        return data

    def drafts(self) -> list[SubjectDraft]:
        """The subjects as the service takes them."""
        data = self.cleaned_data
        return [
            SubjectDraft(
                cadre=data[f"cadre_{n}"],
                organization=data[f"organization_{n}"],
                act_on=data[f"act_on_{n}"],
                tier=data[f"tier_{n}"],
                act=data[f"act_{n}"],
                without_leaders_reason=data[f"without_leaders_reason_{n}"],
                filed_review_number=data[f"filed_review_number_{n}"],
                handed_to=data[f"handed_to_{n}"],
            )
            for n in self.numbers
            if data[f"cadre_{n}"] or data[f"organization_{n}"]
        ]


class InitiationForm(SubjectsForm):
    """提请启动: the case and its subjects."""

    title = forms.CharField(label="案件名称", max_length=200)
    brief = forms.CharField(label="要情（三行）", widget=forms.Textarea, max_length=1000)
    public_attention = forms.BooleanField(label="社会关注度高", required=False)
    is_sensitive = forms.BooleanField(label="敏感问题", required=False)
    HEAD = ("title", "brief", "public_attention", "is_sensitive")


class SupplementForm(SubjectsForm):
    """补充启动: why, and the subjects that the inquiry found on its way."""

    reason = forms.CharField(label="补充启动的理由", widget=forms.Textarea, max_length=2000)
    HEAD = ("reason",)
    HEAD_TITLE = "补充启动"


class ExtensionForm(Form):
    """延长调查期限."""

    supplement = forms.ModelChoiceField(
        label="批次", required=False, queryset=Supplement.objects.none(), empty_label="首批对象"
    )
    reason = forms.CharField(label="理由", widget=forms.Textarea, max_length=2000)

    def __init__(self, *args: Any, case: Case, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["supplement"].queryset = case.supplements.filter(approved_on__isnull=False)  # type: ignore[attr-defined]


class EarlyEndForm(Form):
    """对象另行了结."""

    outcome = forms.ChoiceField(label="去向", choices=[(each.value, each.label) for each in ENDINGS])
    to_organization = forms.ModelChoiceField(
        label="接收机关", required=False, queryset=Organization.objects.none(), empty_label="（无）"
    )
    filed_number = forms.CharField(label="立案案号", required=False, max_length=80)
    reason = forms.CharField(label="理由", widget=forms.Textarea, max_length=2000)

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["to_organization"].queryset = Organization.objects.visible_to(user)  # type: ignore[attr-defined]


class JoinForm(Form):
    """并案: the open case that the clue joins."""

    case_id = forms.ModelChoiceField(label="并入的案件", queryset=Case.objects.none())
    reason = forms.CharField(label="理由", widget=forms.Textarea, max_length=1000)

    def __init__(self, *args: Any, cases: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["case_id"].queryset = cases  # type: ignore[attr-defined]


class ReplyForm(Form):
    """登记其他机关的回复: what it decided, from which day, by which number."""

    replied_on = forms.DateField(label="回复日", widget=forms.DateInput)
    words = forms.CharField(label="回复内容", widget=forms.Textarea, max_length=5000)
    measures = forms.MultipleChoiceField(label="对方决定的措施", required=False, widget=forms.CheckboxSelectMultiple)
    decided_on = forms.DateField(
        label="决定（批准）日", required=False, widget=forms.DateInput, help_text="影响期自该日起算；不知道的留空"
    )
    decided_by = forms.CharField(label="决定机关", required=False, max_length=120, help_text="留空即接收机关")
    approved_by = forms.CharField(label="批准机关", required=False, max_length=120)
    number = forms.CharField(label="文号", required=False, max_length=80)
    departs_reason = forms.CharField(
        label="不一致的理由", required=False, widget=forms.Textarea, max_length=2000,
        help_text="与建议或者责成的不一致时必填",
    )  # fmt: skip

    def __init__(self, *args: Any, dispatch: Dispatch, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fitting = (dispatch.subject.kind, "both")
        self.fields["measures"].choices = [(m.code, m.name) for m in measures().values() if m.target in fitting]  # type: ignore[attr-defined]

    def reply(self) -> Reply:
        """What was typed, as the service takes it."""
        return Reply(**self.values())
