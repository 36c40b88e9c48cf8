"""What is written into a workbook is read back as the same answers, whatever a person may have typed."""

import shutil
import subprocess
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from assessments.entries import Entry, EvidenceReference
from assessments.models import AnswerState, Confidence, EvidenceStrength
from assessments.texts import is_blank
from assessments.workbook.escapes import escaped, unescaped
from tests.assessments.workbook.made_up import edited, read, written

NASTY = (
    "=see SOP 12",
    "'quoted",
    " \t leads and trails \n",
    "_x0041_",
    "_x005F_x0041_",
    "_x005f__x005F_x000D_",
    "x005F_",
    "<r>bold</r>",
    "<r>&</r>",
    "]]>&amp;<!-- {{ x }} {% now %}",
    "\n\nline\n",
    "👩‍🔬 🧪 é ｅ \u202eright to left\u202c שלום",
    "\ufffe\uffff",
    "3,5",
    "TRUE",
    "1E5",
    "#N/A",
    "http://intranet.example/doc?id=1&x=2",
    "-1+1",
    "@SUM(A1)",
    "0012",
    "2026-10-05",
)


def typed(at_most: int, without: str = "") -> st.SearchStrategy[str]:
    letters = st.characters(exclude_categories=["Cs", "Cc"], exclude_characters="\ufffd" + without)
    free = st.text(letters | st.sampled_from([each for each in "\n\t_x0041<>&='" if each not in without]), max_size=80)
    nasty = st.sampled_from([each for each in NASTY if not set(without) & set(each)])
    return (free | nasty).filter(lambda text: len(text) <= at_most)


@st.composite
def entries(draw: st.DrawFn) -> Entry:
    state = draw(st.sampled_from(AnswerState))
    reason = typed(2000)
    line = typed(120, without="\n")
    reference = st.builds(EvidenceReference, line.filter(lambda text: not is_blank(text)), line)
    return Entry(
        state=state,
        score=Decimal(draw(st.integers(10, 50))) / 10 if state is AnswerState.SCORED else None,
        reason=draw(reason.filter(lambda text: not is_blank(text)) if state is AnswerState.NOT_APPLICABLE else reason),
        rationale=draw(typed(10_000)),
        evidence=tuple(draw(st.lists(reference, max_size=4))),
        confidence=draw(st.sampled_from(Confidence)),
        evidence_strength=draw(st.sampled_from(EvidenceStrength)),
    )


def test_every_kind_of_text_survives() -> None:
    answers = [Entry(rationale=text, reason=text) for text in NASTY]
    back = {row.code: row.entry for row in read(written(*answers), answers).rows}
    assert back == {f"part-{number}": entry for number, entry in enumerate(answers)}


@settings(max_examples=40)
@given(st.lists(entries(), min_size=1, max_size=4))
def test_any_answers_survive(answers: list[Entry]) -> None:
    filled = read(written(*answers), answers)
    assert filled.bad == ()
    assert {row.code: row.entry for row in filled.rows} == {f"part-{n}": each for n, each in enumerate(answers)}
    assert all(row.seen is not None and row.seen.version == 3 for row in filled.rows)


@given(st.text(st.sampled_from("_x05Ffa41\r\n<A")) | st.text())
@example("_x005F_x005F_x0041_")
def test_the_escapes_undo_each_other(text: str) -> None:
    assert unescaped(escaped(text)) == text


@pytest.mark.parametrize("text", ["a", "🧪", "你", "_x0041_", "\n"])
def test_the_longest_texts_survive(text: str) -> None:
    count = 10_000 // len(text)
    full = Entry(
        state=AnswerState.NOT_APPLICABLE,
        reason="r" * 2000,
        rationale=text * count,
        evidence=tuple(EvidenceReference("t" * 300, "l" * 200) for _ in range(30)),
    )
    (row,) = read(written(full), [full]).rows
    assert row.entry == full


def test_every_score_survives() -> None:
    answers = [Entry(state=AnswerState.SCORED, score=Decimal(tenths) / 10) for tenths in range(10, 51)]
    back = {row.code: row.entry.score for row in read(written(*answers), answers).rows}
    assert back == {f"part-{number}": entry.score for number, entry in enumerate(answers)}
    assert all(str(score) == f"{score:.1f}" for score in back.values())


def test_another_program_may_save_it_in_between() -> None:
    plain = [text for text in NASTY if "x005F" not in text and "x0041" not in text and "\ufffe" not in text]
    answers = [Entry(rationale=text, evidence=(EvidenceReference("Minutes", "QA-7"),)) for text in plain]
    saved = edited(written(*answers), lambda _: None)
    assert {row.code: row.entry for row in read(saved, answers).rows} == {
        f"part-{number}": entry for number, entry in enumerate(answers)
    }


@pytest.mark.skipif(not shutil.which("soffice"), reason="LibreOffice is not installed")
def test_libreoffice_may_save_it_in_between(tmp_path: Path) -> None:
    lost = ("_x005F_x0041_", "_x005f__x005F_x000D_")  # its own loss; docs/workbook.md names it
    answers = [Entry(rationale=text, confidence=Confidence.LOW) for text in NASTY if text not in lost]
    answers += [Entry(state=AnswerState.SCORED, score=Decimal("3.1"), evidence=(EvidenceReference("=A1", "'QA"),))]
    (tmp_path / "book.xlsx").write_bytes(written(*answers))
    profile = f"-env:UserInstallation=file://{tmp_path}/profile"
    command = ["soffice", "--headless", profile, "--convert-to", "xlsx:Calc MS Excel 2007 XML"]
    subprocess.run([*command, "--outdir", tmp_path / "out", tmp_path / "book.xlsx"], check=True, capture_output=True)
    filled = read((tmp_path / "out" / "book.xlsx").read_bytes(), answers)
    assert filled.bad == ()
    assert {row.code: row.entry for row in filled.rows} == {f"part-{n}": each for n, each in enumerate(answers)}


def test_leaving_a_gap_between_references_is_fine() -> None:
    def change(book: Any) -> None:
        book["MCQ"]["U5"], book["MCQ"]["V5"] = "Later", "QA-9"

    first = Entry(evidence=(EvidenceReference("Minutes", "QA-7"),))
    (row,) = read(edited(written(first), change), [first]).rows
    assert row.entry.evidence == (EvidenceReference("Minutes", "QA-7"), EvidenceReference("Later", "QA-9"))
    assert row.pairs == (1, 3)
