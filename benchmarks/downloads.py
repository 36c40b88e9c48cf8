"""A cohort as data: `<slug>.json` with all that is known of it, `<slug>.csv` with one row for each site."""

import csv
import io
import json
from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from benchmarks.cohorts import CohortFigures, EstablishmentFigures
from benchmarks.distribution import Distribution
from benchmarks.formatting import formula_safe
from benchmarks.published import PublishedSubElement

SCHEMA = "qmm-cohort/1"


def cohort_json(cohort: CohortFigures, sub_elements: Sequence[PublishedSubElement]) -> bytes:
    """UTF-8; decimals are strings, what was not published is null, and keys never disappear."""
    data = {
        "schema": SCHEMA,
        "slug": cohort.slug,
        "name": cohort.name,
        "assessed": cohort.assessed,
        "description": cohort.description,
        "source": cohort.source,
        "caution": cohort.caution,
        "computed": {"averages": _shape(cohort.overall), "spreads": _shape(cohort.evenness)},
        "areas": [
            {"code": area.code, "name": area.name, "computed": _shape(cohort.area(area.code))} for area in cohort.areas
        ],
        "sub_elements": [_sub_element(each) for each in sub_elements],
        "establishments": [_establishment(cohort, each) for each in cohort.establishments],
    }
    return (json.dumps(data, ensure_ascii=False, indent=1) + "\n").encode()


def _shape(shape: Distribution | None) -> dict[str, Any]:
    if shape is None:
        return {"count": 0, "low": None, "median": None, "high": None, "mean": None}
    figures = {"low": shape.low, "median": shape.median, "high": shape.high, "mean": shape.mean}
    return {"count": shape.count, **{name: str(figure) for name, figure in figures.items()}}


def _sub_element(each: PublishedSubElement) -> dict[str, str]:
    return {
        "code": each.code,
        "name": each.name,
        "name_basis": each.name_basis,
        "area": each.area_code,
        "area_basis": each.area_basis,
    }


def _establishment(cohort: CohortFigures, site: EstablishmentFigures) -> dict[str, Any]:
    return {
        "label": site.label,
        "areas": {area.code: _text(site.areas.get(area.code)) for area in cohort.areas},
        "sub_elements": {code: _text(score) for code, score in _sub_element_scores(cohort, site.label).items()},
        "computed": {"average": _text(site.average), "spread": _text(site.spread)},
    }


def _sub_element_scores(cohort: CohortFigures, label: str) -> dict[str, Decimal | None]:
    return {
        code: next((each.score for each in scores if each.label == label), None)
        for code, scores in cohort.sub_element_scores.items()
    }


def _text(value: Decimal | None) -> str | None:
    return None if value is None else str(value)


def cohort_csv(cohort: CohortFigures) -> bytes:
    """Areas, what is computed of them, then sub-elements; an empty cell was not published. UTF-8 with a mark."""
    page = io.StringIO(newline="")
    writer = csv.writer(page)
    codes = [area.code for area in cohort.areas]
    writer.writerow(["site", *codes, "average", "spread", *cohort.sub_element_scores])
    for site in cohort.establishments:
        figures = [*(site.areas.get(code) for code in codes), site.average, site.spread]
        figures += _sub_element_scores(cohort, site.label).values()
        writer.writerow([formula_safe(site.label), *("" if figure is None else figure for figure in figures)])
    return b"\xef\xbb\xbf" + page.getvalue().encode()
