"""The owner's side of sharing: who may, what the form takes, the list with its counts, withdrawing, and deletion."""

from datetime import timedelta

import pytest
from django.core.cache import caches
from django.test import Client
from django.utils import timezone

from assessments.access import ROLE_ACTIONS, Action
from assessments.models import (
    Assessment,
    ExecutedBy,
    OpenedAs,
    Organisation,
    Person,
    ReportLink,
    ReportLinkOpening,
    Role,
)
from assessments.planned_deletion import WAIT, delete_due, plan_deletion
from assessments.report_links import address_of, secret_of
from assessments.sharing import MOST_LINKS, TooManyLinksError, log_opening, share_report, withdraw_link
from tests.sent_forms import shown
from tests.shared_reports import MADE, shared, shared_path, sharing_path
from tests.signing import sign_off

HIDING = {"hides_texts": "on", "hides_names": "on"}


class TestMaking:
    def test_a_link_is_made_and_shown_to_copy_while_it_is_good(
        self, alice_client: Client, client: Client, alice: Person, assessment: Assessment
    ) -> None:
        response = alice_client.post(sharing_path(assessment), MADE | HIDING)
        assert (response.status_code, response["Location"]) == (302, sharing_path(assessment))
        link = ReportLink.objects.get()
        assert (link.purpose, link.made_by, link.assessment) == (MADE["purpose"], alice, assessment)
        assert link.expires_at - link.made_at == timedelta(days=30)
        for _ in range(2):
            assert address_of(link) in alice_client.get(sharing_path(assessment)).text
        assert client.get(shared_path(link)).status_code == 200

    @pytest.mark.parametrize("texts", [True, False])
    @pytest.mark.parametrize("names", [True, False])
    def test_what_is_hidden_is_what_was_ticked(
        self, texts: bool, names: bool, alice_client: Client, assessment: Assessment
    ) -> None:
        ticked = {name: "on" for name, is_on in (("hides_texts", texts), ("hides_names", names)) if is_on}
        alice_client.post(sharing_path(assessment), MADE | ticked)
        link = ReportLink.objects.get()
        assert (link.hides_texts, link.hides_names) == (texts, names)

    def test_the_form_begins_with_hiding_and_thirty_days(self, alice_client: Client, assessment: Assessment) -> None:
        page = shown(alice_client.get(sharing_path(assessment)))
        assert page.count(" checked") == 3
        assert 'value="30"' in page[: page.index(" checked") + 20]

    @pytest.mark.parametrize("days", ["", "0", "91", "365", "-7", "1e9", "seven"])
    def test_another_time_than_the_three_is_refused(
        self, days: str, alice_client: Client, assessment: Assessment
    ) -> None:
        response = alice_client.post(sharing_path(assessment), MADE | {"days": days})
        assert response.status_code == 422
        assert not ReportLink.objects.exists()

    def test_a_function_that_asks_for_more_than_ninety_days_gets_nothing(self, assessment: Assessment) -> None:
        for days in (0, 91):
            with pytest.raises(ValueError, match="days"):
                shared(assessment, days=days)

    @pytest.mark.parametrize("purpose", ["", " ", "x" * 201, "two\nlines", "bell\x07"])
    def test_a_link_says_whom_it_is_for(self, purpose: str, alice_client: Client, assessment: Assessment) -> None:
        response = alice_client.post(sharing_path(assessment), MADE | {"purpose": purpose})
        assert response.status_code == 422
        assert not ReportLink.objects.exists()

    def test_there_are_only_so_many(self, alice_client: Client, assessment: Assessment) -> None:
        links = [shared(assessment) for _ in range(MOST_LINKS)]
        with pytest.raises(TooManyLinksError):
            shared(assessment)
        response = alice_client.post(sharing_path(assessment), MADE)
        assert response.status_code == 422
        assert "Withdraw one that is not needed." in response.text
        withdraw_link(link=links[0], now=timezone.now())
        assert alice_client.post(sharing_path(assessment), MADE).status_code == 302

    def test_it_says_that_a_draft_is_marked(self, alice_client: Client, assessment: Assessment) -> None:
        assert "is marked as a draft" in alice_client.get(sharing_path(assessment)).text
        sign_off()
        assert "is marked as a draft" not in alice_client.get(sharing_path(assessment)).text
        assert alice_client.post(sharing_path(assessment), MADE).status_code == 302


class TestWhoMay:
    def test_whoever_may_not_manage_sees_no_link(
        self, alice_client: Client, assessment: Assessment, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        link = shared(assessment)
        monkeypatch.setitem(ROLE_ACTIONS, Role.OWNER, frozenset({Action.VIEW, Action.ANSWER}))
        for method in ("get", "post"):
            for part in ("", f"{link.pk}/withdraw/"):
                assert getattr(alice_client, method)(sharing_path(assessment, part), MADE).status_code == 404
        assert list(ReportLink.objects.filter(withdrawn_at=None)) == [link]

    def test_a_link_is_withdrawn_by_its_own_organisation_alone(
        self, mallory_client: Client, alice_client: Client, assessment: Assessment, other_organisation: Organisation
    ) -> None:
        theirs = Assessment.objects.create(
            site=other_organisation.sites.get(), questionnaire=assessment.questionnaire, title="T", period="P"
        )
        link = shared(assessment)
        for client, path in (
            (mallory_client, sharing_path(assessment, f"{link.pk}/withdraw/")),
            (mallory_client, sharing_path(theirs, f"{link.pk}/withdraw/")),
        ):
            assert client.post(path).status_code == 404
        link.refresh_from_db()
        assert link.withdrawn_at is None

    def test_the_database_alone_gives_no_access(self, client: Client, assessment: Assessment) -> None:
        link = shared(assessment)
        stored = {str(value) for value in ReportLink.objects.values_list().get()}
        assert secret_of(link) not in stored
        for value in stored:
            assert client.get(f"/shared/{link.pk}/{value}/").status_code == 404

    def test_a_link_opens_no_other_report(self, client: Client, assessment: Assessment) -> None:
        one, other = shared(assessment), shared(assessment)
        assert client.get(f"/shared/{one.pk}/{secret_of(other)}/").status_code == 404


class TestTheList:
    def test_it_says_how_often_and_when_last(
        self, alice_client: Client, client: Client, assessment: Assessment
    ) -> None:
        link = shared(assessment)
        assert "Not opened yet" in shown(alice_client.get(sharing_path(assessment)))
        client.get(shared_path(link))
        log_opening(link=link, opened_as=OpenedAs.PDF, now=timezone.now())
        page = shown(alice_client.get(sharing_path(assessment)))
        assert "Opened twice, one of them as PDF" in page
        assert f"last on {timezone.localtime():%-d %B %Y}" in page

    def test_a_link_that_has_ended_stays_in_the_list_without_its_address(
        self, alice_client: Client, assessment: Assessment
    ) -> None:
        gone, late, good = (shared(assessment, purpose=purpose) for purpose in ("Gone", "Late", "Good"))
        withdraw_link(link=gone, now=timezone.now())
        ReportLink.objects.filter(pk=late.pk).update(
            made_at=timezone.now() - timedelta(days=8), expires_at=timezone.now() - timedelta(days=1)
        )
        page = shown(alice_client.get(sharing_path(assessment)))
        for link, is_good in ((gone, False), (late, False), (good, True)):
            assert link.purpose in page
            assert (address_of(link) in page) is is_good
        assert "Withdrawn on" in page
        assert "Ended on" in page

    def test_it_takes_one_query_however_many(
        self, alice_client: Client, assessment: Assessment, django_assert_num_queries: object
    ) -> None:
        for number in range(5):
            link = shared(assessment, purpose=f"Reader {number}")
            log_opening(link=link, opened_as=OpenedAs.PAGE, now=timezone.now())
        with django_assert_num_queries(4):  # type: ignore[operator]  # session, person, assessment, links
            assert alice_client.get(sharing_path(assessment)).status_code == 200

    def test_report_and_overview_lead_to_it(self, alice_client: Client, assessment: Assessment) -> None:
        for page in ("", "report/"):
            assert f'href="{sharing_path(assessment)}"' in alice_client.get(f"/assessments/{assessment.pk}/{page}").text


class TestEnding:
    def test_a_button_withdraws_at_once_and_twice_changes_nothing(
        self, alice_client: Client, client: Client, assessment: Assessment
    ) -> None:
        link = shared(assessment)
        path = sharing_path(assessment, f"{link.pk}/withdraw/")
        assert alice_client.get(path).status_code == 302
        assert client.get(shared_path(link)).status_code == 200
        page = shown(alice_client.post(path, follow=True))
        assert "has been withdrawn: it opens nothing any more." in page
        assert client.get(shared_path(link)).status_code == 404
        first = ReportLink.objects.get().withdrawn_at
        alice_client.post(path)
        assert ReportLink.objects.get().withdrawn_at == first

    def test_the_pdf_of_a_withdrawn_link_is_forgotten(self, assessment: Assessment) -> None:
        link, other = shared(assessment), shared(assessment)
        for each in (link, other):
            caches["pdf"].set(f"{each.pk}:shared:A4", ("digest", b"%PDF"))
        withdraw_link(link=link, now=timezone.now())
        assert caches["pdf"].get(f"{link.pk}:shared:A4") is None
        assert caches["pdf"].get(f"{other.pk}:shared:A4") is not None

    @pytest.mark.parametrize("what", ["assessment", "organisation"])
    def test_links_openings_and_pdfs_go_with_what_they_are_of(
        self, what: str, alice: Person, alice_client: Client, acme: Organisation, assessment: Assessment
    ) -> None:
        link = shared(assessment)
        log_opening(link=link, opened_as=OpenedAs.PAGE, now=timezone.now())
        caches["pdf"].set(f"{link.pk}:shared:A4", ("digest", b"%PDF"))
        if what == "assessment":
            alice_client.post(f"/assessments/{assessment.pk}/delete/", {"confirmed": "on"})
        else:
            plan_deletion(organisation=acme, person=alice, now=timezone.now() - WAIT)
            delete_due(now=timezone.now(), executed_by=ExecutedBy.COMMAND)
        assert not ReportLink.objects.exists()
        assert not ReportLinkOpening.objects.exists()
        assert caches["pdf"].get(f"{link.pk}:shared:A4") is None

    def test_the_link_outlives_the_account_that_made_it(
        self, client: Client, alice: Person, mallory: Person, assessment: Assessment
    ) -> None:
        link = share_report(
            assessment=assessment,
            purpose="Audit",
            days=7,
            hides_texts=True,
            hides_names=True,
            person=mallory,
            now=timezone.now(),
        )
        mallory.delete()
        assert client.get(shared_path(link)).status_code == 200

    def test_the_admin_shows_no_link(self, admin_client: Client, acme: Organisation, assessment: Assessment) -> None:
        link = shared(assessment)
        for path in ("", f"organisation/{acme.pk}/change/", f"organisation/{acme.pk}/delete/"):
            page = admin_client.get(f"/admin/assessments/{path}").text
            assert link.nonce not in page
            assert secret_of(link) not in page
            assert "reportlink" not in page


def test_no_column_could_hold_an_address_of_a_computer() -> None:
    assert {field.name for field in ReportLinkOpening._meta.fields} == {"id", "link", "opened_at", "opened_as"}
