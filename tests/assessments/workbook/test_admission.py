"""What is refused before a cell is read, and that what a person may rightly send is not."""

import pytest

from assessments.entries import Entry
from assessments.workbook.admission import admit
from assessments.workbook.limits import MOST_ELEMENTS
from assessments.workbook.reading import read_workbook
from assessments.workbook.refusals import Refused
from tests.assessments.workbook.hostile import FILES, SHEET, SOUND, formula, part, replaced
from tests.assessments.workbook.made_up import AREAS, written


@pytest.mark.asvs("5.2.2", "1.5.1")
@pytest.mark.parametrize("name", FILES)
def test_it_is_refused_with_its_reason(name: str) -> None:
    content, message = FILES[name]
    with pytest.raises(Refused) as refused:
        read_workbook(content, ["part-0", "part-1"], AREAS)
    assert str(refused.value).startswith(message)


def test_there_are_many_of_them() -> None:
    assert len(FILES) >= 60


def test_a_sound_workbook_is_let_in() -> None:
    filled = read_workbook(SOUND, ["part-0", "part-1"], AREAS)
    assert ([row.code for row in filled.rows], filled.bad, filled.notices) == (["part-0", "part-1"], (), ())


def test_a_link_on_a_cell_is_no_external_link() -> None:
    """Spreadsheet programs make one of every address that is typed."""
    kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/hyperlink"
    link = f'<Relationship Id="rId1" Type="{kind}" Target="https://intranet.example/QA-7" TargetMode="External"/>'
    names = "http://schemas.openxmlformats.org/package/2006/relationships"
    admit(
        part(
            f"{SHEET.replace('sheet2', '_rels/sheet2')}.rels", f'<Relationships xmlns="{names}">{link}</Relationships>'
        )
    )


@pytest.mark.parametrize("text", ["SUM(MCQ!E5:E8)", "Table1[score]+BC!E5", "A1&amp;&quot;|&quot;"])
def test_a_formula_of_this_workbook_is_no_external_link(text: str) -> None:
    admit(formula(text))


@pytest.mark.asvs("5.2.3")
def test_what_comes_out_is_counted_over_all_parts() -> None:
    elements = replaced(SHEET, "</sheetData>", "<row/>" * (MOST_ELEMENTS - 1000) + "</sheetData>")
    admit(part("xl/x.xml", "<x/>"))
    with pytest.raises(Refused, match="far more than a questionnaire holds"):
        admit(elements)


def test_the_fullest_workbook_stays_far_below_the_limits() -> None:
    wide = "".join(chr(0x4E00 + number % 20_000) for number in range(10_000))
    full = Entry(rationale=wide, reason=wide[:2000])
    admit(written(*[full] * 20))
