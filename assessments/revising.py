"""Opening the next revision of a signed assessment, with a reason; the signed one stays as it is."""

from datetime import datetime

from django.db import transaction

from assessments.database_rules.announcing import announced
from assessments.models import Answer, AnswerVersion, Assessment, Origin
from assessments.rounds import RefusedError


@transaction.atomic
def open_revision(*, assessment: Assessment, reason: str) -> Assessment:
    """A new draft with the same answers, each with who gave it and when."""
    signed = Assessment.objects.select_for_update(no_key=True).order_by().filter(pk=assessment.pk).first()
    if signed is None:
        raise RefusedError("The assessment has been deleted.")
    if not signed.is_signed:
        raise RefusedError("This assessment has not been signed off: a draft is changed as it is.")
    later = signed.next_revisions.first()
    if later is not None:
        raise RefusedError(
            f"Revision {later.revision_number} has been opened already. Go on there, or revise that one once it is "
            "signed off."
        )
    with announced(reason=reason):
        revision = Assessment.objects.create(
            site_id=signed.site_id,
            questionnaire_id=signed.questionnaire_id,
            title=signed.title,
            period=signed.period,
            is_for_counsel=signed.is_for_counsel,
            first_id=signed.first_id or signed.pk,
            revises=signed,
            revision_number=signed.revision_number + 1,
            revision_reason=reason,
        )
    _carry_over(signed, revision)
    return revision


def _carry_over(signed: Assessment, revision: Assessment) -> None:
    answers = Answer.objects.bulk_create(_copy(answer, revision) for answer in signed.answers.all())
    AnswerVersion.objects.bulk_create(_version(answer, answer.saved_at) for answer in answers if answer.saved_at)


def _copy(answer: Answer, revision: Assessment) -> Answer:
    """Versions are counted anew; what nobody has touched stays so."""
    return Answer(
        assessment=revision,
        sub_element_id=answer.sub_element_id,
        version=min(answer.version, 1),
        saved_at=answer.saved_at,
        saved_by_id=answer.saved_by_id,
        **_content(answer),
    )


def _version(answer: Answer, saved_at: datetime) -> AnswerVersion:
    return AnswerVersion(
        answer=answer,
        version=answer.version,
        saved_at=saved_at,
        saved_by_id=answer.saved_by_id,
        origin=Origin.REVISION,
        **_content(answer),
    )


def _content(answer: Answer) -> dict[str, object]:
    names = ("state", "score", "reason", "rationale", "evidence", "confidence", "evidence_strength")
    return {name: getattr(answer, name) for name in names}
