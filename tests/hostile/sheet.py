"""What a sheet is, and the parts of which all of them are made."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from assessments.texts import EVIDENCE_LENGTH, RATIONALE_LENGTH, REASON_LENGTH
from tests.form_reader import read_form
from tests.hostile.fields import Field, Kind
from tests.hostile.world import World

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


def always(**typed: Any) -> Callable[[World], Good]:
    return lambda _: typed


AREA, RATE_AREA = "assessments:area", "assessments:rate_area"
OMAR = {"rater_id": "omar"}
