"""The template pack: any form becomes labelled fields with help and errors tied to them, and a summary with links."""

import re

import pytest
from crispy_forms.helper import FormHelper
from crispy_forms.layout import Div, Fieldset, Layout, Submit
from crispy_forms.utils import render_crispy_form
from django import forms


class VisitForm(forms.Form):
    """One field of each kind."""

    helper: FormHelper

    name = forms.CharField(help_text="As on the badge.")
    size = forms.ChoiceField(
        choices=[("s", "small"), ("l", "large")], widget=forms.RadioSelect, help_text="Of the site."
    )
    kinds = forms.MultipleChoiceField(choices=[("a", "API"), ("o", "oral")], widget=forms.CheckboxSelectMultiple)
    country = forms.ChoiceField(choices=[("ch", "Switzerland")], required=False)
    agreed = forms.BooleanField(label="I agree")
    note = forms.CharField(widget=forms.Textarea, required=False)
    token = forms.CharField(widget=forms.HiddenInput)


def squeezed(html: str) -> str:
    return re.sub(r"\s+", " ", html)


def rendered(form: forms.Form) -> str:
    return squeezed(render_crispy_form(form))


def test_each_field_has_its_label() -> None:
    html = rendered(VisitForm())
    for name in ("name", "country", "agreed", "note"):
        assert html.count(f'<label for="id_{name}">') == 1
    for name in ("size", "kinds"):
        assert html.count(f'<label for="id_{name}_0">') == html.count(f'<label for="id_{name}_1">') == 1


def test_choices_of_one_field_are_a_group_with_a_legend() -> None:
    html = rendered(VisitForm())
    assert html.count("<fieldset") == 2
    assert '<fieldset class="field" aria-describedby="id_size_helptext"> <legend>Size</legend>' in html
    assert "<legend>Kinds</legend>" in html


def test_help_is_tied_to_its_field() -> None:
    html = rendered(VisitForm())
    assert '<div class="field-help" id="id_name_helptext">As on the badge.</div>' in html
    assert re.search(r'<input type="text" name="name"[^>]* aria-describedby="id_name_helptext"', html)


def test_what_may_stay_empty_says_so_and_nothing_else_does() -> None:
    html = rendered(VisitForm())
    assert html.count("(optional)") == 2
    assert 'Country <span class="optional">(optional)</span>' in html


def test_a_fresh_form_shows_no_error() -> None:
    html = rendered(VisitForm())
    assert "error" not in html
    assert "aria-invalid" not in html


def test_an_error_is_told_at_its_field_and_linked_from_the_summary() -> None:
    html = rendered(VisitForm({"token": "x", "agreed": "on", "size": "s", "kinds": "a"}))
    assert '<a href="#id_name">Name: This field is required.</a>' in html
    assert re.search(r'name="name"[^>]* aria-invalid="true" aria-describedby="id_name_helptext id_name_error"', html)
    assert '<div class="field-error" id="id_name_error"><p><span class="visually-hidden">Error: </span>' in html


@pytest.mark.parametrize("name", ["size", "kinds"])
def test_the_summary_leads_to_the_first_choice_of_a_group(name: str) -> None:
    html = rendered(VisitForm({"name": "x"}))
    assert f'<a href="#id_{name}_0">' in html
    assert f'id="id_{name}_0"' in html
    assert f'id="id_{name}_error"' in html


def test_the_error_of_a_hidden_field_is_told_without_a_link() -> None:
    html = rendered(VisitForm({"name": "x", "agreed": "on", "size": "s", "kinds": "a"}))
    assert "<li>This field is required.</li>" in html
    assert 'href="#id_token"' not in html


def test_an_error_of_the_whole_form_is_in_the_summary() -> None:
    form = VisitForm({})
    form.add_error(None, "These two do not go together.")
    assert "<li>These two do not go together.</li>" in rendered(form)


def test_what_was_typed_is_kept_and_inert() -> None:
    html = render_crispy_form(VisitForm({"name": '"><b>{{ x }}', "note": "\nfirst line empty"}))
    assert 'value="&quot;&gt;&lt;b&gt;{{ x }}"' in html
    assert re.search(r"<textarea[^>]*>\n\nfirst line empty</textarea>", html)


def test_layout_and_buttons() -> None:
    form = VisitForm()
    form.helper = FormHelper()
    form.helper.layout = Layout(Fieldset("Who", "name", css_class="who"), Div("note", css_id="more"))
    form.helper.add_input(Submit("go", "Save & go on"))
    html = rendered(form)
    assert '<fieldset class="group who"> <legend>Who</legend>' in html
    assert '<div id="more"><div class="field">' in html
    assert '<button type="submit" class="button" name="go">Save &amp; go on</button>' in html
    assert 'name="country"' not in html


def test_inside_a_page_s_own_form_tag() -> None:
    form = VisitForm()
    form.helper = FormHelper()
    form.helper.form_tag = False
    assert "<form" not in rendered(form)
    assert rendered(VisitForm()).startswith('<form method="post" novalidate>')


def test_the_token_against_forged_requests_is_in_every_form_that_posts() -> None:
    context = {"csrf_token": "abc"}
    assert 'name="csrfmiddlewaretoken" value="abc"' in render_crispy_form(VisitForm(), context=context)
    form = VisitForm()
    form.helper = FormHelper()
    form.helper.form_method = "get"
    assert "csrfmiddlewaretoken" not in render_crispy_form(form, context=context)


def test_a_form_may_leave_the_summary_to_its_page() -> None:
    form = VisitForm({})
    form.helper = FormHelper()
    form.helper.form_show_errors = False
    html = rendered(form)
    assert "error-summary" not in html
    assert 'id="id_name_error"' in html
