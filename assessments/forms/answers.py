"""The form of one answer: what was typed becomes an `Entry` or a message at the field; how it looks is elsewhere."""

import re
from collections.abc import Iterator
from decimal import Decimal
from math import ceil, floor
from typing import NamedTuple

from crispy_forms.helper import FormHelper
from django import forms
from django.http import QueryDict

from assessments.answering import Change
from assessments.entries import Entry, EvidenceReference
from assessments.forms.answer_choices import CHOICES, LEVELS, Choice, Keep, initial_of
from assessments.forms.answer_fields import DAMAGED, ScoreText, SeenField, TypedText, with_point
from assessments.forms.parts import SentForm
from assessments.models import Answer, AnswerState, Confidence, EvidenceStrength
from assessments.seen import NOTHING_SEEN, Seen
from assessments.texts import EVIDENCE_LENGTH, RATIONALE_LENGTH, REASON_LENGTH, is_blank
from benchmarks.formatting import one_decimal
from benchmarks.scores import parse_score

EVIDENCE_ROWS = 3
MOST_EVIDENCE_ROWS = 30


class EvidenceRow(NamedTuple):
    title: forms.BoundField
    location: forms.BoundField


class AnswerForm(SentForm):
    """One answer, its field names prefixed with the code of its sub-element."""

    helper: FormHelper  # given by the page that shows the form

    version = SeenField()
    choice = forms.ChoiceField(
        label="Level",
        required=False,
        choices=CHOICES,
        widget=forms.RadioSelect,
        error_messages={"invalid_choice": "Choose one of the answers offered here."},
    )
    exact = ScoreText(label="Score between two levels", lines=False)
    reason = TypedText(label="Why it does not apply", at_most=REASON_LENGTH)
    rationale = TypedText(
        label="Rationale",
        at_most=RATIONALE_LENGTH,
        help_text="Answer the question above in two or three sentences: what you see that supports this level.",
    )
    confidence = forms.ChoiceField(label="Confidence", required=False, choices=Confidence.choices)
    evidence_strength = forms.ChoiceField(
        label="Strength of evidence", required=False, choices=EvidenceStrength.choices
    )
    # Both only where another answer has been saved in between: the decision, and which version it is about.
    keep = forms.ChoiceField(label="Which answer shall stand", required=False, choices=[(each, each) for each in Keep])
    against = SeenField(required=False)

    def __init__(self, data: QueryDict | None = None, *, answer: Answer, is_insisted: bool = False) -> None:
        self.answer = answer
        self._is_insisted = is_insisted  # meant even where it says what its page said at first
        self.stored = Entry.of(answer)
        self.entry: Entry | None = None  # once it is valid
        super().__init__(
            data,
            auto_id="%s",
            prefix=answer.sub_element.code,
            initial=initial_of(self.stored),
            use_required_attribute=False,
        )
        self.rows = self._count_rows(data)
        for row in range(self.rows):
            for part, label in (("title", "Title of reference {}"), ("location", "Where reference {} is kept")):
                self.fields[f"evidence-{row}-{part}"] = TypedText(
                    label=label.format(row + 1), at_most=EVIDENCE_LENGTH, lines=False
                )

    def _count_rows(self, data: QueryDict | None) -> int:
        """As many rows as arrived; on a fresh page at least one more than are stored."""
        if data is None:
            return max(EVIDENCE_ROWS, len(self.stored.evidence) + 1)
        pattern = re.compile(rf"{re.escape(str(self.prefix))}-evidence-([0-9]{{1,2}})-(?:title|location)", re.ASCII)
        return max((int(match[1]) + 1 for match in map(pattern.fullmatch, data) if match), default=1)

    @property
    def seen(self) -> Seen:
        """What the page had; where that arrived damaged, nothing, so that what is stored gets compared."""
        if not self.is_bound:
            return self.stored_mark
        seen: Seen = self.cleaned_data.get("version", NOTHING_SEEN)
        return seen

    @property
    def _is_stale(self) -> bool:
        """Whether the page was made from an earlier version: what it held in its fields is then not known."""
        return self.seen.version != self.answer.version

    @property
    def is_overtaken(self) -> bool:
        """Whether someone has saved another answer while this one was being written."""
        if not self.is_bound or not self._is_stale:
            return False
        known = (self.seen.fingerprint, self.stored.fingerprint)
        return self.entry is None or bool(self.keep_decided) or self.entry.fingerprint not in known

    @property
    def keep_decided(self) -> str:
        """The decision about the very version that is stored now; one about an earlier version does not count."""
        against: Seen | None = self.cleaned_data.get("against")
        is_about_stored = against == self.stored_mark
        return self.cleaned_data.get("keep", "") if is_about_stored else ""

    @property
    def change(self) -> Change | None:
        """What a valid form wants stored; None where nothing was touched or the other answer shall stand."""
        if self.entry is None or self._is_untouched or self.keep_decided == Keep.THEIRS:
            return None
        version = self.answer.version if self.keep_decided else self.seen.version
        return Change(self.answer, self.entry, version)

    @property
    def _is_untouched(self) -> bool:
        """Whether it says what its page said at first, and nobody decided or insisted that this shall stand."""
        if self.entry is None or self.keep_decided:
            return False
        is_as_seen = self.entry.fingerprint == self.seen.fingerprint
        return is_as_seen and not (self._is_insisted and self.entry.fingerprint != self.stored.fingerprint)

    @property
    def stored_mark(self) -> Seen:
        return Seen(self.answer.version, self.stored.fingerprint)

    @property
    def evidence_rows(self) -> Iterator[EvidenceRow]:
        for row in range(self.rows):
            yield EvidenceRow(self[f"evidence-{row}-title"], self[f"evidence-{row}-location"])

    @property
    def is_unsupported(self) -> bool:
        """Whether what the page shows, or what is stored as far as it cannot be read, asks for evidence."""
        return (self.entry or self.stored).is_unsupported

    @property
    def shows_evidence(self) -> bool:
        """Whether something stands in the part that is folded until wanted, or is wrong there."""
        names = [name for name in self.fields if name.startswith(("evidence-", "confidence"))]
        said = any(self[name].value() or self[name].errors for name in names)
        return said or self["evidence_strength"].value() not in ("", None, EvidenceStrength.NONE)

    @property
    def how_sure(self) -> tuple[forms.BoundField, forms.BoundField]:
        """The two lists that stand on one line."""
        return self["confidence"], self["evidence_strength"]

    @property
    def reached(self) -> int | None:
        """The level that the score on the page has reached, rightly or wrongly typed; None without a score."""
        chosen = self["choice"].value()
        if chosen in LEVELS:
            return int(chosen)
        score = self._typed_score
        return None if score is None else int(score)

    @property
    def neighbours(self) -> frozenset[int]:
        """The levels on either side of a score typed between two; the one level where it falls on it."""
        score = self._typed_score
        return frozenset() if score is None else frozenset((floor(score), ceil(score)))

    @property
    def _typed_score(self) -> Decimal | None:
        if self["choice"].value() not in ("", None, Choice.BETWEEN):
            return None
        try:
            return parse_score(with_point(str(self["exact"].value())))
        except ValueError:
            return None

    def clean(self) -> None:
        if self.keep_decided == Keep.THEIRS:
            self.errors.clear()  # what was typed here is given up
            return
        self._refuse_versions_from_nowhere()
        state, score = self._decide()
        evidence = tuple(self._evidence())
        if self.errors:
            return
        entry = Entry(
            state=state,
            score=score,
            reason=self.cleaned_data["reason"],
            rationale=self.cleaned_data["rationale"],
            evidence=evidence,
            confidence=Confidence(self._chosen("confidence")),
            evidence_strength=EvidenceStrength(self._chosen("evidence_strength")),
        )
        if self._is_stale and entry.fingerprint == self.seen.fingerprint:
            self._refuse_second_score()  # the choice is that of the page, so the score beside it was typed
        if self.keep_decided == Keep.BOTH:
            entry = entry.joined_with(self.stored)
            self._refuse_too_much(entry)
        self.entry = None if self.errors else entry

    def _refuse_too_much(self, joined: Entry) -> None:
        """Two answers joined can be longer than one may be."""
        for name, limit in (("rationale", RATIONALE_LENGTH), ("reason", REASON_LENGTH)):
            length = len(getattr(joined, name))
            if length > limit:
                self.add_error(name, f"Joined, both texts have {length:,} characters; {limit:,} fit. Shorten yours.")
        if len(joined.evidence) > MOST_EVIDENCE_ROWS:
            self.add_error("evidence-0-title", f"Joined, there are more than {MOST_EVIDENCE_ROWS} references.")

    def _refuse_versions_from_nowhere(self) -> None:
        seen = self.cleaned_data.get("version")
        if seen and seen.version > self.answer.version:
            self.add_error("version", DAMAGED)

    def _decide(self) -> tuple[AnswerState, Decimal | None]:
        """What choice, exact score and reason come to together; what does not fit is an error at its field."""
        choice, exact = self.cleaned_data.get("choice"), self.cleaned_data.get("exact")
        if choice is None or exact is None:
            return AnswerState.UNANSWERED, None
        if choice == Choice.BETWEEN or (exact and not choice):
            return self._score_between(exact)
        if exact != self.initial["exact"] and not self._is_stale:
            self._refuse_second_score()
        if choice in LEVELS:
            return AnswerState.SCORED, parse_score(choice)
        if choice == Choice.NOT_APPLICABLE and is_blank(self.cleaned_data.get("reason", "?")):
            self.add_error("reason", "Say why it does not apply to this site.")
        if not choice and self.initial["choice"] and not self._is_stale:
            self.add_error("choice", "Your choice did not arrive. Choose again.")
        return AnswerState(choice or AnswerState.UNANSWERED), None

    def _score_between(self, exact: str) -> tuple[AnswerState, Decimal | None]:
        try:
            return AnswerState.SCORED, parse_score(exact)
        except ValueError as problem:
            self.add_error("exact", str(problem))
            return AnswerState.UNANSWERED, None

    def _refuse_second_score(self) -> None:
        """A score typed beside another choice: one of the two was meant."""
        choice, exact = self.cleaned_data["choice"], self.cleaned_data["exact"]
        if not exact or choice in ("", Choice.BETWEEN):
            return
        try:
            typed = parse_score(exact)
        except ValueError as problem:
            self.add_error("exact", f"{problem} Or empty this field: you chose {dict(CHOICES)[choice]}.")
            return
        if choice not in LEVELS or typed != parse_score(choice):
            self.add_error(
                "exact",
                f"You chose {dict(CHOICES)[choice]} and typed {exact}. To store {one_decimal(typed)}, choose "
                "“Between two levels”; otherwise empty this field.",
            )

    def _chosen(self, name: str) -> str:
        """What a list says; a page without the list leaves what is stored."""
        is_there = self.add_prefix(name) in self.data
        return self.cleaned_data[name] if is_there else str(getattr(self.stored, name))

    def _evidence(self) -> Iterator[EvidenceReference]:
        """The rows that say something; a row in which nobody sees anything says nothing."""
        for row in range(self.rows):
            title = self.cleaned_data.get(f"evidence-{row}-title")
            location = self.cleaned_data.get(f"evidence-{row}-location")
            if title is None or location is None or is_blank(title + location):
                continue
            if row >= MOST_EVIDENCE_ROWS:
                self.add_error(f"evidence-{row}-title", f"At most {MOST_EVIDENCE_ROWS} references fit.")
            elif is_blank(title):
                self.add_error(f"evidence-{row}-title", "Give the document a title.")
            elif len(title) + len(location) > EVIDENCE_LENGTH:
                longer = "title" if len(title) > len(location) else "location"
                self.add_error(
                    f"evidence-{row}-{longer}",
                    f"Title and place together: at most {EVIDENCE_LENGTH} characters fit; "
                    f"there are {len(title) + len(location):,}.",
                )
            yield EvidenceReference(title, location)
