"""A contributor answers the practice areas assigned to them, and reads the others."""

from typing import Any

import pytest
from django.test import Client

from assessments.assigning import SignedOffError, assign_areas, read_assigned
from assessments.models import Assessment, Assignment, Membership, Person
from assessments.raters import asked_areas
from tests.raters import invited, opened, score
from tests.sent_forms import address, fields_of, send, shown, stored
from tests.signing import sign_off


@pytest.fixture
def bob_client(bob: Person) -> Client:
    client = Client()
    client.force_login(bob)
    return client


@pytest.fixture
def lars_client(lars: Person) -> Client:
    client = Client()
    client.force_login(lars)
    return client


def assign(assessment: Assessment, **assigned: list[Person]) -> None:
    assign_areas(assessment=assessment, areas=asked_areas(assessment), assigned=assigned)


def path(assessment: Assessment, part: str = "") -> str:
    return f"/assessments/{assessment.pk}/{part}"


class TestAssigning:
    def test_the_lead_says_who_answers_what(
        self, lars_client: Client, assessment: Assessment, bob: Person, carol: Person
    ) -> None:
        page = shown(lars_client.get(path(assessment, "assign/")))
        assert "Bob Brand" in page
        assert "Carol Chen" not in page
        response = lars_client.post(path(assessment, "assign/"), {"PQS": [bob.pk], "BC": [bob.pk]})
        assert (response.status_code, response["Location"]) == (302, path(assessment))
        assert read_assigned(assessment) == {"PQS": [bob], "BC": [bob]}
        assert shown(lars_client.get(path(assessment, "assign/"))).count("checked") == 2

    def test_what_is_left_out_is_taken_away_and_the_rest_not_written_again(
        self, assessment: Assessment, bob: Person
    ) -> None:
        assign(assessment, PQS=[bob], BC=[bob])
        kept = Assignment.objects.get(practice_area__code="PQS").pk
        assign(assessment, PQS=[bob], TE=[bob])
        assert set(read_assigned(assessment)) == {"PQS", "TE"}
        assert Assignment.objects.get(practice_area__code="PQS").pk == kept

    @pytest.mark.parametrize("who", ["mallory", "carol", "nobody"])
    def test_only_a_contributor_of_the_site_can_be_chosen(
        self, lars_client: Client, assessment: Assessment, bob: Person, mallory: Person, carol: Person, who: str
    ) -> None:
        chosen = {"mallory": mallory.pk, "carol": carol.pk, "nobody": 999_999}[who]
        response = lars_client.post(path(assessment, "assign/"), {"PQS": [chosen]})
        assert response.status_code == 422
        assert "is no contributor of this site any more" in response.text
        assert not Assignment.objects.exists()

    def test_without_contributors_the_page_says_how_to_get_some(
        self, lars_client: Client, assessment: Assessment
    ) -> None:
        assert "Nobody is a contributor at Northfield yet." in shown(lars_client.get(path(assessment, "assign/")))

    def test_nothing_is_assigned_after_signing_off(
        self, lars_client: Client, assessment: Assessment, bob: Person
    ) -> None:
        sign_off()
        with pytest.raises(SignedOffError):
            assign(assessment, PQS=[bob])
        response = lars_client.post(path(assessment, "assign/"), {"PQS": [bob.pk]})
        assert response.status_code == 422
        assert not Assignment.objects.exists()


class TestAnswering:
    def test_what_is_assigned_is_answered(self, bob_client: Client, assessment: Assessment, bob: Person) -> None:
        assign(assessment, PQS=[bob])
        assert send(bob_client, assessment, capa__choice="3").status_code == 302
        assert stored(assessment).saved_by == bob

    def test_what_is_not_assigned_is_read(self, bob_client: Client, assessment: Assessment, bob: Person) -> None:
        assign(assessment, PQS=[bob])
        page = shown(bob_client.get(address(assessment, "MCQ")))
        assert "You can read these answers, not change them." in page
        assert "<textarea" not in page
        assert "data-save" not in page
        assert 'type="radio"' not in page

    def test_what_is_read_says_everything(
        self, bob_client: Client, alice_client: Client, assessment: Assessment
    ) -> None:
        typed = {"capa__choice": "4", "capa__rationale": "Because <so>", "capa-evidence-0-title": "SOP 12"}
        send(alice_client, assessment, **typed)
        page = shown(bob_client.get(address(assessment)))
        for words in ("4.0", "Because &lt;so&gt;", "SOP 12", "by Alice Adler", "History"):
            assert words in page

    @pytest.mark.parametrize("part", ["MCQ/", "answers/management-review/", "answers/management-review/history/"])
    def test_what_is_not_assigned_is_stored_on_no_way(
        self, bob_client: Client, alice_client: Client, assessment: Assessment, bob: Person, part: str
    ) -> None:
        assign(assessment, PQS=[bob])
        sent: dict[str, Any] = fields_of(alice_client.get(address(assessment, "MCQ")))
        sent |= {"management-review-choice": "3", "version": "1", "seen": "1"}
        assert bob_client.post(path(assessment, part), sent).status_code == 404
        assert stored(assessment, "management-review").version == 0

    def test_a_save_as_one_goes_brings_the_course_of_all_areas(
        self, bob_client: Client, assessment: Assessment, bob: Person
    ) -> None:
        assign(assessment, PQS=[bob])
        page = fields_of(bob_client.get(address(assessment)))
        answer = bob_client.post(path(assessment, "answers/capa/"), page | {"capa-choice": "3"})
        assert answer.status_code == 200
        assert "Management Commitment to Quality" in answer.json()["course"]

    def test_an_assignment_that_was_taken_away_ends_saving(
        self, bob_client: Client, assessment: Assessment, bob: Person
    ) -> None:
        assign(assessment, PQS=[bob])
        page = fields_of(bob_client.get(address(assessment)))
        assign(assessment)
        response = bob_client.post(address(assessment), page | {"capa-choice": "3", "capa-rationale": "My text"})
        assert response.status_code == 404
        assert "My text" in response.text
        assert stored(assessment).version == 0

    def test_someone_elses_assignment_is_not_mine(
        self, client: Client, assessment: Assessment, bob: Person, carol: Person
    ) -> None:
        assign(assessment, PQS=[bob])
        Membership.objects.filter(person=carol).update(role="contributor")
        client.force_login(carol)
        assert "You can read these answers" in shown(client.get(address(assessment)))


class TestGoingOn:
    def test_the_overview_marks_what_is_yours_and_continue_leads_there(
        self, bob_client: Client, assessment: Assessment, bob: Person
    ) -> None:
        assign(assessment, TE=[bob])
        page = shown(bob_client.get(path(assessment)))
        assert page.count(">yours<") == 1
        assert "Begin: " in page
        assert "/TE/#" in bob_client.get(path(assessment, "continue/"))["Location"]

    def test_with_nothing_assigned_there_is_nothing_to_continue(
        self, bob_client: Client, assessment: Assessment
    ) -> None:
        assert "Begin: " not in shown(bob_client.get(path(assessment)))
        assert bob_client.get(path(assessment, "continue/"))["Location"] == path(assessment)

    def test_saving_leads_to_the_next_of_ones_own(
        self, bob_client: Client, assessment: Assessment, bob: Person
    ) -> None:
        assign(assessment, MCQ=[bob], TE=[bob])
        assert send(bob_client, assessment, "MCQ", go="next")["Location"] == address(assessment, "TE")
        assert send(bob_client, assessment, "TE", go="next")["Location"] == path(assessment)


def test_what_raters_wrote_is_seen_by_those_the_raters_were_told_of(
    bob_client: Client, lars_client: Client, alice_client: Client, assessment: Assessment, alice: Person
) -> None:
    rating_round = opened(assessment, alice)
    rita = invited(rating_round)
    score(rita)
    rita.ratings.filter(sub_element__code="capa").update(rationale="What Rita wrote")
    key = {"round": rating_round.pk, "confirmed": "on"}
    assert alice_client.post(path(assessment, "raters/compare/"), key).status_code == 302
    assert "What Rita wrote" in lars_client.get(address(assessment)).text
    page = bob_client.get(address(assessment)).text
    assert "What Rita wrote" not in page
    assert "Rita Roth" not in page
