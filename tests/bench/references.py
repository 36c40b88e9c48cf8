"""The two pages that ours are measured against, beside all addresses of the product: an empty one, and a plain form."""

from uuid import UUID

from django import forms
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.template import engines
from django.urls import path

from assessments.models import Answer, Assessment
from benchmarks.models import SubElement
from qmm_site import urls

ROWS = 20
LEVELS = [(str(level), f"Level {level}") for level in range(1, 6)]
PlainForm = type(
    "PlainForm",
    (forms.Form,),
    {f"row-{row}": forms.ChoiceField(choices=LEVELS, widget=forms.RadioSelect) for row in range(ROWS)},
)
TEMPLATE = engines["django"].from_string(
    "<!doctype html><html><head><title>{{ title }}</title></head><body><h1>{{ title }}</h1>"
    '<form method="post">{% csrf_token %}{{ form }}<button>Save</button></form></body></html>'
)


def empty(request: HttpRequest) -> HttpResponse:
    return HttpResponse()


@login_required
def plain_form(request: HttpRequest, assessment_id: UUID) -> HttpResponse:
    """Three queries by an index, beside the two of signing in, and Django's own widgets."""
    assessment = Assessment.objects.get(pk=assessment_id)
    answers = list(Answer.objects.filter(assessment_id=assessment_id).order_by())
    names = {each.pk: each.name for each in SubElement.objects.filter(pk__in=[each.sub_element_id for each in answers])}
    form = PlainForm(initial={f"row-{row}": int(each.score or 0) for row, each in enumerate(answers)})
    for row, answer in enumerate(answers):
        form.fields[f"row-{row}"].label = names[answer.sub_element_id]
    return HttpResponse(TEMPLATE.render({"title": assessment.title, "form": form}, request))


urlpatterns = [
    *urls.urlpatterns,
    path("bench/empty", empty),
    path("bench/plain-form/<uuid:assessment_id>", plain_form),
]
handler500 = urls.handler500
