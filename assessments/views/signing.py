"""Pages of a sign-off: where it stands, sending to review, returning, signing, the data that was signed, revising."""

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from assessments.access import Action, SignedInRequest, assessment_or_404, organisation_or_404, rights_at
from assessments.caching import not_kept
from assessments.exports.names import plain_file_name
from assessments.forms.signing import ReturnForm, RevisionForm, SendForm, SignForm, SignOffRulesForm
from assessments.models import Assessment
from assessments.proof import passkey_options
from assessments.report_page import compose
from assessments.report_reading import in_review
from assessments.revising import open_revision
from assessments.rounds import RefusedError
from assessments.sent import one
from assessments.sign_off_state import SignOffState, read_state, rules_words
from assessments.signing import NOT_IN_REVIEW, change_sign_off_rules, open_review, return_to_draft, send_to_review, sign
from assessments.trail.events import note_signature_refused
from assessments.views.downloads import as_file
from assessments.views.pages import render_form, require_form_methods


@login_required
@require_safe
@not_kept
def page(request: SignedInRequest, assessment_id: UUID) -> HttpResponse:
    return _page(request, assessment_or_404(request.user, assessment_id, Action.VIEW))


@login_required
@require_form_methods
@not_kept
def send(request: SignedInRequest, assessment_id: UUID) -> HttpResponse:
    """What sending means, and the button."""
    assessment = assessment_or_404(request.user, assessment_id, Action.LEAD)
    if request.method != "POST":
        if not assessment.is_draft:
            return redirect("assessments:signatures", assessment.pk)
        context = {"assessment": assessment, "rules": rules_words(assessment.site.organisation)}
        return render_form(request, "assessments/signing/send.html", SendForm(), **context)
    try:
        send_to_review(assessment=assessment, person=request.user, now=timezone.now())
    except RefusedError as refused:
        return _page(request, assessment, refused=str(refused))
    messages.success(request, f"{assessment.title} is in review.")
    return redirect("assessments:signatures", assessment.pk)


@login_required
@require_form_methods
@not_kept
def send_back(request: SignedInRequest, assessment_id: UUID) -> HttpResponse:
    assessment = assessment_or_404(request.user, assessment_id, Action.LEAD)
    form = ReturnForm(request.POST if request.method == "POST" else None)
    if request.method != "POST" and not assessment.is_in_review:
        return redirect("assessments:signatures", assessment.pk)
    if not form.is_valid():
        return render_form(request, "assessments/signing/return.html", form, assessment=assessment)
    try:
        reason = form.cleaned_data["reason"]
        return_to_draft(assessment=assessment, person=request.user, reason=reason, now=timezone.now())
    except RefusedError as refused:
        return _page(request, assessment, refused=str(refused), typed=form.cleaned_data["reason"])
    messages.success(request, f"{assessment.title} is a draft again.")
    return redirect("assessments:signatures", assessment.pk)


@login_required
@require_form_methods
@not_kept
def sign_it(request: SignedInRequest, assessment_id: UUID) -> HttpResponse:
    """Everything that is being signed, and the form that signs it."""
    assessment = assessment_or_404(request.user, assessment_id, Action.SIGN)
    state = read_state(assessment, request.user)
    if request.method != "POST":
        if state.next is None or not state.may_sign:
            return redirect("assessments:signatures", assessment.pk)
        return _signing_page(request, assessment, state, SignForm(person=request.user))
    seen = {name: one(request.POST, name) for name in ("meaning", "digest")}
    form = SignForm(request.POST, person=request.user, credential=one(request.POST, "credential"))
    if not form.is_valid():
        if form.is_refused:
            note_signature_refused(assessment)
        return _signing_page(request, assessment, state, form)
    try:
        is_signed_off = sign(assessment=assessment, person=request.user, **seen, now=timezone.now())
    except RefusedError as refused:
        return _page(request, assessment, refused=str(refused))
    done = "is signed off" if is_signed_off else "has your signature"
    messages.success(request, f"{assessment.title} {done}.")
    return redirect("assessments:signatures", assessment.pk)


@login_required
@require_safe
@not_kept
def signed_data(request: SignedInRequest, assessment_id: UUID) -> HttpResponse:
    """Exactly the bytes whose digest stands on the page and in the PDF."""
    assessment = assessment_or_404(request.user, assessment_id, Action.VIEW)
    review = open_review(assessment)
    if review is None:
        return redirect("assessments:signatures", assessment.pk)  # nothing of a draft is being signed
    name = plain_file_name(
        f"{assessment.site} {assessment.period}", "json", suffix=f"rev{assessment.revision_number}-signed-data"
    )
    return as_file(review.canonical.encode(), "application/json", name)


@login_required
@require_form_methods
@not_kept
def revise(request: SignedInRequest, assessment_id: UUID) -> HttpResponse:
    assessment = assessment_or_404(request.user, assessment_id, Action.REVISE)
    form = RevisionForm(request.POST if request.method == "POST" else None)
    if request.method != "POST" and (not assessment.is_signed or assessment.next_revisions.exists()):
        return redirect("assessments:signatures", assessment.pk)
    if not form.is_valid():
        return render_form(request, "assessments/signing/revise.html", form, assessment=assessment)
    try:
        revision = open_revision(assessment=assessment, reason=form.cleaned_data["reason"])
    except RefusedError as refused:
        return _page(request, assessment, refused=str(refused), typed=form.cleaned_data["reason"])
    messages.success(request, f"Revision {revision.revision_number} is open, with the answers of the signed one.")
    return redirect("assessments:overview", revision.pk)


@login_required
@require_form_methods
@not_kept
def rules(request: SignedInRequest, organisation_id: int) -> HttpResponse:
    """The owner's page: which signatures are needed."""
    organisation = organisation_or_404(request.user, organisation_id, Action.MANAGE_ORGANISATION)
    initial = {name: getattr(organisation, name) for name in SignOffRulesForm.base_fields}
    form = SignOffRulesForm(request.POST if request.method == "POST" else None, initial=initial)
    if form.is_valid():
        try:
            change_sign_off_rules(organisation=organisation, **form.cleaned_data)
        except RefusedError as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, f"Sign-offs of {organisation.name} follow these rules from now on.")
            return redirect("assessments:organisations")
    return render_form(request, "assessments/signing/rules.html", form, organisation=organisation)


def _signing_page(
    request: SignedInRequest, assessment: Assessment, state: SignOffState, form: SignForm
) -> HttpResponse:
    """With what is in review; when it no longer is, the page of the sign-off says so."""
    if state.review is None or state.next is None:
        return _page(request, assessment, refused=NOT_IN_REVIEW)
    page = compose(in_review(state.review))
    context = {"assessment": assessment, "state": state, "page": page, "passkey": passkey_options(request.user)}
    return render_form(request, "assessments/signing/sign.html", form, **context)


def _page(request: SignedInRequest, assessment: Assessment, refused: str = "", typed: str = "") -> HttpResponse:
    """`refused` says why something could not be done, `typed` is what somebody wrote for it."""
    current = assessment_or_404(request.user, assessment.pk, Action.VIEW)
    context = {
        "assessment": current,
        "rights": rights_at(request.user, current),
        "state": read_state(current, request.user),
        "rules": rules_words(current.site.organisation),
        "refused": refused,
        "typed": typed,
    }
    return render(request, "assessments/signing/page.html", context, status=409 if refused else 200)
