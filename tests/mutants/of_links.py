"""Links for people without an account, and invitations."""

from tests.mutants.mutant import Mutant

INVITATIONS = "assessments/member_invitations.py"
OF_MEMBERS = ("tests/assessments/test_member_invitations.py",)
SHARED = ("tests/assessments/test_shared_report.py", "tests/assessments/test_sharing.py")
RATERS = ("tests/assessments/test_rater_access.py", "tests/assessments/test_rater_links.py")

OF_LINKS = (
    Mutant(
        "the signature of a link",
        "assessments/signed_links.py",
        "    except BadSignature:\n        return False",
        "    except BadSignature:\n        return True",
        SHARED + RATERS,
    ),
    Mutant(
        "the salt of each kind of link",
        "assessments/signed_links.py",
        "return Signer(salt=salt).signature(text)",
        "return Signer().signature(text)",
        SHARED + RATERS,
    ),
    Mutant(
        "the expiry of a shared report",
        "assessments/report_access.py",
        "return Q(withdrawn_at=None, expires_at__gt=now)",
        "return Q(withdrawn_at=None)",
        SHARED,
    ),
    Mutant(
        "the withdrawal of a shared report",
        "assessments/report_access.py",
        "return Q(withdrawn_at=None, expires_at__gt=now)",
        "return Q(expires_at__gt=now)",
        SHARED,
    ),
    Mutant(
        "the log of openings",
        "assessments/views/shared.py",
        "                    log_opening(link=link, opened_as=opened_as, now=timezone.now())\n",
        "                    pass\n",
        SHARED,
    ),
    Mutant(
        "the browser of a rater",
        "assessments/rater_links.py",
        "return bool(rater.browser_key) and constant_time_compare(rater.browser_key, hash_of(browser_key))",
        "return bool(rater.browser_key)",
        RATERS,
    ),
    Mutant(
        "the end of a rater's time",
        "assessments/rater_access.py",
        "return Ended.EXPIRED if rater.expires_at <= now else None",
        "return None",
        RATERS,
    ),
    Mutant(
        "one browser for a rater's link",
        "assessments/invitations.py",
        "link = _of_drafts().filter(pk=rater.pk, nonce=rater.nonce, is_claimable=True, withdrawn_at=None)",
        "link = _of_drafts().filter(pk=rater.pk, nonce=rater.nonce, withdrawn_at=None)",
        ("tests/assessments/test_inviting.py", *RATERS),
    ),
    Mutant(
        "the seven days of an invitation",
        INVITATIONS,
        "return _not_ended().filter(expires_at__gt=now)",
        "return _not_ended()",
        OF_MEMBERS,
    ),
    Mutant(
        "the address of an invitation",
        INVITATIONS,
        "theirs = open_invitations(now).filter(pk=invitation.pk, nonce=invitation.nonce, email=person.email)",
        "theirs = open_invitations(now).filter(pk=invitation.pk, nonce=invitation.nonce)",
        OF_MEMBERS,
    ),
    Mutant(
        "the single use of an invitation",
        INVITATIONS,
        "return MemberInvitation.objects.filter(Q(withdrawn_at=None) & Q(accepted_at=None))",
        "return MemberInvitation.objects.filter(Q(withdrawn_at=None))",
        OF_MEMBERS,
    ),
)
