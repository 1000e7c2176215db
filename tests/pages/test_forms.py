"""The form kit: words in Chinese, errors beside their fields and tied to them."""

from __future__ import annotations

from django import forms as django_forms
from django.core.files.uploadedfile import SimpleUploadedFile
from django.template.loader import render_to_string
from django.utils.datastructures import MultiValueDict

from wenze.errors import Invalid
from wenze.pages import forms


class Example(forms.Form):
    title = django_forms.CharField(label="标题", help_text="写清事项")
    on = django_forms.DateField(label="日期", required=False)
    kind = django_forms.ChoiceField(label="种类", choices=[("a", "甲")], widget=django_forms.RadioSelect)
    sure = django_forms.BooleanField(label="确认", required=False)
    files = forms.MultipleFileField(most=3, label="材料", required=False)


def test_an_empty_required_field_is_named_and_tied_to_its_error():
    page = render_to_string("components/form.html", {"form": Example({}, seen="abc")})
    assert "请填写“标题”。" in page
    assert "请选择“种类”。" in page
    assert 'aria-invalid="true"' in page
    assert 'id="id_title_error"' in page
    assert "id_title_error" in page.split('name="title"')[1].split(">")[0]
    assert "有 2 处需要改正" in page


def test_a_new_form_carries_what_was_seen_and_a_mark_of_its_own():
    first, second = str(Example(seen="abc")["seen"]), str(Example(seen="abc")["submission"])
    assert 'value="abc"' in first
    assert second != str(Example(seen="abc")["submission"])
    assert 'type="date"' in str(Example()["on"])


def test_what_a_service_refuses_stands_beside_the_field():
    form = Example({"title": "x", "kind": "a"})
    assert form.is_valid()
    form.accept(Invalid({"title": "重名", "elsewhere": "不行"}))
    assert form.errors["title"] == ["重名"]
    assert form.non_field_errors() == ["不行"]


def test_several_files_arrive_as_a_list():
    files = MultiValueDict({"files": [SimpleUploadedFile("a.txt", b"a"), SimpleUploadedFile("b.txt", b"b")]})
    form = Example({"title": "x", "kind": "a"}, files)
    assert form.is_valid(), form.errors
    assert [file.name for file in form.values()["files"]] == ["a.txt", "b.txt"]
    assert "submission" not in form.values()


def test_more_files_than_one_upload_may_hold_are_refused_beside_the_field():
    files = MultiValueDict({"files": [SimpleUploadedFile(f"{n}.txt", b"a") for n in range(4)]})
    form = Example({"title": "x", "kind": "a"}, files)
    assert form.errors["files"] == ["一次最多3个文件，请分次上传。"]
