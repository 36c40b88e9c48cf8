"""The page of the comparison: closed until it is opened, the agenda in its order, and what an anonymous one keeps."""

import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.template.loader import render_to_string
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from assessments.agenda import show_ratings
from assessments.answering import Change, save_answer
from assessments.entries import EvidenceReference
from assessments.models import Answer, AnswerVersion, Assessment, Person
from assessments.records import read_comparison
from tests.rating_rounds import CLOSED, E, Given, L, P, Q, add_round, entry, given
from tests.reports import HOSTILE

pytestmark = pytest.mark.django_db
THREE = [
    Given("Ada Berger", L, {"capa": "4.5", "change-management": "4.0", "continual-improvement": "n/a"}, HOSTILE),
    Given("Piet Vos", P, {"capa": "2.0", "change-management": "4.0", "continual-improvement": "?"}),
    Given("Lena Sommer", Q, {"capa": "2.5", "change-management": "3.5", "quality-risk-management": "3.0"}),
]


def page(client: Client, assessment: Assessment, show: str = "") -> str:
    response = client.get(reverse("assessments:comparison", args=[assessment.pk]), {"show": show} if show else {})
    assert response.status_code == 200
    return response.text


def agreed(assessment: Assessment, person: Person, code: str, score: str) -> None:
    answer = assessment.answers.select_related("sub_element").get(sub_element__code=code)
    change = Change(answer, entry(score), answer.version)
    save_answer(assessment=assessment, change=change, person=person, now=timezone.now())


def listed(text: str) -> list[str]:
    return re.findall(r'href="#rated-([a-z-]+)">', text)


@pytest.mark.parametrize("missing", [None, "comparison_opened_at", "closed_at"])
def test_before_it_is_opened_it_shows_nothing_of_anybody(
    alice_client: Client, assessment: Assessment, missing: str | None
) -> None:
    if missing:
        add_round(assessment, THREE, **{missing: None})
    text = page(alice_client, assessment)
    assert "<h1>The comparison is not open yet</h1>" in text
    for said in ("Ada Berger", "far apart on", "<svg", "4.5"):
        assert said not in text


def test_the_agenda_has_all_twenty_and_the_widest_first(alice_client: Client, assessment: Assessment) -> None:
    add_round(assessment, THREE)
    text = page(alice_client, assessment)
    assert "<h1>Nowhere do the raters lie far apart</h1>" in text
    assert len(listed(text)) == 20
    # Without a deviation to order by they come last, as the framework has them.
    assert listed(text)[:3] == ["capa", "change-management", "quality-leadership"]
    assert "Three ratings, 2.0 to 4.5, median 2.5, not far apart (average deviation 0.83)." in text
    assert "Site leadership 2.25 above the others." in text
    assert "Nobody gave a score. One “don’t know yet”, one “not applicable”." in text
    assert "One rating, 3.0." in text
    assert "Three of three raters rated in a named round." in text


def test_far_apart_is_said_by_a_word_and_a_mark(alice_client: Client, assessment: Assessment) -> None:
    add_round(assessment, given((L, "5.0"), (Q, "2.0")))
    text = page(alice_client, assessment)
    assert "<h1>The raters lie far apart on one of one sub-element</h1>" in text
    assert "<strong>! far apart</strong>" in text


def test_links_filter_what_is_listed(alice_client: Client, alice: Person, assessment: Assessment) -> None:
    add_round(assessment, [*THREE, Given("Mei Tanaka", E, {"change-management": "1.0"})])
    agreed(assessment, alice, "capa", "3.0")
    assert listed(page(alice_client, assessment, "wide")) == ["change-management"]
    not_agreed = listed(page(alice_client, assessment, "not-agreed"))
    assert len(not_agreed) == 19
    assert "capa" not in not_agreed
    assert len(listed(page(alice_client, assessment, "<b>"))) == 20
    assert "Not agreed yet (19)" in page(alice_client, assessment)


def test_the_agreed_answer_is_drawn_and_one_link_away(
    alice_client: Client, alice: Person, assessment: Assessment
) -> None:
    add_round(assessment, THREE)
    agreed(assessment, alice, "capa", "3.0")
    text = page(alice_client, assessment)
    assert "Median 2.5. Agreed 3.0.</desc>" in text
    assert f'href="/assessments/{assessment.pk}/PQS/#capa"' in text
    assert text.count("Change the answer") == 1
    assert text.count("Set the agreed answer") == 19


def test_an_answer_from_before_is_agreed_only_once_somebody_says_that_it_stands(
    alice_client: Client, alice: Person, assessment: Assessment
) -> None:
    agreed(assessment, alice, "capa", "3.0")
    Answer.objects.filter(sub_element__code="capa").update(saved_at=CLOSED - timedelta(days=1))
    add_round(assessment, THREE)
    text = page(alice_client, assessment)
    assert "Not agreed yet (20)" in text
    assert "Answered before the comparison was opened: 3.0" in text
    confirm = f"/assessments/{assessment.pk}/answers/capa/confirm/"
    assert "was not confirmed" in alice_client.post(confirm, {"version": "7"}, follow=True).text
    assert "agreed as it stands" in alice_client.post(confirm, {"version": "1"}, follow=True).text
    assert "Not agreed yet (19)" in page(alice_client, assessment)
    assert AnswerVersion.objects.filter(origin="confirmed", version=2).count() == 1


def test_what_raters_wrote_is_shown_as_typed_and_inert(alice_client: Client, assessment: Assessment) -> None:
    add_round(assessment, [Given("Ada <i>", L, {"capa": "4.0"}, HOSTILE, (EvidenceReference("<u>", "{{ 7 }}"),))])
    text = page(alice_client, assessment)
    assert "&lt;script&gt;alert(1)&lt;/script&gt; {{ 7 }} =SUM(A1) &lt;2 %" in text
    assert "Ada &lt;i&gt;" in text
    for markup in ("<script>alert", "<i>", "<u>"):
        assert markup not in text


def test_an_anonymous_round_names_nobody_and_no_small_function(alice_client: Client, assessment: Assessment) -> None:
    raters = [*given(*[(Q, "3.0")] * 3, *[(L, "4.5")] * 3), *[Given(f"Mei T. {n}", E, {"capa": "1.0"}) for n in "12"]]
    add_round(assessment, raters, is_anonymous=True)
    text = page(alice_client, assessment)
    for name in ("Person ", "Mei T.", "ngineering"):
        assert name not in text
    assert "Site leadership 1.50 above the others." in text
    assert "Eight of eight raters rated in an anonymous round" in text
    assert "Site leadership 3 and other functions together 5." in text


def test_an_anonymous_round_of_two_shows_their_number(alice_client: Client, assessment: Assessment) -> None:
    add_round(assessment, given((Q, "3.0"), (L, "4.5")), is_anonymous=True)
    text = page(alice_client, assessment)
    assert "Two ratings: fewer than three, so not shown." in text
    assert "4.5" not in text
    assert "<h1>There are too few ratings to compare</h1>" in text


@pytest.mark.parametrize("raters", [3, 12])
def test_the_number_of_queries_does_not_grow_with_raters(
    alice_client: Client, assessment: Assessment, raters: int, django_assert_num_queries: Callable[..., Any]
) -> None:
    add_round(assessment, given(*[(Q, "3.0")] * raters))
    with django_assert_num_queries(5):
        page(alice_client, assessment)


def test_the_part_beside_an_answer_offers_the_median_and_fills_in_nothing(assessment: Assessment) -> None:
    add_round(assessment, given((Q, "2.0"), (P, "4.5")))
    comparison = read_comparison(assessment)
    assert comparison is not None
    shown = show_ratings(comparison.of("capa"), name="CAPA", agreed=None)
    part = render_to_string("assessments/area/_ratings.html", {"shown": shown})
    assert "Two ratings, 2.0 to 4.5, median 3.25, far apart (average deviation 1.25)." in part
    assert (
        '<button class="button quiet" type="button" data-offer="3.3" data-scripted hidden>Use 3.3 as the score</button>'
    ) in part
    nothing = show_ratings(comparison.of("change-management"), name="Changes", agreed=None)
    part = render_to_string("assessments/area/_ratings.html", {"shown": nothing})
    assert "Nobody gave a score." in part
    assert "<button" not in part
