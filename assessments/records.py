"""An assessment as plain frozen data: what a report is built from, whether it comes from the database or a file."""

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from enum import StrEnum
from typing import TYPE_CHECKING, TypedDict
from uuid import UUID

from django.db.models import OuterRef, Q, QuerySet, Subquery

from assessments.comparison import Comparison, GivenRating, compare
from assessments.earlier import compared_with, read_earlier
from assessments.entries import Entry, EvidenceReference
from assessments.models import Answer, AnswerState, Assessment, RaterFunction, Rating, RatingRound, Rubric
from assessments.scoring import Result, SubElementScore, score_assessment
from assessments.since import EarlierRecord
from benchmarks.models import NameBasis

if TYPE_CHECKING:
    from django_stubs_ext import WithAnnotations


class Status(StrEnum):
    """Whether the assessment may still change; the words of `report.json`."""

    DRAFT = "draft"
    IN_REVIEW = "in_review"
    SIGNED = "signed"


@dataclass(frozen=True, slots=True)
class AnswerRecord:
    """One answer with the sub-element it belongs to. `score` is a Decimal exactly when `state` is "scored"."""

    code: str
    name: str
    area_code: str
    area_name: str
    name_basis: str
    anchors: tuple[str, ...]  # five, lowest level first
    progressions: tuple[str, ...]  # four, from level 1 to 2 first
    state: str
    score: Decimal | None
    reason: str
    rationale: str
    evidence: tuple[EvidenceReference, ...]
    confidence: str = ""  # empty when nobody said; else low, medium, high
    evidence_strength: str = "none"
    version: int = 0
    saved_at: datetime | None = None

    @property
    def is_decided(self) -> bool:
        return self.state in (AnswerState.SCORED, AnswerState.NOT_APPLICABLE)

    def is_agreed_since(self, comparison_opened_at: datetime) -> bool:
        """Whether it was saved or confirmed by somebody who could see the ratings."""
        return self.is_decided and self.saved_at is not None and self.saved_at >= comparison_opened_at

    @property
    def as_score(self) -> SubElementScore:
        return SubElementScore(self.code, self.state, self.score)


@dataclass(frozen=True, slots=True)
class Withheld:
    """What a shared report leaves out (`redaction.py`)."""

    texts: bool  # rationale, evidence, why something is not applicable
    names: bool  # of the site, the organisation, and whatever tells them


@dataclass(frozen=True, slots=True)
class SignatureRecord:
    """One signature under what a report says."""

    meaning: str
    name: str  # as printed when it was given
    email: str  # then; whoever changes their name is known by it
    signed_at: datetime


@dataclass(frozen=True, slots=True)
class SignOff:
    """What stands beneath a report that has been signed off; no part of what was signed."""

    signatures: tuple[SignatureRecord, ...]
    digest: str  # of what was signed
    signed_at: datetime  # of the last of them
    trail_head: str = ""  # of the organisation's audit trail at that moment


@dataclass(frozen=True, slots=True)
class AssessmentRecord:
    """What a report says of the assessment itself."""

    id: str | None  # None when nothing is stored
    title: str
    period: str
    site: str
    manufacturing: str
    organisation: str
    is_fictional: bool
    questionnaire: str
    framework: str
    level_names: tuple[str, ...]
    status: Status
    revision: int  # how many saves were accepted
    answered_by: tuple[str, ...]
    last_saved_at: datetime | None
    answers: tuple[AnswerRecord, ...]  # in the framework's order
    comparison: Comparison | None = None  # of the raters, where there were any and it was asked for
    is_for_counsel: bool = False  # marked as prepared at the direction of counsel
    withheld: Withheld | None = None  # None unless it is shared with others
    earlier: EarlierRecord | None = None  # the one to compare with, where there is one and it was asked for
    document_revision: int = 1
    revises: str | None = None  # the record of the signed revision that this one takes the place of
    revision_reason: str = ""
    sign_off: SignOff | None = None

    @property
    def is_shared_draft(self) -> bool:
        """Whoever was not there must see that it may still change, also when every answer is given."""
        return self.withheld is not None and self.status is not Status.SIGNED

    @property
    def by_area(self) -> dict[str, tuple[AnswerRecord, ...]]:
        """The answers by code of their practice area, both in the framework's order."""
        codes = dict.fromkeys(answer.area_code for answer in self.answers)
        return {code: tuple(answer for answer in self.answers if answer.area_code == code) for code in codes}

    def score(self) -> Result:
        return score_assessment({code: [each.as_score for each in answers] for code, answers in self.by_area.items()})


class WithRubric(TypedDict):
    """What the query adds to an answer."""

    anchors: list[str]
    progressions: list[str]
    compared_round: int | None
    earlier: UUID | None


def read_assessment(
    assessment: Assessment, *, with_ratings: bool = False, earlier: QuerySet[Assessment] | None = None
) -> AssessmentRecord:
    """Read the answers of an assessment fetched through `access.py`, with what their levels say: one query.

    With the ratings it is one query more, but only where raters have been compared; with the earlier assessments that
    may be looked at also one more, but only where one of them is there to compare with.
    """
    if earlier is None:
        earlier = Assessment.objects.none()
    rubric = Rubric.objects.filter(questionnaire=assessment.questionnaire_id, sub_element=OuterRef("sub_element"))
    answers = list(
        assessment.answers.select_related("sub_element__practice_area", "saved_by").annotate(
            anchors=Subquery(rubric.values("anchors")),
            progressions=Subquery(rubric.values("progressions")),
            compared_round=_latest_compared(assessment),
            earlier=Subquery(compared_with(earlier, assessment).values("pk")[:1]),
        )
    )
    compared = answers[0].earlier if answers else None
    is_compared = with_ratings and any(answer.compared_round is not None for answer in answers)
    return AssessmentRecord(
        id=str(assessment.pk),
        title=assessment.title,
        period=assessment.period,
        site=assessment.site.name,
        manufacturing=assessment.site.manufacturing,
        organisation=assessment.site.organisation.name,
        is_fictional=assessment.site.organisation.is_fictional,
        questionnaire=assessment.questionnaire.version,
        framework=assessment.questionnaire.framework.version,
        level_names=tuple(assessment.questionnaire.level_names),
        status=Status(assessment.status),
        revision=sum(answer.version for answer in answers),
        answered_by=tuple(sorted({str(answer.saved_by) for answer in answers if answer.saved_by})),
        last_saved_at=max((answer.saved_at for answer in answers if answer.saved_at), default=None),
        answers=tuple(_answer(answer) for answer in answers),
        comparison=read_comparison(assessment) if is_compared else None,
        is_for_counsel=assessment.is_for_counsel,
        earlier=None if compared is None else read_earlier(compared),
        document_revision=assessment.revision_number,
        revises=None if assessment.revises_id is None else str(assessment.revises_id),
        revision_reason=assessment.revision_reason,
    )


def read_comparison(assessment: Assessment, earlier: int | None = None) -> Comparison | None:
    """The ratings of the latest compared round of an assessment, or of an earlier one by its key: one query.

    None when there is no such round.
    """
    rounds = _compared(assessment) if earlier is None else _compared(assessment).filter(pk=earlier)
    ratings = Rating.objects.filter(rater__round=Subquery(rounds.values("pk")[:1]), rater__withdrawn_at=None)
    rows = list(ratings.select_related("rater__round", "sub_element"))
    if not rows:
        return None
    held = rows[0].rater.round
    if held.closed_at is None or held.comparison_opened_at is None:
        return None
    return compare(
        [_given(row) for row in rows],
        is_anonymous=held.is_anonymous,
        closed_at=held.closed_at,
        opened_at=held.comparison_opened_at,
    )


def _compared(assessment: Assessment) -> QuerySet[RatingRound]:
    """The rounds whose comparison has been opened, while they are closed; the latest first.

    A revision goes on from what raters gave before it.
    """
    of_it = Q(assessment=assessment.pk)
    if assessment.first_id is not None:
        of_it |= Q(assessment=assessment.first_id) | Q(assessment__first=assessment.first_id)
    return RatingRound.objects.filter(of_it, comparison_opened_at__isnull=False, closed_at__isnull=False)


def _latest_compared(assessment: Assessment) -> Subquery:
    return Subquery(_compared(assessment).values("pk")[:1])


def _given(row: Rating) -> GivenRating:
    rater = row.rater
    function = RaterFunction(rater.function)
    return GivenRating(rater.pk, rater.name, function, row.sub_element.code, Entry.of(row), is_saved=row.version > 0)


def is_stored(*assessment_ids: UUID | str) -> bool:
    """Whether the assessment, or all of several, are still there."""
    return Assessment.objects.filter(pk__in=assessment_ids).count() == len(assessment_ids)


def _answer(answer: "WithAnnotations[Answer, WithRubric]") -> AnswerRecord:
    sub_element = answer.sub_element
    return AnswerRecord(
        code=sub_element.code,
        name=sub_element.name,
        area_code=sub_element.practice_area.code,
        area_name=sub_element.practice_area.name,
        name_basis=NameBasis(sub_element.name_basis).label,
        anchors=tuple(answer.anchors),
        progressions=tuple(answer.progressions),
        state=answer.state,
        score=None if answer.score is None else answer.score.quantize(Decimal("0.1")),
        reason=answer.reason,
        rationale=answer.rationale,
        evidence=tuple(EvidenceReference.of(each) for each in answer.evidence),
        confidence=answer.confidence,
        evidence_strength=answer.evidence_strength,
        version=answer.version,
        saved_at=answer.saved_at,
    )
