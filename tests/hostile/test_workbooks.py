"""The import of a workbook as it is sent: names of files, what goes along with a page, and what else arrives.

What stands inside the files is in tests/assessments/workbook: hostile.py and exhausting.py hold them, and
test_pages.py sends each.
"""

from pathlib import Path

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test.client import BOUNDARY

from tests.assessments.workbook.hostile import SOUND
from tests.assessments.workbook.steps import filled_in, token_of
from tests.hostile.fields import OTHER_CHOICES
from tests.hostile.inert import Page
from tests.hostile.sending import send, told
from tests.hostile.world import World, digest

AT = {"assessment_id": "unrated"}
NAMES = [
    *(
        "../../../../tmp/qmmhostile.xlsx",
        "..\\..\\qmmhostile.xlsx",
        "/etc/qmmhostile",
        "C:\\qmmhostile.xlsx",
        ".",
        "..",
    ),
    *("<script>qmmhostile()</script>.xlsx", "qmmhostile\u202excod.xlsx", "x" * 300 + ".xlsx", "CON", "qmmhostile.exe"),
    *("%00qmmhostile.xlsx", "%2e%2e%2fqmmhostile", "🧪.xlsx", "مراجعة.xlsx", "a b;c.xlsx", "qmmhostile.xlsx\x00.png"),
]


def in_parts(name: str, content: bytes) -> bytes:
    """By hand: the test client would make a sound name of it."""
    head = f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="workbook"; filename="{name}"\r\n\r\n'
    return head.encode() + content + f"\r\n--{BOUNDARY}--\r\n".encode()


def everything_below(folder: Path) -> set[Path]:
    return {path for path in folder.rglob("*") if path.is_file() and "sqlite3" not in path.name}


@pytest.mark.parametrize("name", NAMES)
def test_the_name_of_a_file_leads_nowhere(world: World, name: str) -> None:
    """It is read by nobody: refused for what is in it, or for having no name at all, and written nowhere."""
    files, before = everything_below(Path(settings.VAR_DIR)), digest()
    address = world.address("assessments:workbook_import", AT)
    kind = f"multipart/form-data;boundary={BOUNDARY}"
    response = world.browser("alice").post(address, in_parts(name, SOUND), content_type=kind)
    assert response.status_code == 422
    assert "Workbook" in told(response)
    assert Page(response.text).dangers == []
    assert digest() == before
    assert everything_below(Path(settings.VAR_DIR)) == files


@pytest.mark.parametrize("content", [b"", b"PK", SOUND[:1000], SOUND[:-1], SOUND[1:], SOUND * 2 + b"x", b"\0" * 1000])
def test_a_piece_of_a_file_is_refused(world: World, content: bytes) -> None:
    before = digest()
    file = SimpleUploadedFile("book.xlsx", content)
    response = world.browser("alice").post(world.address("assessments:workbook_import", AT), {"workbook": file})
    assert response.status_code == 422
    assert "Workbook" in told(response)
    assert digest() == before


class TestTheProposal:
    """What goes along with the page of a dry run, and comes back when it is confirmed."""

    def proposed(self, world: World) -> str:
        browser = world.browser("alice")
        book = browser.get(world.address("assessments:workbook", AT)).content
        file = SimpleUploadedFile("book.xlsx", filled_in(book, {"MCQ!D5": "scored", "MCQ!E5": 3.5, "MCQ!N5": "Seen"}))
        page = browser.post(world.address("assessments:workbook_import", AT), {"workbook": file})
        return token_of(page)

    def test_it_is_taken_as_it_was(self, world: World) -> None:
        before = digest()
        address = world.address("assessments:workbook_import", AT)
        assert send(world.browser("alice"), address, [("proposal", self.proposed(world))]).status_code == 302
        assert digest() != before

    @pytest.mark.parametrize("case", [*OTHER_CHOICES, "cut", "longer", "of another assessment", "of another person"])
    def test_anything_else_is_refused(self, world: World, case: str) -> None:
        token = self.proposed(world)
        values = {"cut": token[:-1], "longer": f"{token}A"}
        value = values.get(case) or (OTHER_CHOICES[case][0] if case in OTHER_CHOICES else token)
        sender = "lars" if case == "of another person" else "alice"
        at = {"assessment_id": "closed"} if case == "of another assessment" else AT
        before = digest()
        address = world.address("assessments:workbook_import", at)
        response = send(world.browser(sender), address, [("proposal", value)])
        assert response.status_code == 422
        assert "What was to be confirmed arrived damaged" in told(response)
        assert digest() == before

    def test_sent_twice_nothing_is_stored(self, world: World) -> None:
        token, before = self.proposed(world), digest()
        address = world.address("assessments:workbook_import", AT)
        response = send(world.browser("alice"), address, [("proposal", token), ("proposal", token)])
        assert response.status_code == 400
        assert "“proposal”" in told(response)
        assert digest() == before
