"""A person's sites with their assessments and how far each has come, in a number of queries that does not grow."""

from collections import defaultdict
from dataclasses import dataclass

from assessments.access import Action, assessments_for, sites_for
from assessments.models import Answer, Assessment, Person, Site
from assessments.progress import Progress, progress_of


@dataclass(frozen=True, slots=True)
class ListedAssessment:
    assessment: Assessment
    progress: Progress


@dataclass(frozen=True, slots=True)
class ListedSite:
    """A site with its assessments, newest first."""

    site: Site
    assessments: tuple[ListedAssessment, ...]


def list_sites(person: Person) -> list[ListedSite]:
    """Everything of the person's organisations, by organisation and site, in three queries."""
    assessments = assessments_for(person, Action.VIEW)
    states: dict[object, list[str]] = defaultdict(list)
    answers = Answer.objects.filter(assessment__in=assessments.order_by().values("pk")).order_by()
    for assessment_id, state in answers.values_list("assessment_id", "state"):
        states[assessment_id].append(state)
    by_site: dict[int, list[ListedAssessment]] = defaultdict(list)
    for assessment in assessments:
        by_site[assessment.site_id].append(ListedAssessment(assessment, progress_of(states[assessment.pk])))
    sites = sites_for(person, Action.VIEW).order_by("organisation__name", "organisation", "name", "pk")
    return [ListedSite(site, tuple(by_site[site.pk])) for site in sites]
