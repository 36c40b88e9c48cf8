"""A workbook with more faults than anyone reads: the page names the first and counts the rest."""

import re

import pytest

from tests.assessments.workbook.made_up import address
from tests.assessments.workbook.steps import Upload, Workbook, filled_in

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(("faults", "listed"), [(200, 200), (201, 200)])
def test_of_many_bad_cells_the_first_are_listed(workbook: Workbook, upload: Upload, faults: int, listed: int) -> None:
    rows = {f"MCQ!{address('score', row)}": "x" for row in range(100, 100 + faults)}
    page = upload(filled_in(workbook(), rows)).content.decode()
    assert f"Not imported: {faults} cells cannot be used" in page
    assert page.count('<th scope="row">') == listed
    assert ("The first 200 of 201 are listed." in page) is (faults > listed)


@pytest.mark.parametrize(("columns", "listed"), [(50, 50), (51, 50)])
def test_of_many_notices_the_first_are_listed(workbook: Workbook, upload: Upload, columns: int, listed: int) -> None:
    letters = [f"{first}{second}" for first in "DEF" for second in "ABCDEFGHIJKLMNOPQRSTUVWXYZ"][:columns]
    page = upload(filled_in(workbook(), {f"MCQ!{each}5": "mine" for each in letters})).content.decode()
    assert len(re.findall(r"<p>Column \w+ of the sheet", page)) == listed
    assert ("The first 50 of 51 notes are listed." in page) is (columns > listed)
