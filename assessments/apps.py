"""The app of questionnaire, scoring, report and PDF."""

from django.apps import AppConfig
from django.contrib.auth.signals import user_logged_in
from django.db.backends.signals import connection_created
from django.db.models.signals import post_migrate, pre_migrate

from assessments.database_rules import acting, announcing


class AssessmentsConfig(AppConfig):
    name = "assessments"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        import assessments.database_rules.checks  # noqa: F401  registers itself, once the models are there
        from assessments.database_rules import installing
        from assessments.signing_in.sessions import note_sign_in
        from assessments.trail import accounts, connections, sign_ins

        user_logged_in.connect(note_sign_in)
        connection_created.connect(announcing.add_function)
        connection_created.connect(acting.tell_before_writing)
        connection_created.connect(connections.add_functions)
        sign_ins.connect()
        accounts.connect()
        pre_migrate.connect(installing.suspend_before_migrating, sender=self)
        post_migrate.connect(installing.install_after_migrating, sender=self)
