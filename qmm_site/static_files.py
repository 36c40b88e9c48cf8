"""How static files are stored: by names that change with their content, also where one script imports another."""

from whitenoise.storage import CompressedManifestStaticFilesStorage


class StaticFiles(CompressedManifestStaticFilesStorage):  # type: ignore[misc]  # the library has no types
    """Without this, a page of today could load a part of yesterday's script."""

    support_js_module_import_aggregation = True
