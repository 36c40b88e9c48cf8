"""The form of one rating: that of an answer, because a rating says the same; who gave it is no part of either."""

from typing import cast

from django.http import QueryDict

from assessments.forms.answers import AnswerForm
from assessments.models import Answer, Rating


class RatingForm(AnswerForm):
    """Its `answer` is the rating, which has all columns of an answer but who saved it."""

    def __init__(self, data: QueryDict | None = None, *, rating: Rating, is_insisted: bool = False) -> None:
        super().__init__(data, answer=cast("Answer", rating), is_insisted=is_insisted)

    @property
    def is_unsupported(self) -> bool:
        """Only the agreed answer is marked in the report."""
        return False
