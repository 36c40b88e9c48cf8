"""A rater fills in their own rating: saved under their round alone, never over another tab, nothing typed is lost."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from assessments.models import AnswerState, Assessment, Person, Rater, RatingRound
from assessments.rating import set_finished
from assessments.rounds import close_round
from tests.raters import begun, invited, opened, path, rate, rate_page, rated, score
from tests.sent_forms import fields_of, shown


class TestWhereIAm:
    def test_it_greets_by_name_and_leads_to_the_first_open_one(self, browser: Client, rita: Rater) -> None:
        page = shown(browser.get(path(rita)))
        assert "Your rating, <bdi>Rita Roth</bdi>" in page
        assert "0 of 20 rated. There is no deadline." in page
        assert f'href="{path(rita, "MCQ/")}#quality-leadership">Start: Quality leadership and culture' in page
        score(rita, "quality-leadership")
        page = shown(browser.get(path(rita)))
        assert "1 of 20 rated" in page
        assert "#management-review" in page
        assert "Continue: Management review" in page

    def test_when_all_are_rated_there_is_nothing_to_continue(self, browser: Client, rita: Rater) -> None:
        rita.ratings.update(state=AnswerState.SCORED, score="3.0", version=1)
        page = shown(browser.get(path(rita)))
        assert "20 of 20 rated" in page
        assert "Continue" not in page

    def test_only_what_is_asked_is_there(self, named: RatingRound) -> None:
        omar = invited(named, "Omar Olsen", areas=("TE",))
        browser = begun(omar)
        page = shown(browser.get(path(omar)))
        assert "0 of 4 rated" in page
        assert "Business Continuity" not in page
        assert browser.get(path(omar, "TE/")).status_code == 200
        assert browser.get(path(omar, "BC/")).status_code == 404
        assert browser.get(path(omar, "XYZ/")).status_code == 404

    def test_being_done_can_be_said_and_taken_back(self, browser: Client, rita: Rater) -> None:
        assert browser.post(path(rita, "done/"), {"done": "yes"}).status_code == 302
        rita.refresh_from_db()
        assert rita.finished_at is not None
        assert "You said that you are done" in shown(browser.get(path(rita)))
        browser.post(path(rita, "done/"), {"done": "no"})
        rita.refresh_from_db()
        assert rita.finished_at is None

    def test_in_a_closed_round_nobody_becomes_done(self, browser: Client, rita: Rater, named: RatingRound) -> None:
        close_round(rating_round=named, now=timezone.now())
        assert browser.post(path(rita, "done/"), {"done": "yes"}).status_code == 302
        rita.refresh_from_db()
        assert rita.finished_at is None
        assert not set_finished(rater=rita, is_finished=True, now=timezone.now())

    @pytest.mark.parametrize("part", ["", "PQS/"])
    def test_the_pages_are_not_kept(self, browser: Client, rita: Rater, part: str) -> None:
        assert {"private", "no-store"} <= set(browser.get(path(rita, part))["Cache-Control"].split(", "))

    @pytest.mark.parametrize("part", ["", "PQS/"])
    def test_it_leads_to_nothing_else_of_the_organisation(self, browser: Client, rita: Rater, part: str) -> None:
        page = browser.get(path(rita, part)).text
        assert 'href="/assessments' not in page
        assert 'href="/organisations' not in page
        assert 'href="/accounts' not in page

    def test_queries_do_not_grow_with_raters(self, browser: Client, rita: Rater, named: RatingRound) -> None:
        for number in range(5):
            score(invited(named, f"Rater {number}"))
        for part, expected in (("", 2), ("PQS/", 3)):
            with CaptureQueriesContext(connection) as queries:
                assert browser.get(path(rita, part)).status_code == 200
            assert len(queries) == expected


class TestSaving:
    def test_a_rating_is_stored_with_all_that_it_says(self, browser: Client, rita: Rater) -> None:
        typed = {"capa__choice": "4", "capa__rationale": "<2 % repeats", "capa__confidence": "high"}
        response = rate(browser, rita, **typed, **{"capa-evidence-0-title": "QA-7", "capa-evidence_strength": "record"})
        assert (response.status_code, response["Location"]) == (302, f"{path(rita, 'PQS/')}#capa")
        stored = rated(rita)
        assert (stored.score, stored.rationale, stored.version) == (Decimal(4), "<2 % repeats", 1)
        assert (stored.confidence, stored.evidence_strength) == ("high", "record")
        assert stored.evidence == [{"title": "QA-7", "location": ""}]
        assert "Saved at" in shown(browser.get(path(rita, "PQS/")))

    def test_no_answer_and_no_other_rating_changes(self, browser: Client, rita: Rater, named: RatingRound) -> None:
        omar = invited(named, "Omar Olsen")
        rate(browser, rita, capa__choice="4")
        assert not named.assessment.answers.exclude(version=0).exists()
        assert not omar.ratings.exclude(version=0).exists()
        assert rita.ratings.exclude(version=0).count() == 1

    def test_it_goes_on_to_the_next_area_asked_and_at_the_end_to_one_s_own_page(self, named: RatingRound) -> None:
        omar = invited(named, "Omar Olsen", areas=("MCQ", "TE"))
        browser = begun(omar)
        for area, following in (("MCQ", path(omar, "TE/")), ("TE", path(omar))):
            response = rate(browser, omar, area, go="next")
            assert (response.status_code, response["Location"]) == (302, following)

    def test_what_is_wrong_is_said_and_kept(self, browser: Client, rita: Rater) -> None:
        response = rate(browser, rita, capa__exact="5.1", capa__rationale="A long thought")
        assert response.status_code == 422
        assert "Not saved: please check these entries" in shown(response)
        kept = fields_of(response)
        assert (kept["capa-exact"], kept["capa-rationale"]) == ("5.1", "A long thought")
        assert rated(rita).version == 0

    def test_sending_the_same_twice_is_harmless(self, browser: Client, rita: Rater) -> None:
        page = fields_of(browser.get(path(rita, "PQS/")))
        for _ in range(2):
            assert rate_page(browser, rita, page, capa__choice="3").status_code == 302
        assert rated(rita).version == 1

    def test_one_s_other_tab_is_a_conflict_with_both(self, browser: Client, rita: Rater) -> None:
        page = fields_of(browser.get(path(rita, "PQS/")))
        rate(browser, rita, capa__choice="2", capa__rationale="In the first tab")
        response = rate_page(browser, rita, page, capa__choice="4", capa__rationale="In the second")
        assert response.status_code == 409
        html = shown(response)
        assert "You saved another answer meanwhile, perhaps in another tab," in html
        assert "In the first tab" in html
        kept = fields_of(response)
        assert (kept["capa-choice"], kept["capa-rationale"]) == ("4", "In the second")
        assert rated(rita).score == 2
        assert rate_page(browser, rita, kept, capa__keep="mine").status_code == 302
        assert (rated(rita).score, rated(rita).version) == (Decimal(4), 2)

    def test_the_form_needs_its_token_and_the_refusal_holds_the_text(self, rita: Rater) -> None:
        browser = begun(rita)
        page = fields_of(browser.get(path(rita, "PQS/")))
        browser.handler.enforce_csrf_checks = True
        response = rate_page(browser, rita, {**page, "csrfmiddlewaretoken": "x"}, capa__rationale="Kept")
        assert response.status_code == 403
        assert "Kept</textarea>" in response.text


class TestLate:
    def after_the_deadline(self, assessment: Assessment, alice: Person, *, is_anonymous: bool) -> Rater:
        rating_round = opened(assessment, alice, is_anonymous=is_anonymous)
        rater = invited(rating_round)
        RatingRound.objects.update(deadline=timezone.localdate() - timedelta(days=1))
        return rater

    def test_it_is_stored_and_told(self, assessment: Assessment, alice: Person) -> None:
        rater = self.after_the_deadline(assessment, alice, is_anonymous=False)
        browser = begun(rater)
        rate(browser, rater, capa__choice="3")
        assert rated(rater).version == 1
        page = shown(browser.get(path(rater, "PQS/")))
        assert "This rating came after the deadline of" in page
        assert "; the lead sees that it is late." in page
        assert "Ratings are still taken; the lead sees that they are late." in shown(browser.get(path(rater)))

    def test_in_an_anonymous_round_the_lead_does_not_see_it(self, assessment: Assessment, alice: Person) -> None:
        rater = self.after_the_deadline(assessment, alice, is_anonymous=True)
        browser = begun(rater)
        rate(browser, rater, capa__choice="3")
        assert "it is stored like any other" in shown(browser.get(path(rater, "PQS/")))
        assert "Ratings are still taken." in shown(browser.get(path(rater)))

    def test_nothing_touched_is_not_late(self, assessment: Assessment, alice: Person) -> None:
        rater = self.after_the_deadline(assessment, alice, is_anonymous=False)
        browser = begun(rater)
        rate(browser, rater)
        page = shown(browser.get(path(rater, "PQS/")))
        assert "Nothing to save" in page
        assert "came after the deadline" not in page

    def test_in_time_nothing_is_said(self, assessment: Assessment, alice: Person) -> None:
        rater = invited(opened(assessment, alice, deadline=timezone.localdate() + timedelta(days=1)))
        browser = begun(rater)
        rate(browser, rater, capa__choice="3")
        assert "came after the deadline" not in shown(browser.get(path(rater, "PQS/")))
