"""A workbook on its way in: the dry run, and after somebody has agreed all of it at once or nothing."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import uuid4

from assessments.access import Action, answers_for
from assessments.answering import Gone, PageConflict, PageSaved, SignedOff, save_page
from assessments.models import Answer, AnswerVersion, Assessment, Person
from assessments.workbook.carrying import Carried, carried, carry
from assessments.workbook.comparing import Comparison, Keep, compare
from assessments.workbook.filled import BadCell, FilledRow, Passport
from assessments.workbook.reading import read_workbook
from assessments.workbook.refusals import Refused

OTHER_ASSESSMENT = (
    "This workbook was written for “{theirs.title}” ({theirs.site}, {theirs.period}), record {theirs.assessment}. "
    "This page belongs to “{ours.title}” ({ours.site.name}, {ours.period}), record {ours.pk}. "
    "Open the other assessment and import it there, or copy the answers into a workbook of this one."
)
OTHER_QUESTIONNAIRE = (
    "This workbook was written for the questionnaire {theirs.questionnaire}, and the assessment uses "
    "{ours.questionnaire.version}. Copy your answers into a freshly downloaded workbook."
)


@dataclass(frozen=True, slots=True)
class DryRun:
    """What the page says before anything is stored; `token` is empty when there is nothing to confirm."""

    comparison: Comparison
    unchanged: int
    missing: tuple[str, ...]
    notices: tuple[str, ...]
    bad: tuple[BadCell, ...] = ()
    token: str = ""
    is_overtaken_anew: bool = False  # somebody saved between the page before and its confirmation
    is_undecided: bool = False  # it was confirmed without saying which answers shall stand


@dataclass(frozen=True, slots=True)
class StoredBefore:
    """The same confirmation was accepted already; nothing was stored a second time."""


def dry_run(content: bytes, *, assessment: Assessment, person: Person) -> DryRun:
    """Read and compare. Raise Refused for what is no workbook of this assessment."""
    answers = _answers(assessment, person)
    codes = {answer.sub_element.code: answer.sub_element for answer in answers}
    areas = {sub_element.practice_area.code for sub_element in codes.values()}
    filled = read_workbook(content, codes, areas)
    _refuse_strangers(filled.passport, assessment)
    comparison = compare(filled.rows, answers)
    missing = tuple(sub_element.name for code, sub_element in codes.items() if code not in filled.codes)
    said = Carried(
        rows=tuple(each.row for each in comparison.proposals),
        shown=_shown(comparison),
        unchanged=comparison.unchanged,
        missing=missing,
        notices=filled.notices,
        save_id=uuid4(),
    )
    return DryRun(
        comparison=comparison,
        unchanged=comparison.unchanged,
        missing=missing,
        notices=filled.notices,
        bad=filled.bad,
        token="" if filled.bad or not said.rows else carry(said, assessment=assessment, person=person),
    )


def confirm(
    token: str, *, decisions: Mapping[str, str], assessment: Assessment, person: Person, now: datetime
) -> PageSaved | DryRun | StoredBefore | SignedOff | Gone:
    """Store what the dry run has shown, or nothing. `decisions` as they were sent, by code. Raise NotCarried."""
    said = carried(token, assessment=assessment, person=person)
    if AnswerVersion.objects.filter(answer__assessment=assessment, save_id=said.save_id).exists():
        return StoredBefore()
    comparison = _compare(said, decisions, _answers(assessment, person))
    if not comparison.is_decided:
        return _anew(said, comparison, assessment, person)
    changes = comparison.changes(said.save_id)
    outcome = save_page(assessment=assessment, changes=changes, person=person, now=now)
    if isinstance(outcome, PageConflict):
        return _anew(said, _compare(said, decisions, _answers(assessment, person)), assessment, person)
    return outcome


def _answers(assessment: Assessment, person: Person) -> list[Answer]:
    return list(answers_for(person, Action.ANSWER_ALL).filter(assessment=assessment))


def _refuse_strangers(theirs: Passport, ours: Assessment) -> None:
    """A workbook carries the versions of its own answers: in another assessment nothing could be told from them."""
    if theirs.assessment != str(ours.pk):
        raise Refused(OTHER_ASSESSMENT.format(theirs=theirs, ours=ours))
    if theirs.questionnaire != ours.questionnaire.version:
        raise Refused(OTHER_QUESTIONNAIRE.format(theirs=theirs, ours=ours))


def _shown(comparison: Comparison) -> dict[str, int]:
    return {each.row.code: each.answer.version for each in comparison.proposals}


def _compare(said: Carried, decisions: Mapping[str, str], answers: Iterable[Answer]) -> Comparison:
    """A decision counts only about the very answer that the page has shown."""
    listed = list(answers)
    versions = {answer.sub_element.code: answer.version for answer in listed}
    valid = {
        code: Keep(keep)
        for code, keep in decisions.items()
        if keep in list(Keep) and code in said.shown and versions.get(code) == said.shown[code]
    }
    return compare(said.rows, listed, valid)


def _anew(said: Carried, comparison: Comparison, assessment: Assessment, person: Person) -> DryRun:
    """The page once more, with what is stored now; the save keeps its name, or a repetition could not be told."""
    shown = _shown(comparison)
    rows: tuple[FilledRow, ...] = tuple(each.row for each in comparison.proposals)
    unchanged = said.unchanged + comparison.unchanged
    again = Carried(rows, shown, unchanged, said.missing, said.notices, said.save_id)
    is_anew = any(shown[code] != said.shown[code] for code in shown)
    return DryRun(
        comparison=comparison,
        unchanged=unchanged,
        missing=said.missing,
        notices=said.notices,
        token=carry(again, assessment=assessment, person=person) if rows else "",
        is_overtaken_anew=is_anew,
        is_undecided=not is_anew,
    )
