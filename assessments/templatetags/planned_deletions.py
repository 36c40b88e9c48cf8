"""The banner on the pages of an organisation whose deletion is planned, for its people; it asks the database nothing.

Whatever `access.py` hands to a page brings the planned deletion along.
"""

from collections.abc import Iterator
from typing import Any

from django import template
from django.template.context import Context

from assessments.models import Organisation, PlannedDeletion

register = template.Library()


@register.inclusion_tag("deletion/_banner.html", takes_context=True)
def planned_deletions(context: Context) -> dict[str, Any]:
    user = context.get("user")
    if user is None or not user.is_authenticated:
        return {"planned": []}
    named = {organisation.pk: organisation for organisation in _organisations(context)}
    return {"planned": [each for each in map(_planned, named.values()) if each]}


def _organisations(context: Context) -> Iterator[Organisation]:
    """Whose page it is, by the names under which views hand that over."""
    if isinstance(context.get("organisation"), Organisation):
        yield context["organisation"]
    if context.get("assessment"):
        yield context["assessment"].site.organisation
    yield from context.get("organisations") or ()
    yield from (listed.site.organisation for listed in context.get("sites") or ())


def _planned(organisation: Organisation) -> PlannedDeletion | None:
    return getattr(organisation, "planned_deletion", None)
