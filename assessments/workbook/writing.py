"""The workbook to fill in away from the product: a first sheet that says how, then one sheet per practice area."""

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

from xlsxwriter.worksheet import Worksheet

from assessments.texts import RATIONALE_LENGTH, REASON_LENGTH
from assessments.workbook import layout
from assessments.workbook.content import Content, ContentRow
from assessments.workbook.file_parts import PlainWorkbook, write_text
from assessments.workbook.start_sheet import write_start
from assessments.workbook.styles import A4, Styles, height_for
from benchmarks.scores import ALLOWED, HIGHEST, LOWEST

KEY_ROW, TITLE_ROW, HINT_ROW, HEADING_ROW, FIRST_ROW = range(5)
FEWEST_PAIRS_SHOWN = 3
HINT = "The cells with a frame are yours. How to fill them in stands on the first sheet."
WIDTHS = {
    "name": 18,
    layout.STATE: 15,
    layout.SCORE: 7,
    "definition": 26,
    "prompt": 26,
    layout.REASON: 22,
    layout.RATIONALE: 44,
    layout.CONFIDENCE: 11,
    layout.STRENGTH: 12,
} | dict.fromkeys(layout.LEVELS, 30)
TITLE_WIDTH, LOCATION_WIDTH = 21, 15
HIDDEN = (layout.CODE, layout.SEEN)
UNLOCKED_TOO = {"format_columns": True, "format_rows": True}  # width, height, and to show what is hidden


def write_workbook(content: Content, now: datetime) -> bytes:
    """The same bytes for the same content at the same time."""
    title = f"{content.title}, {content.site}"
    workbook = PlainWorkbook(title=title, written_at=now)
    styles = Styles.of(workbook)
    write_start(workbook.add_worksheet(layout.START), content, styles, f"{now.astimezone(UTC):%-d %B %Y, %H:%M} UTC")
    for code, rows in content.by_area.items():
        _write_area(workbook.add_worksheet(code), content, rows, styles)
    return workbook.to_bytes()


def _write_area(sheet: Worksheet, content: Content, rows: Sequence[ContentRow], styles: Styles) -> None:
    shown = min(layout.EVIDENCE_PAIRS, max(FEWEST_PAIRS_SHOWN, *(len(row.entry.evidence) + 1 for row in rows)))
    headings = _headings(content.level_names)
    sheet.set_row(KEY_ROW, None, None, {"hidden": True})
    sheet.set_row(TITLE_ROW, 30)
    sheet.set_row(HEADING_ROW, 28)
    sheet.write_string(TITLE_ROW, layout.COLUMNS.index("name"), rows[0].area_name, styles.title)
    sheet.write_string(HINT_ROW, layout.COLUMNS.index("name"), HINT, styles.soft)
    for place, key in enumerate(layout.COLUMNS):
        sheet.write_string(KEY_ROW, place, key, styles.machine)
        style = styles.your_heading if key in layout.FILLED_IN else styles.heading
        sheet.write_string(HEADING_ROW, place, headings[key], style)
        is_hidden = key in HIDDEN or key in layout.EVIDENCE[2 * shown :]
        sheet.set_column(place, place, _width(key), None, {"hidden": is_hidden})
    for number, row in enumerate(rows, start=FIRST_ROW):
        _write_row(sheet, number, row, styles)
    _offer_choices(sheet, FIRST_ROW, FIRST_ROW + len(rows) - 1)
    _set_up(sheet)


def _headings(level_names: Sequence[str]) -> dict[str, str]:
    levels = {key: f"{key[-1]} {name}" for key, name in zip(layout.LEVELS, level_names, strict=True)}
    shown_only = {
        layout.CODE: layout.NO_CODE,
        layout.SEEN: "",
        "name": "Sub-element",
        "definition": "Definition",
        "prompt": "Question",
    } | levels
    return {key: shown_only[key] if key in shown_only else layout.label_of(key) for key in layout.COLUMNS}


def _width(key: str) -> int:
    if key in layout.EVIDENCE:
        return TITLE_WIDTH if key.endswith("_title") else LOCATION_WIDTH
    return WIDTHS.get(key, 10)


def _write_row(sheet: Worksheet, number: int, row: ContentRow, styles: Styles) -> None:
    texts = _texts(row)
    sheet.set_row(number, height_for((text, _width(key)) for key, text in texts.items() if key not in HIDDEN))
    for place, key in enumerate(layout.COLUMNS):
        if key == layout.SCORE:
            if row.entry.score is None:
                sheet.write_blank(number, place, None, styles.score)
            else:
                sheet.write_number(number, place, float(row.entry.score), styles.score)
        else:
            write_text(sheet, number, place, texts.get(key, ""), _style(key, styles))


def _texts(row: ContentRow) -> dict[str, str]:
    """What stands in the columns of a row, by key, the score apart."""
    entry = row.entry
    texts = {
        layout.CODE: row.code,
        layout.SEEN: str(row.seen),
        "name": row.name,
        "definition": row.definition,
        "prompt": row.prompt,
        layout.STATE: entry.state.value if entry.state.value in layout.STATES else "",
        layout.REASON: entry.reason,
        layout.RATIONALE: entry.rationale,
        layout.CONFIDENCE: entry.confidence.value,
        layout.STRENGTH: entry.evidence_strength.value,
    }
    texts |= dict(zip(layout.LEVELS, row.anchors, strict=True))
    for pair, reference in enumerate(entry.evidence, start=1):
        texts |= dict(zip(layout.evidence_keys(pair), (reference.title, reference.location), strict=True))
    return texts


def _style(key: str, styles: Styles) -> Any:
    if key in HIDDEN:
        return styles.machine
    if key == "name":
        return styles.name
    if key in layout.SHOWN_ONLY:
        return styles.rubric
    return styles.word if key in (layout.STATE, layout.CONFIDENCE, layout.STRENGTH) else styles.text


def _offer_choices(sheet: Worksheet, first: int, last: int) -> None:
    """What each cell offers and accepts while someone fills it in; the import checks all of it again."""

    def accept(key: str, **rule: Any) -> None:
        place = layout.COLUMNS.index(key)
        sheet.data_validation(first, place, last, place, {"error_title": layout.label_of(key)[:32], **rule})

    state = "scored; unknown (don’t know yet); not_applicable (say why); empty: not answered."
    accept(layout.STATE, **_one_of(layout.STATES), input_title="State", input_message=state)
    accept(
        layout.SCORE,
        validate="decimal",
        criteria="between",
        minimum=float(LOWEST),
        maximum=float(HIGHEST),
        error_message=ALLOWED,
        input_title="Score",
        input_message="1.0 to 5.0, at most one decimal.",
    )
    accept(layout.CONFIDENCE, **_one_of(layout.CONFIDENCES))
    accept(layout.STRENGTH, **_one_of(layout.STRENGTHS))
    accept(layout.REASON, **_at_most(REASON_LENGTH))
    accept(layout.RATIONALE, **_at_most(RATIONALE_LENGTH))


def _one_of(words: Sequence[str]) -> dict[str, Any]:
    message = f"Choose from the list, or leave it empty: {', '.join(words)}."
    return {"validate": "list", "source": list(words), "error_message": message}


def _at_most(length: int) -> dict[str, Any]:
    """A warning only: a spreadsheet counts some characters twice."""
    message = f"At most {length:,} characters fit."
    return {"validate": "length", "criteria": "<=", "value": length, "error_type": "warning", "error_message": message}


def _set_up(sheet: Worksheet) -> None:
    """On the screen name, state and score stay in sight; on paper the rubric is one page, the answers the next."""
    sheet.protect("", UNLOCKED_TOO)
    sheet.hide_gridlines(2)
    sheet.freeze_panes(FIRST_ROW, layout.COLUMNS.index("definition"))
    sheet.set_landscape()
    sheet.set_paper(A4)
    sheet.set_margins(left=0.4, right=0.4, top=0.5, bottom=0.5)
    sheet.fit_to_pages(2, 0)
    sheet.repeat_rows(TITLE_ROW, HEADING_ROW)
    sheet.repeat_columns(layout.COLUMNS.index("name"), layout.COLUMNS.index(layout.SCORE))
    sheet.set_footer("&L&8&A&R&8&P / &N")
