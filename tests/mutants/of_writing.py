"""What may be written, when, and by which of two who write at once."""

from tests.mutants.mutant import Mutant

ANSWERING = "assessments/answering.py"
SAVES = ("tests/assessments/test_answering.py", "tests/assessments/test_answer_conflicts.py")

OF_WRITING = (
    Mutant(
        "the version check",
        ANSWERING,
        "Answer.objects.filter(pk=change.answer.pk, assessment=assessment, version=change.seen_version)",
        "Answer.objects.filter(pk=change.answer.pk, assessment=assessment)",
        SAVES,
    ),
    Mutant(
        "the transaction of a page",
        ANSWERING,
        "        transaction.set_rollback(True)\n",
        "",
        SAVES,
    ),
    Mutant(
        "the history of an answer",
        ANSWERING,
        "for change, each in zip(asked, saved, strict=True) if each.is_change",
        "for change, each in zip(asked, saved, strict=True) if False",
        ("tests/assessments/test_history.py", *SAVES),
    ),
    Mutant(
        "an answer of another assessment",
        ANSWERING,
        "Answer.objects.filter(pk=change.answer.pk, assessment=assessment, version=change.seen_version)",
        "Answer.objects.filter(pk=change.answer.pk, version=change.seen_version)",
        SAVES,
    ),
    Mutant(
        "the rating of another rater",
        "assessments/rating.py",
        "Rating.objects.filter(pk=change.answer.pk, rater=rater)",
        "Rating.objects.filter(pk=change.answer.pk)",
        ("tests/assessments/test_rating_saves.py", "tests/assessments/test_rating_refusals.py"),
    ),
    Mutant(
        "the seven days before a deletion",
        "assessments/planned_deletion.py",
        "WAIT = timedelta(days=7)",
        "WAIT = timedelta(0)",
        ("tests/assessments/deletion",),
    ),
)
