"""`report.json`: a report as data by the contract of its schema, `qmm-report/1`."""

import json
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

from assessments.comparison import Comparison, SubElementRatings
from assessments.leverage import Lever
from assessments.records import SignOff
from assessments.report import AreaReport, Figure, Report, SubElementReport
from assessments.shape import Shape
from assessments.since import Moved, Since
from assessments.sureness import Sureness
from benchmarks.placement import LabelledScore, Placement

SCHEMA = "qmm-report/1"


def report_json(report: Report) -> bytes:
    """The contract as UTF-8 text, the same bytes for the same report."""
    return (json.dumps(as_data(report), ensure_ascii=False, indent=1) + "\n").encode()


def as_data(report: Report) -> dict[str, Any]:
    """The contract: decimals are strings, what is unknown is None, keys never disappear."""
    assessment, progress, cohort = report.assessment, report.result.progress, report.cohort
    withheld = assessment.withheld
    hides_texts, hides_names = (withheld.texts, withheld.names) if withheld else (False, False)
    averages = report.overall.distribution
    return {
        "schema": SCHEMA,
        "generated_at": _moment(report.generated_at),
        "assessment": {
            "id": assessment.id,
            "title": None if hides_names else assessment.title,
            "period": assessment.period,
            "site": assessment.site,
            "organisation": None if hides_names else assessment.organisation,
            "questionnaire": assessment.questionnaire,
            "framework": assessment.framework,
            "status": assessment.status.value,
            "provisional": report.is_provisional,
            "for_counsel": assessment.is_for_counsel,
            "revision": assessment.revision,
            "document_revision": assessment.document_revision,
            "revises": assessment.revises,
            "revision_reason": None if hides_texts else assessment.revision_reason,
            "withheld": withheld and {"texts": withheld.texts, "names": withheld.names},
            "answered": progress.answered,
            "not_applicable": progress.not_applicable,
            "total": progress.total,
        },
        "cohort": {
            "slug": cohort.slug,
            "establishments": len(cohort.establishments),
            "low": _text(averages.low if averages else None),
            "median": _text(averages.median if averages else None),
            "high": _text(averages.high if averages else None),
        },
        "overall": _figure(report.overall),
        "areas": [_area(area) for area in report.areas],
        "sub_elements": [_sub_element(each, hides_texts=hides_texts) for each in report.sub_elements],
        "unevenness": _unevenness(report),
        "raters": None if report.raters is None else _raters(report.raters),
        "shape": _shape(report.shape),
        "evidence": _sureness(report.sureness),
        "levers": [_lever(each) for each in report.levers],
        "since": None if report.since is None else _since(report.since, hides_names=hides_names),
        **_sign_off(assessment.sign_off, hides_names=hides_names),
    }


def _sign_off(sign_off: SignOff | None, *, hides_names: bool) -> dict[str, Any]:
    """Who signed what is above, and its digest; empty until it has been signed off."""
    signatures = () if sign_off is None else sign_off.signatures
    return {
        "signatures": [
            {
                "meaning": each.meaning,
                "name": None if hides_names else each.name,
                "email": None if hides_names else each.email,
                "signed_at": _moment(each.signed_at),
            }
            for each in signatures
        ],
        "digest": None if sign_off is None else sign_off.digest,
        "trail_head": (sign_off.trail_head or None) if sign_off else None,
    }


def _text(value: Decimal | None) -> str | None:
    return None if value is None else str(value)


def _labelled(scores: tuple[LabelledScore, ...]) -> list[dict[str, str]]:
    return [{"label": each.label, "score": str(each.score)} for each in scores]


def _figure(figure: Figure) -> dict[str, Any]:
    return {
        "score": _text(figure.score),
        "interval": None if figure.interval is None else [str(bound) for bound in figure.interval],
        "placement": None if figure.placement is None else _placement(figure.placement),
    }


def _placement(placement: Placement) -> dict[str, Any]:
    return {
        "position": placement.position.value,
        "below": placement.below,
        "level": placement.level,
        "above": placement.above,
        "lower": _labelled(placement.lower),
        "level_with": _labelled(placement.level_with),
        "upper": _labelled(placement.upper),
        "to_lowest": str(placement.to_lowest),
        "to_median": str(placement.to_median),
        "to_highest": str(placement.to_highest),
        "fraction": _text(placement.fraction),
    }


def _area(area: AreaReport) -> dict[str, Any]:
    progress = area.result.progress
    return {
        "code": area.code,
        "name": area.name,
        **_figure(area.figure),
        "answered": progress.answered,
        "not_applicable": progress.not_applicable,
        "total": progress.total,
    }


def _sub_element(each: SubElementReport, *, hides_texts: bool) -> dict[str, Any]:
    answer = each.answer
    return {
        "code": answer.code,
        "area": answer.area_code,
        "name": answer.name,
        "score": _text(answer.score),
        "state": answer.state,
        "reason": None if hides_texts else answer.reason,
        "rationale": None if hides_texts else answer.rationale,
        "evidence": None if hides_texts else [str(reference) for reference in answer.evidence],
        "confidence": answer.confidence or None,
        "evidence_strength": answer.evidence_strength,
        "cohort_scores": _labelled(each.cohort),
        "ratings": None if each.ratings is None else _ratings(each.ratings),
    }


def _ratings(ratings: SubElementRatings) -> dict[str, Any]:
    """The figures of one sub-element; only the count where there is no more, or no more may be shown."""
    agreement = ratings.agreement
    return {
        "count": ratings.count,
        "lowest": _text(agreement.lowest if agreement else None),
        "median": _text(agreement.median if agreement else None),
        "highest": _text(agreement.highest if agreement else None),
        "deviation": _text(agreement.deviation if agreement else None),
        "is_wide": agreement.is_wide if agreement else None,
        "leadership_gap": _text(ratings.leadership_gap),
    }


def _raters(raters: Comparison) -> dict[str, Any]:
    """`count` and `by_function` are of all who gave anything, also without a score; the scores are counted above."""
    return {
        "count": raters.rated,
        "anonymous": raters.is_anonymous,
        "by_function": {function.value: count for function, count in raters.by_function},
        "closed_at": _moment(raters.closed_at),
    }


def _moment(time: datetime) -> str:
    return f"{time.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}"


def _unevenness(report: Report) -> dict[str, Any]:
    unevenness, cohort = report.unevenness, report.unevenness.distribution
    return {
        "spread": _text(unevenness.spread),
        "highest": list(unevenness.highest),
        "lowest": list(unevenness.lowest),
        "cohort_mean": _text(cohort.mean if cohort else None),
        "cohort_low": _text(cohort.low if cohort else None),
        "cohort_high": _text(cohort.high if cohort else None),
    }


def _shape(shape: Shape) -> dict[str, Any]:
    nearest = shape.nearest
    return {
        "deviations": [
            {
                "area": each.code,
                "own": str(each.own),
                "cohort": _labelled(each.cohort),
                "out_of_line": each.is_out_of_line,
            }
            for each in shape.deviations
        ],
        "nearest": None if nearest is None else {"labels": list(nearest.labels), "distance": str(nearest.distance)},
    }


def _sureness(sureness: Sureness) -> dict[str, Any]:
    return {
        "scored": sureness.scored,
        "document_or_record": sureness.demonstrable,
        "by_strength": dict(sureness.by_strength),
        "by_confidence": {code or "not_stated": count for code, count in sureness.by_confidence},
        "high_without_evidence": sureness.left_out,
        "overall_without_these": _text(sureness.supported),
        "areas_left_without_score": list(sureness.emptied),
    }


def _lever(lever: Lever) -> dict[str, Any]:
    return {
        "code": lever.code,
        "from": str(lever.score),
        "to": str(lever.raised),
        "area": str(lever.area),
        "area_gain": str(lever.area_gain),
        "overall": _text(lever.overall),
        "overall_gain": _text(lever.overall_gain),
        "at_or_above": lever.at_or_above,
        "passes": lever.passes,
    }


def _since(since: Since, *, hides_names: bool) -> dict[str, Any]:
    earlier = since.earlier
    return {
        "earlier": {
            "id": earlier.id,
            "title": None if hides_names else earlier.title,
            "period": earlier.period,
            "opened_at": _moment(earlier.opened_at),
            "questionnaire": earlier.questionnaire,
        },
        "same_questionnaire": since.is_same_questionnaire,
        "overall": _moved(since.overall),
        "placement_then": None if since.place_then is None else _placement(since.place_then),
        "areas": [{"code": each.code, **_moved(each.score)} for each in since.areas],
    }


def _moved(score: Moved) -> dict[str, Any]:
    return {"then": _text(score.then), "now": _text(score.now), "change": _text(score.change)}
