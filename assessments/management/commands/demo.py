"""`manage.py demo`: makes the fictional organisation and prints how to sign in to it, or removes it."""

from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.urls import reverse
from django.utils import timezone
from django.utils.crypto import get_random_string

from assessments.demonstration import AddressTakenError, ensure_demonstration, remove_demonstration

# Without letters and digits that are mistaken for each other.
READABLE = "abcdefghjkmnpqrstuvwxyz23456789"


class Command(BaseCommand):
    help = (
        "Makes a fictional organisation with three assessments of its site; called again, it only sets a new password."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--password", help="the password of its person; a random one unless given")
        parser.add_argument("--remove", action="store_true", help="delete the fictional organisation and its person")

    def handle(self, *args: Any, **options: Any) -> None:  # noqa: ARG002
        if options["remove"]:
            removed = remove_demonstration()
            self.stdout.write("The demonstration is removed." if removed else "There was no demonstration.")
            return
        password = options["password"] or get_random_string(16, READABLE)
        try:
            validate_password(password)
        except ValidationError as problem:
            raise CommandError(" ".join(problem.messages)) from problem
        try:
            person = ensure_demonstration(password=password, now=timezone.now())
        except AddressTakenError as taken:
            raise CommandError(f"{taken} is the account of someone else; the demonstration needs it.") from taken
        self.stdout.write(f"Demonstration: sign in at {settings.SITE_URL}{reverse('account_login')}")
        self.stdout.write(f"  e-mail address  {person.email}")
        self.stdout.write(f"  password        {password}")
