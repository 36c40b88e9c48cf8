"""What the tests of an import share: cells that are filled in, answers saved meanwhile, and a page read as text."""

import re
from collections.abc import Callable
from decimal import Decimal
from html import unescape
from typing import Any

from django.utils import timezone

from assessments.answering import Change, save_page
from assessments.entries import Entry, EvidenceReference
from assessments.models import AnswerState, AnswerVersion, Assessment, Confidence, EvidenceStrength, Person
from tests.assessments.workbook.made_up import edited

Page = Any  # a response of the test client, whose type has no name
Upload = Callable[[bytes], Page]
Workbook = Callable[[], bytes]
Confirm = Callable[..., Page]
LEADERSHIP = {"MCQ!D5": "scored", "MCQ!E5": 3.5, "MCQ!N5": "Seen <2 %", "MCQ!Q5": "Minutes", "MCQ!R5": "QA-7"}
REVIEW = {"MCQ!D6": "not_applicable", "MCQ!M6": "Contract filling only"}
WHOLE = Entry(
    state=AnswerState.SCORED,
    score=Decimal("4.2"),
    reason="=old reason",
    rationale=" '=see SOP 12 _x0041_ <r>x</r>\nשלום 🧪 ",
    evidence=(EvidenceReference("=Minutes", ""), EvidenceReference("'Log", "http://intranet.example/1")),
    confidence=Confidence.HIGH,
    evidence_strength=EvidenceStrength.RECORD,
)


def save(assessment: Assessment, person: Person, code: str, entry: Entry) -> None:
    answer = assessment.answers.select_related("sub_element").get(sub_element__code=code)
    change = Change(answer, entry, answer.version)
    save_page(assessment=assessment, changes=[change], person=person, now=timezone.now())


def entry_of(assessment: Assessment, code: str) -> Entry:
    return Entry.of(assessment.answers.get(sub_element__code=code))


def shown(page: Page) -> str:
    """What a person reads of the page, on one line."""
    return " ".join(unescape(re.sub("<[^>]*>", " ", page.text)).split())


def nothing_is_stored(assessment: Assessment) -> bool:
    return not AnswerVersion.objects.filter(answer__assessment=assessment).exists()


def token_of(page: Page) -> str:
    """What the page carries along; empty when there is nothing to confirm."""
    found = re.search(r'name="proposal" value="([^"]*)"', page.text)
    return unescape(found[1]) if found else ""


def filled_in(content: bytes, cells: dict[str, Any]) -> bytes:
    """With these cells written, each by sheet and address: MCQ!D5."""

    def change(book: Any) -> None:
        for place, value in cells.items():
            sheet, _, address = place.partition("!")
            book[sheet][address] = value

    return edited(content, change)
