"""A person's sites with their assessments and how far each has come, in a number of queries that does not grow."""

from collections import defaultdict
from dataclasses import dataclass
from decimal import Decimal

from assessments.access import Action, Rights, assessments_for, rights_by_organisation, sites_for
from assessments.models import Answer, Assessment, Person, Site
from assessments.progress import Progress
from assessments.scoring import Result, SubElementScore, score_assessment


@dataclass(frozen=True, slots=True)
class ListedAssessment:
    assessment: Assessment
    progress: Progress
    overall: Decimal | None  # None until nothing is open


@dataclass(frozen=True, slots=True)
class ListedSite:
    """A site with its assessments, newest first."""

    site: Site
    assessments: tuple[ListedAssessment, ...]
    rights: Rights


def list_sites(person: Person) -> list[ListedSite]:
    """Everything of the person's organisations, by organisation and site, in four queries."""
    assessments = assessments_for(person, Action.VIEW)
    answered: dict[object, dict[str, list[SubElementScore]]] = defaultdict(lambda: defaultdict(list))
    answers = Answer.objects.filter(assessment__in=assessments.order_by().values("pk")).order_by()
    columns = ("assessment_id", "sub_element__practice_area__code", "sub_element__code", "state", "score")
    for assessment_id, area, *answer in answers.values_list(*columns):
        answered[assessment_id][area].append(SubElementScore(*answer))
    by_site: dict[int, list[ListedAssessment]] = defaultdict(list)
    for assessment in assessments:
        by_site[assessment.site_id].append(_listed(assessment, score_assessment(answered[assessment.pk])))
    sites = sites_for(person, Action.VIEW).order_by("organisation__name", "organisation", "name", "pk")
    rights = rights_by_organisation(person)
    return [ListedSite(site, tuple(by_site[site.pk]), rights.get(site.organisation_id, Rights())) for site in sites]


def _listed(assessment: Assessment, result: Result) -> ListedAssessment:
    return ListedAssessment(assessment, result.progress, None if result.is_provisional else result.overall)
