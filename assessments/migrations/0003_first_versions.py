"""Begins the history of answers saved before there was one: what each says now is its first known version."""

from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

COPIED = (
    "version", "state", "score", "reason", "rationale", "evidence", "confidence", "evidence_strength",
    "saved_at", "saved_by_id",
)  # fmt: skip


def begin_history(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    answers = apps.get_model("assessments", "Answer").objects.filter(version__gte=1, saved_at__isnull=False)
    versions = apps.get_model("assessments", "AnswerVersion").objects
    versions.bulk_create(
        (
            versions.model(answer_id=answer.pk, **{name: getattr(answer, name) for name in COPIED})
            for answer in answers.iterator(chunk_size=500)
        ),
        batch_size=500,
    )


class Migration(migrations.Migration):
    dependencies = [("assessments", "0002_history_and_ratings")]
    operations = [migrations.RunPython(begin_history, migrations.RunPython.noop)]
