"""The sheets of a sign-off: its rules, sending to review, returning, signing, revising."""

from assessments.texts import REASON_LENGTH
from tests.conftest import PASSWORD
from tests.hostile.fields import Field, Kind
from tests.hostile.sheet import Sheet, always

SHEETS = (
    Sheet(
        "assessments:sign_off_rules",
        "gina",
        (
            Field("needs_prepared", Kind.TICK, "Prepared:", is_needed=False),
            Field("needs_reviewed", Kind.TICK, "Reviewed:", is_needed=False),
            Field("needs_approved", Kind.TICK, "Approved:", is_needed=False),
            Field("signers_differ", Kind.TICK, "Each signature is given", is_needed=False),
        ),
        always(needs_prepared="on", needs_reviewed="on", needs_approved="on", signers_differ="on"),
        {"organisation_id": "going"},
    ),
    Sheet("assessments:review_send", "lars", at={"assessment_id": "unrated"}),
    Sheet(
        "assessments:review_return",
        "lars",
        (Field("reason", Kind.TEXT, "Why it goes back", REASON_LENGTH),),
        always(reason="A score is wrong."),
        {"assessment_id": "reviewed"},
    ),
    Sheet(
        "assessments:sign",
        "alice",
        (
            Field("meaning", Kind.KEY, "which signature is missing"),
            Field("digest", Kind.KEY, "not what this page showed"),
            Field("password", Kind.PASSWORD, "Your password"),
        ),
        lambda world: {"meaning": "prepared", "digest": world.review.digest, "password": PASSWORD},
        {"assessment_id": "reviewed"},
    ),
    Sheet(
        "assessments:revise",
        "lars",
        (Field("reason", Kind.TEXT, "Why it is revised", REASON_LENGTH),),
        always(reason="A score was wrong."),
        {"assessment_id": "signed"},
    ),
)
