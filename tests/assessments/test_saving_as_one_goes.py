"""The address that saves one answer at once: each outcome by its status and name, few queries, nothing stored twice."""

from decimal import Decimal
from typing import Any
from unittest.mock import patch
from uuid import uuid4

import pytest
from django.db import OperationalError, connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from assessments.models import AnswerVersion, Assessment, Person
from tests.sent_forms import Fields, address, fields_of, send, send_page, stored
from tests.signing import sign_off


@pytest.fixture
def page(alice_client: Client, assessment: Assessment) -> Fields:
    fields = fields_of(alice_client.get(address(assessment)))
    return {name: value for name, value in fields.items() if name.startswith("capa-")}


def save(client: Client, assessment: Assessment, fields: Fields, code: str = "capa") -> Any:
    return client.post(f"/assessments/{assessment.pk}/answers/{code}/", fields)


class TestAccepted:
    def test_it_says_what_is_stored_now(self, alice_client: Client, assessment: Assessment, page: Fields) -> None:
        response = save(alice_client, assessment, page | {"capa-choice": "4", "capa-rationale": "<2 %"})
        said = response.json()
        answer = stored(assessment)
        assert (response.status_code, said["outcome"]) == (200, "saved")
        assert (answer.score, answer.rationale, answer.version) == (Decimal(4), "<2 %", 1)
        assert answer.saved_at is not None
        assert said["saved_at"] == answer.saved_at.isoformat()
        assert said["mark"].startswith("1-")
        assert said["is_unsupported"] is True
        assert "1 of 20 answered" in said["course"]
        assert "by Alice Adler" in said["stored"]
        assert (said["section"], said["running"]) == (None, "")

    def test_queries_are_few_with_the_history(self, alice_client: Client, assessment: Assessment, page: Fields) -> None:
        with CaptureQueriesContext(connection) as saving:
            save(alice_client, assessment, page | {"capa-choice": "4"})
        # PostgreSQL is told in a statement of its own who acts.
        said = [each["sql"] for each in saving.captured_queries]
        counted = [sql for sql in said if "SAVEPOINT" not in sql and "set_config" not in sql]
        assert len(counted) <= 7, counted
        assert AnswerVersion.objects.count() == 1

    def test_not_applicable_leaves_the_denominator(
        self, alice_client: Client, assessment: Assessment, page: Fields
    ) -> None:
        entry = {"capa-choice": "not_applicable", "capa-reason": "Distribution only"}
        assert "0 of 19 answered" in save(alice_client, assessment, page | entry).json()["course"]

    def test_do_not_know_yet_counts_as_open(self, alice_client: Client, assessment: Assessment, page: Fields) -> None:
        said = save(alice_client, assessment, page | {"capa-choice": "unknown"}).json()
        assert "0 of 20 answered" in said["course"]
        assert "1 don’t know yet" in said["course"]

    def test_the_running_score_comes_to_whoever_wants_it(
        self, alice_client: Client, alice: Person, assessment: Assessment, page: Fields
    ) -> None:
        Person.objects.filter(pk=alice.pk).update(shows_running_score=True)
        said = save(alice_client, assessment, page | {"capa-choice": "4"}).json()
        assert "<strong>4.00</strong> from 1 of 4 answered" in said["running"]

    def test_nothing_changed_stores_nothing(self, alice_client: Client, assessment: Assessment, page: Fields) -> None:
        assert save(alice_client, assessment, page).json()["outcome"] == "saved"
        assert not AnswerVersion.objects.exists()


class TestRepeated:
    def test_the_same_save_again_stores_nothing_even_after_others(
        self, alice_client: Client, assessment: Assessment, page: Fields
    ) -> None:
        first = page | {"capa-choice": "4", "save_id": str(uuid4())}
        mark = save(alice_client, assessment, first).json()["mark"]
        save(alice_client, assessment, page | {"capa-version": mark, "capa-choice": "2"})
        again = save(alice_client, assessment, first)
        assert again.status_code == 200
        assert 'value="2" checked' in again.json()["section"]
        assert (stored(assessment).score, stored(assessment).version) == (Decimal(2), 2)

    def test_one_that_follows_an_unheard_save_goes_on_top_of_it(
        self, alice_client: Client, assessment: Assessment, page: Fields
    ) -> None:
        unheard = str(uuid4())
        save(alice_client, assessment, page | {"capa-choice": "4", "save_id": unheard})
        following = page | {"capa-choice": "3", "save_id": str(uuid4()), "follows": unheard}
        assert save(alice_client, assessment, following).status_code == 200
        assert (stored(assessment).score, stored(assessment).version) == (Decimal(3), 2)

    def test_but_not_over_somebody_else_s_answer_after_that(
        self, alice_client: Client, assessment: Assessment, page: Fields
    ) -> None:
        unheard = str(uuid4())
        mark = save(alice_client, assessment, page | {"capa-choice": "4", "save_id": unheard}).json()["mark"]
        save(alice_client, assessment, page | {"capa-version": mark, "capa-choice": "1"})
        following = page | {"capa-choice": "3", "save_id": str(uuid4()), "follows": unheard}
        assert save(alice_client, assessment, following).status_code == 409
        assert stored(assessment).score == Decimal(1)

    @pytest.mark.parametrize("nonsense", ["", "x", "1" * 36, "00000000-0000-0000-0000-00000000000G"])
    def test_an_id_that_is_none_is_ignored(
        self, alice_client: Client, assessment: Assessment, page: Fields, nonsense: str
    ) -> None:
        entry = page | {"capa-choice": "4", "save_id": nonsense, "follows": nonsense}
        assert save(alice_client, assessment, entry).status_code == 200
        assert AnswerVersion.objects.get().save_id is None


class TestNotStored:
    def test_what_is_refused_is_named_by_field(
        self, alice_client: Client, assessment: Assessment, page: Fields
    ) -> None:
        response = save(alice_client, assessment, page | {"capa-choice": "between", "capa-exact": "9"})
        assert response.status_code == 422
        assert response.json()["outcome"] == "refused"
        assert [each["name"] for each in response.json()["errors"]] == ["capa-exact"]

    def test_the_other_answer_comes_with_a_conflict_and_both_can_be_joined(
        self, alice_client: Client, assessment: Assessment, page: Fields
    ) -> None:
        send(alice_client, assessment, capa__choice="2", capa__rationale="First")
        mine = page | {"capa-choice": "4", "capa-rationale": "Second"}
        response = save(alice_client, assessment, mine)
        said = response.json()
        assert (response.status_code, said["outcome"]) == (409, "overtaken")
        assert "First" in said["panel"]
        assert stored(assessment).score == Decimal(2)
        joined = save(alice_client, assessment, mine | {"capa-keep": "both", "capa-against": said["mark"]})
        assert joined.status_code == 200
        assert "First\n\nSecond" in joined.json()["section"]
        assert (stored(assessment).score, stored(assessment).rationale) == (Decimal(4), "First\n\nSecond")

    def test_joined_texts_that_are_too_long_are_refused(
        self, alice_client: Client, assessment: Assessment, page: Fields
    ) -> None:
        send(alice_client, assessment, capa__rationale="a" * 6_000)
        mine = page | {"capa-rationale": "b" * 6_000}
        mark = save(alice_client, assessment, mine).json()["mark"]
        joined = save(alice_client, assessment, mine | {"capa-keep": "both", "capa-against": mark})
        assert joined.status_code == 422
        assert "12,002 characters; 10,000 fit" in joined.json()["errors"][0]["message"]

    def test_signed_out(self, client: Client, assessment: Assessment, page: Fields) -> None:
        response = save(client, assessment, page | {"capa-choice": "4"})
        assert (response.status_code, response.json()) == (403, {"outcome": "signed_out"})

    def test_signed_off(self, alice_client: Client, assessment: Assessment, page: Fields) -> None:
        sign_off()
        response = save(alice_client, assessment, page | {"capa-choice": "4"})
        assert (response.status_code, response.json()) == (409, {"outcome": "signed_off"})

    def test_deleted_or_of_a_sub_element_that_is_not_there(
        self, alice_client: Client, assessment: Assessment, page: Fields
    ) -> None:
        assert save(alice_client, assessment, page, code="nonsense").json() == {"outcome": "gone"}
        Assessment.objects.all().delete()
        assert save(alice_client, assessment, page).status_code == 404

    def test_a_database_that_is_away(self, alice_client: Client, assessment: Assessment, page: Fields) -> None:
        with patch("assessments.views.saving.save_answer", side_effect=OperationalError("disk full")):
            response = save(alice_client, assessment, page | {"capa-choice": "4"})
        assert (response.status_code, response.json()) == (503, {"outcome": "unavailable"})
        assert response["Retry-After"] == "30"


class TestSecondThoughts:
    def test_what_follows_an_unheard_save_is_meant_even_where_the_page_said_it_at_first(
        self, alice_client: Client, assessment: Assessment, page: Fields
    ) -> None:
        unheard = str(uuid4())
        save(alice_client, assessment, page | {"capa-choice": "4", "save_id": unheard})
        undone = page | {"save_id": str(uuid4()), "follows": unheard}
        assert save(alice_client, assessment, undone).status_code == 200
        assert (stored(assessment).score, stored(assessment).version) == (None, 2)

    def test_one_that_never_arrived_leaves_nothing_to_undo(
        self, alice_client: Client, assessment: Assessment, page: Fields
    ) -> None:
        undone = page | {"save_id": str(uuid4()), "follows": str(uuid4())}
        assert save(alice_client, assessment, undone).status_code == 200
        assert not AnswerVersion.objects.exists()

    def test_one_s_first_answer_can_be_kept_against_another_s(
        self, alice_client: Client, assessment: Assessment
    ) -> None:
        send(alice_client, assessment, capa__choice="2")
        mine = fields_of(alice_client.get(address(assessment)))
        send(alice_client, assessment, capa__choice="5")
        conflict = fields_of(send_page(alice_client, assessment, mine, capa__choice="3"))
        send_page(alice_client, assessment, conflict, capa__choice="2", capa__keep="mine")
        assert stored(assessment).score == Decimal(2)


class TestWhoseItIs:
    def test_somebody_who_signed_in_since_does_not_store_it(
        self, alice_client: Client, assessment: Assessment, page: Fields
    ) -> None:
        response = save(alice_client, assessment, page | {"capa-choice": "4", "person": "4711"})
        assert (response.status_code, response.json()) == (403, {"outcome": "other_person"})
        assert not AnswerVersion.objects.exists()

    def test_who_typed_it_does(self, alice_client: Client, alice: Person, assessment: Assessment, page: Fields) -> None:
        assert save(alice_client, assessment, page | {"capa-choice": "4", "person": str(alice.pk)}).status_code == 200

    def test_without_the_token_a_script_is_told_in_its_own_words(self, alice: Person, assessment: Assessment) -> None:
        client = Client(enforce_csrf_checks=True)
        client.force_login(alice)
        response = client.post(
            f"/assessments/{assessment.pk}/answers/capa/", {"capa-choice": "4"}, headers={"Accept": "application/json"}
        )
        assert (response.status_code, response.json()) == (403, {"outcome": "signed_out"})

    def test_one_id_for_two_saves_is_refused(self, alice_client: Client, assessment: Assessment, page: Fields) -> None:
        first = page | {"capa-choice": "4", "save_id": str(uuid4())}
        mark = save(alice_client, assessment, first).json()["mark"]
        response = save(alice_client, assessment, first | {"capa-version": mark, "capa-choice": "2"})
        assert (response.status_code, response.json()["outcome"]) == (422, "refused")
        assert stored(assessment).score == Decimal(4)
