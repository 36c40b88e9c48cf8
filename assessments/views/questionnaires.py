"""The blank questionnaire as PDF: by its version for anyone signed in, or with site and period of an assessment."""

from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.views.decorators.http import require_safe

from assessments.access import Action, SignedInRequest, assessment_or_404
from assessments.blank_printing import printable_blank
from assessments.blank_questionnaire import BlankQuestionnaire, occasion_of, read_blank
from assessments.exports.names import plain_file_name
from assessments.models import Questionnaire
from assessments.views.downloads import as_pdf_file, asked_paper


@login_required
@require_safe
def of_version(request: SignedInRequest, version: str) -> HttpResponse:
    questionnaire = Questionnaire.objects.filter(version=version).first()
    if questionnaire is None:
        raise Http404("There is no such questionnaire.")
    return _as_pdf(request, read_blank(questionnaire), version)


@login_required
@require_safe
def of_assessment(request: SignedInRequest, assessment_id: UUID) -> HttpResponse:
    assessment = assessment_or_404(request.user, assessment_id, Action.VIEW)
    blank = read_blank(assessment.questionnaire, occasion_of(assessment))
    return _as_pdf(request, blank, f"{assessment.site.name} {assessment.period}")


def _as_pdf(request: SignedInRequest, blank: BlankQuestionnaire, said: str) -> HttpResponse:
    paper = asked_paper(request)
    name = plain_file_name(said, "pdf", suffix="-".join(filter(None, ("blank-questionnaire", paper.file_suffix))))
    return as_pdf_file(
        request, printable_blank(blank, paper), name, "questionnaires/not_now.html", occasion=blank.occasion
    )
