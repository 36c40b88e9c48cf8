"""The page of a cohort: what it says of the 2024 cohort, and that any other appears without code."""

import re
from decimal import Decimal
from pathlib import Path

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries
from tinyhtml5.parser import HTMLParser  # type: ignore[import-untyped]

from benchmarks.models import Cohort, SubElement, SubElementScore
from tests.benchmarks.made_up import WITH_GAPS, many, store

ADDRESS = "/cohorts/fda-2024/"
TEMPLATES = sorted((Path(settings.BASE_DIR) / "templates" / "benchmarks").rglob("*.html"))


def page(client: Client, address: str = ADDRESS) -> str:
    response = client.get(address)
    assert response.status_code == 200
    return response.content.decode()


def words(html: str) -> str:
    """What a reader reads: no pictures, no markup, single spaces."""
    without_pictures = re.sub(r"<svg.*?</svg>", "", html, flags=re.DOTALL)
    return " ".join(re.sub(r"<[^>]+>", " ", without_pictures).split())


def rows(html: str) -> list[str]:
    """The labels of the table of sites, in order."""
    body = html.split("data-sortable>")[1].split("</tbody>")[0]
    return re.findall(r'<th scope="row" data-value="([^"]*)">', body)


def test_its_address_has_its_name() -> None:
    assert reverse("benchmarks:cohort", args=["fda-2024"]) == ADDRESS


def test_it_is_public_and_begins_with_the_finding(client: Client, db: None) -> None:
    html = page(client)
    assert "<h1>Nine sites average from 2.40 to 4.62</h1>" in html
    assert html.count("<h1") == 1
    assert "<title>FDA 2024 cohort · QMM self-assessment</title>" in html


def test_it_has_the_table_of_nine_sites_by_five_areas(client: Client, db: None) -> None:
    html = page(client)
    table = html.split("data-sortable>")[1].split("</table>")[0]
    assert "<caption" in table
    assert len(re.findall(r'<th scope="col"', table)) == 7
    assert rows(html) == list("EFBCDHIAG")
    assert (
        words(table.split("<tbody>")[1].split("</tr>")[0])
        == "E 4.6 4.5 ▲ highest 4.7 ▲ highest 4.4 ▲ highest 4.9 ▲ highest 4.62 ▲ highest"
    )
    assert words(table.split("<tfoot>")[1]) == "Mean 3.84 3.80 3.61 3.63 4.08 3.79 Spread 2.6 2.0 2.5 1.7 2.5 2.22"


def test_it_sorts_by_links_without_javascript(client: Client, db: None) -> None:
    html = page(client, f"{ADDRESS}?sort=TE&order=asc")
    assert rows(html) == list("AGIBCHDFE")
    assert 'aria-sort="ascending"><a href="?sort=TE&amp;order=desc#sites"' in html
    assert html.count("aria-sort") == 1


@pytest.mark.parametrize("query", ["sort=nonsense", "sort=TE&order=up", "order=asc", "sort=&order=", "x=1"])
def test_an_unknown_order_falls_back(client: Client, db: None, query: str) -> None:
    assert rows(page(client, f"{ADDRESS}?{query}"))[0] == "E"


def test_it_draws_a_strip_for_the_average_and_for_each_area(client: Client, db: None) -> None:
    html = page(client)
    assert html.count("strip-wide") == html.count("strip-narrow") == 6
    assert (
        "<desc>Establishments: G 2.40, A 2.84, I 3.68, H 3.74, D 3.98, C 4.06, B 4.36, F 4.46, E 4.62.</desc>" in html
    )


def test_it_sets_spreads_within_and_between_sites_side_by_side(client: Client, db: None) -> None:
    text = words(page(client))
    assert "Within each site, across its practice areas" in text
    assert "B 1.3 TE 3.6 to EEE 4.9 C 0.9 PQS and TE 3.6 to EEE 4.5 A 0.8 PQS 2.6 to EEE 3.4" in text
    assert "In each practice area, across the sites" in text
    assert "Management Commitment to Quality 2.6 G 2.2 to B 4.8" in text
    assert "Technical Excellence 1.7 A and G 2.7 to E 4.4" in text


def test_it_lists_the_published_sub_element_scores_and_leaves_the_rest_empty(client: Client, db: None) -> None:
    html = page(client)
    table = html.split('<table class="data sub-elements">')[1].split("</table>")[0]
    assert table.count("<tr>") == 6
    assert re.findall(r'<td class="number">([\d.]+)</td>', table) == ["5.0", "3.2", "3.2", "4.8", "4.8", "1.8"]
    assert table.count("not published") == 9
    assert "Named in the published scorecard. Technical Excellence: stated in the source." in words(table)
    assert "Named in the published scorecard. Advanced Pharmaceutical Quality System: our inference." in words(table)


def test_it_says_what_cannot_be_concluded_and_whose_statements_they_are(client: Client, db: None) -> None:
    text = words(page(client)).replace("&#x27;", "'")
    assert "What nine sites can and cannot show" in text
    assert "not a percentile, not an industry norm and not a prediction of an FDA score" in text
    assert "were the weakest sub-elements of this cohort is a statement of the source." in text
    assert "Kamal Biswas (Regller), “What FDA's First QMM Scorecard Tells Us”" in text
    assert "the averages are the article author's arithmetic and not an FDA figure" in text


def test_it_offers_its_files(client: Client, db: None) -> None:
    html = page(client)
    assert 'href="/cohorts/fda-2024.csv"' in html
    assert 'href="/cohorts/fda-2024.json"' in html


def test_no_template_holds_a_figure() -> None:
    """Every number a reader sees comes from the data; one that is typed would be wrong for the next cohort."""
    assert len(TEMPLATES) > 5
    for template in TEMPLATES:
        text = re.sub(r"{%.*?%}|{{.*?}}|<[^>]+>", " ", template.read_text(encoding="utf-8"))
        # "On the scale of 1 to 5" is the scale itself.
        assert not re.search(r"\d", text.replace("scale of 1 to 5", "")), template.name
        assert not re.search(r"\b(two|three|four|five|six|seven|eight|nine|ten)\b", text, re.IGNORECASE), template.name


def test_a_cohort_added_as_rows_appears(client: Client, db: None) -> None:
    store(WITH_GAPS)
    html = page(client, "/cohorts/made-up/")
    text = words(html)
    assert "Two of four sites have an average, from 2.56 to 3.56" in text
    assert "What four sites can and cannot show" in text
    assert "No score of a single sub-element was published." in text
    assert rows(html) == ["Q", "R", "North-west plant", "S &lt;b&gt;"]
    assert "– not published" in text
    assert '<a href="/cohorts/made-up/">Made-up cohort</a>' in page(client)
    assert '<a href="/cohorts/fda-2024/">FDA 2024 cohort</a>' in html


def test_its_sub_elements_appear_too(client: Client, db: None) -> None:
    cohort = store(WITH_GAPS)
    SubElementScore.objects.create(
        establishment=cohort.establishments.get(label="Q"),
        sub_element=SubElement.objects.get(code="empowerment"),
        score=Decimal("2.0"),
    )
    text = words(page(client, "/cohorts/made-up/"))
    assert "One score of a single sub-element was published, of one site." in text
    assert "A working name of ours. Employee Engagement and Empowerment: ours, as the sub-element is. 2.0" in text


@pytest.mark.parametrize(
    "scores", [{}, {"A": ("3.0", "", "", "", "")}, {"A": ("3.0",) * 5}], ids=["none", "part", "one"]
)
def test_the_smallest_cohorts_have_a_page(client: Client, db: None, scores: dict[str, tuple[str, ...]]) -> None:
    store(scores)
    html = page(client, "/cohorts/made-up/")
    assert "None" not in words(html)
    assert "Made-up cohort" in html


@pytest.mark.parametrize("count", [2, 60])
def test_queries_do_not_grow_with_the_cohort(
    client: Client, db: None, count: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    cohort = store(many(count))
    codes = list(SubElement.objects.all())
    SubElementScore.objects.bulk_create(
        SubElementScore(establishment=site, sub_element=codes[number % 20], score=Decimal("3.0"))
        for number, site in enumerate(cohort.establishments.all())
    )
    with django_assert_num_queries(4):
        page(client, "/cohorts/made-up/")
    with django_assert_num_queries(3):
        client.get("/cohorts/made-up.json")
    with django_assert_num_queries(2):
        client.get("/cohorts/made-up.csv")


def test_its_markup_is_valid(client: Client, db: None) -> None:
    store(WITH_GAPS)
    for address in (ADDRESS, "/cohorts/made-up/"):
        parser = HTMLParser()
        parser.parse(page(client, address))
        assert parser.errors == []


def test_every_id_is_given_once_and_every_reference_leads_somewhere(client: Client, db: None) -> None:
    html = page(client)
    ids = re.findall(r'\bid="([^"]+)"', html)
    assert len(ids) == len(set(ids))
    assert set(re.findall(r'aria-labelledby="([^"]+)"', html)) <= set(ids)


def test_it_asks_for_nothing_outside_its_host_and_has_no_inline_code(client: Client, db: None) -> None:
    html = page(client)
    assert not re.findall(r'(?:src|href)="(?:https?:)?//', html)
    assert not re.findall(r"<style|\sstyle=|\son[a-z]+=|<script(?![^>]*\ssrc=)", html)


@pytest.mark.parametrize("slug", ["fda-2025", "FDA-2024", "made-up"])
def test_an_unknown_cohort_is_not_found(client: Client, db: None, slug: str) -> None:
    assert client.get(f"/cohorts/{slug}/").status_code == 404


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete"])
def test_it_is_only_read(client: Client, db: None, method: str) -> None:
    before = Cohort.objects.count()
    assert getattr(client, method)(ADDRESS).status_code == 405
    assert Cohort.objects.count() == before


def test_a_hostile_name_stays_text(client: Client, db: None) -> None:
    cohort = store({"<script>alert(1)</script>"[:20]: ("3.0",) * 5})
    Cohort.objects.filter(pk=cohort.pk).update(name="{{ x }} <img src=x onerror=alert(1)>", caution="<b>bold</b>")
    html = page(client, "/cohorts/made-up/")
    assert "<img" not in html
    assert "<b>bold" not in html
    assert "{{ x }}" in html
    assert "<script>alert" not in html
