"""An archive with something changed in it, with lists and checksums that fit again, as a forger would make it."""

import hashlib
import json
import zipfile
from collections.abc import Callable, Mapping
from io import BytesIO
from typing import Any

from assessments.archive.container import MANIFEST, SUMS

Files = dict[str, bytes]


def files_of(archive: bytes) -> Files:
    with zipfile.ZipFile(BytesIO(archive)) as opened:
        return {name: opened.read(name) for name in opened.namelist()}


def zipped(files: Mapping[str, bytes]) -> bytes:
    target = BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as made:
        for name, content in files.items():
            made.writestr(name, content)
    return target.getvalue()


def forged(archive: bytes, **changes: Callable[[Any], Any]) -> bytes:
    """Tables by name, each with what becomes of its rows; `manifest` is one of them."""
    files = files_of(archive)
    for name, change in changes.items():
        path = MANIFEST if name == "manifest" else f"data/{name}.json"
        files[path] = json.dumps(change(json.loads(files[path]))).encode()
    return listed_anew(files)


def listed_anew(files: Files) -> bytes:
    manifest = json.loads(files.pop(MANIFEST))
    del files[SUMS]
    manifest["files"] = [
        {"name": name, "bytes": len(content), "sha256": hashlib.sha256(content).hexdigest()}
        for name, content in files.items()
    ]
    files[MANIFEST] = json.dumps(manifest).encode()
    sums = "".join(f"{hashlib.sha256(content).hexdigest()}  {name}\n" for name, content in files.items())
    return zipped({**files, SUMS: sums.encode()})


def first_row(**values: Any) -> Callable[[Any], Any]:
    def change(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
        return [{**rows[0], **values}, *rows[1:]]

    return change
