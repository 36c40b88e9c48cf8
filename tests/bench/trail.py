"""What the audit trail costs: ten thousand saved answers with its triggers and without, and walking their chain."""

import time
from collections.abc import Callable
from decimal import Decimal

from django.db import transaction
from django.utils import timezone

from assessments.answering import Change, Saved, save_answer
from assessments.database_rules.acting import acting_as
from assessments.database_rules.installing import install, suspended
from assessments.entries import Entry
from assessments.models import Answer, AnswerState, Assessment, AuditSeal, Person
from assessments.trail.verifying import faults_of
from tests.bench.contents import Contents
from tests.bench.figures import Row, Verdict, against
from tests.bench.timed import cpu_ms

ROUNDS = 10  # each with and without in turn, so that a busy machine slows both
AT_ONCE = 1000  # changes in a round
MOST_TIMES = 1.5
FEWEST_A_SECOND = 20_000
RATIONALE = "Reviews happen on a calendar, with minutes, and lead to decisions. " * 4

Write = Callable[[int], None]


def measure_trail(contents: Contents) -> list[Row]:
    assessment = contents.changing
    with acting_as(actor="bench"):
        saving = _with_and_without(_saves(assessment), "an answer saved")
        stating = _with_and_without(_statements(assessment), "one bare UPDATE among many in one transaction")
        stating[1].verdict = Verdict(against(stating[1], stating[0], "without", MOST_TIMES).result)
        saving[1].verdict = against(saving[1], saving[0], "without", MOST_TIMES)
    return [*saving, *stating, _walk(assessment.site.organisation_id)]


def _with_and_without(write: Write, name: str) -> list[Row]:
    without, recorded = Row(f"{name}, trail suspended"), Row(f"{name}, recorded in the trail")
    for number in range(ROUNDS):
        with suspended("default"):
            _measure(without, write, number)
        install("default")
        _measure(recorded, write, number)
    return [without, recorded]


def _measure(row: Row, write: Write, number: int) -> None:
    """For each of the changes, on average."""
    cpu, wall = cpu_ms(), time.perf_counter()
    write(number)
    row.add((cpu_ms() - cpu) / AT_ONCE, (time.perf_counter() - wall) * 1000 / AT_ONCE, 0)


def _saves(assessment: Assessment) -> Write:
    person = Person.objects.filter(memberships__organisation=assessment.site.organisation)[0]

    def write(number: int) -> None:
        answers = {each.pk: each for each in assessment.answers.select_related("sub_element")}
        versions = {key: answer.version for key, answer in answers.items()}
        keys = list(answers)
        for place in range(AT_ONCE):
            key = keys[place % len(keys)]
            change = Change(answers[key], _entry(number * AT_ONCE + place), versions[key])
            saved = save_answer(assessment=assessment, change=change, person=person, now=timezone.now())
            if not (isinstance(saved, Saved) and saved.is_change):
                raise RuntimeError(f"An answer was not saved: {saved}")
            versions[key] += 1

    return write


def _statements(assessment: Assessment) -> Write:
    keys = list(assessment.answers.order_by().values_list("pk", flat=True))

    def write(number: int) -> None:
        with transaction.atomic():
            for place in range(AT_ONCE):
                text = f"{RATIONALE}{time.monotonic_ns()}"
                Answer.objects.filter(pk=keys[place % len(keys)]).update(rationale=text, reason=str(number))

    return write


def _entry(number: int) -> Entry:
    score = Decimal(number % 41) / 10 + 1
    text = f"{RATIONALE}{time.monotonic_ns()}"
    return Entry(state=AnswerState.SCORED, score=score, reason="", rationale=text, evidence=())


def _walk(organisation_id: int) -> Row:
    """It must be sound as well."""
    row = Row("the chain of the trail walked, for each entry")
    entries = AuditSeal.objects.filter(organisation_id=organisation_id).count()
    cpu, wall = cpu_ms(), time.perf_counter()
    faults = faults_of(organisation_id)
    cpu = cpu_ms() - cpu
    row.add(cpu / entries, (time.perf_counter() - wall) * 1000 / entries, 0)
    rate = entries / cpu * 1000  # by CPU time, as all else is compared
    is_met = rate >= FEWEST_A_SECOND and not faults
    told = f"{rate:,.0f} entries a second of {entries:,}{f', {len(faults)} faults' if faults else ''}"
    row.verdict = Verdict(told, f"≥ {FEWEST_A_SECOND:,} a second, sound", is_met)
    return row
