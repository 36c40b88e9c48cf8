"""The fictional organisation: made once, kept, removed whole; and that its story holds."""

import re
from decimal import Decimal
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.test import Client

from assessments.models import Answer, AnswerState, Assessment, Organisation, Person, Rater, Rating, RatingRound, Site
from assessments.overview import build_overview
from assessments.records import read_assessment, read_comparison

pytestmark = pytest.mark.django_db
CHOSEN = "quartz otter lantern"


def demo(*arguments: str) -> str:
    out = StringIO()
    call_command("demo", *arguments, stdout=out)
    return out.getvalue()


def test_it_prints_how_to_sign_in(client: Client) -> None:
    told = demo()
    email, password = (re.search(rf"{name}\s+(\S+)", told) for name in ("address", "password"))
    assert email
    assert password
    assert "http://127.0.0.1:8000/accounts/login/" in told
    client.post("/accounts/login/", {"login": email[1], "password": password[1]})
    text = client.get("/assessments/").text
    assert "Northfield" in text
    assert "fictional" in text


def test_the_password_is_another_each_time_unless_given() -> None:
    assert demo() != demo()
    assert CHOSEN in demo("--password", CHOSEN)
    assert Person.objects.get().check_password(CHOSEN)


def test_a_weak_password_is_refused() -> None:
    with pytest.raises(CommandError, match="at least 12 characters"):
        demo("--password", "demo")
    assert not Person.objects.exists()


def test_a_second_call_keeps_what_is_there() -> None:
    demo()
    Site.objects.update(name="Southgate")
    Assessment.objects.order_by("created_at").first().delete()  # type: ignore[union-attr]
    answers = list(Answer.objects.values_list("pk", "version"))
    demo()
    assert Site.objects.get().name == "Southgate"
    assert list(Answer.objects.values_list("pk", "version")) == answers
    assert Organisation.objects.count() == 1


def test_removing_takes_all_of_it_and_nothing_else(assessment: Assessment) -> None:
    demo()
    assert "removed" in demo("--remove")
    assert list(Assessment.objects.all()) == [assessment]
    assert list(Organisation.objects.values_list("name", flat=True)) == ["Acme"]
    assert list(Person.objects.values_list("email", flat=True)) == ["alice@acme.example"]
    assert "There was no demonstration." in demo("--remove")


def test_it_never_takes_over_the_account_of_someone_else() -> None:
    someone = Person.objects.create_user("demo@example.com", CHOSEN)
    with pytest.raises(CommandError, match="account of someone else"):
        demo()
    someone.refresh_from_db()
    assert someone.check_password(CHOSEN)
    demo("--remove")
    assert Person.objects.exists()


def test_two_assessments_are_finished_and_one_is_under_way() -> None:
    demo()
    half, whole, earlier = (
        build_overview(read_assessment(assessment), lambda: None)
        for assessment in Assessment.objects.select_related("site__organisation", "questionnaire__framework")
    )
    assert not whole.result.is_provisional
    assert (whole.result.progress.answered, whole.result.progress.not_applicable) == (19, 1)
    assert whole.result.overall is not None
    assert Decimal("3.6") <= whole.result.overall <= Decimal("3.8")
    assert not earlier.result.is_provisional
    assert half.result.is_provisional
    assert half.result.progress.unknown == 1
    assert 0 < half.result.progress.answered < 20


def test_the_finished_ones_show_what_moved_and_not_all_of_it_upwards(client: Client) -> None:
    demo("--password", CHOSEN)
    client.post("/accounts/login/", {"login": "demo@example.com", "password": CHOSEN})
    _, whole, _ = Assessment.objects.order_by("created_at")
    text = client.get(f"/assessments/{whole.pk}/report/").text
    assert "The overall moved from 3.43 to 3.69 (+0.26); four of the five practice areas rose, one fell." in text
    assert "Self-assessment, second half of 2025" in text


def test_every_score_has_its_grounds() -> None:
    demo()
    for answer in Answer.objects.filter(state=AnswerState.SCORED):
        assert len(answer.rationale) > 80
        assert all(each["title"] and each["location"] for each in answer.evidence)
        assert answer.evidence
    assert all(len(each.reason) > 80 for each in Answer.objects.filter(state=AnswerState.NOT_APPLICABLE))


def test_raters_have_been_compared_and_site_leadership_rates_higher() -> None:
    demo()
    comparisons = [read_comparison(assessment) for assessment in Assessment.objects.order_by("created_at")]
    earlier, whole, half = comparisons
    assert earlier is half is None
    assert whole is not None
    assert (whole.invited, whole.rated, len(whole.by_function)) == (8, 8, 5)
    assert 3 <= sum(each.is_wide for each in whole.sub_elements) <= 6
    gaps = [each.leadership_gap for each in whole.sub_elements if each.leadership_gap is not None]
    assert len(gaps) == 19
    assert min(gaps) >= 0
    assert not Rater.objects.filter(is_claimable=True).exists()
    demo()
    assert RatingRound.objects.count() == 1
    demo("--remove")
    assert not Rating.objects.exists()
