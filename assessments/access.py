"""The only place that decides who may do what; what is hidden and what does not exist are the same 404."""

from enum import StrEnum
from uuid import UUID

from django.db.models import Exists, Model, OuterRef, Q, QuerySet
from django.http import Http404, HttpRequest
from django.utils import timezone

from assessments.models import (
    Answer,
    Assessment,
    Assignment,
    MemberInvitation,
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


class Rights(frozenset[Action]):
    """What somebody may do somewhere; a template asks by name: `{% if rights.SHARE %}`."""

    def __getitem__(self, name: str) -> bool:
        return Action[name] in self


def roles_for(action: Action) -> list[Role]:
    """The roles that may do it."""
    return [role for role, actions in ROLE_ACTIONS.items() if action in actions]


def memberships_for(person: Person, action: Action) -> QuerySet[Membership]:
    """The memberships in force that let this person do it, at least at some sites."""
    return _memberships(action).filter(person=person)


def people_who_may(organisation: Organisation, action: Action) -> QuerySet[Person]:
    """Those who may do it in an organisation now, at least at some sites."""
    memberships = _memberships(action).filter(organisation=organisation)
    return Person.objects.filter(is_active=True, pk__in=memberships.values("person")).order_by("email")


def _memberships(action: Action) -> QuerySet[Membership]:
    allowed = memberships_in_force().filter(role__in=roles_for(action))
    return allowed.filter(is_limited_to_sites=False) if action in OF_THE_WHOLE else allowed


def rights_at(person: Person, place: Assessment | Organisation) -> Rights:
    """What this person may do there, so that no page offers what would answer 404: one query.

    An assessment must have its site at hand.
    """
    theirs = memberships_in_force().filter(person=person)
    if isinstance(place, Organisation):
        return _rights(theirs.filter(organisation=place.pk).first())
    here = theirs.filter(organisation=place.site.organisation_id)
    return _rights(here.filter(Q(is_limited_to_sites=False) | Q(Exists(_chosen(place.site_id)))).first())


def rights_by_organisation(person: Person) -> dict[int, Rights]:
    """What this person may do in each of their organisations, by its key: one query."""
    theirs = memberships_in_force().filter(person=person)
    return {membership.organisation_id: _rights(membership) for membership in theirs}


def _rights(membership: Membership | None) -> Rights:
    if membership is None:
        return Rights()
    actions = ROLE_ACTIONS[Role(membership.role)]
    return Rights(actions - OF_THE_WHOLE if membership.is_limited_to_sites else actions)


def memberships_in_force() -> QuerySet[Membership]:
    """Those that have not ended, whatever they let anybody do."""
    return Membership.objects.filter(Q(ends_at=None) | Q(ends_at__gt=timezone.now()))


def _chosen(site: int | OuterRef) -> QuerySet[Model]:
    """The rows that say a membership is limited to this site, among others."""
    return Membership.sites.through.objects.filter(membership=OuterRef("pk"), site=site)


def organisations_for(person: Person, action: Action) -> QuerySet[Organisation]:
    """Their organisations, each with its planned deletion at hand, as all that is handed out here."""
    theirs = Organisation.objects.filter(pk__in=memberships_for(person, action).values("organisation"))
    return theirs.select_related("planned_deletion")


def sites_for(person: Person, action: Action) -> QuerySet[Site]:
    return Site.objects.filter(_at_their_sites(person, action, "pk", "organisation")).select_related(
        "organisation__planned_deletion"
    )


def _at_their_sites(person: Person, action: Action, site: str, organisation: str) -> Exists:
    """Whether a row, by the paths to its site and organisation, lies where this person may do this."""
    there = memberships_for(person, action).filter(organisation=OuterRef(organisation))
    return Exists(there.filter(Q(is_limited_to_sites=False) | Exists(_chosen(OuterRef(OuterRef(site))))))


def assessments_for(person: Person, action: Action) -> QuerySet[Assessment]:
    """Their assessments with site, organisation, questionnaire and framework at hand, in one query."""
    theirs = _at_their_sites(person, action, "site", "site__organisation")
    related = ("site__organisation__planned_deletion", "questionnaire__framework")
    return Assessment.objects.filter(theirs).select_related(*related)


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


def own_areas(person: Person, assessment: Assessment, rights: Rights) -> frozenset[str]:
    """The codes of the practice areas that are this person's to answer, apart from whoever may answer all: one query.

    None, and no query, for whoever may answer everywhere or nowhere.
    """
    if Action.ANSWER not in rights or Action.ANSWER_ALL in rights:
        return frozenset()
    assigned = Assignment.objects.filter(person=person, assessment=assessment)
    return frozenset(assigned.values_list("practice_area__code", flat=True))


def contributors_at(site: Site) -> QuerySet[Person]:
    """Those of whom each answers only what is assigned to them, by name."""
    limited = [role for role in roles_for(Action.ANSWER) if role not in roles_for(Action.ANSWER_ALL)]
    theirs = memberships_in_force().filter(organisation=site.organisation_id, role__in=limited, person=OuterRef("pk"))
    there = theirs.filter(Q(is_limited_to_sites=False) | Q(Exists(_chosen(site.pk))))
    return Person.objects.filter(Exists(there), is_active=True).order_by("name", "email", "pk")


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


def member_or_404(person: Person, organisation_id: int, membership_id: int, action: Action) -> Membership:
    """One member of an organisation, if this person may do this there."""
    organisation = organisation_or_404(person, organisation_id, action)
    member = organisation.memberships.select_related("person").filter(pk=membership_id).first()
    if member is None:
        raise Http404("There is no such member.")
    member.organisation = organisation
    return member


def member_invitation_or_404(
    person: Person, organisation_id: int, invitation_id: UUID, action: Action
) -> MemberInvitation:
    """One invitation to an organisation, if this person may do this there."""
    invitations = organisation_or_404(person, organisation_id, action).invitations
    invitation = invitations.filter(pk=invitation_id).first()
    if invitation is None:
        raise Http404("There is no such invitation.")
    return invitation
