"""How organisations and their sites come into being and change; who may do it is decided by `access.py`."""

from django.db import IntegrityError, transaction

from assessments.models import Membership, Organisation, Person, Role, Site


class AlreadyMemberError(Exception):
    """The person belongs to an organisation: sending the same form twice founds one, not two."""


class SiteNameTakenError(Exception):
    """The organisation has a site of this name; the database decides who came first."""


@transaction.atomic
def found_organisation(
    *, person: Person, name: str, site_name: str, manufacturing: str = "", size: str = ""
) -> Organisation:
    """Found an organisation with its first site and make the person its owner."""
    Person.objects.select_for_update().get(pk=person.pk)
    if person.memberships.exists():
        raise AlreadyMemberError
    organisation = Organisation.objects.create(name=name)
    Membership.objects.create(person=person, organisation=organisation, role=Role.OWNER)
    add_site(organisation=organisation, name=site_name, manufacturing=manufacturing, size=size)
    return organisation


def rename_organisation(*, organisation: Organisation, name: str) -> None:
    Organisation.objects.filter(pk=organisation.pk).update(name=name)


def add_site(*, organisation: Organisation, name: str, manufacturing: str, size: str) -> Site:
    return _saved(Site(organisation=organisation, name=name, manufacturing=manufacturing, size=size))


def change_site(*, site: Site, name: str, manufacturing: str, size: str) -> Site:
    site.name, site.manufacturing, site.size = name, manufacturing, size
    return _saved(site)


def _saved(site: Site) -> Site:
    try:
        with transaction.atomic():
            site.save()
    except IntegrityError as refusal:
        others = Site.objects.filter(organisation=site.organisation, name=site.name).exclude(pk=site.pk)
        if others.exists():
            raise SiteNameTakenError from refusal
        raise
    return site
