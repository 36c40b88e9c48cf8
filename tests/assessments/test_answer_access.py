"""Who may see and fill in a practice area, and what a session that ended leaves of what was typed."""

import re
from decimal import Decimal
from uuid import uuid4

from django.test import Client

from assessments.models import Assessment
from tests.sent_forms import address, fields_of, send, send_page, shown, stored


class TestWhoMay:
    def test_an_area_that_does_not_exist(self, alice_client: Client, assessment: Assessment) -> None:
        for area in ("XYZ", "mcq", "MCQ%00"):
            assert alice_client.get(address(assessment, area)).status_code == 404
            assert alice_client.post(address(assessment, area)).status_code == 404

    def test_nothing_is_seen_or_changed_from_outside(
        self, alice_client: Client, mallory_client: Client, assessment: Assessment
    ) -> None:
        page = fields_of(alice_client.get(address(assessment)))
        hidden = mallory_client.get(address(assessment))
        missing = mallory_client.get(f"/assessments/{uuid4()}/PQS/")
        assert (hidden.status_code, missing.status_code) == (404, 404)
        assert hidden.content == missing.content
        assert send_page(mallory_client, assessment, page, capa__choice="1").status_code == 404
        assert stored(assessment).version == 0

    def test_who_is_not_signed_in_is_asked_to(self, client: Client, assessment: Assessment) -> None:
        response = client.get(address(assessment))
        assert (response.status_code, response["Location"]) == (302, f"/accounts/login/?next={address(assessment)}")

    def test_a_session_that_ended_keeps_what_was_typed(
        self, client: Client, alice_client: Client, assessment: Assessment
    ) -> None:
        page = fields_of(alice_client.get(address(assessment)))
        response = send_page(client, assessment, page, capa__rationale="Typed <for> long", capa__choice="3")
        assert response.status_code == 403
        assert "Not saved: you are no longer signed in" in shown(response)
        assert "Typed &lt;for&gt; long</textarea>" in response.content.decode()
        assert stored(assessment).version == 0
        assert send_page(alice_client, assessment, fields_of(response)).status_code == 302
        assert (stored(assessment).score, stored(assessment).rationale) == (Decimal(3), "Typed <for> long")

    def test_only_what_was_changed_is_shown_after_a_session_that_ended(
        self, client: Client, alice_client: Client, assessment: Assessment
    ) -> None:
        send(alice_client, assessment, capa__choice="2", capa__rationale="Stored long ago")
        page = fields_of(alice_client.get(address(assessment)))
        changed = {"change-management__exact": "2.5", "change-management-evidence-0-title": "QA-7"}
        html = shown(send_page(client, assessment, page, **changed))
        assert re.findall(r"<h2[^>]*>([^<]*)</h2>", html) == ["Change management"]
        assert "<strong>Answer</strong><br>2.5</p>" in html
        assert re.search(r'<label for="([^"]*)">Title of reference 1</label><input type="text" name="\1"', html)
        assert 'name="capa-rationale" value="Stored long ago"' in html
        assert "Stored long ago</textarea>" not in html

    def test_other_methods_are_refused(self, alice_client: Client, assessment: Assessment) -> None:
        assert alice_client.put(address(assessment)).status_code == 405
        assert alice_client.delete(address(assessment)).status_code == 405
