"""Reports of every kind, for what has to hold for all of them; and one in which everything that can be typed is."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

from assessments.entries import EvidenceReference
from assessments.records import AnswerRecord, SignatureRecord, SignOff, Status, Withheld
from assessments.redaction import redacted
from assessments.report import Report, build_report
from tests.rating_rounds import E, L, P, Q, comparison
from tests.reports import CODES, NOW, earlier_of, report_of

MIXED = dict(zip(CODES, ["3.5", "4.0", "2.7", "4.4", "1.0"] * 4, strict=True))
NAMED = [(L, "4.5"), (Q, "2.0"), (Q, "3.0"), (P, "1.5"), (E, "4.0")]
ANONYMOUS = [(Q, "2.0"), (Q, "3.0"), (Q, "3.0"), (Q, "4.0"), (L, "5.0"), (L, "5.0")]

RATIONALES = {
    "management-review": "First line.\n\n  Third line, indented.\r\nFourth\tline.\rFifth.",
    "capa": "Scrap is <2 % & falling; </w:t><script>alert('x')</script> {{ 7 }} {% now %}",
    "change-management": "=see SOP 12",
    "data-excellence": "＝see SOP 12, full-width",
    "quality-risk-management": "🧪👩‍🔬 é = e\u0301, “quotes”, _x0041_ and <r>not mark-up</r>",
    "patient-impact": "مراجعة الإدارة تتم كل شهر.\nSOP-12",
    "knowledge-management": ("Ten thousand letters. 🧪\n" * 500)[:10_000],
}
EVIDENCE = (
    EvidenceReference('=HYPERLINK("http://x")', "＋DMS 4711"),
    EvidenceReference("Minutes <Q3> & more", "@home"),
    EvidenceReference("https://intranet.example/sop?a=1&b=2", ""),
    EvidenceReference("سجل", "لوحة"),
)
SIGN_OFF = SignOff(
    signatures=(
        SignatureRecord("prepared", "Alice Adler", "alice@acme.example", NOW - timedelta(hours=1)),
        SignatureRecord("reviewed", "<b>Bob</b> =1+1", "bob@acme.example", NOW - timedelta(minutes=5)),
        SignatureRecord("approved", "Lars Lind", "lars@acme.example", NOW),
    ),
    digest="3f" * 32,
    signed_at=NOW,
    trail_head=f"7:123:{'ab' * 32}",
)
REASON = "-2+3 does not apply here:\nwe make no such product."


def everything_typed() -> Report:
    """Hostile and long texts in every field; all that stands in RATIONALES, EVIDENCE and REASON."""
    report = report_of(MIXED, site='<Süd> & "Co"', title="=1+1", period="Q3 🧪")
    answers = tuple(_typed(place, answer) for place, answer in enumerate(report.assessment.answers))
    return build_report(assessment=replace(report.assessment, answers=answers), cohort=report.cohort, now=NOW)


def _typed(place: int, answer: AnswerRecord) -> AnswerRecord:
    typed = replace(
        answer,
        rationale=RATIONALES.get(answer.code, f"Rationale of {answer.code}."),
        evidence=EVIDENCE if answer.code in RATIONALES else (),
        confidence=("", "low", "medium", "high")[place % 4],
        evidence_strength=("none", "anecdote", "document", "record")[place % 4],
    )
    if answer.code == CODES[-1]:
        return replace(typed, state="not_applicable", score=None, reason=REASON)
    return typed


def longest() -> Report:
    """Twenty rationales of 10,000 letters, which is the most that can be typed."""
    return report_of("3.5", rationale=("Deviations are reviewed weekly with the site head. " * 200)[:10_000])


def _without_establishments() -> Report:
    report = report_of(MIXED)
    bare = replace(report.cohort, establishments=(), sub_element_scores={})
    return build_report(assessment=report.assessment, cohort=bare, now=NOW)


def for_readers(*, texts: bool, names: bool) -> Report:
    """Everything typed, as readers of a link may know it."""
    report = everything_typed()
    shared = redacted(report.assessment, Withheld(texts=texts, names=names))
    return build_report(assessment=shared, cohort=report.cohort, now=NOW)


def signed_for_readers() -> Report:
    signed = report_of(MIXED, status=Status.SIGNED, sign_off=SIGN_OFF)
    shared = redacted(signed.assessment, Withheld(texts=True, names=True))
    return build_report(assessment=shared, cohort=signed.cohort, now=NOW)


KINDS: dict[str, Callable[[], Report]] = {
    "untouched": lambda: report_of("unanswered"),
    "unknown": lambda: report_of(MIXED | {"capa": "unknown"}),
    "all scored": lambda: report_of(MIXED, status=Status.SIGNED),
    "not stored": lambda: report_of(MIXED, id=None, title="", revision=0, answered_by=(), last_saved_at=None),
    "all 5.0": lambda: report_of("5.0"),
    "nothing applies": lambda: report_of("not_applicable"),
    "nothing applies in an area": lambda: report_of(MIXED | dict.fromkeys(CODES[4:8], "not_applicable")),
    "an area still open": lambda: report_of(MIXED | dict.fromkeys(CODES[4:8], "unanswered")),
    "named raters": lambda: report_of(MIXED, comparison=comparison(*NAMED, codes=CODES[:9])),
    "a single rater": lambda: report_of(MIXED, comparison=comparison((Q, "3.0"))),
    "anonymous raters": lambda: report_of(MIXED, comparison=comparison(*ANONYMOUS, is_anonymous=True)),
    "few anonymous raters": lambda: report_of(MIXED, comparison=comparison(*ANONYMOUS[:2], is_anonymous=True)),
    "a cohort of none": _without_establishments,
    "everything typed": everything_typed,
    "since last time": lambda: report_of(
        MIXED,
        comparison=comparison(*NAMED, codes=CODES[:9]),
        earlier=earlier_of("3.5", title='<Spring> =1+1 & "Co"', questionnaire="2025.1"),
    ),
    "signed off": lambda: report_of(MIXED, status=Status.SIGNED, sign_off=SIGN_OFF),
    "a revision in review": lambda: report_of(
        MIXED,
        status=Status.IN_REVIEW,
        document_revision=2,
        revises="0b9f4f0e-7a53-4b0e-9b6c-0d5f5c1e2a77",
        revision_reason="=1+1 <b>A score of PQS</b> was wrong.\nSee CAPA 12.",
    ),
    "signed off and shared without names": signed_for_readers,
    "since last time, an area still open": lambda: report_of(
        MIXED | dict.fromkeys(CODES[4:8], "unanswered"), earlier=earlier_of("3.5")
    ),
    "shared": lambda: for_readers(texts=False, names=False),
    "shared without texts and names": lambda: for_readers(texts=True, names=True),
}
