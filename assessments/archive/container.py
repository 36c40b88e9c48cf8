"""The zip of an archive while it is written: each file once, with its size and checksum; nothing is held in memory."""

import csv
import hashlib
import io
import zipfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from itertools import chain
from typing import IO, Any

from assessments.archive.values import as_json

SUMS, MANIFEST = "SHA256SUMS", "manifest.json"


@dataclass(slots=True)
class Written:
    """One file with what was measured while it was written."""

    name: str
    size: int = 0
    checksum: Any = field(default_factory=hashlib.sha256)

    def as_data(self) -> dict[str, object]:
        return {"name": self.name, "bytes": self.size, "sha256": self.checksum.hexdigest()}


class Container:
    def __init__(self, target: IO[bytes], now: datetime) -> None:
        self._zip = zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED)
        self._time = now.astimezone(UTC).timetuple()[:6]
        self.files: list[Written] = []

    @contextmanager
    def _file(self, name: str) -> "Iterator[_Measured]":
        entry = zipfile.ZipInfo(name, self._time)
        entry.compress_type = zipfile.ZIP_DEFLATED
        entry.external_attr = 0o600 << 16
        written = Written(name)
        with self._zip.open(entry, "w", force_zip64=True) as inside:
            yield _Measured(inside, written)
        self.files.append(written)

    def add(self, name: str, content: bytes) -> None:
        with self._file(name) as file:
            file.write(content)

    def add_rows(self, name: str, rows: Iterable[dict[str, Any]]) -> int:
        """A list in JSON, one row on a line; its length."""
        count = 0
        with self._file(name) as file:
            file.write(b"[")
            for row in rows:
                file.write(("\n" if count == 0 else ",\n").encode() + as_json(row).encode())
                count += 1
            file.write(b"\n]\n")
        return count

    def add_table(self, name: str, columns: list[str], rows: Iterable[list[str]]) -> None:
        """The same for spreadsheets: UTF-8 with a mark, so that they read every letter."""
        with self._file(name) as file:
            file.write(b"\xef\xbb\xbf")
            line = io.StringIO(newline="")
            writer = csv.writer(line)
            for row in chain([columns], rows):
                line.seek(0)
                line.truncate()
                writer.writerow(row)
                file.write(line.getvalue().encode())

    def close(self, manifest: dict[str, Any]) -> None:
        """What is in it, and the checksums of all, also of that."""
        told = {**manifest, "files": [each.as_data() for each in self.files]}
        content = as_json(told)
        self.add(MANIFEST, f"{content}\n".encode())
        sums = "".join(f"{each.checksum.hexdigest()}  {each.name}\n" for each in self.files)
        self.add(SUMS, sums.encode())
        self._zip.close()


class _Measured:
    def __init__(self, inside: IO[bytes], written: Written) -> None:
        self._inside, self._written = inside, written

    def write(self, content: bytes) -> None:
        self._inside.write(content)
        self._written.size += len(content)
        self._written.checksum.update(content)
