"""What one answer says, apart from who saved it and when; a mark to compare it by, and two of them joined."""

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any, Self

from assessments.models import AnswerContent, AnswerState, Confidence, EvidenceStrength
from benchmarks.formatting import one_decimal

HIGH = Decimal("4.0")  # from here on a score without evidence is marked


def is_unsupported(score: Decimal | None, evidence: Sequence[object]) -> bool:
    """Whether a score is so high that evidence is expected, and names none (docs/scoring.md, rule 9)."""
    return score is not None and score >= HIGH and not evidence


def _joined(theirs: str, mine: str) -> str:
    """Both texts, unless one holds the other already."""
    if theirs in mine:
        return mine
    return theirs if mine in theirs else f"{theirs}\n\n{mine}"


@dataclass(frozen=True, slots=True)
class EvidenceReference:
    """What supports a score and where it is kept: a document number or an address, never a file."""

    title: str
    location: str

    def __str__(self) -> str:
        return f"{self.title} ({self.location})" if self.location else self.title

    @classmethod
    def of(cls, stored: Mapping[str, str]) -> Self:
        return cls(stored["title"], stored["location"])


@dataclass(frozen=True, slots=True)
class Entry:
    """The content of an answer. A score exactly when it is scored; never "not applicable" without a reason."""

    state: AnswerState = AnswerState.UNANSWERED
    score: Decimal | None = None
    reason: str = ""
    rationale: str = ""
    evidence: tuple[EvidenceReference, ...] = ()
    confidence: Confidence = Confidence.UNSTATED
    evidence_strength: EvidenceStrength = EvidenceStrength.NONE

    def __post_init__(self) -> None:
        if (self.state == AnswerState.SCORED) != (self.score is not None):
            raise ValueError("An answer has a score exactly when it is scored.")
        if self.state == AnswerState.NOT_APPLICABLE and not self.reason:
            raise ValueError("What is not applicable needs a reason.")

    def __str__(self) -> str:
        """The answer in short: 3.5; don’t know yet; not answered."""
        return str(self.state.label) if self.score is None else one_decimal(self.score)

    @classmethod
    def of(cls, answer: AnswerContent) -> Self:
        return cls(
            state=AnswerState(answer.state),
            score=answer.score,
            reason=answer.reason,
            rationale=answer.rationale,
            evidence=tuple(EvidenceReference.of(each) for each in answer.evidence),
            confidence=Confidence(answer.confidence),
            evidence_strength=EvidenceStrength(answer.evidence_strength),
        )

    @property
    def columns(self) -> dict[str, Any]:
        """The same as columns of the answer's table."""
        return {
            "state": self.state,
            "score": self.score,
            "reason": self.reason,
            "rationale": self.rationale,
            "evidence": [{"title": each.title, "location": each.location} for each in self.evidence],
            "confidence": self.confidence,
            "evidence_strength": self.evidence_strength,
        }

    @property
    def is_unsupported(self) -> bool:
        """A score of 4.0 or more without a single evidence reference: allowed, and marked."""
        return is_unsupported(self.score, self.evidence)

    def joined_with(self, other: "Entry") -> "Entry":
        """This answer with the texts and the evidence of the other before its own; what both say stands once."""
        return replace(
            self,
            reason=_joined(other.reason, self.reason),
            rationale=_joined(other.rationale, self.rationale),
            evidence=tuple(dict.fromkeys((*other.evidence, *self.evidence))),
        )

    @property
    def fingerprint(self) -> str:
        """The same for the same content: it travels with a page, and tells whether someone touched what it showed."""
        content = json.dumps({**self.columns, "score": str(self)}, sort_keys=True)
        return hashlib.sha256(content.encode()).hexdigest()[:16]
