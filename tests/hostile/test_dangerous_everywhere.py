"""Text that means something to a program, in every name and every answer: inert and whole wherever it comes out."""

import re
from email import message_from_bytes
from email.header import decode_header, make_header
from typing import Any

import pytest
from django.core import mail
from django.test import Client

from assessments.models import (
    Answer,
    AnswerVersion,
    Assessment,
    AssessmentStatus,
    Organisation,
    Person,
    Rater,
    Rating,
    ReportLink,
    Site,
)
from tests.hostile.inert import (
    FORMULA,
    Page,
    cells_of_csv,
    cells_of_workbook,
    is_whole,
    on_one_line,
    paragraphs_of_document,
    strings_of_json,
)
from tests.hostile.resolving import ADDRESSES
from tests.hostile.sending import pairs_of, send
from tests.hostile.texts import MARK, TEXTS
from tests.hostile.world import World

FILE_NAME = re.compile(r'attachment; filename="[a-z0-9.-]+"')
SEEN_BY = {
    "assessments:rate": "omar",
    "assessments:rate_area": "omar",
    "assessments:rate_link": "visitor",
    "assessments:rate_lost": "visitor",
}
AT = {"assessments:rate": {"rater_id": "omar"}, "assessments:rate_area": {"rater_id": "omar"}}
AT |= {"assessments:rate_lost": {"rater_id": "omar"}, "assessments:comparison": {"assessment_id": "compared"}}
AT |= {"assessments:round_compare": {"assessment_id": "closed"}}
# Paper takes a second each and has a test of its own; the admin is for staff.
LEFT_OUT = re.compile(r"admin:.*|mfa_.*|openid_.*|.*pdf|.*logout")
PAGES = [name for name in ADDRESSES if not LEFT_OUT.fullmatch(name)]
SHOWING = 18  # pages at least on which something of it is seen


@pytest.fixture(scope="module")
def silent() -> set[str]:
    """Pages that showed nothing of the first text; the others are not looked for there again."""
    return set()


def write_everywhere(text: str) -> None:
    """Into every column that a form can fill; how it gets there is tested form by form.

    What is in review or signed is held by the database.
    """
    draft = AssessmentStatus.DRAFT
    Organisation.objects.update(name=text)
    Site.objects.update(name=text, manufacturing=text)
    Assessment.objects.filter(status=draft).update(title=text, period=text)
    Person.objects.update(name=text)
    Rater.objects.filter(round__assessment__status=draft).update(name=text)
    ReportLink.objects.update(purpose=text)
    answer: dict[str, Any] = {"rationale": text, "reason": text, "evidence": [{"title": text, "location": text}]}
    Answer.objects.filter(assessment__status=draft).update(**answer)
    AnswerVersion.objects.filter(answer__assessment__status=draft).update(**answer)
    Rating.objects.filter(rater__round__assessment__status=draft).update(**answer)


def check_page(html: str, text: str) -> bool:
    """Whether it shows the text; what it shows, it shows whole."""
    page = Page(html)
    assert page.dangers == []
    assert [each for each in page.texts if not is_whole(each, text)] == []
    return bool(page.texts)


def check_file(content: bytes, content_type: str, text: str) -> None:
    if content_type.startswith("text/csv"):
        cells = [cell for cell in cells_of_csv(content) if MARK in cell]
        assert cells
        assert all(text in cell and not FORMULA.match(cell) for cell in cells), cells
    elif content_type == "application/json":
        strings = [each for each in strings_of_json(content) if MARK in each]
        assert strings
        assert all(text in each for each in strings), strings
    elif content_type.endswith("spreadsheetml.sheet"):
        marked = [(kind, value) for kind, value in cells_of_workbook(content) if MARK in value]
        assert marked
        assert all(kind in ("s", "inlineStr") and text in value for kind, value in marked), marked
    else:
        assert content_type.endswith("wordprocessingml.document")
        paragraphs = [each for each in paragraphs_of_document(content) if MARK in each]
        assert paragraphs
        assert all(on_one_line(text) in on_one_line(each) for each in paragraphs), paragraphs


@pytest.mark.on_any_database
@pytest.mark.asvs("1.2.1", "1.2.3")
@pytest.mark.parametrize("case", TEXTS)
def test_no_page_and_no_file_obeys_it(world: World, silent: set[str], case: str) -> None:
    text = TEXTS[case]
    write_everywhere(text)
    showing: list[str] = []
    for name in [each for each in PAGES if each not in silent]:
        browser = world.browser(SEEN_BY.get(name, "alice"))
        response = browser.get(world.address(name, AT.get(name, {})))
        assert response.status_code in (200, 302, 403, 404, 405), (name, response.status_code)
        content_type = response.headers["Content-Type"]
        if content_type.startswith("text/html"):
            shows = check_page(response.text, text)
            (showing.append if shows else silent.add)(name)
        elif response.status_code == 200 and "assessment_id" in ADDRESSES[name]:
            check_file(response.content, content_type, text)
        if "Content-Disposition" in response.headers:
            assert FILE_NAME.fullmatch(response.headers["Content-Disposition"])
    assert len(showing) >= SHOWING, showing


@pytest.mark.asvs("1.3.11")
@pytest.mark.parametrize("case", TEXTS)
def test_no_mail_obeys_it(world: World, case: str) -> None:
    text = TEXTS[case]
    write_everywhere(text)
    invited = {"round": str(world.round.pk), "name": "Rosa", "function": "production", "areas": ["PQS"]}
    address = world.address("assessments:rater_invite", {})
    for number, name in enumerate((text, f"Rosa {text}"[:200])):
        sent = invited | {"name": name, "email": f"rosa+{number}@acme.example"}
        assert send(world.browser("alice"), address, pairs_of(sent)).status_code == 302
    send(Client(), "/accounts/password/reset/", [("email", "alice@acme.example")])
    assert len(mail.outbox) == 3
    for each in mail.outbox:
        raw = message_from_bytes(each.message().as_bytes())
        allowed = {"Content-Type", "MIME-Version", "Content-Transfer-Encoding", "Subject", "From", "To", "Reply-To"}
        assert set(raw.keys()) <= allowed | {"Date", "Message-ID"}
        assert len(raw.get_all("To", [])) == 1
        assert not {character for character in str(each.subject) if character in "\r\n\u2028\u2029\0"}
        subject = str(make_header(decode_header(raw["Subject"].replace("\n", ""))))
        if MARK in subject:
            assert on_one_line(text) in on_one_line(subject)
        body = bytes(raw.get_payload(decode=True)).decode()
        assert MARK not in body or text in body


@pytest.mark.parametrize("local", ["o'brien+qmm", "{{x}}", "=a", "-a", "a%b", "`a`", "a|b", "#$&*/?^_!~"])
def test_an_unusual_address_is_mailed_as_it_is(world: World, local: str) -> None:
    typed = f"{local}@acme.example"
    sent = {"round": str(world.round.pk), "name": "Rosa", "email": typed, "function": "quality", "areas": ["PQS"]}
    browser, address = world.browser("lars"), world.address("assessments:rater_invite", {})
    assert send(browser, address, pairs_of(sent)).status_code == 302
    assert mail.outbox[0].recipients() == [typed]
    assert raw_recipient(mail.outbox[0]) == typed
    assert Page(browser.get(world.address("assessments:raters", {})).text).dangers == []


def raw_recipient(message: Any) -> str:
    return str(message_from_bytes(message.message().as_bytes())["To"])
