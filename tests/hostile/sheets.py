"""One sheet for each form: where it is sent, by whom, which fields it has, and how one looks that is accepted.

A new form needs a sheet here, or a reason in EXEMPT why it has none.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from assessments.texts import EVIDENCE_LENGTH, RATIONALE_LENGTH, REASON_LENGTH
from tests.conftest import PASSWORD
from tests.form_reader import read_form
from tests.hostile.fields import Field, Kind
from tests.hostile.world import World

NEW_PASSWORD = "quite another battery staple"
Good = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Sheet:
    """A form as it is sent; `at` names arguments of its address, `shown_on` the pages that show what was typed."""

    name: str
    sender: str
    fields: tuple[Field, ...] = ()
    good: Callable[[World], Good] = field(default=lambda _: {})
    at: Mapping[str, str] = field(default_factory=dict)
    answer: int = 302
    stores: bool = True
    title: str = ""  # where an address takes more than one form

    def __str__(self) -> str:
        return self.title or self.name


def line(name: str, said: str, *, is_needed: bool = True) -> Field:
    return Field(name, Kind.LINE, said, is_needed=is_needed)


def choice(name: str, said: str, *, is_needed: bool = True) -> Field:
    return Field(name, Kind.CHOICE, said, is_needed=is_needed)


ROUND = Field("round", Kind.KEY, "no longer the newest")
SITE = (
    line("name", "Site"),
    line("manufacturing", "Kind of manufacturing", is_needed=False),
    choice("size", "Size", is_needed=False),
)
PLACE = (
    choice("role", "Role"),
    choice("where", "Sites"),
    Field("sites", Kind.SEVERAL, "Which sites"),
)
TITLES = (line("title", "Title"), line("period", "Period"))
NAMES = {"title": "Spring", "period": "January to June 2027"}
ANSWER = (
    Field("capa-version", Kind.MARK, "(CAPA)"),
    choice("capa-choice", "Level", is_needed=False),
    Field("capa-exact", Kind.SCORE, "Score between two levels"),
    Field("capa-reason", Kind.TEXT, "Why it does not apply", REASON_LENGTH),
    Field("capa-rationale", Kind.TEXT, "Rationale", RATIONALE_LENGTH),
    choice("capa-confidence", "Confidence", is_needed=False),
    choice("capa-evidence_strength", "Strength of evidence", is_needed=False),
    Field("capa-evidence-0-title", Kind.LINE, "Title of reference 1", EVIDENCE_LENGTH),
    Field("capa-evidence-0-location", Kind.LINE, "Where reference 1 is kept", EVIDENCE_LENGTH),
)
SENT_BY_SCRIPT = (
    Field("save_id", Kind.ONCE, is_needed=False),
    Field("person", Kind.ONCE, is_needed=False),
)
TYPED = {
    "capa-choice": "between",
    "capa-exact": "3.5",
    "capa-rationale": "Seen in the minutes.",
    "capa-confidence": "high",
    "capa-evidence_strength": "record",
    "capa-evidence-0-title": "Minutes",
    "capa-evidence-0-location": "QA-7",
}


def of_page(name: str, sender: str, at: Mapping[str, str] | None = None) -> Callable[[World], Good]:
    """What the page of an area would send, with an answer typed in."""

    def good(world: World) -> Good:
        page = world.browser(sender).get(world.address(name, dict(at or {})))
        return read_form(page.content.decode(), "data-answers") | TYPED

    return good


def by_script(page: Callable[[World], Good], person: Callable[[World], str]) -> Callable[[World], Good]:
    def good(world: World) -> Good:
        own = {name: text for name, text in page(world).items() if name.startswith("capa-")}
        return own | {"save_id": "12345678-1234-1234-1234-123456789abc", "person": person(world)}

    return good


def place(world: World) -> Good:
    return {"role": "lead", "where": "some", "sites": [str(world.northfield.pk)]}


def of_round(**typed: Any) -> Callable[[World], Good]:
    return lambda world: {"round": str(world.round.pk)} | typed


def of_closed_round(**typed: Any) -> Callable[[World], Good]:
    return lambda world: {"round": str(world.closed_round.pk)} | typed


def always(**typed: Any) -> Callable[[World], Good]:
    return lambda _: typed


AREA, RATE_AREA = "assessments:area", "assessments:rate_area"
OMAR = {"rater_id": "omar"}
UNRATED, CLOSED = {"assessment_id": "unrated"}, {"assessment_id": "closed"}

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
    Sheet(
        "assessments:member_invite",
        "alice",
        (Field("email", Kind.ADDRESS, "E-mail address"), *PLACE),
        lambda world: place(world) | {"email": "rosa@acme.example"},
    ),
    Sheet("assessments:member_invitation_withdraw", "alice"),
    Sheet("assessments:invitation", "nina"),
    Sheet("assessments:member", "alice", PLACE, lambda world: place(world)),
    Sheet(
        "assessments:member_remove",
        "alice",
        (Field("confirmed", Kind.TICK, "Remove this person"),),
        always(confirmed="on"),
    ),
    Sheet(
        "assessments:member_leave",
        "lars",
        (Field("confirmed", Kind.TICK, "Leave the organisation"),),
        always(confirmed="on"),
    ),
    Sheet(
        "assessments:assign",
        "lars",
        (
            Field("PQS", Kind.SEVERAL, "Advanced Pharmaceutical Quality System", is_needed=False),
            Field("TE", Kind.SEVERAL, "Technical Excellence", is_needed=False),
        ),
        lambda world: {"PQS": [str(world.bob.pk)], "TE": [str(world.bob.pk)]},
    ),
    Sheet(
        "assessments:deletion",
        "alice",
        (Field("name", Kind.KEY, "Type the name of the organisation"),),
        always(name="Acme"),
    ),
    Sheet("assessments:deletion_stop", "gina", at={"organisation_id": "going"}),
    Sheet(
        "assessments:server_access",
        "alice",
        (Field("email", Kind.KEY, "E-mail address of one"), choice("duration", "For")),
        always(email="sam@acme.example", duration="hour"),
    ),
    Sheet("assessments:server_access_end", "gina", at={"organisation_id": "going", "membership_id": "let_in"}),
    Sheet(
        "assessments:round_new",
        "lars",
        (choice("mode", "With names, or anonymous"), Field("deadline", Kind.DAY, "Deadline", is_needed=False)),
        always(mode="named", deadline="2027-06-30"),
        UNRATED,
    ),
    Sheet(
        "assessments:round_deadline",
        "lars",
        (ROUND, Field("deadline", Kind.DAY, "Deadline", is_needed=False)),
        of_round(deadline="2027-06-30"),
    ),
    Sheet("assessments:round_close", "lars", (ROUND,), of_round()),
    Sheet("assessments:round_reopen", "lars", (ROUND,), of_closed_round(), CLOSED),
    Sheet(
        "assessments:round_compare",
        "lars",
        (ROUND, Field("confirmed", Kind.TICK, "Open the comparison")),
        of_closed_round(confirmed="on"),
        CLOSED,
    ),
    Sheet(
        "assessments:rater_invite",
        "lars",
        (
            ROUND,
            line("name", "Name"),
            Field("email", Kind.ADDRESS, "E-mail address", is_needed=False),
            choice("function", "Function"),
            Field("areas", Kind.SEVERAL, "Practice areas to rate"),
        ),
        of_round(name="Rosa Ruiz", email="rosa@acme.example", function="quality", areas=["PQS"]),
    ),
    Sheet("assessments:raters_remind", "lars", (ROUND,), of_round()),
    Sheet("assessments:rater_remind", "lars"),
    Sheet("assessments:rater_renew", "lars"),
    Sheet(
        "assessments:rater_withdraw",
        "lars",
        (Field("confirmed", Kind.TICK, "Withdraw this rater"),),
        always(confirmed="on"),
    ),
    Sheet("assessments:rate_link", "visitor"),
    Sheet("assessments:rate_new_link", "visitor", at={**OMAR, "secret": "used_secret"}, answer=200),
    Sheet("assessments:rate_lost", "visitor", at=OMAR, answer=200),
    Sheet("assessments:rate_done", "omar", (Field("done", Kind.KEY),), always(done="yes"), OMAR),
    Sheet("assessments:rate_device", "omar", at=OMAR),
    Sheet("assessments:rate_address", "omar", at=OMAR),
    Sheet(
        RATE_AREA,
        "omar",
        (*ANSWER, Field("go", Kind.KEY, is_needed=False)),
        lambda world: of_page(RATE_AREA, "omar", OMAR)(world) | {"go": "next"},
        OMAR,
    ),
    Sheet(
        "assessments:rate_save",
        "omar",
        (*ANSWER, SENT_BY_SCRIPT[0]),
        by_script(of_page(RATE_AREA, "omar", OMAR), lambda _: ""),
        OMAR,
        answer=200,
    ),
    Sheet(
        "account_login",
        "visitor",
        (
            Field("login", Kind.ADDRESS, "mail address"),
            Field("password", Kind.PASSWORD, "Password"),
            Field("remember", Kind.TICK, "Keep me signed in", is_needed=False),
        ),
        always(login="bob@acme.example", password=PASSWORD, remember="on"),
    ),
    Sheet("account_logout", "lars"),
    Sheet("account_name", "lars", (line("name", "Your name"),), always(name="Lars L. Lind")),
    Sheet("account_confirm_email", "nina", at={"key": "confirmation"}),
    Sheet(
        "account_signup",
        "visitor",
        (
            line("name", "Your name"),
            Field("email", Kind.ADDRESS, "E-mail address"),
            Field("password1", Kind.PASSWORD, "Password"),
            Field("password2", Kind.PASSWORD, "The same password again"),
        ),
        always(name="Nora Nye", email="nora@acme.example", password1=NEW_PASSWORD, password2=NEW_PASSWORD),
    ),
    Sheet(
        "account_change_password",
        "lars",
        (
            Field("oldpassword", Kind.PASSWORD, "Current password"),
            Field("password1", Kind.PASSWORD, "New password"),
            Field("password2", Kind.PASSWORD, "The same new password again"),
        ),
        always(oldpassword=PASSWORD, password1=NEW_PASSWORD, password2=NEW_PASSWORD),
    ),
    Sheet(
        "account_set_password",
        "without_password",
        (
            Field("password1", Kind.PASSWORD, "Password"),
            Field("password2", Kind.PASSWORD, "The same password again"),
        ),
        always(password1=NEW_PASSWORD, password2=NEW_PASSWORD),
    ),
    Sheet(
        "account_reset_password",
        "visitor",
        (Field("email", Kind.ADDRESS, "E-mail address"),),
        always(email="carol@acme.example"),
    ),
    Sheet(
        "account_reset_password_from_key",
        "resetting",
        (
            Field("password1", Kind.PASSWORD, "New password"),
            Field("password2", Kind.PASSWORD, "The same new password again"),
        ),
        always(password1=NEW_PASSWORD, password2=NEW_PASSWORD),
    ),
)

# Addresses that take a POST and have no sheet, with the reason; a name that ends with a colon means all below it.
EXEMPT = {
    "admin:": "Django's own forms, for staff only; tests/hostile/test_admin.py sends them what is broken",
    "assessments:workbook_import": "a file: tests/hostile/test_workbooks.py",
}
# They answer a POST with what a GET would show, or lead on, and read nothing of it.
READ_NOTHING: set[str] = {
    "account_inactive",
    "account_email_verification_sent",
    "account_reset_password_done",
    "account_reset_password_from_key_done",
}
