"""Who acts in a request, asked only when something is written, and what is taken away by one."""

from collections.abc import Callable, Mapping

from django.http import HttpRequest, HttpResponse
from django.urls import ResolverMatch

from assessments.database_rules.acting import acting
from assessments.models import Assessment, Person, Rater, ReportLink
from assessments.trail import sign_ins
from assessments.trail.events import Event, actor_of, name_of, note_event
from assessments.unavailable import DATABASE_FAILURES, not_available

# Addresses that hand out a file of an assessment, by their names, and what the file is called in the trail.
TAKEN_OF_ASSESSMENT = {
    "report_pdf": "report.pdf",
    "report_json": "report.json",
    "report_csv": "report.csv",
    "report_xlsx": "report.xlsx",
    "report_docx": "report.docx",
    "workbook": "workbook.xlsx",
    "signed_data": "signed-data.json",
}
# The same for addresses of an organisation as a whole.
TAKEN_OF_ORGANISATION: dict[str, str] = {
    "trail_csv": "audit-trail.csv",
    "trail_pdf": "audit-trail.pdf",
    "archive_zip": "archive",
}
OF_A_RATER, OF_A_READER = "rate", "shared_"


class TrailMiddleware:
    """Behind the middleware that knows who is signed in. A file leaves only once the trail says that it was taken."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        with acting(lambda: who_acts(request)):
            response = self.get_response(request)
            if response.status_code == 200 and request.resolver_match is not None:
                try:
                    note_taken(request.resolver_match)
                except DATABASE_FAILURES:
                    return not_available(request)
        if hasattr(request, sign_ins.REFUSED):
            response._resource_closers.append(lambda: note_refused(request))  # type: ignore[attr-defined]
        return response


def note_refused(request: HttpRequest) -> None:
    with acting(lambda: who_acts(request)):
        sign_ins.note_refused(request)


def note_taken(match: ResolverMatch) -> None:
    name = match.url_name or ""
    if name in TAKEN_OF_ASSESSMENT:
        assessment_id = match.kwargs["assessment_id"]
        found = Assessment.objects.filter(pk=assessment_id).values_list("site__organisation", "title").first()
        if found:  # else it was deleted this very moment
            about = f"{TAKEN_OF_ASSESSMENT[name]} of {found[1]}"
            note_event(organisation_id=found[0], event=Event.TAKEN, about=about, assessment_id=assessment_id)
    elif name in TAKEN_OF_ORGANISATION:
        organisation_id = match.kwargs["organisation_id"]
        note_event(organisation_id=organisation_id, event=Event.TAKEN, about=TAKEN_OF_ORGANISATION[name])


def who_acts(request: HttpRequest) -> Mapping[str, str]:
    match = request.resolver_match
    name = (match.url_name if match else "") or ""
    actor, actor_name = _actor(request, name, match.kwargs if match else {})
    return {"actor": actor, "actor_name": actor_name, "origin": (match.view_name if match else "")[:100]}


def _actor(request: HttpRequest, name: str, kwargs: Mapping[str, object]) -> tuple[str, str]:
    """The view has let them in before it writes, so the address may be believed."""
    if name.startswith(OF_A_RATER) and "rater_id" in kwargs and not name.startswith("rater_"):
        return f"rater:{kwargs['rater_id']}", _name_of_rater(str(kwargs["rater_id"]))
    if name.startswith(OF_A_READER) and "link_id" in kwargs:
        return f"link:{kwargs['link_id']}", _name_of_link(str(kwargs["link_id"]))
    user = getattr(request, "user", None)
    if isinstance(user, Person) or (user is not None and user.is_authenticated):
        person: Person = user
        return actor_of(person), name_of(person)
    return "visitor", "somebody who is not signed in"


def _name_of_rater(rater_id: str) -> str:
    return Rater.objects.filter(pk=rater_id).values_list("name", flat=True).first() or ""


def _name_of_link(link_id: str) -> str:
    purpose = ReportLink.objects.filter(pk=link_id).values_list("purpose", flat=True).first()
    return f"a reader by the link “{purpose}”" if purpose else ""
