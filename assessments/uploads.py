"""Uploads stay in memory: no file with somebody's answers is left behind on a disk, and too much is thrown away."""

from io import BytesIO
from typing import Any

from django.conf import settings
from django.core.files.uploadedfile import InMemoryUploadedFile
from django.core.files.uploadhandler import FileUploadHandler


class InMemoryUploadHandler(FileUploadHandler):
    """Keeps one byte more than is allowed at most, of all files of a request together; a size is told as it is."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._room = settings.FILE_UPLOAD_MAX_MEMORY_SIZE + 1
        self._kept = BytesIO()

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        super().new_file(*args, **kwargs)
        self._kept = BytesIO()

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:  # noqa: ARG002
        self._room -= self._kept.write(raw_data[: self._room])

    def file_complete(self, file_size: int) -> InMemoryUploadedFile:
        self._kept.seek(0)
        return InMemoryUploadedFile(
            self._kept, self.field_name, self.file_name, self.content_type, file_size, self.charset
        )
