"""The address that saves one rating at once: each outcome by its status and name, and nobody else's rating."""

from datetime import timedelta
from decimal import Decimal
from typing import Any
from unittest.mock import patch
from uuid import uuid4

import pytest
from django.db import OperationalError, connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from assessments.models import Assessment, Rater, RatingRound
from assessments.rounds import close_round, reopen_round
from tests.raters import begun, invited, path, rated
from tests.sent_forms import Fields, fields_of
from tests.signing import sign_off


@pytest.fixture
def page(browser: Client, rita: Rater) -> Fields:
    fields = fields_of(browser.get(path(rita, "PQS/")))
    return {name: value for name, value in fields.items() if name.startswith("capa-")}


def save(browser: Client, rita: Rater, fields: Fields, code: str = "capa") -> Any:
    return browser.post(path(rita, f"answers/{code}/"), fields)


class TestAccepted:
    def test_it_says_what_is_stored_now(self, browser: Client, rita: Rater, page: Fields) -> None:
        response = save(browser, rita, page | {"capa-choice": "4", "capa-rationale": "<2 %"})
        said = response.json()
        assert (response.status_code, said["outcome"]) == (200, "saved")
        assert (rated(rita).score, rated(rita).rationale, rated(rita).version) == (Decimal(4), "<2 %", 1)
        assert said["mark"].startswith("1-")
        assert "1 of 20 rated" in said["course"]
        assert "deadline" not in said["stored"]
        assert (said["section"], said["running"]) == (None, "")

    def test_queries_are_few(self, browser: Client, rita: Rater, page: Fields) -> None:
        with CaptureQueriesContext(connection) as saving:
            save(browser, rita, page | {"capa-choice": "4"})
        told = ("SAVEPOINT", "set_config")
        counted = [each["sql"] for each in saving.captured_queries if not any(word in each["sql"] for word in told)]
        assert len(counted) <= 7, counted

    def test_late_is_told(self, browser: Client, rita: Rater, named: RatingRound, page: Fields) -> None:
        RatingRound.objects.update(deadline=timezone.now().date() - timedelta(days=2))
        said = save(browser, rita, page | {"capa-choice": "4"}).json()
        assert "This rating came after the deadline of" in said["stored"]
        assert "deadline" not in save(browser, rita, page | {"capa-version": said["mark"], "capa-choice": "4"}).json()

    def test_both_joined_comes_back_as_a_section(self, browser: Client, rita: Rater, page: Fields) -> None:
        save(browser, rita, page | {"capa-choice": "2", "capa-rationale": "First"})
        refused = save(browser, rita, page | {"capa-choice": "4", "capa-rationale": "Second"})
        assert (refused.status_code, refused.json()["outcome"]) == (409, "overtaken")
        assert "You saved another answer meanwhile" in refused.json()["panel"]
        decided = {"capa-against": refused.json()["mark"], "capa-keep": "both"}
        said = save(browser, rita, page | {"capa-choice": "4", "capa-rationale": "Second"} | decided).json()
        assert said["outcome"] == "saved"
        assert "First" in said["section"]
        assert rated(rita).score == Decimal(4)
        assert {"First", "Second"} <= set(rated(rita).rationale.split())


class TestRepeated:
    def test_the_same_save_again_stores_nothing(self, browser: Client, rita: Rater, page: Fields) -> None:
        first = page | {"capa-choice": "4", "save_id": str(uuid4())}
        for _ in range(2):
            assert save(browser, rita, first).status_code == 200
        assert rated(rita).version == 1

    def test_one_that_follows_an_unheard_save_goes_on_top_of_it(
        self, browser: Client, rita: Rater, page: Fields
    ) -> None:
        unheard = str(uuid4())
        save(browser, rita, page | {"capa-choice": "4", "save_id": unheard})
        following = page | {"capa-choice": "3", "save_id": str(uuid4()), "follows": unheard}
        assert save(browser, rita, following).status_code == 200
        assert (rated(rita).score, rated(rita).version) == (Decimal(3), 2)

    def test_but_not_over_what_another_tab_saved_after_that(self, browser: Client, rita: Rater, page: Fields) -> None:
        unheard = str(uuid4())
        mark = save(browser, rita, page | {"capa-choice": "4", "save_id": unheard}).json()["mark"]
        save(browser, rita, page | {"capa-version": mark, "capa-choice": "1"})
        following = page | {"capa-choice": "3", "save_id": str(uuid4()), "follows": unheard}
        assert save(browser, rita, following).status_code == 409
        assert rated(rita).score == Decimal(1)


class TestNotStored:
    def test_what_is_refused_is_named_by_field(self, browser: Client, rita: Rater, page: Fields) -> None:
        response = save(browser, rita, page | {"capa-choice": "between", "capa-exact": "9"})
        assert (response.status_code, response.json()["outcome"]) == (422, "refused")
        assert [each["name"] for each in response.json()["errors"]] == ["capa-exact"]

    def test_a_closed_round(self, browser: Client, rita: Rater, named: RatingRound, page: Fields) -> None:
        close_round(rating_round=named, now=timezone.now())
        response = save(browser, rita, page | {"capa-choice": "4"})
        assert (response.status_code, response.json()) == (409, {"outcome": "closed"})
        assert rated(rita).version == 0
        reopen_round(rating_round=named)
        assert save(browser, rita, page | {"capa-choice": "4"}).status_code == 200

    def test_a_signed_off_assessment(self, browser: Client, rita: Rater, assessment: Assessment, page: Fields) -> None:
        sign_off(assessment)
        response = save(browser, rita, page | {"capa-choice": "4"})
        assert (response.status_code, response.json()) == (409, {"outcome": "signed_off"})

    @pytest.mark.parametrize("column", ["withdrawn_at", "expires_at"])
    def test_access_that_has_ended(self, browser: Client, rita: Rater, page: Fields, column: str) -> None:
        Rater.objects.filter(pk=rita.pk).update(**{column: timezone.now()})
        response = save(browser, rita, page | {"capa-choice": "4"})
        assert (response.status_code, response.json()) == (410, {"outcome": "ended"})
        assert rated(rita).version == 0

    def test_somebody_else_s_browser(self, rita: Rater, named: RatingRound, page: Fields) -> None:
        other = begun(invited(named, "Omar Olsen"))
        for browser in (Client(), other):
            response = save(browser, rita, page | {"capa-choice": "4"})
            assert (response.status_code, response.json()) == (404, {"outcome": "gone"})
        assert rated(rita).version == 0

    def test_what_the_rater_is_not_asked(self, named: RatingRound, page: Fields) -> None:
        omar = invited(named, "Omar Olsen", areas=("TE",))
        response = save(begun(omar), omar, page | {"capa-choice": "4"})
        assert (response.status_code, response.json()) == (404, {"outcome": "gone"})

    def test_a_database_that_fails(self, browser: Client, rita: Rater, page: Fields) -> None:
        with patch("assessments.views.rating_saving.save_ratings", side_effect=OperationalError("disk full")):
            response = save(browser, rita, page | {"capa-choice": "4"})
        assert (response.status_code, response.json()) == (503, {"outcome": "unavailable"})
        assert response["Retry-After"]

    def test_only_posts(self, browser: Client, rita: Rater) -> None:
        assert browser.get(path(rita, "answers/capa/")).status_code == 405
