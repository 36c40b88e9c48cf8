"""`manage.py verify`: checks that what is stored is what was recorded and signed; it changes nothing."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from assessments import verification
from assessments.trail.sealing import Head, is_in_trail
from assessments.trail.written_heads import UnreadableHeadError, read_head


class Command(BaseCommand):
    help = (
        "Checks the database's own rules, the chain of every audit trail, and all else that is sealed or signed."
        " Ends with status 1 and says what does not hold."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--heads", action="store_true", help="print the head of each chain, to be written down")
        parser.add_argument(
            "--head",
            action="append",
            default=[],
            metavar="ORGANISATION:NUMBER:HASH",
            help="check that a head that was printed or written down is still part of its chain; may be repeated",
        )

    def handle(self, *_: Any, **options: Any) -> None:
        faults = [*self._written(options["head"])]
        for check in verification.CHECKS:
            found = list(check.faults())
            self.stdout.write(f"{check.subject}: {f'{len(found)} do not hold' if found else 'sound'}")
            faults += found
        if options["heads"]:
            self.stdout.writelines(verification.heads())
        for fault in faults:
            self.stderr.write(fault)
        if faults:
            raise CommandError("Not everything holds.", returncode=1)

    def _written(self, heads: list[str]) -> list[str]:
        faults = []
        for text in heads:
            try:
                organisation, number, hashed = read_head(text)
            except UnreadableHeadError as problem:
                raise CommandError(f"--head: {problem}") from problem
            if not is_in_trail(organisation, Head(number, hashed)):
                faults.append(
                    f"Organisation {organisation}: the head {number}:{hashed} is no longer part of its chain."
                )
        return faults
