"""Saving one answer while it is being written: the same form and the same rules as the page, answered as JSON."""

import logging
import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import wraps
from typing import Any
from uuid import UUID

from crispy_forms.utils import render_crispy_form
from django.db import IntegrityError
from django.http import Http404, HttpRequest, JsonResponse, QueryDict
from django.template.loader import render_to_string
from django.utils import timezone
from django.views.decorators.http import require_POST

from assessments.access import Action, SignedInRequest, answers_for, rights_at
from assessments.answering import Conflict, Gone, Saved, save_answer
from assessments.course import course_of
from assessments.entries import Entry
from assessments.forms.answer_choices import Keep
from assessments.forms.answer_section import lay_out, of_assessment
from assessments.forms.answers import AnswerForm
from assessments.models import Answer, Assessment, Person
from assessments.refusals import route_of
from assessments.running_score import running_score
from assessments.seen import Seen
from assessments.sent import Unsound, one
from assessments.unavailable import DATABASE_FAILURES, RETRY_AFTER_SECONDS

SAVE_ID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", re.ASCII)
MOST_FOLLOWED = 20

logger = logging.getLogger(__name__)


def told_as_json(view: Callable[..., JsonResponse]) -> Callable[..., JsonResponse]:
    """Whatever keeps an answer from being stored is said by name; the text is still where it was typed."""

    @wraps(view)
    def telling(request: HttpRequest, *args: Any, **kwargs: Any) -> JsonResponse:
        try:
            if not request.user.is_authenticated:
                return JsonResponse({"outcome": "signed_out"}, status=403)
            if _is_of_another(request):
                return JsonResponse({"outcome": "other_person"}, status=403)
            return view(request, *args, **kwargs)
        except Http404:
            return JsonResponse({"outcome": "gone"}, status=404)
        except Unsound as problem:
            return refused(problem)
        except IntegrityError:  # one id for two different saves: no browser of ours does that
            return JsonResponse({"outcome": "refused", "errors": []}, status=422)
        except DATABASE_FAILURES:
            logger.exception("Nothing could be written at %s", route_of(request))
            return unavailable()

    return telling


def _is_of_another(request: HttpRequest) -> bool:
    """Whether somebody else has signed in, in the same browser, since the page was opened on which it was typed."""
    typed_by = one(request.POST, "person")
    return typed_by not in ("", str(request.user.pk))


def refused(problem: Unsound) -> JsonResponse:
    """What no page of ours sends."""
    errors = [{"name": problem.name, "message": problem.problem}]
    return JsonResponse({"outcome": "refused", "errors": errors}, status=422)


def unavailable() -> JsonResponse:
    """The database is away, full or read-only; the browser asks again."""
    return JsonResponse({"outcome": "unavailable"}, status=503, headers={"Retry-After": str(RETRY_AFTER_SECONDS)})


@require_POST
@told_as_json
def save(request: SignedInRequest, assessment_id: UUID, code: str) -> JsonResponse:
    """Store the answer of one sub-element; every outcome has its own status and name."""
    if not answers_for(request.user, Action.ANSWER).filter(assessment=assessment_id, sub_element__code=code).exists():
        raise Http404("There is no such answer, or it is not theirs to give.")
    answers = list(answers_for(request.user, Action.VIEW).filter(assessment=assessment_id))
    ids = save_ids(request.POST)
    form = AnswerForm(request.POST, answer=_of(answers, code), is_insisted=bool(ids["follows"]))
    if not form.is_valid():
        return JsonResponse({"outcome": "refused", "errors": field_errors(form)}, status=422)
    is_joined = form.keep_decided == Keep.BOTH  # asked before the answer moves on to its next version
    if form.change is None:
        return _saved(request, answers, form)
    outcome = save_answer(
        assessment=Assessment(pk=assessment_id),
        change=replace(form.change, **ids),
        person=request.user,
        now=timezone.now(),
    )
    if isinstance(outcome, Saved):
        _take_over(form.answer, outcome, request.user)
        return _saved(request, answers, form, is_joined=is_joined)
    if isinstance(outcome, Conflict):
        return _overtaken(request, assessment_id, code)
    if isinstance(outcome, Gone):
        raise Http404("The assessment has been deleted.")
    return JsonResponse({"outcome": "in_review" if outcome.is_in_review else "signed_off"}, status=409)


def _of(answers: Sequence[Answer], code: str) -> Answer:
    for answer in answers:
        if answer.sub_element.code == code:
            return answer
    raise Http404("There is no such answer.")


def _take_over(answer: Answer, saved: Saved, person: Person) -> None:
    """Bring the row that was read up to what has been stored since."""
    for name, value in saved.entry.columns.items():
        setattr(answer, name, value)
    answer.version, answer.saved_at = saved.version, saved.saved_at
    if saved.is_change:
        answer.saved_by = person


def _saved(
    request: SignedInRequest, answers: Sequence[Answer], form: AnswerForm, *, is_joined: bool = False
) -> JsonResponse:
    """What the page needs to go on from what is stored now."""
    answer, stored = form.answer, Entry.of(form.answer)
    is_as_sent = stored == form.entry and not is_joined
    area_code = answer.sub_element.practice_area.code
    course = course_of(answers, area_code)
    of_area = [each for each in answers if each.sub_element.practice_area.code == area_code]
    return JsonResponse(
        {
            "outcome": "saved",
            "mark": str(Seen(answer.version, stored.fingerprint)),
            "saved_at": answer.saved_at and answer.saved_at.isoformat(),
            "is_unsupported": stored.is_unsupported,
            "course": render_to_string(
                "assessments/area/_course.html", {"assessment": {"pk": answer.assessment_id}, "course": course}
            ),
            "stored": render_to_string("assessments/area/_stored.html", {"answer": answer}),
            "running": _running(request.user, of_area),
            "section": None if is_as_sent else _section(request.user, of_area, answer),
        }
    )


def _running(person: Person, of_area: Sequence[Answer]) -> str:
    if not person.shows_running_score:
        return ""
    return render_to_string("assessments/area/_running_score.html", {"running": running_score(of_area)})


def _section(person: Person, of_area: Sequence[Answer], answer: Answer) -> str:
    """The section anew, because something else is stored than was sent: another's answer, or two joined."""
    forms = [AnswerForm(answer=each) for each in of_area]
    assessment = Assessment.objects.select_related("questionnaire", "site").get(pk=answer.assessment_id)
    sees_ratings = Action.ASK_RATERS in rights_at(person, assessment)
    lay_out(forms, assessment.questionnaire, of_assessment(assessment, person, sees_ratings=sees_ratings))
    return str(render_crispy_form(next(form for form in forms if form.answer is answer)))


def _overtaken(request: SignedInRequest, assessment_id: UUID, code: str) -> JsonResponse:
    """Someone else's answer, to show beside what was sent."""
    answers = answers_for(request.user, Action.ANSWER).filter(assessment=assessment_id, sub_element__code=code)
    form = AnswerForm(request.POST, answer=_of(list(answers), code))
    form.full_clean()
    context = {"form": form, "code": code, "person": request.user}
    panel = render_to_string("assessments/area/_overtaken.html", context)
    return JsonResponse({"outcome": "overtaken", "mark": str(form.stored_mark), "panel": panel}, status=409)


def field_errors(form: AnswerForm) -> list[dict[str, str]]:
    """Each message with the name of the field that it belongs to."""
    return [
        {"name": form.add_prefix(name), "message": str(message)}
        for name, messages in form.errors.items()
        for message in messages
    ]


def save_ids(sent: QueryDict) -> dict[str, Any]:
    """What the browser calls this save, and those before it that it heard no answer to; anything else is ignored."""
    follows = [UUID(text) for text in sent.getlist("follows")[:MOST_FOLLOWED] if SAVE_ID.fullmatch(text)]
    own = one(sent, "save_id")
    return {"save_id": UUID(own) if SAVE_ID.fullmatch(own) else None, "follows": tuple(follows)}
