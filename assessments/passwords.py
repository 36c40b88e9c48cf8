"""Which passwords are refused beyond Django's own rules: those made of common ones or of the words of this field."""

import re

from django.contrib.auth.password_validation import CommonPasswordValidator
from django.core.exceptions import ValidationError

from assessments.models import Person

WORDS = (
    "questionnaire",
    "organisation",
    "assessment",
    "management",
    "compliance",
    "medicine",
    "maturity",
    "password",
    "quality",
    "pharma",
    "fda",
    "gmp",
    "qmm",
)
FEWEST_OTHER_LETTERS = 4
REFUSED = "It is made of words that anyone would try here, like quality or maturity. Use others."

SIGNS_AROUND = "".join(map(chr, (*range(0x20, 0x41), *range(0x5B, 0x61), *range(0x7B, 0x7F))))


class CommonPartsValidator(CommonPasswordValidator):
    """Of the 20,000 most common few are as long as ours must be; so two of them in a row are no better than one."""

    def validate(self, password: str, user: Person | None = None) -> None:
        super().validate(password, user)
        typed = password.lower().replace(" ", "")
        for text in {typed, typed.strip(SIGNS_AROUND)}:
            splits = ((text[:place], text[place:]) for place in range(len(text) + 1))
            if any(all(not part or part in self.passwords for part in parts) for parts in splits if text):
                raise ValidationError("This password is too common.", code="password_too_common")


class WordsOfTheFieldValidator:
    """Numbers and signs around such words, and capitals in them, do not help."""

    def validate(self, password: str, user: Person | None = None) -> None:  # noqa: ARG002  Django hands it over
        letters = "".join(letter for letter in password.lower() if letter.isalpha())
        others = re.sub("|".join(WORDS), "", letters)
        if len(others) < len(letters) and len(others) < FEWEST_OTHER_LETTERS:
            raise ValidationError(REFUSED, code="password_of_the_field")

    def get_help_text(self) -> str:
        return "It can’t be made of words that anyone would try here, like quality or maturity."
