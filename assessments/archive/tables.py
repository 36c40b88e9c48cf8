"""What of an organisation goes into its archive: each table, how its rows are found, and which columns never leave."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from django.db import models
from django.db.models import Q

from assessments.models import (
    Answer,
    AnswerVersion,
    Assessment,
    Assignment,
    AuditEntry,
    AuditSeal,
    MemberInvitation,
    Membership,
    Organisation,
    Questionnaire,
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
from assessments.signed_links import new_nonce
from benchmarks.models import PracticeArea, SubElement

# Rows that every product has of itself; they are named as fixtures name them, not by their numbers here.
REFERENCES: tuple[type[models.Model], ...] = (Questionnaire, PracticeArea, SubElement)
_ANONYMOUS = "round__is_anonymous"


@dataclass(frozen=True, slots=True)
class Table:
    """One table, in the order in which it is loaded."""

    model: type[models.Model]
    organisation: str  # the way from a row to its organisation
    # What opens something: it stays here, and whoever loads the row gives it a new one.
    secrets: dict[str, Callable[[], str]] = field(default_factory=dict)
    # Rows that were promised to be seen by nobody of the organisation: they go along locked.
    hidden: Q | None = None

    @property
    def name(self) -> str:
        return self.model._meta.label_lower.partition(".")[2]

    @property
    def fields(self) -> "list[models.Field[Any, Any]]":
        return [each for each in self.model._meta.concrete_fields if each.name not in self.secrets]

    def rows(self, organisation_id: int) -> "models.QuerySet[Any]":
        return self.model._base_manager.filter(**{self.organisation: organisation_id}).order_by("pk")


TABLES = (
    Table(Organisation, "pk"),
    Table(Site, "organisation"),
    Table(Membership, "organisation"),
    Table(Membership.sites.through, "membership__organisation"),
    Table(MemberInvitation, "organisation", secrets={"nonce": new_nonce}),
    Table(MemberInvitation.sites.through, "memberinvitation__organisation"),
    Table(Assessment, "site__organisation"),
    Table(Assignment, "assessment__site__organisation"),
    Table(Answer, "assessment__site__organisation"),
    Table(AnswerVersion, "answer__assessment__site__organisation"),
    Table(RatingRound, "assessment__site__organisation"),
    Table(
        Rater,
        "round__assessment__site__organisation",
        secrets={"nonce": new_nonce, "browser_key": str},
        hidden=Q(**{_ANONYMOUS: True}),
    ),
    Table(
        Rating,
        "rater__round__assessment__site__organisation",
        hidden=Q(**{f"rater__{_ANONYMOUS}": True})
        | Q(rater__round__comparison_opened_at=None)
        | Q(rater__round__closed_at=None),
    ),
    Table(ReportLink, "assessment__site__organisation", secrets={"nonce": new_nonce}),
    Table(ReportLinkOpening, "link__assessment__site__organisation"),
    Table(Review, "assessment__site__organisation"),
    Table(Signature, "review__assessment__site__organisation"),
    Table(SignedRecord, "assessment__site__organisation"),
    Table(AuditEntry, "organisation_id"),
    Table(AuditSeal, "organisation_id"),
)
# Tables of an organisation that do not go along, each with the reason.
LEFT_OUT = {"planneddeletion": "that its deletion is planned concerns this server alone"}
