"""Which practice areas of an assessment which contributor answers: read, and set as a whole."""

from collections import defaultdict
from collections.abc import Collection, Mapping

from django.db import transaction

from assessments.models import Assessment, AssessmentStatus, Assignment, Person
from benchmarks.models import PracticeArea


class SignedOffError(Exception):
    """The assessment has been signed off: nobody answers it any more."""


def read_assigned(assessment: Assessment) -> dict[str, list[Person]]:
    """By the code of the practice area: one query."""
    assigned: defaultdict[str, list[Person]] = defaultdict(list)
    rows = assessment.assignments.select_related("person", "practice_area").order_by("person__name", "person__email")
    for row in rows:
        assigned[row.practice_area.code].append(row.person)
    return dict(assigned)


@transaction.atomic
def assign_areas(
    *, assessment: Assessment, areas: Collection[PracticeArea], assigned: Mapping[str, Collection[Person]]
) -> None:
    """These answer these areas from now on, and nobody else who answers only what is assigned.

    What stays as it was is not written again.
    """
    held = Assessment.objects.select_for_update(no_key=True).order_by().filter(pk=assessment.pk)
    if not held.filter(status=AssessmentStatus.DRAFT).exists():
        raise SignedOffError
    wanted = {(area.pk, person.pk) for area in areas for person in assigned.get(area.code, ())}
    stored = {(row.practice_area_id, row.person_id): row.pk for row in assessment.assignments.all()}
    assessment.assignments.filter(pk__in=[key for place, key in stored.items() if place not in wanted]).delete()
    Assignment.objects.bulk_create(
        Assignment(assessment=assessment, practice_area_id=area, person_id=person)
        for area, person in sorted(wanted - stored.keys())
    )
