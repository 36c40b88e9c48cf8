"""Which requests are let in at all: text in UTF-8 without broken or hidden characters, sent as forms are sent."""

from collections.abc import Callable, Iterable
from typing import Any

from django.core.exceptions import RequestDataTooBig
from django.core.handlers.wsgi import get_bytes_from_wsgi
from django.http import Http404, HttpRequest, HttpResponse, QueryDict

from assessments.refused_requests import not_understood
from assessments.sent import Unsound
from assessments.texts import refuse_broken_text

URL_ENCODED = "application/x-www-form-urlencoded"
SENT_AS = (URL_ENCODED, "multipart/form-data")
NOT_A_FORM = "What was sent is no form: this address takes what its page sends, and nothing else."
# Each takes more than 200 bytes while it is read; the fullest page, in letters of four bytes, has fewer.
MOST_ESCAPES = 500_000
NOT_UTF_8 = "the text is not in UTF-8. Type it anew, and send the form again."


class SoundRequestMiddleware:
    """Refuses by name what could be stored or shown only mangled; what a form says is for the form to judge."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if not is_sound(request.path_info):
            raise Http404("There is no such address.")
        refuse_broken_query(request)
        if request.method == "POST":
            if not _is_form(request):
                return not_understood(request, NOT_A_FORM, status=415)
            refuse_other_encodings(request)
            len(request.POST)  # now, so that half a form is refused also where nothing of it is asked for
        return self.get_response(request)

    def process_view(
        self,
        request: HttpRequest,
        view: Callable[..., HttpResponse],  # noqa: ARG002
        args: Iterable[Any],  # noqa: ARG002
        kwargs: dict[str, Any],  # noqa: ARG002
    ) -> None:
        """The admin's forms are Django's own, which take what ours refuse at the field."""
        match = request.resolver_match
        if request.method == "POST" and match is not None and "admin" in match.app_names:
            refuse_broken_fields(request.POST)


def is_sound(text: str) -> bool:
    try:
        refuse_broken_text(text)
    except ValueError:
        return False
    return True


def refuse_broken_query(request: HttpRequest) -> None:
    _refuse_other_than_utf_8(get_bytes_from_wsgi(request.META, "QUERY_STRING", ""))
    refuse_broken_fields(request.GET)


def refuse_broken_fields(sent: QueryDict) -> None:
    for name, values in sent.lists():
        for text in (name, *values):
            try:
                refuse_broken_text(str(text))
            except ValueError as problem:
                raise Unsound(name, f"{problem}") from problem


def refuse_other_encodings(request: HttpRequest) -> None:
    """Text in another encoding would arrive as other letters than were typed."""
    charset = (request.content_params or {}).get("charset", "utf-8")
    if charset.lower().replace("_", "-") not in ("utf-8", "utf8"):
        raise Unsound("charset", NOT_UTF_8)
    if request.content_type == URL_ENCODED:
        if request.body.count(b"%") > MOST_ESCAPES:
            raise RequestDataTooBig("More letters were escaped than any form here takes.")
        _refuse_other_than_utf_8(request.body)


def _is_form(request: HttpRequest) -> bool:
    """A request without a body says nothing that could be misread."""
    return request.content_type in SENT_AS or request.META.get("CONTENT_LENGTH") in (None, "", "0")


def _refuse_other_than_utf_8(pairs: bytes) -> None:
    try:
        pairs.decode()
    except UnicodeDecodeError as problem:
        start = pairs.rfind(b"&", 0, problem.start) + 1
        name = pairs[start:].partition(b"&")[0].partition(b"=")[0]
        raise Unsound(name.decode(errors="replace"), NOT_UTF_8) from problem
