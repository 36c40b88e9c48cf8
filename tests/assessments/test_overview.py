"""The page of an assessment: how far each area has come, what is next, what keeps the result provisional."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from assessments.answering import Change, save_answer
from assessments.entries import Entry
from assessments.models import AnswerState, Assessment, Organisation, Person
from assessments.overview import Overview, build_overview
from assessments.rating import set_finished
from assessments.records import read_assessment
from assessments.rounds import close_round, open_comparison
from benchmarks.cohorts import DEFAULT_COHORT, read_cohort
from benchmarks.models import Cohort, SubElement
from benchmarks.scores import parse_score
from tests.raters import PRODUCTION, invited, opened
from tests.raters import score as rate
from tests.sent_forms import shown
from tests.signing import in_review, sign_off

SCORED = AnswerState.SCORED
UNKNOWN = AnswerState.UNKNOWN
NOT_APPLICABLE = AnswerState.NOT_APPLICABLE
UNANSWERED = AnswerState.UNANSWERED


UNTIL_THEN = "Until then the report says how far the result can still move, and that it is provisional."


def answer(assessment: Assessment, person: Person, states: dict[str, AnswerState], score: str = "3.0") -> None:
    for code, state in states.items():
        entry = Entry(
            state=state,
            score=parse_score(score) if state == SCORED else None,
            reason="Contract filling only" if state == NOT_APPLICABLE else "",
        )
        row = assessment.answers.select_related("sub_element").get(sub_element__code=code)
        save_answer(assessment=assessment, change=Change(row, entry, 0), person=person, now=timezone.now())


def codes(area: str = "") -> list[str]:
    chosen = SubElement.objects.filter(practice_area__code=area) if area else SubElement.objects.all()
    return list(chosen.values_list("code", flat=True))


def overview_of(assessment: Assessment) -> Overview:
    return build_overview(read_assessment(assessment), lambda: read_cohort(DEFAULT_COHORT))


def test_at_first_everything_is_open(assessment: Assessment) -> None:
    overview = overview_of(assessment)
    assert [area.code for area in overview.areas] == ["MCQ", "BC", "PQS", "TE", "EEE"]
    assert [len(area.answers) for area in overview.areas] == [4] * 5
    assert overview.next_open is not None
    assert overview.next_open.code == "quality-leadership"
    assert overview.reasons[0] == "20 sub-elements are not answered."
    assert overview.consequence == UNTIL_THEN


@pytest.mark.parametrize(
    ("states", "expected"),
    [
        ({"quality-leadership": SCORED}, "management-review"),
        ({"management-review": SCORED}, "quality-leadership"),
        ({"quality-leadership": UNKNOWN}, "management-review"),
        ({"quality-leadership": NOT_APPLICABLE, "management-review": SCORED}, "resource-management"),
    ],
)
def test_next_is_the_first_that_nobody_has_answered(
    assessment: Assessment, alice: Person, states: dict[str, AnswerState], expected: str
) -> None:
    answer(assessment, alice, states)
    following = overview_of(assessment).next_open
    assert following is not None
    assert following.code == expected


def test_what_is_not_known_yet_comes_when_all_else_is_answered(assessment: Assessment, alice: Person) -> None:
    answer(assessment, alice, dict.fromkeys(codes(), SCORED) | {"capa": UNKNOWN, "data-excellence": UNKNOWN})
    overview = overview_of(assessment)
    assert overview.next_open is not None
    assert overview.next_open.code == "capa"
    assert overview.reasons == ("Two answers are “don’t know yet”.",)
    assert overview.consequence == UNTIL_THEN


def test_with_everything_answered_nothing_is_provisional(assessment: Assessment, alice: Person) -> None:
    answer(assessment, alice, dict.fromkeys(codes(), SCORED) | {"supply-planning": NOT_APPLICABLE}, "3.5")
    overview = overview_of(assessment)
    assert overview.next_open is None
    assert overview.reasons == ()
    assert overview.consequence == "The overall is 3.50, at or above 2 of 9 sites of the cohort."
    assert not overview.result.is_provisional


def test_without_a_cohort_the_overall_stands_alone(alice_client: Client, assessment: Assessment, alice: Person) -> None:
    answer(assessment, alice, dict.fromkeys(codes(), SCORED), "3.5")
    Cohort.objects.all().delete()
    assert "The overall is 3.50.</p>" in alice_client.get(f"/assessments/{assessment.pk}/").text


def test_scores_are_shown_only_when_nothing_is_open(
    alice_client: Client, assessment: Assessment, alice: Person
) -> None:
    """A running result would tempt to answer towards it."""
    *answered, last = codes()
    answer(assessment, alice, dict.fromkeys(answered, SCORED), "3.7")
    address, row = f"/assessments/{assessment.pk}/", '<p class="tally"><span class="visually-hidden">Score </span>3.70'
    open_page, open_list = alice_client.get(address).text, alice_client.get("/assessments/").text
    assert "3.70" not in open_page + open_list
    assert '<p class="tally">4 of 4<span class="visually-hidden"> answered' in open_page
    answer(assessment, alice, {last: SCORED}, "3.7")
    assert alice_client.get(address).text.count(row) == 5
    assert "20 of 20 answered, overall 3.70" in alice_client.get("/assessments/").text


def test_an_area_in_which_nothing_applies_says_so(alice_client: Client, assessment: Assessment, alice: Person) -> None:
    answer(assessment, alice, dict.fromkeys(codes("BC"), NOT_APPLICABLE))
    text = alice_client.get(f"/assessments/{assessment.pk}/").text
    assert '<p class="tally">not applicable</p>' in text
    assert "0 of 0" not in text + alice_client.get(f"/assessments/{assessment.pk}/BC/").text


def test_areas_without_a_score_are_named(assessment: Assessment, alice: Person) -> None:
    states = dict.fromkeys(codes(), SCORED)
    states |= dict.fromkeys(codes("BC"), UNANSWERED) | dict.fromkeys(codes("TE"), UNKNOWN)
    answer(assessment, alice, {code: state for code, state in states.items() if state != UNANSWERED})
    assert overview_of(assessment).reasons == (
        "Four sub-elements are not answered.",
        "Four answers are “don’t know yet”.",
        "There is no score yet in Business Continuity and Technical Excellence.",
    )


def test_an_area_in_which_nothing_applies_leaves_no_overall(assessment: Assessment, alice: Person) -> None:
    answer(assessment, alice, dict.fromkeys(codes(), SCORED) | dict.fromkeys(codes("BC"), NOT_APPLICABLE))
    overview = overview_of(assessment)
    assert overview.reasons == ("Nothing applies in Business Continuity: without a score there, there is no overall.",)
    assert overview.consequence == "The report shows the areas that have a score."
    assert not overview.result.is_provisional


def test_the_page_leads_to_the_next_open_answer(alice_client: Client, alice: Person, assessment: Assessment) -> None:
    address = f"/assessments/{assessment.pk}/"
    text = alice_client.get(address).text
    assert f'href="{address}MCQ/#quality-leadership">Begin: Quality leadership and culture' in text
    answer(assessment, alice, dict.fromkeys(codes("MCQ"), SCORED))
    text = alice_client.get(address).text
    assert f'href="{address}BC/#supply-planning">Continue: Supply planning and demand forecasting' in text
    assert "4 of 20 answered." in text


def test_the_link_arrives_at_the_sub_element(alice_client: Client, assessment: Assessment) -> None:
    assert 'id="quality-leadership"' in alice_client.get(f"/assessments/{assessment.pk}/MCQ/").text


def test_each_state_has_a_shape_and_words_of_its_own(
    alice_client: Client, alice: Person, assessment: Assessment
) -> None:
    states = {"quality-leadership": SCORED, "management-review": UNKNOWN, "resource-management": NOT_APPLICABLE}
    answer(assessment, alice, states, "3.5")
    text = alice_client.get(f"/assessments/{assessment.pk}/").text
    marks = text.split('<ul class="marks"', 1)[1]
    links = {code: marks.split(f"MCQ/#{code}", 1)[1].split("</a>")[0] for code in [*states, "quality-planning"]}
    words = ["3.5", "don’t know yet", "not applicable", "not answered"]
    for link, word in zip(links.values(), words, strict=True):
        assert f": {word}" in link
    shapes = {link.split("<svg", 1)[1].split("</svg>")[0].split(">", 1)[1] for link in links.values()}
    assert len(shapes) == 4


def test_a_finished_assessment_leads_to_its_report(alice_client: Client, alice: Person, assessment: Assessment) -> None:
    answer(assessment, alice, dict.fromkeys(codes(), SCORED) | {"supply-planning": NOT_APPLICABLE})
    text = alice_client.get(f"/assessments/{assessment.pk}/").text
    assert "19 of 19 answered, 1 not applicable." in text
    assert f'class="button" href="/assessments/{assessment.pk}/report/"' in text
    for name in ("report/", "report.pdf"):
        assert text.count(f'href="/assessments/{assessment.pk}/{name}"') == 1
    assert "The result</h2>" in text
    assert "About 30 minutes" not in text
    assert "Continue" not in text


@pytest.mark.parametrize(
    ("step", "words"), [(lambda _: None, "draft"), (in_review, "in review"), (sign_off, "signed off")]
)
def test_the_page_says_what_it_is_about(
    alice_client: Client, assessment: Assessment, step: Callable[[Assessment], object], words: str
) -> None:
    step(assessment)
    text = alice_client.get(f"/assessments/{assessment.pk}/").text
    assert f"Northfield · July to September 2026 · {words}" in text
    assert "QMM self-assessment questionnaire 2026.1" in text
    assert "Fictional" not in text


def test_a_fictional_organisation_is_marked(alice_client: Client, assessment: Assessment) -> None:
    Organisation.objects.update(is_fictional=True)
    assert "Fictional: this organisation" in alice_client.get(f"/assessments/{assessment.pk}/").text


def test_the_page_says_how_far_the_raters_are(alice_client: Client, alice: Person, assessment: Assessment) -> None:
    def said() -> str:
        return shown(alice_client.get(f"/assessments/{assessment.pk}/"))

    assert "Invite raters" in said()
    rating_round = opened(assessment, alice)
    assert "A round with names is open: nobody has been invited yet." in said()
    rita, omar = invited(rating_round), invited(rating_round, "Omar Olsen", PRODUCTION)
    rate(rita, value="1.0")
    rate(omar, value="5.0")
    set_finished(rater=rita, is_finished=True, now=timezone.now())
    assert "is open: 1 of 2 raters done." in said()
    close_round(rating_round=rating_round, now=timezone.now())
    assert "1 of 2 raters said that they were done. The comparison is not open." in said()
    open_comparison(rating_round=rating_round, now=timezone.now())
    assert "2 of 2 raters gave a rating, and the comparison is open. They lie far apart on 1 sub-element." in said()
    assert "Where the raters lie apart" in said()


def test_the_page_takes_few_queries(
    alice_client: Client, alice: Person, assessment: Assessment, django_assert_max_num_queries: Any
) -> None:
    answer(assessment, alice, dict.fromkeys(codes(), SCORED))
    with django_assert_max_num_queries(8):
        alice_client.get(f"/assessments/{assessment.pk}/")
