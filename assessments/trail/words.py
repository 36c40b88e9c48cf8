"""An entry of the trail as a sentence, and each changed column as from and to; it reads no database."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import models

from assessments.models import AuditEntry, Person
from assessments.trail.audited import AUDITED
from assessments.trail.events import KIND as EVENT
from assessments.trail.events import Event
from assessments.trail.places import NUMBERS
from assessments.trail.sqlite_words import HIDDEN

NOTHING = "–"
LINE = 70  # letters
# What people call a row of each kind; {} is what it was called when the entry was written.
THINGS = {
    "Answer": "the answer to {}",
    "AnswerVersion": "an earlier version of the answer to {}",
    "Assessment": "the assessment “{}”",
    "Assignment": "a practice area given to {}",
    "MemberInvitation": "the invitation of {}",
    "MemberInvitation_sites": "a site in the invitation of {}",
    "Membership": "the membership of {}",
    "Membership_sites": "a site of {}",
    "Organisation": "the organisation {}",
    "PlannedDeletion": "the planned deletion of {}",
    "Rater": "the rater {}",
    "Rating": "a rating of {}",
    "RatingRound": "the round of ratings of “{}”",
    "ReportLink": "the link to the report for “{}”",
    "ReportLinkOpening": "an opening of the report by the link for “{}”",
    "Review": "the review of “{}” before it is signed",
    "Signature": "the signature of {}",
    "SignedRecord": "what was signed of “{}”",
    "Site": "the site {}",
}
EVENTS = {
    Event.TAKEN.value: "took {}",
    Event.SIGN_IN_REFUSED.value: "was refused when signing in as {}",
    Event.SIGNATURE_REFUSED.value: "was refused when signing {}",
    Event.ACCOUNT_CHANGED.value: "changed the account of {}",
    Event.PASSWORD_CHANGED.value: "changed the password of {}",
    Event.FACTOR_ADDED.value: "added a second factor, {}",
    Event.FACTOR_REMOVED.value: "removed a second factor, {}",
}
# Said by the time of the entry already, or by the names in the entries before; the CSV has it.
UNSAID = frozenset({"saved_at", NUMBERS})
MASKED = {"Rating": "a rating in an anonymous round", "Rater": "a rater of an anonymous round"}
MODELS = {each.kind: each.model for each in AUDITED}
SECRETS = {each.kind: frozenset(each.hidden) for each in AUDITED}


@dataclass(frozen=True, slots=True)
class Names:
    """What keys stand for."""

    people: Mapping[str, str]
    sites: Mapping[str, str]
    areas: Mapping[str, str]
    sub_elements: Mapping[str, str]
    sub_elements_by_code: Mapping[str, str]
    is_elsewhere: bool = False  # of entries that were recorded on another server

    def called(self, table: str, key: str) -> str:
        unknown = f"number {key} on the server it came from" if table == "Person" and self.is_elsewhere else key
        return self._by_table(table).get(key, unknown)

    def _by_table(self, table: str) -> Mapping[str, str]:
        tables = {
            "Person": self.people,
            "Site": self.sites,
            "PracticeArea": self.areas,
            "SubElement": self.sub_elements,
        }
        return tables.get(table, {})


@dataclass(frozen=True, slots=True)
class Change:
    """One column, before and after; whole, however long."""

    label: str
    before: str
    after: str

    @property
    def is_long(self) -> bool:
        """Too long to stand on one line with others."""
        return len(self.before) + len(self.after) > LINE or "\n" in self.before + self.after


def kind_words(kind: str) -> str:
    """What a filter calls all entries of a kind."""
    if kind == EVENT:
        return "Signing in and out, accounts, files taken"
    model = MODELS.get(kind)
    words = str(model._meta.verbose_name) if model else kind
    return {"Membership_sites": "Sites of memberships", "MemberInvitation_sites": "Sites of invitations"}.get(
        kind, words[:1].upper() + words[1:]
    )


def sentence_of(entry: AuditEntry, names: Names) -> str:
    """What follows the name of whoever did it."""
    if entry.kind == EVENT:
        if entry.action in EVENTS:
            return EVENTS[entry.action].format(entry.about)
        return f"{entry.action}{f': {entry.about}' if entry.about else ''}"
    about = names.sub_elements_by_code.get(entry.about, entry.about) if _is_about_sub_element(entry) else entry.about
    if not entry.row and entry.kind in MASKED:
        return f"{entry.action} {MASKED[entry.kind]}"
    thing = THINGS[entry.kind].format(about) if entry.kind in THINGS else f"{entry.kind} {about}"
    return f"{entry.action} {thing}"


def changes_of(entry: AuditEntry, names: Names) -> tuple[Change, ...]:
    """Without columns that were empty and are: a new row has many."""
    before, after = _read(entry.before), _read(entry.after)
    labels = [column for column in dict.fromkeys([*before, *after]) if column not in UNSAID]
    fields, secrets = _fields(entry.kind), SECRETS.get(entry.kind, frozenset())
    changes = (
        Change(
            _label(fields.get(column), column),
            _said(fields.get(column), before.get(column), column in secrets, names),
            _said(fields.get(column), after.get(column), column in secrets, names),
        )
        for column in labels
    )
    return tuple(each for each in changes if each.before != NOTHING or each.after != NOTHING)


def _is_about_sub_element(entry: AuditEntry) -> bool:
    return entry.kind in ("Answer", "AnswerVersion", "Rating")


def _fields(kind: str) -> dict[str, Any]:
    model = Person if kind == EVENT else MODELS.get(kind)
    return {str(field.column): field for field in model._meta.concrete_fields} if model else {}


def _read(text: str) -> dict[str, Any]:
    """Whatever stands there is shown, also what somebody altered until it is no JSON."""
    try:
        found = json.loads(text)
    except ValueError:
        return {"altered text": text}
    return found if isinstance(found, dict) else {"altered text": text}


def _label(field: Any, column: str) -> str:
    words = str(field.verbose_name) if field is not None else column
    return words[:1].upper() + words[1:]


def _said(field: Any, value: Any, is_secret: bool, names: Names) -> str:
    if value is None or value == "":
        return NOTHING
    if is_secret and value == HIDDEN:
        return "not recorded"
    if isinstance(field, models.BooleanField):
        return "yes" if value in (True, 1) else "no"
    if isinstance(field, models.DateTimeField):
        return _moment(str(value))
    if getattr(field, "choices", None):
        return str(dict(field.flatchoices).get(value, value))
    if isinstance(field, models.ForeignKey):
        return names.called(field.related_model.__name__, str(value))
    if isinstance(field, models.JSONField):
        return _listed(value)
    return str(value)


def _moment(text: str) -> str:
    try:
        return datetime.fromisoformat(text).strftime("%-d %B %Y, %H:%M UTC")
    except ValueError:
        return text


def _listed(value: Any) -> str:
    """SQLite keeps JSON as text, PostgreSQL as what it is."""
    if isinstance(value, str):
        try:
            value = json.loads(value)
        except ValueError:
            return str(value)
    if not isinstance(value, list):
        return json.dumps(value, ensure_ascii=False)
    return "\n".join(_reference(each) for each in value) or NOTHING


def _reference(value: Any) -> str:
    """An evidence reference is its title and location."""
    return " · ".join(str(each) for each in value.values() if each) if isinstance(value, dict) else str(value)
