"""Every dangerous text in one report on paper: printed as it was typed, and nothing in the file that does anything."""

import re
from io import BytesIO
from typing import Any

import pdfplumber
import pikepdf
import pytest

from assessments.models import Answer, Organisation, Person, Site
from tests.hostile.resolving import ADDRESSES
from tests.hostile.texts import MARK, TEXTS
from tests.hostile.world import World

pytestmark = pytest.mark.on_any_database

# Keys of a PDF that make a reader run, fetch or send something.
ACTS = {"/JS", "/JavaScript", "/Launch", "/SubmitForm", "/ImportData", "/GoToR", "/GoToE", "/RichMedia", "/OpenAction"}
# What is printed in another order, with other shapes or with nothing to see is compared in the file beside.
PLAIN = re.compile(r"[\x20-\x7e]+")
NAME = f"<script>{MARK}()</script> {{{{ 7 }}}} =1+1"


def without_space(text: str) -> str:
    return re.sub(r"\s", "", text)


def write_into_every_answer(world: World) -> list[str]:
    """Two texts to an answer; the names are one of them."""
    texts = list(TEXTS.values())
    answers = list(world.running.answers.order_by("sub_element__order"))
    for place, answer in enumerate(answers):
        own = texts[place :: len(answers)]
        evidence = [{"title": text, "location": text} for text in own]
        Answer.objects.filter(pk=answer.pk).update(rationale="\n".join(own), evidence=evidence)
    for model in (Organisation, Site, Person):
        model._default_manager.update(name=NAME)
    type(world.running).objects.filter(pk=world.running.pk).update(title=NAME, period=NAME)
    return texts


def acts_of(document: pikepdf.Pdf) -> list[str]:
    """Everything in the file that would act, and every address that it names."""
    found: list[str] = []
    for each in document.objects:
        if isinstance(each, pikepdf.Dictionary | pikepdf.Stream):
            found += sorted(ACTS & set(each.keys()))
            found += [str(each["/URI"])] if "/URI" in each else []
    return found


def printed(browser: Any, address: str) -> tuple[str, pikepdf.Pdf]:
    response = browser.get(address)
    assert response.status_code == 200
    with pdfplumber.open(BytesIO(response.content)) as document:
        text = "".join(page.extract_text(use_text_flow=True) or "" for page in document.pages)
    return without_space(text), pikepdf.open(BytesIO(response.content))


def test_a_report_prints_what_was_typed_and_does_nothing(world: World) -> None:
    texts = write_into_every_answer(world)
    text, document = printed(world.browser("alice"), world.address("assessments:report_pdf", {}))
    for each in texts:
        if PLAIN.fullmatch(each):
            assert without_space(each) in text, each
    assert [act for act in acts_of(document) if MARK in act or act.startswith("/")] == []
    inside = "".join(attached.get_file().read_bytes().decode() for attached in document.attachments.values())
    assert MARK in inside


def test_the_blank_questionnaire_prints_names_and_does_nothing(world: World) -> None:
    assert "assessments:questionnaire_pdf" in ADDRESSES
    write_into_every_answer(world)
    text, document = printed(world.browser("alice"), world.address("assessments:questionnaire_pdf", {}))
    assert without_space(f"<script>{MARK}()</script>") in text
    assert acts_of(document) == []
