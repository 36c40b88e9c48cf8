"""Who may see and do what."""

from tests.mutants.mutant import Mutant

ACCESS = "assessments/access.py"
ROLES = ("tests/assessments/test_roles.py", "tests/security/test_reach.py")

OF_ACCESS = (
    Mutant(
        "the tenant filter",
        ACCESS,
        "return _memberships(action).filter(person=person)",
        "return _memberships(action)",
        ROLES,
    ),
    Mutant(
        "the permission check",
        ACCESS,
        "for role, actions in ROLE_ACTIONS.items() if action in actions]",
        "for role, actions in ROLE_ACTIONS.items() if actions]",
        ROLES,
    ),
    Mutant(
        "the limit to some sites",
        ACCESS,
        "return Exists(there.filter(Q(is_limited_to_sites=False) | Exists(_chosen(OuterRef(OuterRef(site))))))",
        "return Exists(there)",
        ROLES,
    ),
    Mutant(
        "what only the whole organisation's people do",
        ACCESS,
        "return allowed.filter(is_limited_to_sites=False) if action in OF_THE_WHOLE else allowed",
        "return allowed",
        ROLES,
    ),
    Mutant(
        "the end of a membership",
        ACCESS,
        "return Membership.objects.filter(Q(ends_at=None) | Q(ends_at__gt=timezone.now()))",
        "return Membership.objects.all()",
        ROLES,
    ),
    Mutant(
        "the assignment of a contributor",
        ACCESS,
        "theirs = Q(theirs) & (Q(everywhere) | Q(Exists(assigned)))",
        "theirs = Q(theirs)",
        ("tests/assessments/test_assigning.py",),
    ),
    Mutant(
        "a rater of another assessment",
        ACCESS,
        "rater = raters.filter(pk=rater_id, round__assessment=assessment).first()",
        "rater = raters.filter(pk=rater_id).first()",
        ROLES,
    ),
    Mutant(
        "a link of another assessment",
        ACCESS,
        "link = assessment_or_404(person, assessment_id, action).report_links.filter(pk=link_id).first()",
        "assessment_or_404(person, assessment_id, action)\n    link = ReportLink.objects.filter(pk=link_id).first()",
        ROLES,
    ),
    Mutant(
        "a member of another organisation",
        ACCESS,
        'member = organisation.memberships.select_related("person").filter(pk=membership_id).first()',
        'member = Membership.objects.select_related("person").filter(pk=membership_id).first()',
        ROLES,
    ),
    Mutant(
        "the last owner",
        "assessments/membership.py",
        "    if pks == {membership.pk}:\n        raise LastOwnerError(membership)",
        "    return",
        ("tests/assessments/test_membership.py",),
    ),
    Mutant(
        "the invitations of somebody removed",
        "assessments/membership.py",
        "    withdraw_invitations_to(email=held.person.email, organisation=held.organisation, now=now)\n",
        "",
        ("tests/assessments/test_membership.py", "tests/assessments/test_ended_invitations.py"),
    ),
)
