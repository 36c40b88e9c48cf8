"""Why a file is not taken as a workbook, in words for the person who sent it."""

from assessments.workbook.limits import (
    LONGEST_FORMULA,
    LONGEST_NUMBER_FORMAT,
    LONGEST_TEXT,
    MOST_COLUMNS,
    MOST_ROWS,
    MOST_SHEETS,
)

SAVE_AS = "Open it in Excel or LibreOffice and save it as “Excel workbook (.xlsx)”."
COPY = "Copy your answers into a freshly downloaded workbook."
NOT_A_WORKBOOK = f"This file is not an Excel workbook. {SAVE_AS}"
DAMAGED = "This workbook is damaged or only half of it arrived. Open it, save it again and upload the new file."
TOO_LARGE = "The file is larger than 5 MB. A filled-in workbook is much smaller: upload the one downloaded here."
TOO_MUCH = f"This workbook unpacks to far more than a questionnaire holds, so it was not read. {COPY}"
MANY_SHEETS = f"This workbook has more than {MOST_SHEETS} sheets, so it was not read. {COPY}"
SAME_SHEET = f"This workbook lists the same sheet more than once, so it was not read. {COPY}"
FAR_AWAY = (
    f"A sheet is read as far as row {MOST_ROWS} and column {MOST_COLUMNS}, and in this workbook something stands "
    "in {}. Empty the cells beyond and save it again."
)
LONG_FORMULA = (
    f"A formula or a defined name in this workbook is longer than the {LONGEST_FORMULA:,} characters "
    f"that Excel allows, so the workbook was not read. {COPY}"
)
LONG_NUMBER_FORMAT = (
    f"A number format in this workbook is longer than the {LONGEST_NUMBER_FORMAT} characters that Excel allows, "
    f"so the workbook was not read. {COPY}"
)
LONG_TEXT = (
    f"A text in this workbook is longer than {LONGEST_TEXT:,} characters, which is more than a cell can hold, "
    f"so the workbook was not read. {COPY}"
)
LOCKED = "This workbook is protected by a password and cannot be read. Save it without the password."
OLD_FORMAT = f"This is a workbook in the old .xls format. {SAVE_AS}"
OPEN_DOCUMENT = f"This is an OpenDocument file. {SAVE_AS}"
MACROS = "This workbook holds macros. Save it as “Excel workbook (.xlsx)”, which leaves them out."
BINARY = f"This is a workbook in the binary .xlsb format. {SAVE_AS}"
LINKS = (
    "This workbook takes something from another file or program ({}). "
    "Break these links (in Excel: Data, Edit Links) and save it again."
)
ENTITIES = "This workbook holds definitions (a DOCTYPE) that no spreadsheet program writes, so it was not read."


class Refused(Exception):
    """The file is not taken; the message says why and what to do."""
