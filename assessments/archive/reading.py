"""Opens an archive without trusting it: names, sizes and every checksum come first; nothing is unpacked to the disk."""

import hashlib
import json
import re
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass
from typing import IO, Any, NoReturn

from assessments.archive.container import MANIFEST, SUMS
from assessments.archive.refusals import RefusedError
from assessments.archive.writing import FORMAT

MOST_FILES = 20_000
MOST_BYTES = 4 * 1024**3  # of all files together, unpacked
MOST_OF_ONE = 1024**3  # of what is read into memory at once
MOST_OF_LISTS = 16 * 1024**2  # of the manifest and of the checksums
CHUNK = 1024**2
NAMES = re.compile(r"(?:data/[a-z_]{1,80}\.(?:json|csv|bin)|reports/[0-9a-f-]{36}\.pdf|manifest\.json|SHA256SUMS)")
SUM_LINE = re.compile(r"([0-9a-f]{64})  (\S+)")
UNFIT = "This is not an archive of this product, or it is damaged: {}"


@dataclass(frozen=True, slots=True)
class CheckedArchive:
    """A zip of which every file has the checksum that its lists say."""

    zip: zipfile.ZipFile
    manifest: Mapping[str, Any]

    def rows(self, name: str) -> list[dict[str, Any]]:
        """A list of objects out of one of its JSON files."""
        return checked_rows(read_json(self.content(f"data/{name}.json", MOST_OF_ONE)), name)

    def content(self, name: str, most: int) -> bytes:
        try:
            with self.zip.open(name) as file:
                content = file.read(most + 1)
        except KeyError:
            _refuse(f"{name} is missing.")
        if len(content) > most:
            _refuse(f"{name} is too large.")
        return content


def open_archive(source: IO[bytes]) -> CheckedArchive:
    """Raise RefusedError unless all of it is as it was written."""
    try:
        opened = zipfile.ZipFile(source)
        _check_names(opened)
        unchecked = CheckedArchive(opened, {})
        manifest = _manifest(unchecked.content(MANIFEST, MOST_OF_LISTS))
        _check_sums(opened, _sums(unchecked.content(SUMS, MOST_OF_LISTS)), manifest)
    except (zipfile.BadZipFile, EOFError, NotImplementedError, RuntimeError, UnicodeError, OSError) as problem:
        raise RefusedError(UNFIT.format(f"{problem}.")) from problem
    except Exception as problem:
        if isinstance(problem, RefusedError):
            raise
        raise RefusedError(UNFIT.format("it cannot be read as a zip file.")) from problem
    return CheckedArchive(opened, manifest)


def read_json(content: bytes) -> Any:
    """Strictly: no NaN, no key twice, nothing but UTF-8."""
    try:
        return json.loads(content.decode(), parse_constant=_no_constant, object_pairs_hook=_once)
    except (ValueError, RecursionError) as problem:
        raise RefusedError(UNFIT.format("a part of it is not sound JSON.")) from problem


def checked_rows(content: Any, name: str) -> list[dict[str, Any]]:
    if not isinstance(content, list) or not all(isinstance(row, dict) for row in content):
        _refuse(f"{name} is not a list of rows.")
    rows: list[dict[str, Any]] = content
    return rows


def _check_names(opened: zipfile.ZipFile) -> None:
    entries = opened.infolist()
    if len(entries) > MOST_FILES:
        _refuse(f"it has {len(entries):,} files, and no archive has more than {MOST_FILES:,}.")
    seen = set()
    for entry in entries:
        if not NAMES.fullmatch(entry.filename):
            _refuse(f"it has a file named {entry.filename[:80]!r}.")
        if entry.filename in seen:
            _refuse(f"it has {entry.filename} twice.")
        if entry.flag_bits & 0x1:
            _refuse(f"{entry.filename} is encrypted.")
        seen.add(entry.filename)


def _manifest(content: bytes) -> Mapping[str, Any]:
    manifest = read_json(content)
    if not isinstance(manifest, dict) or not str(manifest.get("format", "")).startswith("qmm-archive/"):
        _refuse("its manifest says nothing of an archive.")
    if manifest["format"] != FORMAT:
        raise RefusedError(
            f"This archive is of the kind {manifest['format'][:40]!r}; this version of the product loads {FORMAT!r}. "
            f"It was written by version {str(manifest.get('product'))[:40]!r}: load it with that one or a newer one."
        )
    return manifest


def _sums(content: bytes) -> dict[str, str]:
    lines = content.decode().splitlines()
    found = [SUM_LINE.fullmatch(line) for line in lines]
    sums = {match[2]: match[1] for match in found if match}
    if len(sums) != len(lines):
        _refuse(f"{SUMS} cannot be read.")
    return sums


def _check_sums(opened: zipfile.ZipFile, sums: Mapping[str, str], manifest: Mapping[str, Any]) -> None:
    """Measured while unpacking: a zip may say anything about its sizes."""
    listed = _listed(manifest)
    present = set(opened.namelist())
    if present - {SUMS} != set(sums) or set(listed) != set(sums) - {MANIFEST}:
        _refuse("its files are not those that its lists name.")
    room = MOST_BYTES
    for name in sorted(sums):
        size = listed.get(name, MOST_OF_LISTS)
        digest, read = _measure(opened, name, min(size, room))
        room -= read
        if digest != sums[name]:
            _refuse(f"{name} was changed or damaged: its checksum does not fit.")


def _listed(manifest: Mapping[str, Any]) -> dict[str, int]:
    """The size of each file by the manifest; what else stands there is read by whoever needs it."""
    files = checked_rows(manifest.get("files"), "the list of files")
    listed = {str(each.get("name")): each.get("bytes") for each in files}
    sizes = {name: size for name, size in listed.items() if type(size) is int and size >= 0}
    if len(sizes) != len(files):
        _refuse("its list of files cannot be read.")
    return sizes


def _measure(opened: zipfile.ZipFile, name: str, most: int) -> tuple[str, int]:
    checksum, read = hashlib.sha256(), 0
    with opened.open(name) as file:
        while chunk := file.read(CHUNK):
            read += len(chunk)
            if read > most:
                _refuse(f"{name} is larger than it says, or all of it together is too large.")
            checksum.update(chunk)
    return checksum.hexdigest(), read


def _refuse(why: str) -> NoReturn:
    raise RefusedError(UNFIT.format(why))


def _no_constant(name: str) -> NoReturn:
    raise ValueError(name)


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise ValueError("a key stands there twice")
    return found
