"""Who is signed in, with the one thing asked on every page: whether they still need to set up a second factor."""

from allauth.account.auth_backends import AuthenticationBackend

from assessments.models import Person
from assessments.signing_in.requirement import lacks_required_factor


class Backend(AuthenticationBackend):  # type: ignore[misc]
    def get_user(self, user_id: int) -> Person | None:
        person = Person.objects.annotate(lacks_required_factor=lacks_required_factor()).filter(pk=user_id).first()
        return person if person is not None and self.user_can_authenticate(person) else None
