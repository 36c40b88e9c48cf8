"""`manage.py forget_second_factor`: for someone who has lost telephone, passkeys and recovery codes at once."""

from argparse import ArgumentParser
from typing import Any

from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from assessments.models import Person
from assessments.signing_in.listed_sessions import end_sessions


class Command(BaseCommand):
    help = "Removes all second factors of a person and ends their sessions. Make sure first that it is them who asks."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("email", help="the address of the account")

    @transaction.atomic
    def handle(self, *_: Any, **options: Any) -> None:
        person = Person.objects.filter(email__iexact=options["email"]).first()
        if person is None:
            raise CommandError(f"No account has the address {options['email']}.")
        removed, _by_table = Authenticator.objects.filter(user=person).delete()
        end_sessions(UserSession.objects.filter(user=person))
        self.stdout.write(
            f"{person.email} signs in by password alone now." if removed else f"{person.email} had no second factor."
        )
