"""docs/people.md against the code: its table of roles and actions, and the limits it tells."""

from pathlib import Path

import pytest
from django.template.loader import render_to_string

from assessments import member_invitations
from assessments.access import OF_THE_WHOLE, ROLE_ACTIONS, Action
from assessments.forms.members import ROLES
from assessments.models import Role
from assessments.signing_in.limits import RATES, Limit

DOCUMENT = (Path(__file__).resolve().parents[2] / "docs/people.md").read_text(encoding="utf-8")


def rows() -> list[list[str]]:
    lines = [line for line in DOCUMENT.splitlines() if line.startswith("|")]
    return [[cell.strip() for cell in line.strip("|").split("|")] for line in lines]


def test_the_table_has_each_role_and_each_action_once() -> None:
    head, _, *body = rows()
    assert head == ["action", *Role.values]
    assert [row[0] for row in body] == [action.value for action in Action]


@pytest.mark.parametrize("row", rows()[2:], ids=lambda row: row[0])
def test_each_line_is_what_the_code_decides(row: list[str]) -> None:
    action, *cells = row
    assert dict(zip(Role, cells, strict=True)) == {
        role: "yes" if Action(action) in ROLE_ACTIONS[role] else "no" for role in Role
    }


OF_LEADS = {Action.SIGN: "sign", Action.REVISE: "opens revisions", Action.READ_TRAIL: "reads the audit trail"}
OF_OWNERS = {Action.ARCHIVE: "the archive", Action.MANAGE_PEOPLE: "the server’s staff in", Action.SHARE: "shar"}


@pytest.mark.parametrize(("role", "told"), [(Role.LEAD, OF_LEADS), (Role.OWNER, OF_OWNERS)])
def test_page_and_form_say_what_only_this_role_and_those_above_it_may(role: Role, told: dict[Action, str]) -> None:
    assert told.keys() <= ROLE_ACTIONS[role]
    page = render_to_string("people/_roles.html").partition(f"<dt>{role.label.capitalize()}</dt>")[2]
    for words in told.values():
        assert words in page.partition("</dd>")[0]
        assert words in ROLES[role]
    assert "prepares the sign-off" not in page + ROLES[role]


def test_what_it_says_of_limits_is_so() -> None:
    assert {Action.MANAGE_PEOPLE, Action.MANAGE_ORGANISATION, Action.READ_TRAIL, Action.ARCHIVE} == OF_THE_WHOLE
    assert member_invitations.GOOD_FOR.days == 7
    assert "for seven days" in DOCUMENT
    assert f"At most {member_invitations.MOST_OPEN} invitations" in DOCUMENT
    assert RATES[Limit.LINK] == "300/m/key"
    assert "at most 300 links in a minute" in DOCUMENT
    assert RATES[Limit.INVITATION] == "60/h/key"
    assert "invites at most 60 addresses in an hour" in DOCUMENT
