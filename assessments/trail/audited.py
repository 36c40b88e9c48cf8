"""Which tables the audit trail records, and for each where its rows belong; tables left out are named with why."""

from dataclasses import dataclass
from enum import StrEnum

from django.apps import apps
from django.db import models

from assessments.models import (
    Answer,
    AnswerVersion,
    Assessment,
    Assignment,
    MemberInvitation,
    Membership,
    Organisation,
    PlannedDeletion,
    Rater,
    Rating,
    RatingRound,
    ReportLink,
    ReportLinkOpening,
    Review,
    Signature,
    SignedRecord,
    Site,
)


class Operation(StrEnum):
    """What can happen to a row, in the database's word; `action` is the trail's."""

    INSERT = "INSERT"
    UPDATE = "UPDATE"
    DELETE = "DELETE"

    @property
    def action(self) -> str:
        return {"INSERT": "added", "UPDATE": "changed", "DELETE": "removed"}[self]


@dataclass(frozen=True, slots=True)
class Audited:
    """One audited table. All words are SQL that both databases understand, about the row called {row}."""

    model: type[models.Model]
    organisation: str
    about: str  # what people call the row
    assessment: str = "''"
    hidden: tuple[str, ...] = ()  # secrets: that they changed is recorded, what they are is not
    is_anonymous: str = ""  # whether it belongs to an anonymous round
    is_masked: bool = False  # in an anonymous round neither whose row it is nor what it says is recorded, by whomever
    operations: tuple[Operation, ...] = tuple(Operation)

    @property
    def table(self) -> str:
        return self.model._meta.db_table

    @property
    def columns(self) -> tuple[str, ...]:
        """All but the key, which has its own place."""
        own = (field for field in self.model._meta.concrete_fields if not field.primary_key)
        return tuple(field.get_attname_column()[1] or "" for field in own)

    @property
    def key(self) -> str:
        (column,) = (field.column for field in self.model._meta.concrete_fields if field.primary_key)
        return f"{{row}}.{column}"

    @property
    def kind(self) -> str:
        return self.model.__name__


_SITE = "assessments_site s JOIN assessments_assessment a ON a.site_id = s.id"
_ROUND = f"{_SITE} JOIN assessments_ratinground g ON g.assessment_id = a.id"
_RATER = f"{_ROUND} JOIN assessments_rater r ON r.round_id = g.id"
_CALLED = "SELECT CASE WHEN p.name <> '' THEN p.name ELSE p.email END FROM assessments_person p"
_PERSON = f"({_CALLED} WHERE p.id = {{row}}.person_id)"
_SUB_ELEMENT = "(SELECT e.code FROM benchmarks_subelement e WHERE e.id = {row}.sub_element_id)"
_THROUGH_ASSESSMENT = f"(SELECT s.organisation_id FROM {_SITE} WHERE a.id = {{row}}.assessment_id)"
_THROUGH_ANSWER = "FROM assessments_answer w WHERE w.id = {row}.answer_id"
_THROUGH_INVITATION = "FROM assessments_memberinvitation i WHERE i.id = {row}.memberinvitation_id"
_THROUGH_LINK = "FROM assessments_reportlink l WHERE l.id = {row}.link_id"
_ITS_TITLE = "(SELECT a.title FROM assessments_assessment a WHERE a.id = {row}.assessment_id)"

AUDITED: tuple[Audited, ...] = (
    Audited(Organisation, organisation="{row}.id", about="{row}.name"),
    Audited(
        PlannedDeletion,
        organisation="{row}.organisation_id",
        about="(SELECT o.name FROM assessments_organisation o WHERE o.id = {row}.organisation_id)",
    ),
    Audited(Site, organisation="{row}.organisation_id", about="{row}.name"),
    Audited(Membership, organisation="{row}.organisation_id", about=_PERSON),
    Audited(
        Membership.sites.through,
        organisation="(SELECT m.organisation_id FROM assessments_membership m WHERE m.id = {row}.membership_id)",
        about=f"({_CALLED} JOIN assessments_membership m ON m.person_id = p.id WHERE m.id = {{row}}.membership_id)",
    ),
    Audited(MemberInvitation, organisation="{row}.organisation_id", about="{row}.email", hidden=("nonce",)),
    Audited(
        MemberInvitation.sites.through,
        organisation=f"(SELECT i.organisation_id {_THROUGH_INVITATION})",
        about=f"(SELECT i.email {_THROUGH_INVITATION})",
    ),
    Audited(
        Assessment,
        organisation="(SELECT s.organisation_id FROM assessments_site s WHERE s.id = {row}.site_id)",
        assessment="{row}.id",
        about="{row}.title",
    ),
    Audited(
        Assignment,
        organisation=_THROUGH_ASSESSMENT,
        assessment="{row}.assessment_id",
        about=_PERSON,
    ),
    Audited(Answer, organisation=_THROUGH_ASSESSMENT, assessment="{row}.assessment_id", about=_SUB_ELEMENT),
    Audited(
        AnswerVersion,
        organisation=(
            f"(SELECT s.organisation_id FROM {_SITE} JOIN assessments_answer w ON w.assessment_id = a.id"
            " WHERE w.id = {row}.answer_id)"
        ),
        assessment=f"(SELECT w.assessment_id {_THROUGH_ANSWER})",
        about=(
            "(SELECT e.code FROM benchmarks_subelement e JOIN assessments_answer w ON w.sub_element_id = e.id"
            " WHERE w.id = {row}.answer_id)"
        ),
        # Saving adds one with each change of the answer, whose entry says all of it.
        operations=(Operation.UPDATE, Operation.DELETE),
    ),
    Audited(RatingRound, organisation=_THROUGH_ASSESSMENT, assessment="{row}.assessment_id", about=_ITS_TITLE),
    Audited(
        Rater,
        organisation=f"(SELECT s.organisation_id FROM {_ROUND} WHERE g.id = {{row}}.round_id)",
        assessment="(SELECT g.assessment_id FROM assessments_ratinground g WHERE g.id = {row}.round_id)",
        about="{row}.name",
        hidden=("nonce", "browser_key"),
        is_anonymous="(SELECT g.is_anonymous FROM assessments_ratinground g WHERE g.id = {row}.round_id)",
    ),
    Audited(
        Rating,
        organisation=f"(SELECT s.organisation_id FROM {_RATER} WHERE r.id = {{row}}.rater_id)",
        assessment=(
            "(SELECT g.assessment_id FROM assessments_ratinground g JOIN assessments_rater r ON r.round_id = g.id"
            " WHERE r.id = {row}.rater_id)"
        ),
        about=_SUB_ELEMENT,
        # Until the comparison is opened nobody but the rater sees a rating, and the trail is read before that.
        hidden=("score", "reason", "rationale", "evidence", "confidence", "evidence_strength", "save_id"),
        is_anonymous=(
            "(SELECT g.is_anonymous FROM assessments_ratinground g JOIN assessments_rater r ON r.round_id = g.id"
            " WHERE r.id = {row}.rater_id)"
        ),
        is_masked=True,
    ),
    Audited(
        ReportLink,
        organisation=_THROUGH_ASSESSMENT,
        assessment="{row}.assessment_id",
        about="{row}.purpose",
        hidden=("nonce",),
    ),
    Audited(
        ReportLinkOpening,
        organisation=(
            f"(SELECT s.organisation_id FROM {_SITE} JOIN assessments_reportlink l ON l.assessment_id = a.id"
            " WHERE l.id = {row}.link_id)"
        ),
        assessment=f"(SELECT l.assessment_id {_THROUGH_LINK})",
        about=f"(SELECT l.purpose {_THROUGH_LINK})",
    ),
    # What was signed stays in its own table; here stands its digest.
    Audited(
        Review,
        organisation=_THROUGH_ASSESSMENT,
        assessment="{row}.assessment_id",
        about=_ITS_TITLE,
        hidden=("canonical",),
    ),
    Audited(
        Signature,
        organisation=(
            f"(SELECT s.organisation_id FROM {_SITE} JOIN assessments_review v ON v.assessment_id = a.id"
            " WHERE v.id = {row}.review_id)"
        ),
        assessment="(SELECT v.assessment_id FROM assessments_review v WHERE v.id = {row}.review_id)",
        about="{row}.printed_name",
    ),
    Audited(
        SignedRecord,
        organisation=_THROUGH_ASSESSMENT,
        assessment="{row}.assessment_id",
        about=_ITS_TITLE,
        hidden=("rows",),
    ),
)

# Tables that lead to an organisation and are not recorded, each with the reason.
EXEMPT: dict[type[models.Model], str] = {}


def leading_to_an_organisation() -> set[type[models.Model]]:
    """Every table of the app whose rows belong to an organisation, by whatever way."""
    found: set[type[models.Model]] = {Organisation}
    ours = apps.get_app_config("assessments").get_models(include_auto_created=True)
    candidates = set(ours)
    while more := {model for model in candidates - found if _points_at(model, found)}:
        found |= more
    return found


def _points_at(model: type[models.Model], found: set[type[models.Model]]) -> bool:
    return any(field.related_model in found for field in model._meta.concrete_fields if field.is_relation)
