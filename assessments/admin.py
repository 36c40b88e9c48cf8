"""What the staff of a server see of people and organisations to keep it running; of what these hold, only counts.

Nothing here gives access to an organisation: no membership, no password, no address of somebody's account is changed.
"""

from typing import Any, ClassVar

from django import forms
from django.contrib import admin
from django.contrib.auth.admin import UserAdmin
from django.contrib.auth.forms import AdminUserCreationForm
from django.db.models import Count, Model, QuerySet
from django.http import HttpRequest
from django.urls import URLPattern
from django.utils import timezone

from assessments.forms.parts import mailable
from assessments.models import DeletionReceipt, Organisation, Person

RIGHTS = ("is_staff", "is_superuser", "groups", "user_permissions")


class LowerCaseEmail(forms.BaseForm):
    """Addresses are kept in lower case, as at sign-up."""

    def clean_email(self) -> str:
        address = str(self.cleaned_data["email"]).lower()
        mailable(address)
        return address


class PersonCreationForm(LowerCaseEmail, AdminUserCreationForm):  # type: ignore[type-arg]
    class Meta:
        model = Person
        fields = ("email", "name")


class OnlyLookedAt(admin.ModelAdmin):  # type: ignore[type-arg]
    """Belongs to an organisation, or is a record: nobody changes it here, superusers neither."""

    def has_add_permission(self, request: HttpRequest) -> bool:  # noqa: ARG002
        return False

    def has_change_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:  # noqa: ARG002
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:  # noqa: ARG002
        return False


@admin.register(Person)
class PersonAdmin(UserAdmin):  # type: ignore[type-arg]
    """Whether somebody may sign in, and belongs to the staff. Whoever could set a password could read as its owner."""

    add_form = PersonCreationForm
    ordering = ("email",)
    list_display = ("email", "name", "is_active", "is_staff", "last_login")
    list_filter = ("is_active", "is_staff")
    search_fields = ("email", "name")
    fieldsets = (
        (None, {"fields": ("email", "name")}),
        ("Rights", {"fields": ("is_active", *RIGHTS)}),
        ("Dates", {"fields": ("last_login", "date_joined")}),
    )
    add_fieldsets = ((None, {"fields": ("email", "name", "usable_password", "password1", "password2")}),)

    def get_form(self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any) -> Any:
        """UserAdmin's own form for a person who exists is about the password."""
        if obj is not None:
            kwargs["form"] = forms.ModelForm
        return super().get_form(request, obj, change=change, **kwargs)

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> tuple[str, ...]:
        if obj is None:
            return ()
        rights = () if getattr(request.user, "is_superuser", False) else RIGHTS
        return ("email", "name", "last_login", "date_joined", *rights)

    def get_urls(self) -> list[URLPattern]:
        """Without UserAdmin's page that sets the password of somebody else."""
        return admin.ModelAdmin.get_urls(self)

    def has_delete_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:  # noqa: ARG002
        """An account is closed by taking "may sign in" away: with its row would go what people did."""
        return False


@admin.register(Organisation)
class OrganisationAdmin(OnlyLookedAt):
    list_display = ("name", "is_fictional", "created_at", "people", "sites", "assessments", "deletion_due")
    list_select_related = ("planned_deletion",)
    search_fields = ("name",)
    fields: ClassVar = list_display

    def get_queryset(self, request: HttpRequest) -> QuerySet[Organisation]:
        counted = {
            "people_count": Count("memberships", distinct=True),
            "site_count": Count("sites", distinct=True),
            "assessment_count": Count("sites__assessments", distinct=True),
        }
        organisations: QuerySet[Organisation] = super().get_queryset(request)
        return organisations.annotate(**counted)

    @admin.display(ordering="people_count")
    def people(self, organisation: Organisation) -> int:
        return int(vars(organisation)["people_count"])

    @admin.display(ordering="site_count")
    def sites(self, organisation: Organisation) -> int:
        return int(vars(organisation)["site_count"])

    @admin.display(ordering="assessment_count")
    def assessments(self, organisation: Organisation) -> int:
        return int(vars(organisation)["assessment_count"])

    @admin.display(description="deletion is due", empty_value="not planned")
    def deletion_due(self, organisation: Organisation) -> str:
        planned = getattr(organisation, "planned_deletion", None)
        return f"{timezone.localtime(planned.due_at):%-d %B %Y, %H:%M %Z}" if planned else ""


@admin.register(DeletionReceipt)
class DeletionReceiptAdmin(OnlyLookedAt):
    list_display = ("id", "deleted_at", "executed_by", "planned_by", "file_rewritten_at")
    list_select_related = ("planned_by",)
