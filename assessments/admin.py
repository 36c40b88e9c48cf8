"""The admin of organisations, sites, memberships and people. Assessments and answers are not shown there at all."""

from typing import Any, ClassVar

from allauth.account.decorators import secure_admin_login
from allauth.account.models import EmailAddress
from allauth.mfa.admin import Authenticator
from allauth.usersessions.admin import UserSession
from django import forms
from django.contrib import admin
from django.contrib.auth.admin import UserAdmin
from django.contrib.auth.forms import AdminUserCreationForm, UserChangeForm
from django.db.models import Model, QuerySet
from django.forms import ModelForm
from django.http import HttpRequest

from assessments.deletion import delete_for_good
from assessments.models import Membership, Organisation, Person, Site

# What django-allauth would show there: secrets of second factors, and sessions with their keys.
for private in (Authenticator, UserSession):
    admin.site.unregister(private)

# One page to sign in, with its limits on guessing, for the admin too.
admin.site.login = secure_admin_login(admin.site.login)  # type: ignore[method-assign]
admin.site.site_header = admin.site.site_title = "QMM self-assessment: administration"


class LowerCaseEmail(forms.BaseForm):
    """Addresses are kept in lower case, as at sign-up."""

    def clean_email(self) -> str:
        return str(self.cleaned_data["email"]).lower()


class PersonCreationForm(LowerCaseEmail, AdminUserCreationForm):  # type: ignore[type-arg]
    class Meta:
        model = Person
        fields = ("email", "name")


class PersonChangeForm(LowerCaseEmail, UserChangeForm):  # type: ignore[type-arg]
    class Meta:
        model = Person
        fields = "__all__"


class MembershipInline(admin.TabularInline):  # type: ignore[type-arg]
    model = Membership
    extra = 0


class SiteInline(admin.TabularInline):  # type: ignore[type-arg]
    model = Site
    extra = 0


class DeletesForGood(admin.ModelAdmin):  # type: ignore[type-arg]
    def delete_model(self, request: HttpRequest, obj: Model) -> None:
        self.delete_queryset(request, self.model._default_manager.filter(pk=obj.pk))

    def delete_queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> None:  # noqa: ARG002
        delete_for_good(queryset)


@admin.register(Person)
class PersonAdmin(UserAdmin):  # type: ignore[type-arg]
    form = PersonChangeForm
    add_form = PersonCreationForm
    ordering = ("email",)
    list_display = ("email", "name", "is_active", "is_staff", "last_login")
    list_filter = ("is_active", "is_staff")
    search_fields = ("email", "name")
    fieldsets = (
        (None, {"fields": ("email", "name", "password")}),
        ("Rights", {"fields": ("is_active", "is_staff", "is_superuser", "groups", "user_permissions")}),
        ("Dates", {"fields": ("last_login", "date_joined")}),
    )
    add_fieldsets = ((None, {"fields": ("email", "name", "usable_password", "password1", "password2")}),)
    readonly_fields = ("last_login", "date_joined")
    inlines: ClassVar = [MembershipInline]

    def save_model(self, request: HttpRequest, obj: Person, form: "ModelForm[Person]", change: bool) -> None:
        """A new address replaces the old one for signing in and for mails, too."""
        super().save_model(request, obj, form, change)
        EmailAddress.objects.filter(user=obj).exclude(email=obj.email).delete()


@admin.register(Organisation)
class OrganisationAdmin(DeletesForGood):
    list_display = ("name", "is_fictional", "created_at")
    search_fields = ("name",)
    readonly_fields = ("created_at",)
    inlines: ClassVar = [SiteInline, MembershipInline]


@admin.register(Site)
class SiteAdmin(DeletesForGood):
    list_display = ("name", "organisation", "manufacturing", "size")
    list_filter = ("size",)
    search_fields = ("name", "organisation__name")


@admin.register(Membership)
class MembershipAdmin(admin.ModelAdmin):  # type: ignore[type-arg]
    list_display = ("person", "organisation", "role")
    list_filter = ("role",)
    search_fields = ("person__email", "organisation__name")
