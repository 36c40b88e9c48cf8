"""Pure: how sure a result is: what of it rests on evidence, how sure those who answered are, what is left without."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from assessments.entries import is_unsupported
from assessments.records import AnswerRecord
from assessments.scoring import score_assessment

DEMONSTRABLE = ("document", "record")


@dataclass(frozen=True, slots=True)
class Sureness:
    """Counts over the scored sub-elements; `supported` is the overall without high scores that name no evidence."""

    scored: int
    demonstrable: int  # rest on a document or a measured record
    by_strength: tuple[tuple[str, int], ...]  # of EvidenceStrength, weakest first
    by_confidence: tuple[tuple[str, int], ...]  # of Confidence, not stated first
    left_out: int  # scores of 4.0 or more that name no evidence
    supported: Decimal | None  # None when nothing is left out, or an area is left without a score
    emptied: tuple[str, ...]  # the areas that would be left without a score, by name


def sureness_of(
    by_area: Mapping[str, Sequence[AnswerRecord]], strengths: Sequence[str], confidences: Sequence[str]
) -> Sureness:
    """From all answers by code of their area (docs/scoring.md, rule 14)."""
    scored = [answer for answers in by_area.values() for answer in answers if answer.score is not None]
    left_out = sum(is_unsupported(answer.score, answer.evidence) for answer in scored)
    supported = {code: [_as_supported(answer) for answer in answers] for code, answers in by_area.items()}
    result = score_assessment({code: [each.as_score for each in answers] for code, answers in supported.items()})
    return Sureness(
        scored=len(scored),
        demonstrable=sum(answer.evidence_strength in DEMONSTRABLE for answer in scored),
        by_strength=tuple((each, sum(answer.evidence_strength == each for answer in scored)) for each in strengths),
        by_confidence=tuple((each, sum(answer.confidence == each for answer in scored)) for each in confidences),
        left_out=left_out,
        supported=result.overall if left_out else None,
        emptied=tuple(
            answers[0].area_name
            for code, answers in by_area.items()
            if _has_score(answers) and not _has_score(supported[code])
        ),
    )


def _has_score(answers: Sequence[AnswerRecord]) -> bool:
    return any(answer.score is not None for answer in answers)


def _as_supported(answer: AnswerRecord) -> AnswerRecord:
    """The answer, or the same without its score where nothing supports it."""
    if not is_unsupported(answer.score, answer.evidence):
        return answer
    return replace(answer, state="unanswered", score=None)
