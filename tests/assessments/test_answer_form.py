"""The form of one answer, without a database: what counts, what is refused and in which words, what was touched."""

from decimal import Decimal
from typing import Any

import pytest
from django.http import QueryDict

from assessments.entries import Entry, EvidenceReference
from assessments.forms.answers import AnswerForm
from assessments.models import Answer, AnswerState
from benchmarks.models import SubElement
from benchmarks.scores import ALLOWED

UNTOUCHED = Entry()
STORED = Entry(state=AnswerState.SCORED, score=Decimal("3.4"), rationale="Seen on the floor")


def answer(entry: Entry = UNTOUCHED, version: int = 0) -> Answer:
    return Answer(sub_element=SubElement(code="capa", name="CAPA"), version=version, **entry.columns)


def sent(stored: Answer, /, **typed: str | list[str] | None) -> QueryDict:
    """What a browser sends of a page made from this answer after these fields were changed; None: does not arrive."""
    page = AnswerForm(answer=stored)
    fields: dict[str, Any] = {name: page[name].value() or "" for name in page.fields if name not in ("keep", "against")}
    fields |= {"version": str(page.seen)} | {name.replace("__", "-"): value for name, value in typed.items()}
    data = QueryDict(mutable=True)
    for name, value in fields.items():
        if value is not None and not (name == "choice" and value == ""):
            data.setlist(f"capa-{name}", value if isinstance(value, list) else [value])
    return data


def filled(stored: Answer | None = None, /, **typed: str | list[str] | None) -> AnswerForm:
    stored = stored or answer()
    return AnswerForm(sent(stored, **typed), answer=stored)


def refusal(form: AnswerForm, field: str) -> str:
    assert list(form.errors) == [field], form.errors
    assert form.entry is None
    return str(form.errors[field][0])


class TestWhatCounts:
    @pytest.mark.parametrize("level", ["1", "2", "3", "4", "5"])
    def test_a_level_is_its_whole_score(self, level: str) -> None:
        assert filled(choice=level).errors == {}
        entry = filled(choice=level)
        assert entry.is_valid()
        assert entry.entry == Entry(state=AnswerState.SCORED, score=Decimal(level))

    @pytest.mark.parametrize("choice", ["between", ""])
    @pytest.mark.parametrize("exact", ["1.0", "2.7", "2,7", "3", "5.0"])
    def test_a_typed_score_counts_with_between_or_with_nothing_chosen(self, choice: str, exact: str) -> None:
        form = filled(choice=choice, exact=exact)
        assert form.is_valid()
        assert form.entry == Entry(state=AnswerState.SCORED, score=Decimal(exact.replace(",", ".")))

    def test_the_same_score_typed_beside_its_level_is_no_contradiction(self) -> None:
        form = filled(choice="4", exact="4.0")
        assert form.is_valid()
        assert form.entry == Entry(state=AnswerState.SCORED, score=Decimal(4))

    def test_a_stored_score_left_in_its_field_gives_way_to_a_level(self) -> None:
        form = filled(answer(STORED, version=2), choice="4")
        assert form.data["capa-exact"] == "3.4"
        assert form.is_valid()
        assert form.entry is not None
        assert form.entry.score == Decimal(4)

    def test_do_not_know_yet(self) -> None:
        form = filled(choice="unknown")
        assert form.is_valid()
        assert form.entry == Entry(state=AnswerState.UNKNOWN)

    def test_not_applicable_with_its_reason(self) -> None:
        form = filled(choice="not_applicable", reason="No packaging here")
        assert form.is_valid()
        assert form.entry == Entry(state=AnswerState.NOT_APPLICABLE, reason="No packaging here")

    def test_a_reason_is_kept_beside_any_other_choice(self) -> None:
        form = filled(choice="2", reason="No packaging here")
        assert form.is_valid()
        assert form.entry == Entry(state=AnswerState.SCORED, score=Decimal(2), reason="No packaging here")

    def test_words_alone_leave_it_not_answered(self) -> None:
        form = filled(rationale="To be asked")
        assert form.is_valid()
        assert form.entry == Entry(rationale="To be asked")

    def test_evidence_is_read_in_order_without_its_empty_rows(self) -> None:
        form = filled(
            evidence__0__title="B", evidence__0__location="QA-1", evidence__1__title=" \u200b", evidence__2__title="A"
        )
        assert form.is_valid()
        assert form.entry == Entry(evidence=(EvidenceReference("B", "QA-1"), EvidenceReference("A", "")))

    @pytest.mark.parametrize(
        "text",
        ["<2 %", "=see SOP 12", "{{ x }} {% y %}", "\n\nthird line", " both ends ", "😀 \u200fשלום", "a\tb", "﹤＝"],
    )
    def test_any_sound_text_is_kept_as_typed(self, text: str) -> None:
        form = filled(choice="2", rationale=text, reason=text)
        assert form.is_valid()
        assert form.entry is not None
        assert (form.entry.rationale, form.entry.reason) == (text, text)

    def test_line_ends_of_browsers_are_one_character(self) -> None:
        form = filled(rationale="a\r\nb\rc\nd")
        assert form.is_valid()
        assert form.entry == Entry(rationale="a\nb\nc\nd")


class TestWhatIsRefused:
    @pytest.mark.parametrize(
        "typed",
        ["0", "5.1", "3.14", "NaN", "1e3", "３", "3,55", "3,5,", " 3.5", "+3", "-3", "5.5", "0.9", "03", "x" * 100_000],
    )
    def test_a_score_that_is_none(self, typed: str) -> None:
        assert refusal(filled(choice="between", exact=typed), "exact") == ALLOWED
        assert refusal(filled(exact=typed), "exact") == ALLOWED

    def test_between_without_a_score(self) -> None:
        assert refusal(filled(choice="between"), "exact") == ALLOWED

    def test_another_score_typed_beside_a_level(self) -> None:
        assert refusal(filled(choice="4", exact="3.5"), "exact") == (
            "You chose level 4 and typed 3.5. To store 3.5, choose “Between two levels”; otherwise empty this field."
        )

    @pytest.mark.parametrize(("choice", "named"), [("4", "level 4"), ("unknown", "Don’t know yet")])
    def test_no_score_typed_beside_another_choice(self, choice: str, named: str) -> None:
        said = refusal(filled(choice=choice, exact="3.14"), "exact")
        assert said == f"{ALLOWED} Or empty this field: you chose {named}."

    def test_a_score_typed_beside_do_not_know_yet(self) -> None:
        assert "You chose Don’t know yet and typed 3.0." in refusal(filled(choice="unknown", exact="3.0"), "exact")

    @pytest.mark.parametrize("reason", ["", "  ", "\r\n", "\u200b", "\u2060\u202e\u00a0"])
    def test_not_applicable_without_a_reason(self, reason: str) -> None:
        assert refusal(filled(choice="not_applicable", reason=reason), "reason").startswith("Say why")

    @pytest.mark.parametrize("choice", ["0", "6", "3.0", "scored", "unanswered", "BETWEEN", "\x00"])
    def test_a_choice_that_is_not_offered(self, choice: str) -> None:
        assert refusal(filled(choice=choice), "choice") == "Choose one of the answers offered here."

    def test_no_choice_where_there_was_one(self) -> None:
        stored = answer(Entry(state=AnswerState.UNKNOWN), version=1)
        assert refusal(filled(stored, choice=None), "choice") == "Your choice did not arrive. Choose again."

    @pytest.mark.parametrize(("field", "most"), [("rationale", 10_000), ("reason", 2_000), ("evidence__0__title", 500)])
    def test_too_long_by_one_character(self, field: str, most: int) -> None:
        assert filled(**{field: "é" * most}).is_valid()
        said = refusal(filled(**{field: "é" * (most + 1)}), field.replace("__", "-"))
        assert said == f"At most {most:,} characters fit; there are {most + 1:,}."

    def test_a_line_end_counts_as_one_character(self) -> None:
        assert filled(rationale="\r\n" * 10_000).is_valid()

    @pytest.mark.parametrize("broken", ["a\x00", "a\x07", "a\x9f", "a\ud800", "a\x7f", "a\ufffd"])
    @pytest.mark.parametrize("field", ["rationale", "reason", "exact", "evidence-0-title", "evidence-1-location"])
    def test_control_characters_and_broken_unicode(self, field: str, broken: str) -> None:
        said = refusal(filled(**{field: broken, "evidence-1-title": "B"}), field)
        assert said.startswith("Character 2 ")

    def test_a_place_without_a_title(self) -> None:
        assert refusal(filled(evidence__1__location="QA-1"), "evidence-1-title") == "Give the document a title."

    def test_a_title_that_nobody_can_see(self) -> None:
        form = filled(evidence__0__title="\u200b\u202e", evidence__0__location="QA-1")
        assert refusal(form, "evidence-0-title") == "Give the document a title."

    def test_title_and_place_too_long_together(self) -> None:
        assert filled(evidence__0__title="a" * 200, evidence__0__location="b" * 300).is_valid()
        form = filled(evidence__0__title="a" * 200, evidence__0__location="b" * 301)
        assert refusal(form, "evidence-0-location") == (
            "Title and place together: at most 500 characters fit; there are 501."
        )

    def test_a_reference_on_two_lines(self) -> None:
        assert refusal(filled(evidence__0__title="a\r\nb"), "evidence-0-title") == "Write this on one line."

    def test_more_references_than_fit(self) -> None:
        rows = {f"evidence-{row}-{part}": "x" for row in range(31) for part in ("title", "location")}
        assert refusal(filled(**rows), "evidence-30-title") == "At most 30 references fit."

    @pytest.mark.parametrize("field", ["exact", "reason", "rationale", "evidence-1-title", "evidence-2-location"])
    def test_a_field_that_does_not_arrive(self, field: str) -> None:
        assert "did not arrive" in refusal(filled(**{field: None}), field)

    @pytest.mark.parametrize("field", ["choice", "exact", "reason", "rationale", "evidence-1-title"])
    def test_a_field_that_arrives_twice(self, field: str) -> None:
        assert "arrived twice" in refusal(filled(**{field: ["2", "2"]}), field)

    @pytest.mark.parametrize(
        "version",
        [None, "", "0", "-1", "x", "0-", f"00-{'0' * 16}", f"０-{'0' * 16}", f"9999999999-{'0' * 16}", f"7-{'0' * 16}"],
    )
    def test_a_version_that_no_page_had(self, version: str | None) -> None:
        form = filled(answer(STORED, version=6), version=version)
        assert "arrived damaged" in refusal(form, "version")
        assert str(form.seen) == f"0-{'0' * 16}"  # so that what is stored gets compared
        assert form.is_overtaken


class TestWhatIsShown:
    @pytest.mark.parametrize(
        ("entry", "choice", "exact", "reached"),
        [
            (Entry(), "", "", None),
            (Entry(state=AnswerState.SCORED, score=Decimal("3.00")), "3", "", 3),
            (Entry(state=AnswerState.SCORED, score=Decimal("3.40")), "between", "3.4", 3),
            (Entry(state=AnswerState.SCORED, score=Decimal("4.9")), "between", "4.9", 4),
            (Entry(state=AnswerState.SCORED, score=Decimal("5.0")), "5", "", 5),
            (Entry(state=AnswerState.UNKNOWN), "unknown", "", None),
            (Entry(state=AnswerState.NOT_APPLICABLE, reason="x"), "not_applicable", "", None),
        ],
    )
    def test_a_stored_answer(self, entry: Entry, choice: str, exact: str, reached: int | None) -> None:
        form = AnswerForm(answer=answer(entry, version=1))
        assert (form["choice"].value(), form["exact"].value(), form.reached) == (choice, exact, reached)

    @pytest.mark.parametrize(("stored", "rows"), [(0, 3), (1, 3), (2, 3), (3, 4), (7, 8)])
    def test_there_is_always_an_empty_row_for_evidence(self, stored: int, rows: int) -> None:
        references = tuple(EvidenceReference(f"Document {n}", "") for n in range(stored))
        assert len(list(AnswerForm(answer=answer(Entry(evidence=references))).evidence_rows)) == rows

    @pytest.mark.parametrize(("exact", "reached"), [("2.7", 2), ("9", None), ("x", None)])
    def test_the_level_reached_by_what_was_typed(self, exact: str, reached: int | None) -> None:
        assert filled(choice="between", exact=exact).reached == reached


class TestWhatWasTouched:
    @pytest.mark.parametrize("entry", [UNTOUCHED, STORED, Entry(evidence=(EvidenceReference("a", "b"),))])
    def test_a_page_sent_back_as_it_came_changes_nothing(self, entry: Entry) -> None:
        form = filled(answer(entry, version=3))
        assert form.is_valid()
        assert form.change is None

    def test_a_change_carries_the_version_that_was_seen(self) -> None:
        form = filled(answer(STORED, version=3), rationale="New")
        assert form.is_valid()
        assert form.change is not None
        assert (form.change.seen_version, form.change.entry.rationale) == (3, "New")

    def test_untouched_it_is_not_overtaken_by_another_answer(self) -> None:
        form = AnswerForm(sent(answer()), answer=answer(STORED, version=1))
        assert form.is_valid()
        assert (form.is_overtaken, form.change) == (False, None)

    def test_touched_it_is(self) -> None:
        form = AnswerForm(sent(answer(), choice="2"), answer=answer(STORED, version=1))
        assert form.is_valid()
        assert form.is_overtaken
        assert form.change is not None
        assert form.change.seen_version == 0

    def test_the_same_answer_as_the_other_one_is_no_conflict(self) -> None:
        typed = {"choice": "between", "exact": "3.4", "rationale": STORED.rationale}
        form = AnswerForm(sent(answer(), **typed), answer=answer(STORED, version=1))
        assert form.is_valid()
        assert not form.is_overtaken


class TestTheDecision:
    """Another answer was saved in between; the page asked which shall stand."""

    def decided(self, keep: str, against: Answer, stored: Answer, **typed: str) -> AnswerForm:
        mark = AnswerForm(answer=against).stored_mark
        return AnswerForm(sent(answer(), **{"choice": "2", **typed}, keep=keep, against=str(mark)), answer=stored)

    def test_mine_is_saved_on_the_version_that_stood_in_the_way(self) -> None:
        form = self.decided("mine", answer(STORED, version=4), answer(STORED, version=4))
        assert form.is_valid()
        assert form.change is not None
        assert (form.change.seen_version, form.change.entry.score) == (4, Decimal(2))

    def test_theirs_leaves_it_as_it_is_whatever_else_was_typed(self) -> None:
        form = self.decided("theirs", answer(STORED, version=4), answer(STORED, version=4), exact="nonsense")
        assert form.is_valid()
        assert form.change is None

    @pytest.mark.parametrize("keep", ["mine", "theirs"])
    def test_it_does_not_count_for_an_answer_that_came_later_still(self, keep: str) -> None:
        form = self.decided(keep, answer(STORED, version=4), answer(Entry(rationale="later"), version=5))
        assert form.is_valid()
        assert form.is_overtaken
        assert form.keep_decided == ""
        assert form.change is not None
        assert form.change.seen_version == 0

    def test_a_decision_that_is_not_offered(self) -> None:
        assert "keep" in self.decided("neither", answer(STORED, version=4), answer(STORED, version=4)).errors

    def test_a_damaged_mark_of_what_it_is_about(self) -> None:
        form = AnswerForm(sent(answer(), choice="2", keep="mine", against="x"), answer=answer(STORED, version=4))
        assert "against" in form.errors
