"""Every address of the app, whom it serves, and which methods it answers: the table that the tests of access walk."""

from collections.abc import Iterable
from enum import StrEnum
from typing import Any

from django.urls import URLPattern, URLResolver, reverse

from assessments import urls


class Rule(StrEnum):
    """Whom an address serves."""

    EVERYONE = "everyone"
    SIGNED_IN = "everyone who is signed in, with what is theirs"
    MEMBERS = "members of the organisation; for all others it does not exist"
    LINK = "whoever holds the rater's link; for all others it does not exist"
    SHARED = "whoever holds a good link to the report, and nobody by a damaged one; for all others no report opens"
    INVITED = "whoever holds a good link of an invitation; for all others no invitation opens"
    RATER = "the browser in which the rater began; for all others it does not exist"


RULES = {
    "home": Rule.EVERYONE,
    "healthz": Rule.EVERYONE,
    "set_up": Rule.SIGNED_IN,
    "list": Rule.SIGNED_IN,
    "new": Rule.SIGNED_IN,
    "organisations": Rule.SIGNED_IN,
    "organisation": Rule.MEMBERS,
    "site_new": Rule.MEMBERS,
    "site": Rule.MEMBERS,
    "people": Rule.MEMBERS,
    "member": Rule.MEMBERS,
    "member_remove": Rule.MEMBERS,
    "member_leave": Rule.MEMBERS,
    "member_invite": Rule.MEMBERS,
    "member_invitation_withdraw": Rule.MEMBERS,
    "invitation": Rule.INVITED,
    "assign": Rule.MEMBERS,
    "overview": Rule.MEMBERS,
    "edit": Rule.MEMBERS,
    "delete": Rule.MEMBERS,
    "area": Rule.MEMBERS,
    "comparison": Rule.MEMBERS,
    "report": Rule.MEMBERS,
    "report_pdf": Rule.MEMBERS,
    "report_json": Rule.MEMBERS,
    "report_csv": Rule.MEMBERS,
    "report_xlsx": Rule.MEMBERS,
    "report_docx": Rule.MEMBERS,
    "continue": Rule.MEMBERS,
    "save": Rule.MEMBERS,
    "history": Rule.MEMBERS,
    "confirm": Rule.MEMBERS,
    "preferences": Rule.SIGNED_IN,
    "workbook": Rule.MEMBERS,
    "workbook_import": Rule.MEMBERS,
    "raters": Rule.MEMBERS,
    "round_new": Rule.MEMBERS,
    "round_deadline": Rule.MEMBERS,
    "round_close": Rule.MEMBERS,
    "round_reopen": Rule.MEMBERS,
    "round_compare": Rule.MEMBERS,
    "rater_invite": Rule.MEMBERS,
    "raters_remind": Rule.MEMBERS,
    "rater_remind": Rule.MEMBERS,
    "rater_renew": Rule.MEMBERS,
    "rater_withdraw": Rule.MEMBERS,
    "rate": Rule.RATER,
    "rate_done": Rule.RATER,
    "rate_device": Rule.RATER,
    "rate_address": Rule.RATER,
    "rate_area": Rule.RATER,
    "rate_save": Rule.RATER,
    "rate_link": Rule.LINK,
    "rate_new_link": Rule.LINK,
    "rate_lost": Rule.LINK,
    "sharing": Rule.MEMBERS,
    "sharing_withdraw": Rule.MEMBERS,
    "shared_report": Rule.SHARED,
    "shared_pdf": Rule.SHARED,
    "shared_elsewhere": Rule.SHARED,
    "questionnaire_pdf": Rule.MEMBERS,
    "blank_pdf": Rule.SIGNED_IN,
    "deletion": Rule.MEMBERS,
    "deletion_stop": Rule.MEMBERS,
    "archive": Rule.MEMBERS,
    "archive_zip": Rule.MEMBERS,
    "server_access": Rule.MEMBERS,
    "second_factor": Rule.MEMBERS,
    "sign_off_rules": Rule.MEMBERS,
    "signatures": Rule.MEMBERS,
    "signed_data": Rule.MEMBERS,
    "review_send": Rule.MEMBERS,
    "review_return": Rule.MEMBERS,
    "sign": Rule.MEMBERS,
    "revise": Rule.MEMBERS,
    "trail": Rule.MEMBERS,
    "trail_csv": Rule.MEMBERS,
    "trail_pdf": Rule.MEMBERS,
    "server_access_end": Rule.MEMBERS,
    "deletion_receipts": Rule.SIGNED_IN,
    "deletion_receipt": Rule.EVERYONE,  # who has its link; it names no organisation
}
# Only these change something; all others answer a POST with 405.
FORMS = {"set_up", "new", "organisation", "site_new", "site", "edit", "delete", "area"}
FORMS |= {"member", "member_remove", "member_leave", "assign", "invitation"}
FORMS |= {"rate_area", "rate_link", "rate_lost", "history", "workbook_import", "sharing", "deletion"}
FORMS |= {"server_access", "second_factor", "sign_off_rules", "review_send", "review_return", "sign", "revise"}
# Buttons, and forms that stand on another page: a GET leads there.
BUTTONS = {"round_new", "round_deadline", "round_close", "round_reopen", "rater_invite", "raters_remind"}
BUTTONS |= {"member_invite", "member_invitation_withdraw"}
BUTTONS |= {"rater_remind", "rater_renew", "sharing_withdraw", "deletion_stop", "server_access_end", "archive_zip"}
CONFIRMED = {"round_compare", "rater_withdraw"}
FORMS |= BUTTONS | CONFIRMED
# These answer nothing but a POST.
ONLY_SENT = {"rate_save", "rate_done", "rate_device", "rate_address", "rate_new_link"}
POST_ONLY = {"save", "confirm", "preferences"}  # nothing to see there
# Of a draft there is nothing to return, to sign or to revise.
LEADS_ON = {"set_up", "continue", "signed_data", "review_return", "sign", "revise", *BUTTONS}
NO_SUCH_NUMBER = 99_999_999_999_999_999_999


def addresses(patterns: Iterable[URLPattern | URLResolver], above: tuple[str, ...] = ()) -> dict[str, tuple[str, ...]]:
    """The names of all addresses, each with the names of its arguments."""
    found: dict[str, tuple[str, ...]] = {}
    for pattern in patterns:
        arguments = (*above, *pattern.pattern.regex.groupindex)
        if isinstance(pattern, URLResolver):
            found |= addresses(pattern.url_patterns, arguments)
        else:
            assert pattern.name, f"{pattern} has no name"
            assert pattern.name not in found
            found[pattern.name] = arguments
    return found


ADDRESSES = addresses(urls.urlpatterns)
FOR_MEMBERS = [name for name, rule in RULES.items() if rule is Rule.MEMBERS and name in ADDRESSES]
FOR_RATERS = [name for name, rule in RULES.items() if rule in (Rule.LINK, Rule.RATER)]
FOR_READERS = [name for name, rule in RULES.items() if rule is Rule.SHARED]
FOR_INVITED = [name for name, rule in RULES.items() if rule is Rule.INVITED]
FOR_ACCOUNTS = [name for name in ADDRESSES if name not in FOR_RATERS + FOR_READERS + FOR_INVITED]


def address(name: str, values: dict[str, Any]) -> str:
    return reverse(f"assessments:{name}", kwargs={argument: values[argument] for argument in ADDRESSES[name]})
