"""Opens the page of a practice area and sends its form as a browser would, so that tests send what a person would."""

import re
from typing import Any

from django.test import Client

from assessments.models import Answer, Assessment
from tests.form_reader import read_form

Fields = dict[str, str]


def fields_of(response: Any) -> Fields:
    """What would be sent if nothing were changed."""
    fields = read_form(response.content.decode(), "data-answers")
    assert fields, "the page has no form of answers"
    return fields


def address(assessment: Assessment, area: str = "PQS") -> str:
    return f"/assessments/{assessment.pk}/{area}/"


def send(client: Client, assessment: Assessment, area: str = "PQS", **typed: str) -> Any:
    """Open the page, type (`capa__choice="3"`), and save; nothing of the answer is followed."""
    return send_page(client, assessment, fields_of(client.get(address(assessment, area))), area, **typed)


def send_page(client: Client, assessment: Assessment, page: Fields, area: str = "PQS", **typed: str) -> Any:
    return client.post(
        address(assessment, area), page | {name.replace("__", "-"): text for name, text in typed.items()}
    )


def stored(assessment: Assessment, code: str = "capa") -> Answer:
    return assessment.answers.get(sub_element__code=code)


def shown(response: Any) -> str:
    """The page with one space for each stretch of white space."""
    return re.sub(r"\s+", " ", response.content.decode())
