"""The form that takes a filled-in workbook: one file, not too large. What is in it is read elsewhere."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile

from assessments.forms.parts import SentForm, inside_form
from assessments.workbook.limits import MOST_BYTES
from assessments.workbook.refusals import TOO_LARGE

CHOOSE = "Choose the workbook that you have filled in."
EMPTY = "The file is empty. Choose the workbook that you have filled in."
ONE_ONLY = "Several files arrived, and only one can be imported. Choose one workbook."


class WorkbookForm(SentForm):
    helper = inside_form()

    workbook = forms.FileField(
        label="Workbook",
        help_text="The file that was downloaded here, filled in and saved as .xlsx; at most 5 MB.",
        widget=forms.FileInput(attrs={"accept": ".xlsx"}),
        error_messages={"required": CHOOSE, "invalid": CHOOSE, "missing": CHOOSE, "empty": EMPTY},
    )

    def clean_workbook(self) -> bytes:
        if sum(len(each) for _, each in self.files.lists()) > 1:
            raise ValidationError(ONE_ONLY)
        upload: UploadedFile[Any] = self.cleaned_data["workbook"]
        if upload.size is None or upload.size > MOST_BYTES:
            raise ValidationError(TOO_LARGE)
        content: bytes = upload.read()
        return content
