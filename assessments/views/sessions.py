"""The page of one's own sessions: where one is signed in, and the buttons that end it there."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from assessments.access import SignedInRequest
from assessments.caching import not_kept
from assessments.signing_in.listed_sessions import end_sessions, listed_sessions, others_than


@login_required
@require_safe
@not_kept
def own(request: SignedInRequest) -> HttpResponse:
    sessions = listed_sessions(request.user, request.session.session_key, timezone.now())
    return render(request, "account/sessions.html", {"sessions": sessions, "has_others": len(sessions) > 1})


@login_required
@require_POST
@not_kept
def end(request: SignedInRequest, session_id: int) -> HttpResponse:
    """Ending one that has ended meanwhile, or is somebody else's, does nothing and says the same."""
    others = others_than(request.session.session_key, request.user)
    end_sessions(others.filter(pk=session_id))
    return _ended(request, "That session has been ended.")


@login_required
@require_POST
@not_kept
def end_others(request: SignedInRequest) -> HttpResponse:
    end_sessions(others_than(request.session.session_key, request.user))
    return _ended(request, "All other sessions have been ended.")


def _ended(request: SignedInRequest, words: str) -> HttpResponse:
    messages.success(request, words)
    return redirect("account_sessions")
