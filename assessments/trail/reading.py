"""What a page, a file or a sheet of paper shows of a trail: which entries, newest first, each in words."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date

from django.db.models import Max, QuerySet

from assessments.models import Assessment, AuditEntry, Person, Site
from assessments.trail.audited import Operation
from assessments.trail.chain import SEALED
from assessments.trail.places import Place, made_by, place_of, places_of
from assessments.trail.words import Change, Names, changes_of, kind_words, sentence_of
from benchmarks.models import PracticeArea, SubElement

PER_PAGE = 50
Choice = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Asked:
    """Which entries somebody wants to see; what is empty or None leaves none out."""

    actor: str = ""
    kind: str = ""
    assessment: str = ""
    since: date | None = None
    until: date | None = None

    @property
    def is_everything(self) -> bool:
        return self == Asked()


@dataclass(frozen=True, slots=True)
class Line:
    """One entry in words."""

    number: int | None  # in its organisation's chain; None for one that nobody sealed
    day: str
    time: str  # UTC
    who: str
    sentence: str
    changes: tuple[Change, ...]
    is_change: bool  # of something that was there before; what is new comes from nothing
    reason: str


def entries_of(organisation_id: int, asked: Asked) -> QuerySet[AuditEntry]:
    """The newest first. Times are text in UTC, which sorts as they do."""
    entries = AuditEntry.objects.filter(organisation_id=organisation_id)
    if asked.actor:
        entries = entries.filter(made_by(organisation_id, asked.actor))
    if asked.kind:
        entries = entries.filter(kind=asked.kind)
    if asked.assessment:
        entries = entries.filter(assessment=asked.assessment)
    if asked.since:
        entries = entries.filter(at__gte=asked.since.isoformat())
    if asked.until:
        entries = entries.filter(at__lt=f"{asked.until.isoformat()}~")  # after every time of that day
    return entries.select_related("seal").order_by("-pk")


def lines_of(organisation_id: int, entries: Iterable[AuditEntry]) -> list[Line]:
    """In six queries, however many entries there are."""
    here, places = names_in(organisation_id), places_of(organisation_id)
    names = {place.mark: _names_at(place, here) for place in places}
    return [_line(entry, names[place_of(entry, places).mark]) for entry in entries]


def names_in(organisation_id: int) -> Names:
    """What keys in the trail of this organisation stand for today, as far as it is there."""
    theirs = Person.objects.filter(memberships__organisation=organisation_id)
    return Names(
        people={str(person.pk): str(person) for person in theirs},
        sites=_texts(Site.objects.filter(organisation=organisation_id).values_list("pk", "name")),
        areas=_texts(PracticeArea.objects.values_list("pk", "name")),
        sub_elements=_texts(SubElement.objects.values_list("pk", "name")),
        sub_elements_by_code=dict(SubElement.objects.values_list("code", "name")),
    )


def actors_in(organisation_id: int) -> list[Choice]:
    """Everybody who is in the trail, by the name they had when they were last there; people on each server apart."""
    found: dict[str, str] = {}
    for place in reversed(places_of(organisation_id)):
        entries = AuditEntry.objects.filter(place.entries, organisation_id=organisation_id)
        names = entries.order_by().values_list("actor", "actor_name").annotate(latest=Max("pk")).order_by("latest")
        found |= {place.marked(actor): _called(place, actor, name) for actor, name, _ in names}
    return sorted(found.items(), key=lambda each: each[1].casefold())


def kinds_in(organisation_id: int) -> list[Choice]:
    kinds = AuditEntry.objects.filter(organisation_id=organisation_id).order_by().values_list("kind", flat=True)
    return sorted(((kind, kind_words(kind)) for kind in kinds.distinct()), key=lambda each: each[1])


def assessments_in(organisation_id: int) -> list[Choice]:
    """Those that are there, and those that the trail remembers."""
    there = Assessment.objects.filter(site__organisation=organisation_id).select_related("site")
    named = {each.pk.hex: f"{each.title}, {each.site.name}" for each in there}
    entries = AuditEntry.objects.filter(organisation_id=organisation_id, kind="Assessment", action="removed")
    removed = {row: f"{about} (deleted)" for row, about in entries.values_list("row", "about")}
    return sorted({**removed, **named}.items(), key=lambda each: each[1].casefold())


def sealed_texts(organisation_id: int) -> Iterator[tuple[str, ...]]:
    """The whole trail in the order of its chain, as it was sealed: number, the sealed texts, the seal."""
    entries = AuditEntry.objects.filter(organisation_id=organisation_id, seal__organisation_id=organisation_id)
    columns = ("seal__number", *SEALED, "seal__hash")
    for row in entries.order_by("seal__number").values_list(*columns).iterator(chunk_size=2000):
        yield tuple(str(value) for value in row)


def _names_at(place: Place, here: Names) -> Names:
    """By the numbers there: of whom it is not known which number is theirs here, nobody is named."""
    if place.numbers is None:
        return here
    known = {there: here.people[number] for there, number in place.numbers.items() if number in here.people}
    return replace(here, people=known, is_elsewhere=True)


def _called(place: Place, actor: str, name: str) -> str:
    until = f", on another server until {place.day}" if place.marked(actor) != actor else ""
    return f"{name or actor}{until}"


def _line(entry: AuditEntry, names: Names) -> Line:
    seal = getattr(entry, "seal", None)
    return Line(
        number=seal.number if seal else None,
        day=entry.at[:10],
        time=entry.at[11:19],
        who=entry.actor_name or ("a rater of an anonymous round" if entry.actor == "rater" else entry.actor),
        sentence=sentence_of(entry, names),
        changes=changes_of(entry, names),
        is_change=entry.action != Operation.INSERT.action,
        reason=entry.reason,
    )


def _texts(pairs: Iterable[tuple[int, str]]) -> dict[str, str]:
    return {str(key): name for key, name in pairs}
