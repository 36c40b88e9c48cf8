"""No file keeps the server busy: what would is refused by name before it is read."""

import pytest

from assessments.workbook.admission import admit
from assessments.workbook.cells import Cell, Kind, read_sheets
from assessments.workbook.inspection import is_from_elsewhere
from assessments.workbook.refusals import DAMAGED, Refused
from tests.assessments.workbook.exhausting import BOOKS, FILES, HARMLESS, SHEETS, TEXTS
from tests.assessments.workbook.hostile import SHEET, SOUND, in_sheet
from tests.assessments.workbook.made_up import with_parts


@pytest.mark.asvs("5.2.1", "15.2.2", "5.2.3")
@pytest.mark.parametrize("name", FILES)
def test_it_is_not_let_in(name: str) -> None:
    content, message = FILES[name]
    with pytest.raises(Refused) as refused:
        admit(content)
    assert str(refused.value).startswith(message)


@pytest.mark.parametrize("name", BOOKS)
def test_no_sheet_of_it_is_read(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    content, message = BOOKS[name]
    monkeypatch.delattr("assessments.workbook.cells._Sheet")
    admit(content)
    with pytest.raises(Refused) as refused:
        read_sheets(content)
    assert str(refused.value).startswith(message)


@pytest.mark.parametrize("name", SHEETS)
def test_what_cannot_be_told_is_damaged(name: str) -> None:
    with pytest.raises(Refused) as refused:
        read_sheets(SHEETS[name])
    assert str(refused.value) == DAMAGED


@pytest.mark.parametrize("name", HARMLESS)
def test_what_a_spreadsheet_writes_is_read(name: str) -> None:
    before = read_sheets(SOUND)
    after = read_sheets(HARMLESS[name])
    assert [sheet.title for sheet in after] == [sheet.title for sheet in before]
    for sheet, known in zip(after, before, strict=True):
        assert sheet.rows.items() >= known.rows.items()


@pytest.mark.parametrize(
    ("formula", "elsewhere"),
    [
        ("[1]Sheet1!A1", True),
        ("SUM('C:\\[a b.xlsx]S 1'!A1)", True),
        ("cmd|'/c calc'!A0", True),
        ("a|b|c!d", True),
        ("a|a|a|a", False),
        ("S!A1&a|b", False),
        ("[[[[[[", False),
        ("Table1[score]+BC!E5", False),
        ('A1&"|"&S!A1', False),
    ],
)
def test_what_a_formula_takes_from_elsewhere(formula: str, elsewhere: bool) -> None:
    assert is_from_elsewhere(formula) is elsewhere


def test_a_text_that_many_cells_share_is_made_readable_once() -> None:
    def change(parts: dict[str, bytes]) -> None:
        count = parts[TEXTS].count(b"<si>") + parts[TEXTS].count(b"<si ")
        cells = "".join(f'<c r="{letter}9" t="s"><v>{count}</v></c>' for letter in "ABC")
        parts[TEXTS] = parts[TEXTS].replace(b"</sst>", b"<si><t>_x0041_ and more</t></si></sst>")
        parts[SHEET] = parts[SHEET].replace(b"</sheetData>", f'<row r="9">{cells}</row></sheetData>'.encode())

    texts = [cell.text for cell in read_sheets(with_parts(SOUND, change))[1].rows[9].values()]
    assert texts[0] == "A and more"
    assert all(text is texts[0] for text in texts)


@pytest.mark.parametrize(
    ("cell", "kind", "text"),
    [
        ('<c r="A9"><v>3.50</v></c>', Kind.NUMBER, "3.5"),
        ('<c r="A9" t="b"><v>0</v></c>', Kind.BOOLEAN, "FALSE"),
        ('<c r="A9" t="e"><v>#DIV/0!</v></c>', Kind.ERROR, "#DIV/0!"),
        ('<c r="A9" t="d"><v>2026-05-03</v></c>', Kind.DATE, "2026-05-03"),
        ('<c r="A9" t="str"><v>_x0041_b</v></c>', Kind.TEXT, "Ab"),
        ('<c r="A9" t="str"><f>A1&amp;B1</f><v>ab</v></c>', Kind.FORMULA, "=A1&B1"),
        ('<c r="A9"><f t="shared" si="0"/><v>1</v></c>', Kind.FORMULA, "="),
        ('<c r="A9" t="inlineStr"><is><t>a</t></is></c>', Kind.TEXT, "a"),
        (
            '<c r="A9" t="inlineStr"><is><r><rPr/><t>a</t></r><r><t>b</t></r><rPh><t>no</t></rPh></is></c>',
            Kind.TEXT,
            "ab",
        ),
    ],
)
def test_each_kind_of_cell_is_read(cell: str, kind: Kind, text: str) -> None:
    sheet = read_sheets(in_sheet(f'<row r="9">{cell}</row>'))[1]
    assert sheet.rows[9][1] == Cell(9, 1, kind, text)
