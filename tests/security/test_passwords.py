"""Passwords of the words of this field, and that the document lists those words."""

import re
from pathlib import Path

import pytest
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError

from assessments.passwords import WORDS

DOCUMENT = Path(__file__).resolve().parents[2] / "docs" / "security.md"


@pytest.mark.asvs("6.2.11")
@pytest.mark.parametrize(
    "password",
    ["QualityManagement", "qualitymaturity2026!", "Q.U.A.L.I.T.Y. 2026 2026", "my-QMM-password", "fdafdafdafdafda"],
)
def test_words_of_the_field_alone_are_refused(password: str) -> None:
    with pytest.raises(ValidationError, match="words that anyone would try here"):
        validate_password(password)


@pytest.mark.asvs("6.2.5")
@pytest.mark.parametrize(
    "password",
    [
        "quality otter lantern",
        "correct horse battery staple",
        "über den Wolken muß",
        "私の秘密の言葉はとても長いです",
        "7319 4402 8815 3306",
        "~~~~ <> ;; '' ~~~~ {}",
    ],
)
def test_others_of_any_kind_are_not(password: str) -> None:
    validate_password(password)


@pytest.mark.asvs("6.1.2")
def test_the_document_lists_the_words() -> None:
    (listed,) = re.findall(r"words of this field: ([^.]+)\.", DOCUMENT.read_text(encoding="utf-8").replace("\n", " "))
    assert sorted(listed.split(", ")) == sorted(WORDS)


@pytest.mark.asvs("6.2.4", "6.2.12")
@pytest.mark.parametrize(
    "password",
    ["passwordpassword", "1234567890123", "qwertyuiop123456", "Dragon Monkey", "letmein!letmein!", "iloveyou2026!!"],
)
def test_what_breaches_have_shown_to_be_common_is_refused(password: str) -> None:
    with pytest.raises(ValidationError):
        validate_password(password)


@pytest.mark.asvs("6.2.9")
def test_long_ones_are_welcome() -> None:
    validate_password("otter lantern " * 20)
