"""The admin of the measuring stick: where a second cohort is entered by hand. Codes stay as they were created."""

from decimal import Decimal
from typing import Any

from django import forms
from django.contrib import admin
from django.db.models import Model, QuerySet
from django.http import HttpRequest
from django.urls import reverse

from benchmarks.formatting import one_decimal
from benchmarks.models import (
    AreaScore,
    Cohort,
    Establishment,
    Framework,
    PracticeArea,
    SubElement,
    SubElementScore,
)
from benchmarks.scores import parse_score


class ScoreField(forms.Field):
    """A score as everywhere else: one decimal, read by the one pattern."""

    widget = forms.TextInput(attrs={"inputmode": "decimal", "size": 4})

    def prepare_value(self, value: Any) -> Any:
        return one_decimal(value) if isinstance(value, Decimal) else value

    def to_python(self, value: Any) -> Any:
        if value in self.empty_values:
            return None
        try:
            return parse_score(value)
        except ValueError as problem:
            raise forms.ValidationError(str(problem)) from problem


class ScoreForm(forms.ModelForm):  # type: ignore[type-arg]
    score = ScoreField()


class StableAdmin(admin.ModelAdmin):  # type: ignore[type-arg]
    """Fields by which files, addresses and fixtures find a row can be written once."""

    stable_fields: tuple[str, ...] = ()

    def get_readonly_fields(self, request: HttpRequest, obj: Model | None = None) -> tuple[str, ...]:
        return (*super().get_readonly_fields(request, obj), *(self.stable_fields if obj else ()))


class AreaScoreInline(admin.TabularInline):  # type: ignore[type-arg]
    model = AreaScore
    form = ScoreForm

    def get_queryset(self, request: HttpRequest) -> QuerySet[AreaScore]:
        return super().get_queryset(request).select_related("establishment", "practice_area")

    def get_extra(self, request: HttpRequest, obj: Model | None = None, **_: Any) -> int:  # noqa: ARG002
        """A new establishment gets a line for each practice area, one that exists gets none."""
        return 0 if obj else PracticeArea.objects.count()


class SubElementScoreInline(admin.TabularInline):  # type: ignore[type-arg]
    model = SubElementScore
    form = ScoreForm
    extra = 0

    def get_queryset(self, request: HttpRequest) -> QuerySet[SubElementScore]:
        return super().get_queryset(request).select_related("establishment", "sub_element")


class EstablishmentInline(admin.TabularInline):  # type: ignore[type-arg]
    model = Establishment
    extra = 0
    show_change_link = True


@admin.register(Framework)
class FrameworkAdmin(StableAdmin):
    list_display = ("version", "name")
    search_fields = ("version", "name")
    stable_fields = ("version",)


@admin.register(PracticeArea)
class PracticeAreaAdmin(StableAdmin):
    list_display = ("code", "name", "order")
    search_fields = ("code", "name")
    stable_fields = ("code",)


@admin.register(SubElement)
class SubElementAdmin(StableAdmin):
    list_display = ("name", "area", "name_basis", "area_basis", "framework_version")
    list_filter = ("framework", "practice_area", "name_basis", "area_basis")
    list_select_related = ("practice_area", "framework")
    search_fields = ("name", "also_known_as", "code", "grounding")
    stable_fields = ("framework", "code")
    fieldsets = (
        (None, {"fields": ("framework", "code", "name", "also_known_as")}),
        ("Where it belongs", {"fields": ("practice_area", "order")}),
        ("What it rests on", {"fields": ("name_basis", "area_basis", "grounding")}),
    )

    @admin.display(description="practice area", ordering="practice_area__order")
    def area(self, sub_element: SubElement) -> str:
        return sub_element.practice_area.code

    @admin.display(description="framework", ordering="framework__version")
    def framework_version(self, sub_element: SubElement) -> str:
        return sub_element.framework.version


@admin.register(Cohort)
class CohortAdmin(StableAdmin):
    list_display = ("name", "slug", "assessed", "framework")
    list_select_related = ("framework",)
    search_fields = ("name", "slug", "description", "source")
    stable_fields = ("slug",)
    inlines = (EstablishmentInline,)

    def view_on_site(self, obj: Cohort) -> str:
        return reverse("benchmarks:cohort", args=[obj.slug])


@admin.register(Establishment)
class EstablishmentAdmin(admin.ModelAdmin):  # type: ignore[type-arg]
    list_display = ("label", "cohort", "published_average")
    list_filter = ("cohort",)
    list_select_related = ("cohort",)
    search_fields = ("label", "cohort__name")
    inlines = (AreaScoreInline, SubElementScoreInline)


@admin.register(AreaScore)
class AreaScoreAdmin(admin.ModelAdmin):  # type: ignore[type-arg]
    form = ScoreForm
    list_display = ("establishment", "cohort", "practice_area", "score")
    list_filter = ("establishment__cohort", "practice_area")
    list_select_related = ("establishment__cohort", "practice_area")
    search_fields = ("establishment__label", "practice_area__name", "practice_area__code")

    @admin.display(ordering="establishment__cohort")
    def cohort(self, score: AreaScore) -> Cohort:
        return score.establishment.cohort


@admin.register(SubElementScore)
class SubElementScoreAdmin(admin.ModelAdmin):  # type: ignore[type-arg]
    form = ScoreForm
    list_display = ("establishment", "cohort", "sub_element", "score")
    list_filter = ("establishment__cohort", "sub_element__practice_area")
    list_select_related = ("establishment__cohort", "sub_element")
    search_fields = ("establishment__label", "sub_element__name", "sub_element__code")

    @admin.display(ordering="establishment__cohort")
    def cohort(self, score: SubElementScore) -> Cohort:
        return score.establishment.cohort
