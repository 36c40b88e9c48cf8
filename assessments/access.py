"""The only place that decides who may do what; what is hidden and what does not exist are the same 404."""

from enum import StrEnum
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.http import Http404, HttpRequest
from django.utils import timezone

from assessments.models import (
    Answer,
    Assessment,
    Assignment,
    Membership,
    Organisation,
    Person,
    Rater,
    ReportLink,
    Role,
    Site,
)
from assessments.revision_chain import opened_before


class SignedInRequest(HttpRequest):
    """A request that `login_required` let through: its user is a person."""

    user: Person


class Action(StrEnum):
    """What a person may want to do inside an organisation."""

    VIEW = "read answers and reports"
    ANSWER = "answer, where it is theirs to answer"
    ANSWER_ALL = "answer everywhere, and by workbook"
    LEAD = "open assessments, give them titles, assign areas, send them to be signed"
    ASK_RATERS = "invite raters and open their comparison"
    SIGN = "sign an assessment"
    REVISE = "open a new revision of a signed assessment"
    SHARE = "share a report by a link"
    READ_TRAIL = "read the audit trail"
    MANAGE_PEOPLE = "invite people, change their roles, remove them"
    MANAGE_ORGANISATION = "change the organisation and its sites"
    DELETE = "delete an assessment or the organisation"
    ARCHIVE = "take everything away as one archive"


_READING = frozenset({Action.VIEW})
_ANSWERING = _READING | {Action.ANSWER}
_LEADING = _ANSWERING | {
    Action.ANSWER_ALL,
    Action.LEAD,
    Action.ASK_RATERS,
    Action.SIGN,
    Action.REVISE,
    Action.READ_TRAIL,
}

ROLE_ACTIONS: dict[Role, frozenset[Action]] = {
    Role.OWNER: frozenset(Action),
    Role.LEAD: _LEADING,
    Role.CONTRIBUTOR: _ANSWERING,
    Role.VIEWER: _READING,
}
# Of these a person limited to some sites may do none: they concern the organisation as a whole.
OF_THE_WHOLE = frozenset({Action.MANAGE_PEOPLE, Action.MANAGE_ORGANISATION, Action.READ_TRAIL, Action.ARCHIVE})


def roles_for(action: Action) -> list[Role]:
    """The roles that may do it."""
    return [role for role, actions in ROLE_ACTIONS.items() if action in actions]


def memberships_for(person: Person, action: Action) -> QuerySet[Membership]:
    """The memberships in force that let this person do it, at least at some sites."""
    in_force = Q(ends_at=None) | Q(ends_at__gt=timezone.now())
    allowed = Membership.objects.filter(in_force, person=person, role__in=roles_for(action))
    return allowed.filter(is_limited_to_sites=False) if action in OF_THE_WHOLE else allowed


def organisations_for(person: Person, action: Action) -> QuerySet[Organisation]:
    return Organisation.objects.filter(pk__in=memberships_for(person, action).values("organisation"))


def sites_for(person: Person, action: Action) -> QuerySet[Site]:
    return Site.objects.filter(_at_their_sites(person, action, "pk", "organisation")).select_related("organisation")


def _at_their_sites(person: Person, action: Action, site: str, organisation: str) -> Exists:
    """Whether a row, by the paths to its site and organisation, lies where this person may do this."""
    there = memberships_for(person, action).filter(organisation=OuterRef(organisation))
    chosen = Membership.sites.through.objects.filter(membership=OuterRef("pk"), site=OuterRef(OuterRef(site)))
    return Exists(there.filter(Q(is_limited_to_sites=False) | Exists(chosen)))


def assessments_for(person: Person, action: Action) -> QuerySet[Assessment]:
    """Their assessments with site, organisation, questionnaire and framework at hand, in one query."""
    theirs = _at_their_sites(person, action, "site", "site__organisation")
    return Assessment.objects.filter(theirs).select_related("site__organisation", "questionnaire__framework")


def earlier_assessments(person: Person, assessment: Assessment, action: Action) -> QuerySet[Assessment]:
    """Those of the same site opened before this one, as far as this person may do this with them."""
    return assessments_for(person, action).filter(opened_before(assessment))


def answers_for(person: Person, action: Action) -> QuerySet[Answer]:
    """The answers of their assessments, each with its sub-element and who saved it, in one query.

    A contributor answers those of the areas that are assigned to them, whoever may answer all answers all.
    """
    theirs: Exists | Q = _at_their_sites(person, action, "assessment__site", "assessment__site__organisation")
    if action is Action.ANSWER:
        everywhere = _at_their_sites(person, Action.ANSWER_ALL, "assessment__site", "assessment__site__organisation")
        area = OuterRef("sub_element__practice_area")
        assigned = Assignment.objects.filter(person=person, assessment=OuterRef("assessment"), practice_area=area)
        theirs = Q(theirs) & (Q(everywhere) | Q(Exists(assigned)))
    answers = Answer.objects.filter(theirs)
    return answers.select_related("sub_element__practice_area", "saved_by").order_by("sub_element__order")


def assessment_or_404(person: Person, assessment_id: UUID, action: Action) -> Assessment:
    """The assessment, if this person may do this with it."""
    assessment = assessments_for(person, action).filter(pk=assessment_id).first()
    if assessment is None:
        raise Http404("There is no such assessment.")
    return assessment


def rater_or_404(person: Person, assessment_id: UUID, rater_id: UUID, action: Action) -> Rater:
    """One rater of an assessment, if this person may do this with the assessment; it gives access to no rating."""
    assessment = assessment_or_404(person, assessment_id, action)
    raters = Rater.objects.select_related("round__assessment__site__organisation", "round__opened_by")
    rater = raters.filter(pk=rater_id, round__assessment=assessment).first()
    if rater is None:
        raise Http404("There is no such rater.")
    return rater


def report_link_or_404(person: Person, assessment_id: UUID, link_id: UUID, action: Action) -> ReportLink:
    """One link to the report of an assessment, if this person may do this with the assessment."""
    link = assessment_or_404(person, assessment_id, action).report_links.filter(pk=link_id).first()
    if link is None:
        raise Http404("There is no such link.")
    return link


def organisation_or_404(person: Person, organisation_id: int, action: Action) -> Organisation:
    """The organisation, if this person may do this with it."""
    organisation = organisations_for(person, action).filter(pk=organisation_id).first()
    if organisation is None:
        raise Http404("There is no such organisation.")
    return organisation


def site_or_404(person: Person, site_id: int, action: Action) -> Site:
    """The site, if this person may do this with it."""
    site = sites_for(person, action).filter(pk=site_id).first()
    if site is None:
        raise Http404("There is no such site.")
    return site
