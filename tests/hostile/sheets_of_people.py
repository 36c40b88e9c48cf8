"""The sheets of accounts and of people: signing in, passwords, members, invitations, who is let in, deletion."""

from tests.conftest import PASSWORD
from tests.hostile.fields import Field, Kind
from tests.hostile.sheet import Good, Sheet, always, choice, line
from tests.hostile.world import World

NEW_PASSWORD = "quite another battery staple"
PLACE = (
    choice("role", "Role"),
    choice("where", "Sites"),
    Field("sites", Kind.SEVERAL, "Which sites"),
)


def place(world: World) -> Good:
    return {"role": "lead", "where": "some", "sites": [str(world.northfield.pk)]}


SHEETS = (
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
        "account_login",
        "visitor",
        (
            Field("login", Kind.ADDRESS, "mail address"),
            Field("password", Kind.PASSWORD, "Password"),
        ),
        always(login="bob@acme.example", password=PASSWORD),
    ),
    Sheet("account_logout", "lars"),
    Sheet(
        "account_reauthenticate",
        "lars",
        (Field("password", Kind.PASSWORD, "Password"),),
        always(password=PASSWORD),
        stores=False,
    ),
    Sheet("account_sessions_end_others", "lars", stores=False),
    Sheet("account_session_end", "lars", stores=False),
    Sheet(
        "assessments:second_factor",
        "gina",
        (Field("is_required", Kind.TICK, "Require a second factor", is_needed=False),),
        always(is_required="on"),
        {"organisation_id": "going"},
    ),
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
