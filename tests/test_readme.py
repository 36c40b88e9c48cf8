"""The README against the repository: its map, its links and its length."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
README = (ROOT / "README.md").read_text(encoding="utf-8")


def mapped() -> Iterator[str]:
    """Every path of the map, with the folder it is indented under."""
    drawn = next(block for block in README.split("```") if "manage.py               " in block)
    folder = ""
    for line in drawn.strip().splitlines():
        names = re.match(r"( *)((?:[\w./]+ )+) +\S", line)
        assert names, f"not a line of the map: {line!r}"
        inside = bool(names[1])
        for name in names[2].split():
            yield f"{folder}{name}" if inside else name
            if not inside:
                folder = name


@pytest.mark.parametrize("path", list(mapped()))
def test_what_the_map_names_is_there(path: str) -> None:
    assert (ROOT / path).exists()


def test_the_map_leaves_out_no_folder_at_the_top() -> None:
    tops = {name for name in mapped() if "/" not in name.rstrip("/")}
    there = {f"{path.name}/" for path in ROOT.iterdir() if path.is_dir() and not path.name.startswith((".", "__"))}
    assert there - {"var/"} == {name for name in tops if name.endswith("/")}


@pytest.mark.parametrize("target", re.findall(r"\]\(([^)#]+)\)", README))
def test_every_link_leads_somewhere(target: str) -> None:
    assert (ROOT / target).exists()


def test_it_stays_short() -> None:
    assert len(README.splitlines()) < 120
