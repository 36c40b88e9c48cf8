"""Narrowing the list of sub-elements down, and the two switches of a person."""

import pytest
from django.test import Client

from assessments.models import Assessment, Person
from assessments.sieve import Show, sift
from tests.reports import report_of
from tests.sent_forms import send, shown

ANSWERS = [
    each.answer for each in report_of({"capa": "4.0", "empowerment": "unknown", "data-excellence": "2.0"}).sub_elements
]


def codes(show: Show, far_apart: frozenset[str] = frozenset()) -> list[str]:
    return [answer.code for answer in sift(ANSWERS, show, far_apart).answers]


def test_each_choice_leaves_what_it_says() -> None:
    assert len(codes(Show.ALL)) == 20
    assert len(codes(Show.OPEN)) == 18
    assert "empowerment" in codes(Show.OPEN)
    assert codes(Show.UNKNOWN) == ["empowerment"]
    assert codes(Show.WITHOUT_EVIDENCE) == ["capa", "data-excellence"]
    assert codes(Show.DISAGREE) == []
    assert codes(Show.DISAGREE, frozenset({"capa"})) == ["capa"]


def test_each_choice_is_counted() -> None:
    counted = {choice.show: choice.count for choice in sift(ANSWERS, Show.OPEN).choices}
    assert counted == {Show.ALL: 20, Show.OPEN: 18, Show.UNKNOWN: 1, Show.WITHOUT_EVIDENCE: 2, Show.DISAGREE: 0}


@pytest.mark.parametrize("text", ["", "nonsense", "OPEN"])
def test_anything_else_shows_all(text: str) -> None:
    assert Show.of(text) is Show.ALL


def test_the_overview_lists_what_was_asked_for(alice_client: Client, assessment: Assessment) -> None:
    send(alice_client, assessment, capa__choice="unknown")
    html = shown(alice_client.get(f"/assessments/{assessment.pk}/?show=unknown"))
    listed = html[html.index('id="sub-elements"') : html.index('id="away"')]
    assert listed.count("<li><h3>") == 1
    assert "Corrective and preventive action" in listed


def test_continue_leads_to_the_first_open_answer(alice_client: Client, assessment: Assessment) -> None:
    address = f"/assessments/{assessment.pk}/continue/"
    assert alice_client.get(address)["Location"].endswith("/MCQ/#quality-leadership")
    send(alice_client, assessment, "MCQ", **{"quality-leadership__choice": "3"})
    assert alice_client.get(address)["Location"].endswith("/MCQ/#management-review")


class TestSwitches:
    @pytest.mark.parametrize("name", ["shows_running_score", "uses_digit_keys"])
    def test_each_is_switched_on_and_off(self, alice_client: Client, alice: Person, name: str) -> None:
        for state in ("on", "off"):
            response = alice_client.post("/preferences/", {"name": name, "is_on": state, "next": "/cohorts/fda-2024/"})
            assert (response.status_code, response["Location"]) == (302, "/cohorts/fda-2024/")
            alice.refresh_from_db()
            assert getattr(alice, name) is (state == "on")

    @pytest.mark.parametrize("wrong", [{"name": "is_staff", "is_on": "on"}, {"name": "uses_digit_keys"}, {}])
    def test_no_other_field_can_be_switched(self, alice_client: Client, alice: Person, wrong: dict[str, str]) -> None:
        assert alice_client.post("/preferences/", wrong).status_code == 400
        alice.refresh_from_db()
        assert (alice.is_staff, alice.uses_digit_keys) == (False, True)

    @pytest.mark.parametrize("elsewhere", ["https://example.com/", "//example.com/", "word", "javascript:x", ""])
    def test_it_leads_nowhere_else(self, alice_client: Client, elsewhere: str) -> None:
        entry = {"name": "uses_digit_keys", "is_on": "on", "next": elsewhere}
        assert alice_client.post("/preferences/", entry)["Location"] == "/assessments/"
