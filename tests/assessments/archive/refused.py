"""Archives that are not loaded, each with words that say why: damaged, forged, or meant to do harm."""

import zipfile
from collections.abc import Callable
from io import BytesIO
from typing import Any

import pytest

from tests.assessments.archive.rebuilding import files_of, first_row, forged, listed_anew, zipped


def flipped(archive: bytes) -> bytes:
    files = files_of(archive)
    return zipped({**files, "data/answer.json": files["data/answer.json"].replace(b"3.50", b"4.50", 1)})


def without(name: str) -> Callable[[bytes], bytes]:
    return lambda archive: zipped({key: held for key, held in files_of(archive).items() if key != name})


def with_file(name: str) -> Callable[[bytes], bytes]:
    return lambda archive: zipped({**files_of(archive), name: b"x"})


def with_listed_file(name: str) -> Callable[[bytes], bytes]:
    return lambda archive: listed_anew({**files_of(archive), name: b"x"})


def doubled(archive: bytes) -> bytes:
    with pytest.warns(UserWarning, match="Duplicate name"):
        target = BytesIO(archive)
        import_zip = zipfile.ZipFile(target, "a")
        import_zip.writestr("data/site.json", b"[]")
        import_zip.close()
    return target.getvalue()


def not_a_number(archive: bytes) -> bytes:
    files = files_of(archive)
    return listed_anew({**files, "data/site.json": b'[{"id": NaN}]'})


def bomb(archive: bytes) -> bytes:
    """A file that is larger than the lists say."""
    return zipped({**files_of(archive), "data/answer.csv": b"0" * 50_000_000})


def drop_last(rows: list[Any]) -> list[Any]:
    return rows[:-1]


def nothing(rows: list[Any]) -> list[Any]:
    return []


REFUSED: dict[str, tuple[Callable[[bytes], bytes], str]] = {
    "no zip": (lambda _: b"Dear Sir or Madam", "not an archive"),
    "half a file": (lambda archive: archive[: len(archive) // 2], "not an archive"),
    "an empty file": (lambda _: b"", "not an archive"),
    "a changed byte": (flipped, "data/answer.json was changed or damaged"),
    "a missing file": (without("data/answer.csv"), "not those that its lists name"),
    "no manifest": (without("manifest.json"), "manifest.json is missing"),
    "no checksums": (without("SHA256SUMS"), "SHA256SUMS is missing"),
    "one file more": (with_file("data/more.json"), "not those that its lists name"),
    "a way up": (with_listed_file("data/../../etc/passwd"), "a file named"),
    "a way from the root": (with_listed_file("/etc/passwd"), "a file named"),
    "a way with backslashes": (with_listed_file("data\\..\\x.json"), "a file named"),
    "a file twice": (doubled, "data/site.json twice"),
    "more than it says": (bomb, "larger than it says"),
    "no sound JSON": (not_a_number, "not sound JSON"),
    "an unknown kind": (
        lambda archive: forged(archive, manifest=lambda told: {**told, "format": "qmm-archive/9"}),
        "of the kind 'qmm-archive/9'",
    ),
    "an unknown column": (lambda archive: forged(archive, site=first_row(colour="red")), "a column 'colour'"),
    "an unknown sub-element": (
        lambda archive: forged(archive, answer=first_row(sub_element=["qmm", "astrology"])),
        "has ['qmm', 'astrology'] as sub_element",
    ),
    "a person whom nobody knows": (lambda archive: forged(archive, membership=first_row(person_id=999)), "has 999"),
    "a text for a number": (lambda archive: forged(archive, site=first_row(id="1")), "has '1' as id"),
    "a number for a text": (lambda archive: forged(archive, site=first_row(name=7)), "has 7 as name"),
    "nothing for a text": (lambda archive: forged(archive, site=first_row(name=None)), "has None as name"),
    "a list of lists": (lambda archive: forged(archive, site=lambda _: [[1]]), "not a list of rows"),
    "no list": (lambda archive: forged(archive, site=lambda _: {"id": 1}), "not a list of rows"),
    "a time without its zone": (
        lambda archive: forged(archive, organisation=first_row(created_at="2026-01-01T00:00:00")),
        "as created_at",
    ),
    "a state that is none": (lambda archive: forged(archive, answer=first_row(state="perfect")), "does not take"),
    "a site of nobody": (lambda archive: forged(archive, assessment=first_row(site_id=999_999)), "do not belong"),
    "no organisation": (lambda archive: forged(archive, organisation=nothing), "one organisation"),
    "a changed answer": (
        lambda archive: forged(archive, answer=first_row(rationale="We never had a deviation.")),
        "does not hold",
    ),
    "a changed entry of the trail": (
        lambda archive: forged(archive, auditentry=first_row(actor_name="Nobody")),
        "does not fit its seal",
    ),
    "a trail that was cut": (
        lambda archive: forged(archive, auditentry=drop_last, auditseal=drop_last),
        "does not end where",
    ),
    "a signature of somebody else": (
        lambda archive: forged(archive, signature=first_row(printed_name="Mallory")),
        "does not hold",
    ),
    "a person with a broken address": (lambda archive: forged(archive, people=first_row(email="x")), "cannot be used"),
    "an address twice": (lambda archive: forged(archive, people=first_row(email="LARS@acme.example")), "twice"),
    "a number that leaves no room": (lambda archive: forged(archive, people=first_row(id=2**63)), "without number"),
}
