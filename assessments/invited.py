"""What a session remembers of an invitation whose link was opened in it, until its person has signed in or up."""

from django.http import HttpRequest

from assessments.member_invitations import path_of
from assessments.models import MemberInvitation

KEY = "invitation"


def remember_invitation(request: HttpRequest, invitation: MemberInvitation) -> None:
    request.session[KEY] = {"path": path_of(invitation), "email": invitation.email}


def invited_address(request: HttpRequest) -> str:
    """The address with which to sign up; empty when no invitation was opened in this session."""
    return str(request.session.get(KEY, {}).get("email", ""))


def forget_invitation(request: HttpRequest) -> str:
    """Where to go on after signing in or up; empty when no invitation was opened in this session."""
    return str(request.session.pop(KEY, {}).get("path", ""))
