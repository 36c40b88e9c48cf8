"""How an assessment begins, gets another title, and is deleted; and the list of all of them."""

from typing import Any
from uuid import uuid4

import pytest
from django.core.cache import caches
from django.test import Client
from django.utils import timezone

from assessments.answering import Change, save_answer
from assessments.demonstration import remove_demonstration
from assessments.entries import Entry
from assessments.founding import add_site
from assessments.models import (
    Answer,
    AnswerState,
    Assessment,
    AssessmentStatus,
    Organisation,
    Person,
    Questionnaire,
    Rubric,
    Site,
)
from assessments.opening import SENT_TWICE_WITHIN, open_assessment, retitle_assessment
from assessments.pdf_job import Paper
from benchmarks.models import SubElement
from tests.assessments.test_answering import save, scored
from tests.rating_rounds import Given, Q, add_round
from tests.signing import sign_off

TITLES = {"title": "Self-assessment 2027", "period": "January to June 2027"}


def test_an_assessment_begins_with_an_untouched_answer_for_each_sub_element(
    northfield: Site, questionnaire: Questionnaire
) -> None:
    assessment = open_assessment(site=northfield, title="First", period="2027")
    assert assessment.questionnaire == questionnaire
    assert assessment.status == AssessmentStatus.DRAFT
    answers = Answer.objects.filter(assessment=assessment)
    rubrics = Rubric.objects.filter(questionnaire=questionnaire)
    assert sorted(answers.values_list("sub_element", flat=True)) == sorted(
        rubrics.values_list("sub_element", flat=True)
    )
    assert set(answers.values_list("state", "version", "score")) == {(AnswerState.UNANSWERED, 0, None)}


def test_a_sub_element_that_the_questionnaire_does_not_ask_about_gets_no_answer(
    alice_client: Client, northfield: Site
) -> None:
    added = SubElement.objects.filter(practice_area__code="PQS")[0]
    added.pk, added.code, added.order = None, "added", 99
    added.save()
    assessment = open_assessment(site=northfield, title="First", period="2027")
    assert assessment.answers.count() == 20
    for page in ("", "PQS/", "report/"):
        assert alice_client.get(f"/assessments/{assessment.pk}/{page}").status_code == 200


def test_it_is_pinned_to_the_newest_questionnaire_and_stays_with_it(
    northfield: Site, questionnaire: Questionnaire, assessment: Assessment
) -> None:
    newer = Questionnaire.objects.create(
        version="2027.1", framework=questionnaire.framework, title="Newer", note="", level_names=list("abcde")
    )
    assert open_assessment(site=northfield, title="Second", period="2027").questionnaire == newer
    assessment.refresh_from_db()
    assert assessment.questionnaire == questionnaire


def test_the_form_opens_one_and_leads_to_its_overview(alice_client: Client, northfield: Site) -> None:
    response = alice_client.post("/assessments/new/", {"site": str(northfield.pk), **TITLES})
    assessment = Assessment.objects.get()
    assert response["Location"] == f"/assessments/{assessment.pk}/"
    assert (assessment.site, assessment.title, assessment.period) == (northfield, *TITLES.values())
    assert assessment.answers.count() == 20


def test_the_form_sent_twice_opens_one(alice_client: Client, northfield: Site) -> None:
    entries = {"site": str(northfield.pk), **TITLES}
    first, second = (alice_client.post("/assessments/new/", entries)["Location"] for _ in range(2))
    assert first == second
    assert Assessment.objects.count() == 1
    assert alice_client.post("/assessments/new/", entries | {"period": "2028"})["Location"] != first
    Assessment.objects.update(created_at=timezone.now() - 2 * SENT_TWICE_WITHIN)
    assert alice_client.post("/assessments/new/", entries)["Location"] != first
    assert Assessment.objects.count() == 3


def test_the_form_says_which_questionnaire_it_will_be(alice_client: Client, northfield: Site) -> None:
    assert "QMM self-assessment questionnaire 2026.1" in alice_client.get("/assessments/new/").text


def test_the_only_site_is_chosen_already(alice_client: Client, northfield: Site) -> None:
    assert f'<option value="{northfield.pk}">Northfield</option>' in alice_client.get("/assessments/new/").text
    assert "Choose a site" not in alice_client.get("/assessments/new/").text


def test_among_several_sites_one_chooses_or_comes_from_the_list(alice_client: Client, acme: Organisation) -> None:
    southgate = add_site(organisation=acme, name="Southgate", manufacturing="", size="")
    assert "Choose a site" in alice_client.get("/assessments/new/").text
    text = alice_client.get(f"/assessments/new/?site={southgate.pk}").text
    assert f'<option value="{southgate.pk}" selected>Southgate</option>' in text


@pytest.mark.parametrize("asked", ["0", "-1", "x", "99999999999999999999", "1 OR 1=1"])
def test_a_site_asked_for_that_is_none_is_passed_over(alice_client: Client, northfield: Site, asked: str) -> None:
    response = alice_client.get("/assessments/new/", {"site": asked})
    assert response.status_code == 200
    assert " selected" not in response.text


@pytest.mark.parametrize("asked", ["", "0", "x", "99999999999999999999", "mallory's"])
def test_it_is_not_opened_for_a_site_of_someone_else(
    alice_client: Client, northfield: Site, other_organisation: Organisation, asked: str
) -> None:
    site = str(other_organisation.sites.get().pk) if asked == "mallory's" else asked
    response = alice_client.post("/assessments/new/", {"site": site, **TITLES})
    assert response.status_code == 422
    assert 'href="#id_site"' in response.text
    assert "Southgate" not in response.text
    assert not Assessment.objects.exists()


@pytest.mark.parametrize("field", ["title", "period"])
@pytest.mark.parametrize(
    ("typed", "message"),
    [
        ("", "This field is required."),
        ("   ", "This field is required."),
        ("\u200b\u2060\u202e\ufeff", "This field is required."),
        ("x" * 201, "Use at most 200 characters; there are 201."),
        ("a\x1bb", "Character 2 is an invisible control character (U+001B)."),
    ],
)
def test_title_and_period_say_at_the_field_what_is_wrong(
    alice_client: Client, northfield: Site, assessment: Assessment, field: str, typed: str, message: str
) -> None:
    entries = {"site": str(northfield.pk), **TITLES, field: typed}
    kept = TITLES["period" if field == "title" else "title"]
    for address in ("/assessments/new/", f"/assessments/{assessment.pk}/edit/"):
        response = alice_client.post(address, entries)
        assert response.status_code == 422
        assert message in response.text
        assert f'value="{kept}"' in response.text
    assert list(Assessment.objects.values_list("title", flat=True)) == ["Autumn 2026"]


def test_it_gets_another_title_and_period(alice_client: Client, assessment: Assessment) -> None:
    address = f"/assessments/{assessment.pk}/edit/"
    assert 'value="Autumn 2026"' in alice_client.get(address).text
    assert alice_client.post(address, TITLES)["Location"] == f"/assessments/{assessment.pk}/"
    assessment.refresh_from_db()
    assert (assessment.title, assessment.period) == tuple(TITLES.values())


def test_what_is_signed_off_keeps_its_title(alice_client: Client, assessment: Assessment) -> None:
    sign_off()
    response = alice_client.post(f"/assessments/{assessment.pk}/edit/", TITLES)
    assert response.status_code == 422
    assert "This assessment has been signed off" in response.text
    assert not retitle_assessment(assessment=assessment, **TITLES, is_for_counsel=False)
    assessment.refresh_from_db()
    assert assessment.title == "Autumn 2026"


def test_deleting_asks_first(alice_client: Client, assessment: Assessment) -> None:
    address = f"/assessments/{assessment.pk}/delete/"
    assert "Delete “Autumn 2026”" in alice_client.get(address).text
    response = alice_client.post(address)
    assert response.status_code == 422
    assert "Tick the box to delete it." in response.text
    assert Assessment.objects.exists()


def test_deleting_deletes_it_with_all_its_answers_and_nothing_else(
    alice_client: Client, assessment: Assessment, northfield: Site
) -> None:
    other = open_assessment(site=northfield, title="Other", period="2027")
    response = alice_client.post(f"/assessments/{assessment.pk}/delete/", {"confirmed": "on"}, follow=True)
    assert response.redirect_chain == [("/assessments/", 302)]
    assert "Autumn 2026 has been deleted." in response.text
    assert list(Assessment.objects.all()) == [other]
    assert set(Answer.objects.values_list("assessment", flat=True)) == {other.pk}
    assert alice_client.get(f"/assessments/{assessment.pk}/").status_code == 404


def test_the_page_says_that_the_trail_keeps_what_was_answered_and_it_does(
    alice_client: Client, alice: Person, acme: Organisation, assessment: Assessment
) -> None:
    add_round(assessment, [Given("Rita", Q, {"capa": "2.0"}, comment="Rated by the canary")])
    save(assessment, scored("3.4", rationale="Answered by the canary"), alice, seen=0)
    address, organisation = f"/assessments/{assessment.pk}/delete/", f"/organisations/{acme.pk}/"
    text = alice_client.get(address).text
    assert f'href="{organisation}trail/"' in text
    assert "stays: what was answered, when and by whom" in text
    alice_client.post(address, {"confirmed": "on"})
    kept = alice_client.get(f"{organisation}audit-trail.csv").getvalue().decode()
    assert "Answered by the canary" in kept
    assert "Rated by the canary" not in kept


@pytest.mark.parametrize("deleted", ["assessment", "demonstration"])
def test_no_pdf_of_what_is_deleted_stays_behind(alice_client: Client, assessment: Assessment, deleted: str) -> None:
    pdfs = caches["pdf"]
    pdfs.clear()
    pdfs.set_many({f"{assessment.pk}:{paper.value}": "kept" for paper in Paper} | {"another:A4": "kept"})
    if deleted == "assessment":
        alice_client.post(f"/assessments/{assessment.pk}/delete/", {"confirmed": "on"})
    else:
        Organisation.objects.update(is_fictional=True)
        Person.objects.filter(email="alice@acme.example").update(email="demo@example.com")
        assert remove_demonstration()
    assert not Assessment.objects.exists()
    assert pdfs.get_many([f"{assessment.pk}:{paper.value}" for paper in Paper] + ["another:A4"]) == {
        "another:A4": "kept"
    }
    pdfs.clear()


def test_the_list_leads_on_when_there_is_nothing_yet(alice_client: Client, northfield: Site) -> None:
    text = alice_client.get("/assessments/").text
    assert "No assessment yet." in text
    assert f'href="/assessments/new/?site={northfield.pk}"' in text


def test_the_list_shows_each_assessment_under_its_site(
    alice_client: Client, alice: Person, acme: Organisation, assessment: Assessment
) -> None:
    add_site(organisation=acme, name="Southgate", manufacturing="", size="")
    answer = assessment.answers.select_related("sub_element")[0]
    entry = Entry(state=AnswerState.NOT_APPLICABLE, reason="Contract filling only")
    save_answer(assessment=assessment, change=Change(answer, entry, 0), person=alice, now=timezone.now())
    text = alice_client.get("/assessments/").text
    assert text.index("Northfield") < text.index("Autumn 2026") < text.index("Southgate")
    for words in ("July to September 2026", "0 of 19 answered", "draft", f"opened {assessment.created_at:%-d %B %Y}"):
        assert words in text


def test_the_list_takes_as_many_queries_for_many_assessments(
    alice_client: Client, northfield: Site, django_assert_max_num_queries: Any
) -> None:
    for number in range(12):
        open_assessment(site=northfield, title=f"Number {number}", period="2027")
    with django_assert_max_num_queries(6):
        text = alice_client.get("/assessments/").text
    assert text.index("Number 11") < text.index("Number 10") < text.index("Number 0")


def test_an_assessment_that_never_was_is_not_found(alice_client: Client, acme: Organisation) -> None:
    assert alice_client.get(f"/assessments/{uuid4()}/").status_code == 404
