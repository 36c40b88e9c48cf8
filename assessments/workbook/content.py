"""What a workbook holds, as frozen data: the rubric of each sub-element with the answer that exists."""

from collections.abc import Sequence
from dataclasses import dataclass

from assessments.entries import Entry
from assessments.models import Assessment, Rubric
from assessments.seen import Seen


@dataclass(frozen=True, slots=True)
class ContentRow:
    """One sub-element: what the questionnaire says of it, what the answer says, and which version that is."""

    code: str
    name: str
    area_code: str
    area_name: str
    definition: str
    prompt: str
    anchors: tuple[str, ...]
    entry: Entry
    seen: Seen


@dataclass(frozen=True, slots=True)
class Content:
    """Everything that a workbook says."""

    assessment: str
    title: str
    period: str
    site: str
    organisation: str
    questionnaire: str
    note: str
    level_names: tuple[str, ...]
    rows: tuple[ContentRow, ...]  # in the framework's order

    @property
    def by_area(self) -> dict[str, tuple[ContentRow, ...]]:
        """The rows by code of their practice area, both in the framework's order."""
        codes = dict.fromkeys(row.area_code for row in self.rows)
        return {code: tuple(row for row in self.rows if row.area_code == code) for code in codes}


def read_content(assessment: Assessment) -> Content:
    """Of an assessment fetched through `access.py`: two queries."""
    questionnaire = assessment.questionnaire
    return Content(
        assessment=str(assessment.pk),
        title=assessment.title,
        period=assessment.period,
        site=assessment.site.name,
        organisation=assessment.site.organisation.name,
        questionnaire=questionnaire.version,
        note=questionnaire.note,
        level_names=tuple(questionnaire.level_names),
        rows=tuple(_rows(assessment, list(Rubric.objects.filter(questionnaire=questionnaire).order_by()))),
    )


def _rows(assessment: Assessment, rubrics: Sequence[Rubric]) -> list[ContentRow]:
    by_sub_element = {rubric.sub_element_id: rubric for rubric in rubrics}
    rows = []
    for answer in assessment.answers.select_related("sub_element__practice_area"):
        sub_element, rubric, entry = answer.sub_element, by_sub_element[answer.sub_element_id], Entry.of(answer)
        rows.append(
            ContentRow(
                code=sub_element.code,
                name=sub_element.name,
                area_code=sub_element.practice_area.code,
                area_name=sub_element.practice_area.name,
                definition=rubric.definition,
                prompt=rubric.prompt,
                anchors=tuple(rubric.anchors),
                entry=entry,
                seen=Seen(answer.version, entry.fingerprint),
            )
        )
    return rows
