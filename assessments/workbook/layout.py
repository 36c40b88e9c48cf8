"""Pure: how a workbook is laid out: its sheets, its columns by key, and what may stand in them; docs/workbook.md."""

FORMAT = "qmm-workbook/1"
START = "Start"  # the name of the first sheet; the others bear the code of their practice area

# Column A of the first sheet holds these keys, column C what belongs to them.
PASSPORT = ("format", "assessment", "questionnaire", "site", "title", "period")
PASSPORT_VALUE = 3  # columns and rows are counted from 1, as a spreadsheet does

CODE = "code"
NO_CODE = "#"  # stands there in the row of headings
SEEN = "seen"
STATE = "state"
SCORE = "score"
REASON = "reason"
RATIONALE = "rationale"
CONFIDENCE = "confidence"
STRENGTH = "evidence_strength"
LEVELS = tuple(f"level_{number}" for number in range(1, 6))
EVIDENCE_PAIRS = 30


def evidence_keys(pair: int) -> tuple[str, str]:
    """The two columns of one reference, counted from 1."""
    return f"evidence_{pair}_title", f"evidence_{pair}_location"


EVIDENCE = tuple(key for pair in range(1, EVIDENCE_PAIRS + 1) for key in evidence_keys(pair))
# In the order in which they are written; they are recognised by key, wherever they stand.
COLUMNS = (
    CODE,
    SEEN,
    "name",
    STATE,
    SCORE,
    "definition",
    "prompt",
    *LEVELS,
    REASON,
    RATIONALE,
    CONFIDENCE,
    STRENGTH,
    *EVIDENCE,
)
FILLED_IN = (STATE, SCORE, REASON, RATIONALE, CONFIDENCE, STRENGTH, *EVIDENCE)
READ = (CODE, SEEN, *FILLED_IN)
SHOWN_ONLY = tuple(key for key in COLUMNS if key not in READ)

LABELS = {
    CODE: "Code",
    SEEN: "Seen",
    STATE: "State",
    SCORE: "Score",
    REASON: "Why it does not apply",
    RATIONALE: "Rationale",
    CONFIDENCE: "Confidence",
    STRENGTH: "Strength of evidence",
}

# What a row may say of its state; nothing there is "not answered", or "scored" beside a score.
STATES = ("scored", "unknown", "not_applicable")
CONFIDENCES = ("low", "medium", "high")
STRENGTHS = ("none", "anecdote", "document", "record")


def label_of(key: str) -> str:
    """The name of a column for people."""
    if key not in EVIDENCE:
        return LABELS[key]
    _, pair, part = key.split("_")
    return f"Evidence {pair}, {'title' if part == 'title' else 'where kept'}"
