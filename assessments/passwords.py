"""Which passwords are refused beyond Django's own rules: those made of the words of this field (docs/security.md)."""

import re

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


class WordsOfTheFieldValidator:
    """Numbers and signs around such words, and capitals in them, do not help."""

    def validate(self, password: str, user: Person | None = None) -> None:  # noqa: ARG002  Django hands it over
        letters = "".join(letter for letter in password.lower() if letter.isalpha())
        others = re.sub("|".join(WORDS), "", letters)
        if len(others) < len(letters) and len(others) < FEWEST_OTHER_LETTERS:
            raise ValidationError(REFUSED, code="password_of_the_field")

    def get_help_text(self) -> str:
        return "It can’t be made of words that anyone would try here, like quality or maturity."
