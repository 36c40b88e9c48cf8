"""Whatever keeps a rating from being stored is said by name, and everything that was typed is still there."""

from collections.abc import Callable
from typing import Any

import pytest
from django.db import OperationalError, connection
from django.test import Client
from django.utils import timezone

from assessments.models import Assessment, Rater, Rating, RatingRound
from assessments.rating import save_ratings
from assessments.rounds import close_round, open_comparison, reopen_round
from tests.raters import begun, path, rate_page, rated, score
from tests.sent_forms import fields_of, shown
from tests.signing import sign_off


class TestRefusals:
    TYPED = {"capa__choice": "3", "capa__rationale": "Seen on the floor"}

    def test_a_closed_round_stores_nothing_and_keeps_all(
        self, browser: Client, rita: Rater, named: RatingRound
    ) -> None:
        page = fields_of(browser.get(path(rita, "PQS/")))
        close_round(rating_round=named, now=timezone.now())
        response = rate_page(browser, rita, page, **self.TYPED)
        assert response.status_code == 409
        html = shown(response)
        assert "Not saved: the round was closed on" in html
        assert "Ask Alice Adler to re-open the round, then save again." in html
        assert rated(rita).version == 0
        reopen_round(rating_round=named)
        assert browser.post(path(rita, "PQS/"), fields_of(response)).status_code == 302
        assert rated(rita).rationale == "Seen on the floor"

    def test_a_closed_round_can_be_read(self, browser: Client, rita: Rater, named: RatingRound) -> None:
        close_round(rating_round=named, now=timezone.now())
        page = shown(browser.get(path(rita, "PQS/")))
        assert "no rating is taken at present" in page
        assert '<button class="button" type="submit"' not in page

    def test_once_compared_there_is_nothing_to_save_again(
        self, browser: Client, rita: Rater, named: RatingRound
    ) -> None:
        score(rita, "change-management")
        page = fields_of(browser.get(path(rita, "PQS/")))
        open_comparison(rating_round=named, now=timezone.now())
        response = rate_page(browser, rita, page, **self.TYPED)
        assert response.status_code == 409
        html = shown(response)
        assert "Alice Adler has opened the comparison" in html
        assert 'name="go"' not in html
        assert fields_of(response)["capa-rationale"] == "Seen on the floor"

    def test_a_signed_off_assessment_takes_nothing(self, browser: Client, rita: Rater) -> None:
        page = fields_of(browser.get(path(rita, "PQS/")))
        sign_off()
        response = rate_page(browser, rita, page, **self.TYPED)
        assert response.status_code == 409
        assert "This assessment has been signed off" in shown(response)
        assert fields_of(response)["capa-rationale"] == "Seen on the floor"
        assert rated(rita).version == 0

    @pytest.mark.parametrize("ended", [{"withdrawn_at": timezone.now()}, {"expires_at": timezone.now()}])
    def test_an_access_that_has_ended_keeps_what_was_typed(
        self, browser: Client, rita: Rater, ended: dict[str, Any]
    ) -> None:
        page = fields_of(browser.get(path(rita, "PQS/")))
        Rater.objects.update(**ended)
        response = rate_page(browser, rita, page, **self.TYPED)
        self.assert_it_can_be_sent_again(response, 410)
        assert rated(rita).version == 0
        assert rate_page(browser, rita, page).status_code == 410

    def test_a_browser_that_was_replaced_keeps_what_was_typed(
        self, browser: Client, rita: Rater, client: Client
    ) -> None:
        page = fields_of(browser.get(path(rita, "PQS/")))
        browser.post(path(rita, "device/"))
        begun(rita, client)
        response = rate_page(browser, rita, page, **self.TYPED)
        self.assert_it_can_be_sent_again(response, 404)
        assert rated(rita).version == 0
        assert client.post(path(rita, "PQS/"), fields_of(response)).status_code == 302
        assert rated(rita).rationale == "Seen on the floor"

    def test_a_deleted_assessment_keeps_what_was_typed(self, browser: Client, rita: Rater) -> None:
        page = fields_of(browser.get(path(rita, "PQS/")))
        Assessment.objects.all().delete()
        deleted = rate_page(browser, rita, page, **self.TYPED)
        self.assert_it_can_be_sent_again(deleted, 404)
        assert "<h1>No rating opens here</h1>" in shown(rate_page(browser, rita, page))

    @pytest.mark.parametrize(
        ("happens", "status"),
        [
            (lambda _: Rater.objects.update(withdrawn_at=timezone.now()), 410),
            (lambda _: Rater.objects.update(browser_key="0" * 64), 404),
            (lambda _: Assessment.objects.all().delete(), 404),
            (lambda _: RatingRound.objects.update(closed_at=timezone.now()), 409),
            (lambda _: sign_off(), 409),
        ],
    )
    def test_what_happens_while_saving(
        self,
        browser: Client,
        rita: Rater,
        monkeypatch: pytest.MonkeyPatch,
        happens: Callable[[Rater], object],
        status: int,
    ) -> None:
        page = fields_of(browser.get(path(rita, "PQS/")))

        def save_too_late(**everything: Any) -> Any:
            happens(rita)
            return save_ratings(**everything)

        monkeypatch.setattr("assessments.views.rating.save_ratings", save_too_late)
        response = rate_page(browser, rita, page, **self.TYPED)
        assert response.status_code == status
        assert "Seen on the floor</textarea>" in response.text
        assert not Rating.objects.exclude(version=0).exists()

    def assert_it_can_be_sent_again(self, response: Any, status: int) -> None:
        assert response.status_code == status
        html = shown(response)
        assert "Seen on the floor</textarea>" in html
        assert "Corrective and preventive action" in html
        assert "Acme" not in html
        assert fields_of(response)["capa-choice"] == "3"


@pytest.mark.django_db(transaction=True)
class TestWithoutTheDatabase:
    TYPED = {"capa__rationale": "Long words 😀 " * 300, "capa__choice": "3"}

    def test_what_cannot_be_written_stays_on_the_whole_page(
        self, browser: Client, rita: Rater, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        def refuse(**_: Any) -> None:
            raise OperationalError("disk full")

        page = fields_of(browser.get(path(rita, "PQS/")))
        with monkeypatch.context() as full:
            full.setattr("assessments.views.rating.save_ratings", refuse)
            response = rate_page(browser, rita, page, **self.TYPED)
        assert (response.status_code, response["Retry-After"]) == (503, "30")
        assert "Not saved: the database cannot be written" in shown(response)
        assert browser.post(path(rita, "PQS/"), fields_of(response)).status_code == 302
        assert rated(rita).rationale == self.TYPED["capa__rationale"]

    def test_without_any_database_the_page_still_holds_what_was_typed(
        self, browser: Client, rita: Rater, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        def refuse() -> None:
            raise OperationalError("could not connect")

        page = fields_of(browser.get(path(rita, "PQS/")))
        connection.close()
        with monkeypatch.context() as away:
            away.setattr(connection, "connect", refuse)
            response = rate_page(browser, rita, page, **self.TYPED)
            assert browser.get(path(rita, "PQS/")).status_code == 503
        assert (response.status_code, response["Retry-After"]) == (503, "30")
        assert browser.post(path(rita, "PQS/"), fields_of(response)).status_code == 302
        assert rated(rita).rationale == self.TYPED["capa__rationale"]
