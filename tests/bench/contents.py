"""What is measured on: an organisation with two answered assessments, and a cohort of 200 establishments."""

from dataclasses import dataclass
from decimal import Decimal

from django.conf import settings
from django.test import Client
from django.utils import timezone

from assessments.answering import Change, PageSaved, save_page
from assessments.demonstration import ensure_demonstration
from assessments.entries import Entry, EvidenceReference
from assessments.founding import found_organisation
from assessments.models import AnswerState, Assessment, Person, Site
from assessments.opening import open_assessment
from assessments.report import WATCHED
from benchmarks.models import AreaScore, Cohort, Establishment, Framework, PracticeArea, SubElementScore

PASSWORD = "correct horse battery staple"
LARGE_COHORT = "bench-200"
ESTABLISHMENTS = 200
# As long as people write them: 350 characters.
RATIONALE = (
    "The site head chairs it each quarter, and its list of decisions opens the next meeting. The review in April moved "
    "money from packaging to a second glove tester, and findings fell from seven to two a quarter. Thresholds that "
    "call a review between meetings exist for environmental monitoring only, half of what level 4 asks. "
)
LONGEST = (RATIONALE * 30)[:10_000].strip()
EVIDENCE = (
    EvidenceReference("Minutes of the review, first and second quarter", "DOC-2026-0117"),
    EvidenceReference("Decision list with follow-up", "DOC-2026-0118"),
)


@dataclass(frozen=True, slots=True)
class Contents:
    """Who asks, and for what."""

    session: str  # the value of the cookie
    kept: Assessment  # nobody changes it
    changing: Assessment  # answers of it are saved all the time
    longest: Assessment  # with as much text as can be typed
    demonstration: Assessment
    demonstration_session: str  # of the person who may see it


def make_contents() -> Contents:
    person = Person.objects.create_user("bench@example.com", PASSWORD, name="Bench")
    site = found_organisation(person=person, name="Bench", site_name="Northfield").sites.get()
    make_large_cohort()
    fictional = ensure_demonstration(password=PASSWORD, now=timezone.now())
    shown = Assessment.objects.filter(site__organisation__memberships__person=fictional)
    return Contents(
        session=session_of(person),
        kept=answered_assessment(site, person, "Kept"),
        changing=answered_assessment(site, person, "Changing"),
        longest=answered_assessment(site, person, "Longest", rationale=LONGEST),
        demonstration=shown.filter(rating_rounds__isnull=False).distinct().get(),
        demonstration_session=session_of(fictional),
    )


def session_of(person: Person) -> str:
    """The value of the cookie of someone signed in."""
    client = Client()
    client.force_login(person)
    return client.cookies[settings.SESSION_COOKIE_NAME].value


def answered_assessment(site: Site, person: Person, title: str, rationale: str = RATIONALE) -> Assessment:
    assessment = open_assessment(site=site, title=title, period="July to September 2026")
    answers = assessment.answers.select_related("sub_element")
    changes = [Change(each, entry(place, rationale), seen_version=0) for place, each in enumerate(answers)]
    saved = save_page(assessment=assessment, changes=changes, person=person, now=timezone.now())
    if not isinstance(saved, PageSaved):
        raise TypeError(f"A new assessment did not take its answers: {saved}")
    return assessment


def entry(place: int, rationale: str) -> Entry:
    return Entry(AnswerState.SCORED, some_score(place), rationale=rationale, evidence=EVIDENCE)


def some_score(place: int) -> Decimal:
    """Scores from 2.0 to 4.8, whole and not, always the same for the same place."""
    return Decimal(20 + place * 7 % 29).scaleb(-1)


def make_large_cohort() -> None:
    framework = Framework.objects.get()
    cohort = Cohort.objects.create(
        slug=LARGE_COHORT,
        name="200 invented establishments",
        framework=framework,
        assessed="never",
        description="Invented, to measure with.",
        source="None.",
        caution="They mean nothing.",
    )
    establishments = Establishment.objects.bulk_create(
        Establishment(cohort=cohort, label=f"S{number:03}") for number in range(ESTABLISHMENTS)
    )
    AreaScore.objects.bulk_create(
        AreaScore(establishment=each, practice_area=area, score=some_score(place * 3 + area.order))
        for place, each in enumerate(establishments)
        for area in PracticeArea.objects.all()
    )
    SubElementScore.objects.bulk_create(
        SubElementScore(establishment=each, sub_element=sub_element, score=some_score(place * 5 + sub_element.order))
        for place, each in enumerate(establishments)
        for sub_element in framework.sub_elements.filter(code__in=WATCHED)
    )
