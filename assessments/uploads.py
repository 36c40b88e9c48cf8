"""Uploads stay in memory, come whole or not at all, and too much is thrown away; no answers are left on a disk."""

from io import BytesIO
from typing import Any

from django.conf import settings
from django.core.files.uploadedfile import InMemoryUploadedFile
from django.core.files.uploadhandler import FileUploadHandler
from django.http import QueryDict
from django.http.multipartparser import MultiPartParser, MultiPartParserError
from django.utils.datastructures import MultiValueDict


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


class WholeUploadHandler(InMemoryUploadHandler):
    """Django takes a form that was cut off, and half of its last text, as if that were all of it."""

    def handle_raw_input(
        self,
        input_data: Any,
        META: dict[str, Any],  # noqa: N803
        content_length: int,
        boundary: Any,  # bytes, whatever its declaration says
        encoding: str | None = None,
    ) -> tuple[QueryDict, MultiValueDict[str, Any]] | None:
        if content_length > 2 * settings.DATA_UPLOAD_MAX_MEMORY_SIZE:
            return None  # its file is thrown away, and too long a text is refused
        sent = input_data.read(content_length)
        if not sent.rstrip().endswith(b"--" + boundary + b"--"):
            raise MultiPartParserError("The form was cut off.")
        parser = MultiPartParser(META, BytesIO(sent), [InMemoryUploadHandler(self.request)], encoding)
        return parser.parse()
