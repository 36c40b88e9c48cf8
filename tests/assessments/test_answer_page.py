"""Filling in a practice area: what the page shows and stores, who may see it, and what a person reads afterwards."""

import re
from decimal import Decimal

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from assessments.entries import Entry, EvidenceReference
from assessments.models import Assessment, Person
from tests.sent_forms import address, fields_of, send, send_page, shown, stored

AREAS = ["MCQ", "BC", "PQS", "TE", "EEE"]


class TestThePage:
    @pytest.mark.parametrize("area", AREAS)
    def test_every_area_has_its_page_with_nothing_chosen(
        self, alice_client: Client, assessment: Assessment, area: str
    ) -> None:
        response = alice_client.get(address(assessment, area))
        html = response.content.decode()
        assert response.status_code == 200
        assert html.count('type="radio"') == 4 * 8
        assert not re.search(r'type="radio"[^>]* checked>', html)
        for answer in assessment.answers.filter(sub_element__practice_area__code=area).select_related("sub_element"):
            assert f'<section class="sub-element" id="{answer.sub_element.code}"' in html
            assert f'id="{answer.sub_element.code}-choice-5" value="5">' in html
        assert "Wording and levels are ours, not FDA’s." in html

    def test_the_rubric_is_on_it(self, alice_client: Client, assessment: Assessment) -> None:
        html = alice_client.get(address(assessment)).content.decode()
        rubric = assessment.questionnaire.rubrics.get(sub_element__code="quality-risk-management")
        for text in (
            rubric.definition,
            rubric.prompt,
            *rubric.anchors,
            *rubric.progressions,
            *rubric.evidence_examples,
        ):
            assert text in html.replace("&#x27;", "'").replace("&quot;", '"')
        assert "Named in the published scorecard" in html
        assert "grounded in ICH Q9(R1)" in html

    def test_the_state_of_all_areas_is_on_top(self, alice_client: Client, assessment: Assessment) -> None:
        send(alice_client, assessment, capa__choice="3", **{"continual-improvement__choice": "unknown"})
        send(
            alice_client,
            assessment,
            "TE",
            **{"data-excellence__choice": "not_applicable", "data-excellence__reason": "x"},
        )
        page = shown(alice_client.get(address(assessment)))
        assert "1 of 19 answered" in page
        assert "17 not answered" in page
        assert "1 don’t know yet" in page
        assert "1 not applicable" in page
        assert f'href="{address(assessment)}" aria-current="page"' in page
        assert all(f'href="{address(assessment, area)}"' in page for area in AREAS)

    def test_it_leads_to_the_areas_before_and_after(self, alice_client: Client, assessment: Assessment) -> None:
        first, last = (shown(alice_client.get(address(assessment, area))) for area in ("MCQ", "EEE"))
        assert "← " not in first
        assert "Save and go to" in first
        assert "Business Continuity →" in first
        assert "← Technical Excellence" in last
        assert "Save and go to the overview" in last

    def test_a_stored_whole_score_is_its_level(self, alice_client: Client, assessment: Assessment) -> None:
        send(alice_client, assessment, capa__exact="3.0")
        page = shown(alice_client.get(address(assessment)))
        assert 'id="capa-choice-3" value="3" checked>' in page
        assert len(re.findall(r'type="radio"[^>]* checked>', page)) == 1
        assert 'id="capa-exact" value=""' in page

    def test_a_stored_score_between_levels_shows_the_step_from_the_level_reached(
        self, alice_client: Client, assessment: Assessment
    ) -> None:
        send(alice_client, assessment, capa__exact="3.4")
        page = shown(alice_client.get(address(assessment)))
        assert 'id="capa-choice-between" value="between" checked>' in page
        assert 'id="capa-exact" value="3.4"' in page
        assert page.count('class="step is-reached"') == 1
        assert '<p class="step is-reached" data-level="3">' in page

    def test_the_sub_elements_are_numbered_and_linked_with_the_state_of_each(
        self, alice_client: Client, assessment: Assessment
    ) -> None:
        send(alice_client, assessment, capa__choice="unknown")
        page = shown(alice_client.get(address(assessment)))
        assert [f"{place} of 4 · " in page for place in range(1, 6)] == [True] * 4 + [False]
        jumps = page.split('aria-label="Sub-elements on this page"')[1].split("</nav>")[0]
        assert jumps.count('<a href="#') == 4
        assert 'Corrective and preventive action (CAPA)<span class="visually-hidden">: don’t know yet' in jumps
        assert 'Change management<span class="visually-hidden">: not answered' in jumps

    @pytest.mark.parametrize(("exact", "near"), [("2.5", ["2", "3"]), ("4.9", ["4", "5"]), ("3.0", [])])
    def test_a_score_between_two_levels_marks_both(
        self, alice_client: Client, assessment: Assessment, exact: str, near: list[str]
    ) -> None:
        send(alice_client, assessment, capa__exact=exact)
        page = shown(alice_client.get(address(assessment)))
        assert re.findall(r'is-near"><span class="level-head"><input [^>]*value="(\d)"', page) == near

    def test_how_long_it_takes_is_said_once_while_something_is_open(
        self, alice_client: Client, assessment: Assessment
    ) -> None:
        assert alice_client.get(address(assessment)).text.count("About 30 minutes") == 1
        assessment.answers.update(state="unknown")
        assert alice_client.get(address(assessment)).text.count("About 30 minutes") == 1
        assessment.answers.update(state="scored", score=3)
        assert "About 30 minutes" not in alice_client.get(address(assessment)).text

    def test_evidence_and_rationale_are_asked_for(self, alice_client: Client, assessment: Assessment) -> None:
        page = shown(alice_client.get(address(assessment)))
        assert page.count("Answer the question above in two or three sentences") == 4
        assert page.count("a score of 4.0 or more without evidence is marked in the report") == 4
        assert "(optional)" not in page

    def test_it_is_light(self, alice_client: Client, assessment: Assessment) -> None:
        assert len(alice_client.get(address(assessment)).content) < 60_000


class TestSaving:
    def test_each_kind_of_answer_is_stored_and_named_with_the_time(
        self, alice_client: Client, assessment: Assessment, alice: Person
    ) -> None:
        response = send(
            alice_client,
            assessment,
            **{
                "quality-risk-management__choice": "4",
                "continual-improvement__exact": "2.7",
                "capa__choice": "unknown",
                "change-management__choice": "not_applicable",
                "change-management__reason": "No changes are made here",
            },
        )
        assert (response.status_code, response["Location"]) == (302, f"{address(assessment)}#change-management")
        page = shown(alice_client.get(address(assessment)))
        assert re.search(
            r"Saved at \d\d:\d\d:\d\d UTC: Quality Risk Management 4\.0, Continual Improvement 2\.7, "
            r"Corrective and preventive action \(CAPA\) \(don’t know yet\), "
            r"Change management \(not applicable\)\.",
            page,
        )
        assert [(each.state, each.score, each.version) for each in assessment.answers.filter(saved_by=alice)] == [
            ("scored", Decimal(4), 1),
            ("scored", Decimal("2.7"), 1),
            ("unknown", None, 1),
            ("not_applicable", None, 1),
        ]
        assert stored(assessment, "change-management").reason == "No changes are made here"
        assert page.count("by Alice Adler</span>") == 4

    def test_all_else_of_an_answer(self, alice_client: Client, assessment: Assessment) -> None:
        send(
            alice_client,
            assessment,
            capa__rationale="\n<2 % {{ x }}\n=see SOP 12 😀",
            **{
                "capa-evidence-0-title": "Trend",
                "capa-evidence-0-location": "https://dms.example/7",
                "capa-evidence-2-title": "B",
            },
        )
        assert Entry.of(stored(assessment)) == Entry(
            rationale="\n<2 % {{ x }}\n=see SOP 12 😀",
            evidence=(EvidenceReference("Trend", "https://dms.example/7"), EvidenceReference("B", "")),
        )

    def test_what_was_stored_comes_back_the_same(self, alice_client: Client, assessment: Assessment) -> None:
        send(alice_client, assessment, capa__rationale='\n\n"</textarea>&amp; <b>', capa__choice="2")
        response = send(alice_client, assessment)
        assert response.status_code == 302
        assert "Nothing to save: no answer on this page was changed." in shown(alice_client.get(address(assessment)))
        assert (stored(assessment).rationale, stored(assessment).version) == ('\n\n"</textarea>&amp; <b>', 1)

    def test_it_is_confirmed_in_the_title_on_top_and_in_the_bar(
        self, alice_client: Client, assessment: Assessment
    ) -> None:
        send(alice_client, assessment, capa__choice="3")
        page = shown(alice_client.get(address(assessment)))
        assert re.search(r"<title>Saved at \d\d:\d\d:\d\d UTC: Advanced Pharmaceutical Quality System", page)
        assert re.search(r'role="status"><p class="message">Saved at [^<]*Corrective and preventive action', page)
        assert re.search(r'<p class="small saved">Saved at \d\d:\d\d:\d\d UTC\.</p>', page)
        assert "<title>Advanced Pharmaceutical Quality System" in shown(alice_client.get(address(assessment)))

    def test_a_second_click_stores_once(self, alice_client: Client, assessment: Assessment) -> None:
        page = fields_of(alice_client.get(address(assessment)))
        for _ in range(2):
            assert send_page(alice_client, assessment, page, capa__choice="3").status_code == 302
        assert stored(assessment).version == 1
        assert "Stored already at" in shown(alice_client.get(address(assessment)))

    def test_it_goes_on_to_the_next_area_when_asked(self, alice_client: Client, assessment: Assessment) -> None:
        response = send(alice_client, assessment, capa__choice="3", go="next")
        assert response["Location"] == address(assessment, "TE")
        response = send(alice_client, assessment, "EEE", empowerment__choice="3", go="next")
        assert response["Location"] == f"/assessments/{assessment.pk}/"

    def test_queries_are_few(self, alice_client: Client, assessment: Assessment) -> None:
        page = fields_of(alice_client.get(address(assessment)))
        with CaptureQueriesContext(connection) as reading:
            alice_client.get(address(assessment))
        with CaptureQueriesContext(connection) as saving:
            send_page(alice_client, assessment, page, capa__choice="3")
        assert stored(assessment).version == 1
        for queries in (reading, saving):
            counted = [each["sql"] for each in queries.captured_queries if "SAVEPOINT" not in each["sql"]]
            assert len(counted) <= 7, counted


class TestBadInput:
    @pytest.mark.parametrize(
        ("field", "typed", "message"),
        [
            ("capa-exact", "0", "Write a score from 1.0 to 5.0"),
            ("capa-exact", "３", "Write a score from 1.0 to 5.0"),
            ("capa-rationale", "y " * 50_000, "At most 10,000 characters fit; there are 100,000."),
            ("capa-rationale", "a\x00b", "Character 2 is an invisible control character (U+0000)."),
            ("capa-evidence-1-location", "QA-1", "Give the document a title."),
        ],
    )
    def test_it_is_told_at_the_field_with_all_that_was_typed_and_nothing_stored(
        self, alice_client: Client, assessment: Assessment, field: str, typed: str, message: str
    ) -> None:
        page = fields_of(alice_client.get(address(assessment)))
        others = {"continual-improvement-choice": "4", "continual-improvement-rationale": "Sound words"}
        response = alice_client.post(address(assessment), page | others | {field: typed})
        assert response.status_code == 422
        html = shown(response)
        wrong = field if "location" not in field else "capa-evidence-1-title"
        assert re.search(
            rf'<a href="#{wrong}">Corrective and preventive action \(CAPA\), [^<]*{re.escape(message)}', html
        )
        assert f'aria-describedby="{wrong}_error"' in html or f' {wrong}_error"' in html
        assert (
            f'<div class="field-error" id="{wrong}_error"><p><span class="visually-hidden">Error: </span>{message}'
            in html
        )
        kept = fields_of(response)
        assert {name: kept[name] for name in (*others, field)} == others | {field: typed}
        assert not assessment.answers.exclude(version=0).exists()

    def test_not_applicable_without_a_reason(self, alice_client: Client, assessment: Assessment) -> None:
        response = send(alice_client, assessment, capa__choice="not_applicable")
        assert response.status_code == 422
        assert '<a href="#capa-reason">' in shown(response)
        assert stored(assessment).version == 0

    @pytest.mark.parametrize("version", ["", "1", "999999999-0123456789abcdef"])
    def test_a_tampered_version_can_be_saved_again_from_the_page_it_gets(
        self, alice_client: Client, assessment: Assessment, version: str
    ) -> None:
        response = send(alice_client, assessment, capa__choice="3", capa__version=version)
        assert response.status_code == 422
        assert '<a href="#capa">Corrective and preventive action (CAPA): The note of which version' in shown(response)
        assert send_page(alice_client, assessment, fields_of(response)).status_code == 302
        assert stored(assessment).score == Decimal(3)

    def test_bytes_that_are_no_text(self, alice_client: Client, assessment: Assessment) -> None:
        """Half of a surrogate pair, as raw bytes: they arrive as replacement characters."""
        page = fields_of(alice_client.get(address(assessment)))
        del page["capa-rationale"]
        body = "&".join([*(f"{name}={text}" for name, text in page.items()), "capa-rationale=a%ED%A0%80b"])
        response = alice_client.post(address(assessment), body, content_type="application/x-www-form-urlencoded")
        assert response.status_code == 422
        assert "Character 2 arrived broken (U+FFFD)." in shown(response)
        assert stored(assessment).version == 0

    def test_a_request_without_any_field(self, alice_client: Client, assessment: Assessment) -> None:
        response = alice_client.post(address(assessment), {})
        assert response.status_code == 422
        assert not assessment.answers.exclude(version=0).exists()
