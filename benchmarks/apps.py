"""The app of the measuring stick; it knows nothing of assessments."""

from django.apps import AppConfig


class BenchmarksConfig(AppConfig):
    name = "benchmarks"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        import benchmarks.checks  # noqa: F401  registers itself, once the models are there
