"""One sheet for each form: where it is sent, by whom, which fields it has, and how one looks that is accepted.

A new form needs a sheet here, or a reason in EXEMPT why it has none.
"""

from assessments.texts import REASON_LENGTH
from tests.conftest import PASSWORD
from tests.hostile import sheets_of_people, sheets_of_raters
from tests.hostile.fields import Field, Kind
from tests.hostile.sheet import ANSWER, AREA, SENT_BY_SCRIPT, Sheet, always, by_script, choice, line, of_page

SITE = (
    line("name", "Site"),
    line("manufacturing", "Kind of manufacturing", is_needed=False),
    choice("size", "Size", is_needed=False),
)
TITLES = (line("title", "Title"), line("period", "Period"))
NAMES = {"title": "Spring", "period": "January to June 2027"}
UNRATED, REVIEWED = {"assessment_id": "unrated"}, {"assessment_id": "reviewed"}

SHEETS = (
    Sheet(
        "assessments:set_up",
        "nina",
        (line("organisation", "Name of the organisation"), *SITE),
        always(organisation="New", name="East", manufacturing="API", size=""),
    ),
    Sheet(
        "assessments:preferences",
        "alice",
        (Field("name", Kind.CHOICE), Field("is_on", Kind.CHOICE), Field("next", Kind.ONCE, is_needed=False)),
        always(name="uses_digit_keys", is_on="off", next="/assessments/"),
    ),
    Sheet("assessments:organisation", "alice", (line("name", "Name of the organisation"),), always(name="Acme two")),
    Sheet("assessments:site_new", "alice", SITE, always(name="Eastfield", manufacturing="API", size="")),
    Sheet("assessments:site", "alice", SITE, always(name="Westfield", manufacturing="API", size="")),
    Sheet(
        "assessments:new",
        "lars",
        (choice("site", "Site"), *TITLES),
        lambda world: NAMES | {"site": str(world.northfield.pk)},
    ),
    Sheet(
        "assessments:edit",
        "lars",
        (*TITLES, Field("is_for_counsel", Kind.TICK, "counsel", is_needed=False)),
        always(**NAMES, is_for_counsel="on"),
    ),
    Sheet(
        "assessments:delete",
        "alice",
        (Field("confirmed", Kind.TICK, "Delete the assessment"),),
        always(confirmed="on"),
        UNRATED,
    ),
    Sheet(
        AREA,
        "alice",
        (*ANSWER, Field("go", Kind.KEY, is_needed=False)),
        lambda world: of_page(AREA, "alice")(world) | {"go": "next"},
    ),
    Sheet(
        "assessments:save",
        "alice",
        (*ANSWER, *SENT_BY_SCRIPT),
        by_script(of_page(AREA, "alice"), lambda world: str(world.alice.pk)),
        answer=200,
    ),
    Sheet(
        "assessments:confirm", "lars", (Field("version", Kind.KEY),), always(version="0"), {"assessment_id": "compared"}
    ),
    Sheet(
        "assessments:history",
        "lars",
        (Field("version", Kind.KEY), Field("seen", Kind.KEY)),
        always(version="1", seen="2"),
    ),
    Sheet(
        "assessments:sharing",
        "alice",
        (
            line("purpose", "For"),
            choice("days", "Ends after"),
            Field("hides_texts", Kind.TICK, "Hide what was written", is_needed=False),
            Field("hides_names", Kind.TICK, "Hide the site", is_needed=False),
        ),
        always(purpose="Corporate quality", days="30", hides_texts="on", hides_names="on"),
    ),
    Sheet("assessments:sharing_withdraw", "alice"),
    Sheet("assessments:review_send", "alice", at=UNRATED),
    Sheet(
        "assessments:review_return",
        "alice",
        (Field("reason", Kind.TEXT, "Why it goes back", REASON_LENGTH),),
        always(reason="Two answers are missing."),
        REVIEWED,
    ),
    Sheet(
        "assessments:sign",
        "alice",
        (
            Field("meaning", Kind.KEY, "which signature is missing"),
            Field("digest", Kind.KEY, "not what this page showed"),
            Field("password", Kind.PASSWORD, "Your password, again"),
        ),
        lambda world: world.signable | {"password": PASSWORD},
        REVIEWED,
    ),
    Sheet(
        "assessments:revise",
        "alice",
        (Field("reason", Kind.TEXT, "Why it is revised", REASON_LENGTH),),
        always(reason="A new line has been taken over."),
        {"assessment_id": "signed"},
    ),
    Sheet(
        "assessments:sign_off_rules",
        "gina",
        (
            Field("needs_prepared", Kind.TICK, "Prepared: somebody signs", is_needed=False),
            Field("needs_reviewed", Kind.TICK, "Reviewed: somebody signs", is_needed=False),
            Field("needs_approved", Kind.TICK, "Approved: somebody signs", is_needed=False),
            Field("signers_differ", Kind.TICK, "a different person", is_needed=False),
        ),
        always(needs_prepared="on", needs_reviewed="on", needs_approved="on", signers_differ="on"),
        {"organisation_id": "going"},
    ),
    *sheets_of_people.SHEETS,
    *sheets_of_raters.SHEETS,
)

# Addresses that take a POST and have no sheet, with the reason; a name that ends with : or _ means all that begin so.
EXEMPT = {
    "openid_connect_": "django-allauth’s own way to another site and back: tests/assessments/signing_in",
    "mfa_": "django-allauth’s own pages of the second factor: tests/assessments/signing_in/test_second_factor.py",
    "admin:": "Django's own forms, for staff only; tests/hostile/test_admin.py sends them what is broken",
    "assessments:archive_zip": "a button without a field: tests/assessments/archive/test_pages.py",
    "assessments:workbook_import": "a file: tests/hostile/test_workbooks.py",
}
# They answer a POST with what a GET would show, or lead on, and read nothing of it.
READ_NOTHING: set[str] = {
    "account_inactive",
    "account_email_verification_sent",
    "account_reset_password_done",
    "account_reset_password_from_key_done",
}
