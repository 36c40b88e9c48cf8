"""Forms of accounts: django-allauth's own, with a name at sign-up, our words, and our way of showing them."""

from typing import Any, ClassVar

from allauth.account import forms as allauth
from django import forms
from django.contrib import messages
from django.contrib.auth.base_user import AbstractBaseUser
from django.contrib.auth.password_validation import UserAttributeSimilarityValidator as TooClose
from django.core.exceptions import ValidationError
from django.core.validators import MaxLengthValidator
from django.db import IntegrityError, transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from assessments.forms.parts import LineField, SentForm, inside_form, mailable
from assessments.models import Person

EMAIL = ("E-mail address", "")
NEW_PASSWORD = (
    "Password",
    "At least 12 characters: several words are easy to remember. Nothing widely used or close to your name or address.",
)
NEW_PASSWORD_AGAIN = ("The same password again", "")


class OurWords(SentForm):
    """Labels and help of ours instead of placeholders, which vanish while one types."""

    words: ClassVar[dict[str, tuple[str, str]]] = {}
    helper = inside_form()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, (label, help_text) in self.words.items():
            if name in self.fields:
                self.fields[name].label, self.fields[name].help_text = label, help_text
        for field in self.fields.values():
            field.widget.attrs.pop("placeholder", None)
        if "email" in self.fields:  # what is typed there is written to
            self.fields["email"].validators.append(mailable)


class SignupForm(OurWords, allauth.SignupForm):  # type: ignore[misc]
    words = {"email": EMAIL, "password1": NEW_PASSWORD, "password2": NEW_PASSWORD_AGAIN}
    field_order = ["name", "email", "password1", "password2"]

    name = LineField(
        label="Your name",
        help_text="As your colleagues know you.",
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        longest = Person._meta.get_field("email").max_length
        self.fields["email"].validators.append(MaxLengthValidator(longest))

    def clean(self) -> dict[str, Any]:
        """Allauth compares the password with the address alone; there is a name as well."""
        cleaned: dict[str, Any] = super().clean() or {}
        try:
            TooClose(("name",)).validate(cleaned.get("password1") or "", Person(name=cleaned.get("name", "")))
        except ValidationError as problem:
            self.add_error("password1", problem)
        return cleaned

    def custom_signup(self, request: HttpRequest, user: AbstractBaseUser) -> None:
        super().custom_signup(request, user)
        Person.objects.filter(pk=user.pk).update(name=self.cleaned_data["name"])

    def try_save(self, request: HttpRequest) -> tuple[AbstractBaseUser | None, HttpResponse | None]:
        """A second click on the button finds the account made by the first: on to signing in."""
        if self.account_already_exists:  # as long an answer as for a new one, which is hashed
            Person().set_password(self.cleaned_data["password1"])
        try:
            with transaction.atomic():
                saved: tuple[AbstractBaseUser | None, HttpResponse | None] = super().try_save(request)
        except IntegrityError:
            messages.info(request, "The account is there. Sign in with it.")
            return None, redirect("account_login")
        return saved


class LoginForm(OurWords, allauth.LoginForm):  # type: ignore[misc]
    words = {
        "login": EMAIL,
        "password": ("Password", ""),
    }


class ChangePasswordForm(OurWords, allauth.ChangePasswordForm):  # type: ignore[misc]
    words = {
        "oldpassword": ("Current password", ""),
        "password1": ("New password", NEW_PASSWORD[1]),
        "password2": ("The same new password again", ""),
    }


class ReauthenticateForm(OurWords, allauth.ReauthenticateForm):  # type: ignore[misc]
    words = {"password": ("Your password", "")}


class SetPasswordForm(OurWords, allauth.SetPasswordForm):  # type: ignore[misc]
    words = {"password1": NEW_PASSWORD, "password2": NEW_PASSWORD_AGAIN}


class ResetPasswordForm(OurWords, allauth.ResetPasswordForm):  # type: ignore[misc]
    words = {"email": EMAIL}


class ResetPasswordKeyForm(OurWords, allauth.ResetPasswordKeyForm):  # type: ignore[misc]
    words = {"password1": ("New password", NEW_PASSWORD[1]), "password2": ("The same new password again", "")}
