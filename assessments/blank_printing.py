"""A blank questionnaire on paper: the job for the renderer, and what its PDF is known by; it does not render."""

from django.template.loader import render_to_string

from assessments.appearance import digest_of, style_sheet
from assessments.blank_questionnaire import CONFIDENCES, FUNCTIONS, STRENGTHS, BlankQuestionnaire
from assessments.kept_pdfs import QUESTIONNAIRE, Printable, key_of
from assessments.pdf_job import Paper, PrintJob
from assessments.records import is_stored
from qmm_site.font_files import paper_fonts

SHEET = "blank.css"


def blank_job(blank: BlankQuestionnaire, paper: Paper) -> PrintJob:
    """Everything the renderer needs; nothing is attached."""
    to_tick = {"confidences": CONFIDENCES, "strengths": STRENGTHS, "functions": FUNCTIONS}
    return PrintJob(
        html=render_to_string("questionnaires/print.html", {"blank": blank, "paper": paper, **to_tick}),
        css=style_sheet(SHEET),
        paper=paper,
        fonts=paper_fonts(),
        identifier=blank_digest(blank, paper),
    )


def printable_blank(blank: BlankQuestionnaire, paper: Paper) -> Printable:
    """One is kept for each version of the questionnaire, and one for each assessment."""
    assessment_id = blank.occasion.assessment_id if blank.occasion else None
    return Printable(
        key=key_of(assessment_id or blank.version, QUESTIONNAIRE, paper),
        digest=blank_digest(blank, paper),
        make_job=lambda: blank_job(blank, paper),
        is_wanted=lambda: assessment_id is None or is_stored(assessment_id),
    )


def blank_digest(blank: BlankQuestionnaire, paper: Paper) -> str:
    return digest_of(blank, paper, sheet=SHEET, templates=("questionnaires",))
