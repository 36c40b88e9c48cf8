"""The measuring stick as tables: the framework's practice areas and sub-elements, and cohorts scored against it."""

from decimal import Decimal

from django.core.validators import MaxValueValidator, MinValueValidator, RegexValidator
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Round

from benchmarks.scores import HIGHEST, LOWEST


def score_field() -> "models.DecimalField[Decimal, Decimal]":
    """A published score. Two places are kept so that a second decimal is refused by the check, not cut off."""
    return models.DecimalField(
        max_digits=3, decimal_places=2, validators=[MinValueValidator(LOWEST), MaxValueValidator(HIGHEST)]
    )


def score_check(name: str) -> models.CheckConstraint:
    """A score from 1 to 5 with one decimal, refused by the database itself."""
    within = Q(score__gte=LOWEST, score__lte=HIGHEST)
    return models.CheckConstraint(condition=within & Q(score=Round(F("score"), precision=1)), name=name)


class FrameworkQuerySet(models.QuerySet["Framework"]):
    def get_by_natural_key(self, version: str) -> "Framework":
        return self.get(version=version)


class Framework(models.Model):
    """One version of the list of sub-elements; an official list later is another version, not other code."""

    version = models.CharField(max_length=40, unique=True, validators=[RegexValidator(r"^[a-z0-9][a-z0-9.-]*\Z")])
    name = models.CharField(max_length=200)
    note = models.TextField()

    objects = FrameworkQuerySet.as_manager()

    def __str__(self) -> str:
        return self.name

    def natural_key(self) -> tuple[str]:
        return (self.version,)


class PracticeAreaQuerySet(models.QuerySet["PracticeArea"]):
    def get_by_natural_key(self, code: str) -> "PracticeArea":
        return self.get(code=code)


class PracticeArea(models.Model):
    """One of the five practice areas; its code is stable across frameworks, files and addresses."""

    code = models.CharField(max_length=8, unique=True, validators=[RegexValidator(r"^[A-Z]+\Z")])
    name = models.CharField(max_length=200)
    order = models.PositiveSmallIntegerField(unique=True)

    objects = PracticeAreaQuerySet.as_manager()

    class Meta:
        ordering = ["order"]

    def __str__(self) -> str:
        return self.name

    def natural_key(self) -> tuple[str]:
        return (self.code,)


class NameBasis(models.TextChoices):
    """What the name of a sub-element rests on."""

    SCORECARD = "scorecard", "named in the published scorecard"
    PUBLIC = "public", "named in public accounts of the programme"
    WORKING = "working", "a working name of ours"


class AreaBasis(models.TextChoices):
    """What the practice area of a sub-element rests on."""

    STATED = "stated", "stated in the source"
    INFERRED = "inferred", "our inference"
    WORKING = "working", "ours, as the sub-element is"


class SubElementQuerySet(models.QuerySet["SubElement"]):
    def get_by_natural_key(self, framework: str, code: str) -> "SubElement":
        return self.get(framework__version=framework, code=code)


class SubElement(models.Model):
    """One of the things that are scored, within a practice area of one framework."""

    framework = models.ForeignKey(Framework, on_delete=models.PROTECT, related_name="sub_elements")
    practice_area = models.ForeignKey(PracticeArea, on_delete=models.PROTECT, related_name="sub_elements")
    code = models.SlugField(max_length=60)
    name = models.CharField(max_length=200)
    also_known_as = models.CharField(max_length=200, blank=True)
    order = models.PositiveSmallIntegerField()
    name_basis = models.CharField(max_length=10, choices=NameBasis)
    area_basis = models.CharField(max_length=10, choices=AreaBasis)
    grounding = models.CharField(max_length=300, blank=True)

    objects = SubElementQuerySet.as_manager()

    class Meta:
        verbose_name = "sub-element"
        ordering = ["order"]
        constraints = [
            models.UniqueConstraint(fields=["framework", "code"], name="sub_element_code_once"),
            models.UniqueConstraint(fields=["framework", "order"], name="sub_element_order_once"),
            models.CheckConstraint(condition=Q(name_basis__in=NameBasis.values), name="sub_element_name_basis"),
            models.CheckConstraint(condition=Q(area_basis__in=AreaBasis.values), name="sub_element_area_basis"),
        ]

    def __str__(self) -> str:
        return self.name

    def natural_key(self) -> tuple[str, str]:
        return (self.framework.version, self.code)

    natural_key.dependencies = ["benchmarks.framework"]  # type: ignore[attr-defined]


class CohortQuerySet(models.QuerySet["Cohort"]):
    def get_by_natural_key(self, slug: str) -> "Cohort":
        return self.get(slug=slug)


class Cohort(models.Model):
    """A group of establishments scored in one exercise, with where its figures come from and how far they go."""

    slug = models.SlugField(max_length=60, unique=True)
    name = models.CharField(max_length=200)
    framework = models.ForeignKey(Framework, on_delete=models.PROTECT, related_name="cohorts")
    assessed = models.CharField(max_length=100, help_text="When it was assessed, in words")
    description = models.TextField(help_text="Who the establishments are; the text of a page, in full sentences")
    source = models.TextField(help_text="The citation, printed wherever the figures are")
    caution = models.TextField(help_text="What a reader must know before comparing, in full sentences")

    objects = CohortQuerySet.as_manager()

    class Meta:
        ordering = ["slug"]

    def __str__(self) -> str:
        return self.name

    def natural_key(self) -> tuple[str]:
        return (self.slug,)


class EstablishmentQuerySet(models.QuerySet["Establishment"]):
    def get_by_natural_key(self, cohort: str, label: str) -> "Establishment":
        return self.get(cohort__slug=cohort, label=label)


class Establishment(models.Model):
    """One anonymised site of a cohort."""

    cohort = models.ForeignKey(Cohort, on_delete=models.CASCADE, related_name="establishments")
    label = models.CharField(max_length=20)
    published_average = models.DecimalField(
        max_digits=3, decimal_places=2, null=True, blank=True, help_text="As printed by the source; checked, never used"
    )

    objects = EstablishmentQuerySet.as_manager()

    class Meta:
        ordering = ["cohort", "label"]
        constraints = [
            models.UniqueConstraint(fields=["cohort", "label"], name="establishment_label_once"),
            models.CheckConstraint(
                condition=Q(published_average__isnull=True)
                | Q(published_average__gte=LOWEST, published_average__lte=HIGHEST),
                name="establishment_average_1_to_5",
            ),
        ]

    def __str__(self) -> str:
        return self.label

    def natural_key(self) -> tuple[str, str]:
        return (self.cohort.slug, self.label)

    natural_key.dependencies = ["benchmarks.cohort"]  # type: ignore[attr-defined]


class AreaScoreQuerySet(models.QuerySet["AreaScore"]):
    def get_by_natural_key(self, cohort: str, label: str, area: str) -> "AreaScore":
        return self.get(establishment__cohort__slug=cohort, establishment__label=label, practice_area__code=area)


class AreaScore(models.Model):
    """The published score of one establishment in one practice area; what was not published has no row."""

    establishment = models.ForeignKey(Establishment, on_delete=models.CASCADE, related_name="area_scores")
    practice_area = models.ForeignKey(PracticeArea, on_delete=models.PROTECT, related_name="+")
    score = score_field()

    objects = AreaScoreQuerySet.as_manager()

    class Meta:
        ordering = ["establishment", "practice_area"]
        constraints = [
            models.UniqueConstraint(fields=["establishment", "practice_area"], name="area_score_once"),
            score_check("area_score_1_to_5"),
        ]

    def __str__(self) -> str:
        return f"{self.establishment} {self.practice_area.code} {self.score}"

    def natural_key(self) -> tuple[str, ...]:
        return (*self.establishment.natural_key(), self.practice_area.code)

    natural_key.dependencies = ["benchmarks.establishment", "benchmarks.practicearea"]  # type: ignore[attr-defined]


class SubElementScoreQuerySet(models.QuerySet["SubElementScore"]):
    def get_by_natural_key(self, cohort: str, label: str, framework: str, code: str) -> "SubElementScore":
        return self.get(
            establishment__cohort__slug=cohort,
            establishment__label=label,
            sub_element__framework__version=framework,
            sub_element__code=code,
        )


class SubElementScore(models.Model):
    """The published score of one establishment in one sub-element; what was not published has no row."""

    establishment = models.ForeignKey(Establishment, on_delete=models.CASCADE, related_name="sub_element_scores")
    sub_element = models.ForeignKey(SubElement, on_delete=models.PROTECT, related_name="+")
    score = score_field()

    objects = SubElementScoreQuerySet.as_manager()

    class Meta:
        verbose_name = "sub-element score"
        ordering = ["establishment", "sub_element"]
        constraints = [
            models.UniqueConstraint(fields=["establishment", "sub_element"], name="sub_element_score_once"),
            score_check("sub_element_score_1_to_5"),
        ]

    def __str__(self) -> str:
        return f"{self.establishment} {self.sub_element.code} {self.score}"

    def natural_key(self) -> tuple[str, ...]:
        return (*self.establishment.natural_key(), *self.sub_element.natural_key())

    natural_key.dependencies = ["benchmarks.establishment", "benchmarks.subelement"]  # type: ignore[attr-defined]
