"""A questionnaire: one version of the rubric, pinned by every assessment that uses it."""

from django.core.validators import RegexValidator
from django.db import models

from benchmarks.models import Framework, SubElement


class QuestionnaireQuerySet(models.QuerySet["Questionnaire"]):
    def get_by_natural_key(self, version: str) -> "Questionnaire":
        return self.get(version=version)

    def current(self) -> "Questionnaire":
        """The newest one, which new assessments are pinned to."""
        return self.order_by("-pk")[0]


class Questionnaire(models.Model):
    """The rubric as a whole: which framework it covers and what its five levels are called."""

    version = models.CharField(max_length=40, unique=True, validators=[RegexValidator(r"^[a-z0-9][a-z0-9.-]*\Z")])
    framework = models.ForeignKey(Framework, on_delete=models.PROTECT, related_name="questionnaires")
    title = models.CharField(max_length=200)
    note = models.TextField(help_text="What a reader must know about wording and levels, in full sentences")
    level_names: "models.JSONField[list[str], list[str]]" = models.JSONField(help_text="Five names, lowest first")

    objects = QuestionnaireQuerySet.as_manager()

    def __str__(self) -> str:
        return self.title

    def natural_key(self) -> tuple[str]:
        return (self.version,)

    natural_key.dependencies = ["benchmarks.framework"]  # type: ignore[attr-defined]


class RubricQuerySet(models.QuerySet["Rubric"]):
    def get_by_natural_key(self, questionnaire: str, framework: str, code: str) -> "Rubric":
        return self.get(
            questionnaire__version=questionnaire, sub_element__framework__version=framework, sub_element__code=code
        )


class Rubric(models.Model):
    """What a questionnaire says of one sub-element: definition, prompt, anchors, progressions, evidence examples."""

    questionnaire = models.ForeignKey(Questionnaire, on_delete=models.CASCADE, related_name="rubrics")
    sub_element = models.ForeignKey(SubElement, on_delete=models.PROTECT, related_name="+")
    definition = models.TextField()
    prompt = models.TextField()
    anchors: "models.JSONField[list[str], list[str]]" = models.JSONField(help_text="Five texts, lowest level first")
    progressions: "models.JSONField[list[str], list[str]]" = models.JSONField(help_text="Four texts, from 1 to 2 first")
    evidence_examples: "models.JSONField[list[str], list[str]]" = models.JSONField(help_text="Two to four texts")

    objects = RubricQuerySet.as_manager()

    class Meta:
        ordering = ["sub_element__order"]
        constraints = [models.UniqueConstraint(fields=["questionnaire", "sub_element"], name="rubric_once")]

    def __str__(self) -> str:
        return f"{self.questionnaire_id} {self.sub_element_id}"

    def natural_key(self) -> tuple[str, ...]:
        return (self.questionnaire.version, *self.sub_element.natural_key())

    natural_key.dependencies = ["assessments.questionnaire", "benchmarks.subelement"]  # type: ignore[attr-defined]
