"""The admin: every table can be kept, scores obey their rule, codes stay, and no page needs inline code."""

import re
from decimal import Decimal

import pytest
from django.apps import apps
from django.contrib import admin
from django.db.models import Model
from django.test import Client
from django.urls import reverse

from assessments.models import Person
from benchmarks.models import AreaScore, Cohort, Establishment, Framework, PracticeArea, SubElement

MODELS = list(apps.get_app_config("benchmarks").get_models())


@pytest.fixture
def keeper(db: None) -> Client:
    """Somebody who keeps the reference data."""
    client = Client()
    client.force_login(
        Person.objects.create_superuser("keeper@example.com", "correct horse battery staple", name="Kim")
    )
    return client


def address(model: type[Model], action: str, *args: object) -> str:
    return reverse(f"admin:benchmarks_{model._meta.model_name}_{action}", args=args)


def scores_form(*scores: str, codes: tuple[str, ...] = ("MCQ", "BC", "PQS", "TE", "EEE")) -> dict[str, str]:
    """The lines of the scores of a new establishment, as a browser sends them."""
    form = {"area_scores-TOTAL_FORMS": str(len(scores)), "area_scores-INITIAL_FORMS": "0"}
    form |= {"sub_element_scores-TOTAL_FORMS": "0", "sub_element_scores-INITIAL_FORMS": "0"}
    keys = {area.code: area.pk for area in PracticeArea.objects.all()}
    for line, (code, score) in enumerate(zip(codes, scores, strict=False)):
        form |= {f"area_scores-{line}-practice_area": str(keys[code]), f"area_scores-{line}-score": score}
    return form


def test_every_table_is_there() -> None:
    assert [model for model in MODELS if not admin.site.is_registered(model)] == []


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model.__name__)
def test_every_table_can_be_searched_and_each_row_opened(keeper: Client, model: type[Model]) -> None:
    row = model._default_manager.all()[0]
    listing = keeper.get(address(model, "changelist"), {"q": "a"})
    assert listing.status_code == 200
    assert 'id="searchbar"' in listing.content.decode()
    for page in (address(model, "add"), address(model, "change", row.pk)):
        assert keeper.get(page).status_code == 200


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model.__name__)
def test_no_page_needs_inline_code(keeper: Client, model: type[Model]) -> None:
    row = model._default_manager.all()[0]
    for page in (address(model, "changelist"), address(model, "change", row.pk)):
        response = keeper.get(page)
        assert "'unsafe-inline'" not in response.headers["Content-Security-Policy"]
        assert re.findall(r"<style|\sstyle=|\son[a-z]+=|<script(?![^>]*\ssrc=)", response.content.decode()) == []


def test_lists_do_not_ask_for_each_row(keeper: Client, django_assert_max_num_queries: object) -> None:
    with django_assert_max_num_queries(12):  # type: ignore[operator]
        keeper.get(address(AreaScore, "changelist"))


def test_a_sub_element_shows_what_its_name_rests_on(keeper: Client) -> None:
    html = keeper.get(address(SubElement, "changelist"), {"name_basis": "working"}).content.decode()
    assert "a working name of ours" in html
    assert "Empowerment and speaking up" in html
    assert "Data Excellence" not in html


@pytest.mark.parametrize(
    ("model", "field"),
    [(PracticeArea, "code"), (SubElement, "code"), (SubElement, "framework"), (Cohort, "slug"), (Framework, "version")],
)
def test_a_code_is_written_once(keeper: Client, model: type[Model], field: str) -> None:
    row = model._default_manager.all()[0]
    before = getattr(row, field)
    assert f'name="{field}"' in keeper.get(address(model, "add")).content.decode()
    assert f'name="{field}"' not in keeper.get(address(model, "change", row.pk)).content.decode()
    keeper.post(address(model, "change", row.pk), {field: "XYZ", "name": "Renamed", "order": "77", "note": "n"})
    row.refresh_from_db()
    assert getattr(row, field) == before


def test_a_practice_area_can_be_renamed(keeper: Client) -> None:
    area = PracticeArea.objects.get(code="TE")
    keeper.post(address(PracticeArea, "change", area.pk), {"name": "Renamed", "order": area.order})
    area.refresh_from_db()
    assert (area.code, area.name) == ("TE", "Renamed")


def test_a_second_cohort_is_entered_by_hand(keeper: Client, client: Client) -> None:
    framework = Framework.objects.get()
    form = {"slug": "by-hand", "name": "By hand", "framework": framework.pk, "assessed": "in 2026"}
    form |= {"description": "D.", "source": "S.", "caution": "C."}
    empty = {"establishments-TOTAL_FORMS": 0, "establishments-INITIAL_FORMS": 0}
    assert keeper.post(address(Cohort, "add"), form | empty).status_code == 302
    cohort = Cohort.objects.get(slug="by-hand")
    site = {"cohort": cohort.pk, "label": "K", "published_average": ""}
    answer = keeper.post(address(Establishment, "add"), site | scores_form("3.0", "3.5", "4", "4.5", "5.0"))
    assert answer.status_code == 302
    assert "One site averages 4.00" in client.get("/cohorts/by-hand/").content.decode()


def test_a_new_establishment_offers_a_line_for_each_practice_area(keeper: Client) -> None:
    html = keeper.get(address(Establishment, "add")).content.decode()
    assert 'name="area_scores-TOTAL_FORMS" value="5"' in html


def test_lines_left_empty_are_not_stored(keeper: Client) -> None:
    site = {"cohort": Cohort.objects.get().pk, "label": "K", "published_average": ""}
    form = scores_form("3.0", "3.5")
    form |= {"area_scores-TOTAL_FORMS": "5"}
    assert keeper.post(address(Establishment, "add"), site | form).status_code == 302
    assert Establishment.objects.get(label="K").area_scores.count() == 2


@pytest.mark.parametrize("score", ["0", "5.1", "3.14", "NaN", "1e3", "３", "03", " 3", "+3", "3."])
def test_what_is_no_score_is_refused_with_what_is_allowed(keeper: Client, score: str) -> None:
    site = {"cohort": Cohort.objects.get().pk, "label": "K", "published_average": ""}
    answer = keeper.post(address(Establishment, "add"), site | scores_form(score))
    assert answer.status_code == 200
    assert "Write a score from 1.0 to 5.0 with at most one decimal, like 3.5." in answer.content.decode()
    assert not Establishment.objects.filter(label="K").exists()


def test_a_score_is_shown_and_kept_with_one_decimal(keeper: Client) -> None:
    score = AreaScore.objects.get(establishment__label="A", practice_area__code="MCQ")
    page = address(AreaScore, "change", score.pk)
    assert 'value="2.8"' in keeper.get(page).content.decode()
    form = {"establishment": score.establishment_id, "practice_area": score.practice_area_id}
    assert keeper.post(page, form | {"score": "2.9"}).status_code == 302
    score.refresh_from_db()
    assert score.score == Decimal("2.9")


def test_nobody_else_comes_in(client: Client, alice_client: Client) -> None:
    for visitor in (client, alice_client):
        assert visitor.get(address(Cohort, "changelist")).status_code == 302
