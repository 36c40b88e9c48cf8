"""Whether people of an organisation need a second factor: the owner's switch, and who of them has none yet."""

from allauth.mfa.models import Authenticator
from django.db.models import BooleanField, Exists, ExpressionWrapper, OuterRef, Q, QuerySet
from django.db.models.expressions import Combinable
from django.utils import timezone

from assessments.models import Membership, Organisation, Person

# Recovery codes come with one of these and are none by themselves.
FACTORS = (Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN)


class NoFactorError(Exception):
    """Who requires it of others has one: or the switch would lock its owner out."""


def people_with_factor() -> QuerySet[Authenticator]:
    """The factors, by `user`."""
    factors: QuerySet[Authenticator] = Authenticator.objects.filter(type__in=FACTORS)
    return factors


def has_factor(person: Person) -> bool:
    return people_with_factor().filter(user=person).exists()


def lacks_required_factor() -> Combinable:
    """Of people: one of their organisations requires a second factor, and they have none. It costs no query more."""
    requiring = _in_force().filter(person=OuterRef("pk"), organisation__requires_second_factor=True)
    theirs = people_with_factor().filter(user=OuterRef("pk"))
    return ExpressionWrapper(Q(Exists(requiring)) & ~Q(Exists(theirs)), output_field=BooleanField())


def organisations_requiring(person: Person) -> list[Organisation]:
    of_theirs = _in_force().filter(person=person).values("organisation")
    return list(Organisation.objects.filter(pk__in=of_theirs, requires_second_factor=True))


def members_without_factor(organisation: Organisation) -> QuerySet[Person]:
    members = _in_force().filter(organisation=organisation).values("person")
    return Person.objects.filter(pk__in=members, is_active=True).exclude(pk__in=people_with_factor().values("user"))


def set_requirement(*, organisation: Organisation, is_required: bool, person: Person) -> None:
    if is_required and not has_factor(person):
        raise NoFactorError
    Organisation.objects.filter(pk=organisation.pk).update(requires_second_factor=is_required)


def _in_force() -> QuerySet[Membership]:
    return Membership.objects.filter(Q(ends_at=None) | Q(ends_at__gt=timezone.now()))
