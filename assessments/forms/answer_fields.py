"""Fields of the form of an answer: text kept as typed, and the mark of which version a page was made from."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from assessments.forms.parts import one_line, sound_text
from assessments.seen import Seen

DAMAGED = (
    "The note of which version you had before you arrived damaged. What you typed is still here: "
    "compare it with what is stored, and save again."
)


class TypedText(forms.Field):
    """Text kept exactly as typed, its line ends aside: browsers send two characters for one. It must arrive."""

    widget = forms.Textarea

    def __init__(self, *, at_most: int | None = None, lines: bool = True, **kwargs: Any) -> None:
        widget = forms.Textarea(attrs={"rows": 4, "cols": False}) if lines else forms.TextInput()
        super().__init__(required=False, widget=widget, **kwargs)
        self.at_most = at_most
        self.validators = [sound_text] if lines else [sound_text, one_line]

    def to_python(self, value: Any) -> str:
        if value is None:
            raise ValidationError("This field did not arrive, so nothing was stored. Save again.")
        return str(value).replace("\r\n", "\n").replace("\r", "\n")

    def validate(self, value: str) -> None:
        if self.at_most is not None and len(value) > self.at_most:
            raise ValidationError(f"At most {self.at_most:,} characters fit; there are {len(value):,}.")


class ScoreText(TypedText):
    """A score as it was typed; a comma before its decimal is read as a point."""

    def to_python(self, value: Any) -> str:
        return with_point(super().to_python(value))


def with_point(text: str) -> str:
    return text.replace(",", ".")


class SeenField(forms.Field):
    """Which version of the answer the page had."""

    widget = forms.HiddenInput

    def to_python(self, value: Any) -> Seen | None:
        if value is None and not self.required:
            return None
        seen = Seen.read(str(value))
        if seen is None:
            raise ValidationError(DAMAGED)
        return seen
