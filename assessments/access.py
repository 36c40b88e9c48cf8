"""The only place that decides who may do what; what is hidden and what does not exist are the same 404."""

from enum import StrEnum
from uuid import UUID

from django.db.models import QuerySet
from django.http import Http404, HttpRequest

from assessments.earlier import opened_before
from assessments.models import Answer, Assessment, Membership, Organisation, Person, Rater, ReportLink, Role, Site


class SignedInRequest(HttpRequest):
    """A request that `login_required` let through: its user is a person."""

    user: Person


class Action(StrEnum):
    """What a person may want to do inside an organisation."""

    VIEW = "view"
    ANSWER = "answer"
    MANAGE = "manage"


ROLE_ACTIONS: dict[Role, frozenset[Action]] = {
    Role.OWNER: frozenset(Action),
}


def roles_for(action: Action) -> list[Role]:
    """The roles that may do it."""
    return [role for role, actions in ROLE_ACTIONS.items() if action in actions]


def organisations_for(person: Person, action: Action) -> QuerySet[Organisation]:
    allowed = Membership.objects.filter(person=person, role__in=roles_for(action))
    return Organisation.objects.filter(pk__in=allowed.values("organisation"))


def sites_for(person: Person, action: Action) -> QuerySet[Site]:
    allowed = Membership.objects.filter(person=person, role__in=roles_for(action))
    return Site.objects.filter(organisation__in=allowed.values("organisation")).select_related("organisation")


def assessments_for(person: Person, action: Action) -> QuerySet[Assessment]:
    """Their assessments with site, organisation, questionnaire and framework at hand, in one query."""
    allowed = Membership.objects.filter(person=person, role__in=roles_for(action))
    return Assessment.objects.filter(site__organisation__in=allowed.values("organisation")).select_related(
        "site__organisation", "questionnaire__framework"
    )


def earlier_assessments(person: Person, assessment: Assessment, action: Action) -> QuerySet[Assessment]:
    """Those of the same site opened before this one, as far as this person may do this with them."""
    return assessments_for(person, action).filter(opened_before(assessment))


def answers_for(person: Person, action: Action) -> QuerySet[Answer]:
    """The answers of their assessments, each with its sub-element and who saved it, in one query."""
    allowed = Membership.objects.filter(person=person, role__in=roles_for(action))
    answers = Answer.objects.filter(assessment__site__organisation__in=allowed.values("organisation"))
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
