"""A questionnaire as it stands on paper before anyone has answered it: plain frozen data, read and ready to print."""

from dataclasses import dataclass
from itertools import groupby

from assessments.models import Assessment, Confidence, EvidenceStrength, Questionnaire, RaterFunction, Rubric
from benchmarks.formatting import capitalised, count_word
from benchmarks.models import AreaBasis, NameBasis

# What there is to tick beside the levels.
CONFIDENCES = tuple(each.label for each in Confidence if each is not Confidence.UNSTATED)
STRENGTHS = tuple(each.label for each in EvidenceStrength)
FUNCTIONS = tuple(each.label for each in RaterFunction)


@dataclass(frozen=True, slots=True)
class Level:
    """One of the five anchors, with what leads from it to the next."""

    number: int
    name: str
    anchor: str
    next_step: str  # empty at the highest


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sub-element: a page that can be handed out by itself."""

    code: str
    name: str
    basis: tuple[str, ...]  # what the name rests on, and its place in the area
    definition: str
    prompt: str
    levels: tuple[Level, ...]
    evidence_examples: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class AreaSheets:
    """The pages of one practice area."""

    code: str
    name: str
    sheets: tuple[Sheet, ...]


@dataclass(frozen=True, slots=True)
class Occasion:
    """The assessment that a meeting fills the pages in for."""

    assessment_id: str
    organisation: str
    is_fictional: bool
    site: str
    title: str
    period: str


@dataclass(frozen=True, slots=True)
class BlankQuestionnaire:
    """All that is printed."""

    version: str
    title: str
    note: str
    areas: tuple[AreaSheets, ...]
    occasion: Occasion | None  # None when it belongs to no assessment

    @property
    def area_count(self) -> str:
        return count_word(len(self.areas))

    @property
    def sheet_count(self) -> str:
        return count_word(sum(len(area.sheets) for area in self.areas))


def read_blank(questionnaire: Questionnaire, occasion: Occasion | None = None) -> BlankQuestionnaire:
    """Read every rubric of a questionnaire, in the framework's order: one query."""
    rubrics = Rubric.objects.filter(questionnaire=questionnaire).select_related("sub_element__practice_area")
    by_area = groupby(rubrics, key=lambda rubric: rubric.sub_element.practice_area)
    return BlankQuestionnaire(
        version=questionnaire.version,
        title=questionnaire.title,
        note=questionnaire.note,
        areas=tuple(
            AreaSheets(area.code, area.name, tuple(_sheet(each, questionnaire.level_names) for each in of_area))
            for area, of_area in by_area
        ),
        occasion=occasion,
    )


def occasion_of(assessment: Assessment) -> Occasion:
    """What the pages say of an assessment fetched through `access.py`."""
    return Occasion(
        assessment_id=str(assessment.pk),
        organisation=assessment.site.organisation.name,
        is_fictional=assessment.site.organisation.is_fictional,
        site=assessment.site.name,
        title=assessment.title,
        period=assessment.period,
    )


def _sheet(rubric: Rubric, level_names: list[str]) -> Sheet:
    sub_element = rubric.sub_element
    return Sheet(
        code=sub_element.code,
        name=sub_element.name,
        basis=_basis(rubric),
        definition=rubric.definition,
        prompt=rubric.prompt,
        levels=tuple(
            Level(number, name, anchor, step)
            for number, (name, anchor, step) in enumerate(
                zip(level_names, rubric.anchors, [*rubric.progressions, ""], strict=True), start=1
            )
        ),
        evidence_examples=tuple(rubric.evidence_examples),
    )


def _basis(rubric: Rubric) -> tuple[str, ...]:
    """What the name rests on, in the words of the page on the screen."""
    sub_element = rubric.sub_element
    known_as = f" ({sub_element.also_known_as})" if sub_element.also_known_as else ""
    said = [f"{capitalised(NameBasis(sub_element.name_basis).label)}{known_as}"]
    if sub_element.area_basis == AreaBasis.INFERRED:
        said.append("its practice area is our inference")
    if sub_element.grounding:
        said.append(f"grounded in {sub_element.grounding}")
    return tuple(said)
