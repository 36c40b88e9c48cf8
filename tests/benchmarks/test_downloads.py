"""A cohort as files: complete, with gaps kept empty, safe to open and cheap to ask for again."""

import csv
import io
import json
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from tests.benchmarks.made_up import WITH_GAPS, many, store


@pytest.fixture
def fda(client: Client, db: None) -> dict[str, Any]:
    data: dict[str, Any] = json.loads(client.get("/cohorts/fda-2024.json").content)
    return data


def csv_rows(client: Client, slug: str) -> list[dict[str, str]]:
    content = client.get(reverse("benchmarks:cohort_csv", args=[slug])).content
    return list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"), newline="")))


def test_the_csv_has_a_row_for_each_site(client: Client, db: None) -> None:
    rows = csv_rows(client, "fda-2024")
    assert [row["site"] for row in rows] == list("ABCDEFGHI")
    assert list(rows[0])[:8] == ["site", "MCQ", "BC", "PQS", "TE", "EEE", "average", "spread"]
    assert {column: figure for column, figure in rows[5].items() if figure} == {
        "site": "F",
        "MCQ": "4.5",
        "BC": "4.4",
        "PQS": "4.4",
        "TE": "4.3",
        "EEE": "4.7",
        "average": "4.46",
        "spread": "0.40",
        "technological-advancement": "4.8",
        "knowledge-management": "4.8",
        "data-excellence": "3.2",
    }
    assert sum(bool(row[code]) for row in rows for code in list(row)[8:]) == 6


def test_the_json_says_what_was_published_and_what_was_computed(fda: dict[str, Any]) -> None:
    assert fda["schema"] == "qmm-cohort/1"
    assert fda["computed"]["averages"] == {"count": 9, "low": "2.40", "median": "3.98", "high": "4.62", "mean": "3.79"}
    assert fda["computed"]["spreads"] == {"count": 9, "low": "0.40", "median": "0.50", "high": "1.30", "mean": "0.66"}
    assert {area["code"]: area["computed"]["mean"] for area in fda["areas"]} == {
        "MCQ": "3.84", "BC": "3.80", "PQS": "3.61", "TE": "3.63", "EEE": "4.08",
    }  # fmt: skip
    site = next(each for each in fda["establishments"] if each["label"] == "G")
    assert site == {
        "label": "G",
        "areas": {"MCQ": "2.2", "BC": "2.5", "PQS": "2.2", "TE": "2.7", "EEE": "2.4"},
        "sub_elements": {
            "continual-improvement": None,
            "data-excellence": None,
            "technological-advancement": None,
            "knowledge-management": None,
            "rewards-and-recognition": "1.8",
        },
        "computed": {"average": "2.40", "spread": "0.50"},
    }


def test_the_json_cites_the_source_and_whose_arithmetic_the_averages_are(fda: dict[str, Any]) -> None:
    assert "Kamal Biswas (Regller)" in fda["source"]
    assert "Eric Twum" in fda["source"]
    assert "the averages are the article author's arithmetic and not an FDA figure" in fda["source"]


def test_the_json_says_what_each_name_rests_on(fda: dict[str, Any]) -> None:
    assert {
        "code": "data-excellence",
        "name": "Data Excellence",
        "name_basis": "scorecard",
        "area": "TE",
        "area_basis": "stated",
    } in fda["sub_elements"]


def test_no_number_in_the_json_is_a_float(client: Client, db: None) -> None:
    def refuse(text: str) -> float:
        raise AssertionError(f"{text} is a float")

    json.loads(client.get("/cohorts/fda-2024.json").content, parse_float=refuse)


def test_a_gap_is_empty_in_one_file_and_null_in_the_other(client: Client, db: None) -> None:
    store(WITH_GAPS)
    rows = csv_rows(client, "made-up")
    assert list(rows[0].values()) == ["North-west plant", "3.1", "2.2", "", "4.0", "4.4", "", ""]
    assert list(rows[3].values()) == ["S <b>", "", "", "", "", "", "", ""]
    site = json.loads(client.get("/cohorts/made-up.json").content)["establishments"][3]
    assert site["areas"] == dict.fromkeys(("MCQ", "BC", "PQS", "TE", "EEE"))
    assert site["computed"] == {"average": None, "spread": None}


def test_a_label_never_runs_as_a_formula(client: Client, db: None) -> None:
    store({"=1+1": ("3.0",) * 5, "＝SUM": ("3.0",) * 5})
    assert [row["site"] for row in csv_rows(client, "made-up")] == ["'=1+1", "'＝SUM"]
    labels = [each["label"] for each in json.loads(client.get("/cohorts/made-up.json").content)["establishments"]]
    assert labels == ["=1+1", "＝SUM"]


@pytest.mark.parametrize(("ending", "content_type"), [("csv", "text/csv; charset=utf-8"), ("json", "application/json")])
def test_a_file_comes_with_its_type_and_its_name(client: Client, db: None, ending: str, content_type: str) -> None:
    response = client.get(f"/cohorts/fda-2024.{ending}")
    assert response.status_code == 200
    assert response.headers["Content-Type"] == content_type
    assert response.headers["Content-Disposition"] == f'attachment; filename="fda-2024.{ending}"'
    assert response.headers["X-Content-Type-Options"] == "nosniff"


@pytest.mark.parametrize("ending", ["csv", "json"])
def test_a_file_may_be_kept_and_is_not_sent_twice(client: Client, db: None, ending: str) -> None:
    first = client.get(f"/cohorts/fda-2024.{ending}")
    assert "public" in first.headers["Cache-Control"]
    assert "Cookie" not in first.headers.get("Vary", "")
    assert not first.cookies
    again = client.get(f"/cohorts/fda-2024.{ending}", headers={"If-None-Match": first.headers["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    store(WITH_GAPS, slug="second")
    assert client.get(f"/cohorts/second.{ending}").headers["ETag"] != first.headers["ETag"]


@pytest.mark.parametrize("ending", ["csv", "json"])
def test_the_same_figures_are_the_same_bytes(client: Client, db: None, ending: str) -> None:
    store(many(30))
    assert client.get(f"/cohorts/made-up.{ending}").content == client.get(f"/cohorts/made-up.{ending}").content


@pytest.mark.parametrize("ending", ["csv", "json"])
def test_an_unknown_cohort_is_not_found(client: Client, db: None, ending: str) -> None:
    assert client.get(f"/cohorts/fda-2025.{ending}").status_code == 404


@pytest.mark.parametrize("ending", ["csv", "json"])
@pytest.mark.parametrize("method", ["post", "put", "patch", "delete"])
def test_files_are_only_read(client: Client, db: None, ending: str, method: str) -> None:
    assert getattr(client, method)(f"/cohorts/fda-2024.{ending}").status_code == 405


@pytest.mark.parametrize("ending", ["csv", "json"])
def test_a_head_request_has_the_headers_alone(client: Client, db: None, ending: str) -> None:
    response = client.head(f"/cohorts/fda-2024.{ending}")
    assert (response.status_code, response.content) == (200, b"")
    assert response.headers["ETag"] == client.get(f"/cohorts/fda-2024.{ending}").headers["ETag"]
