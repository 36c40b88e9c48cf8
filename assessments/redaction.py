"""Pure: what a shared report leaves out, taken out of the data before anything is made of it."""

import re
from collections.abc import Callable, Iterable
from dataclasses import replace

from assessments.comparison import Comparison, GivenScore, SubElementRatings
from assessments.entries import EvidenceReference
from assessments.records import AnswerRecord, AssessmentRecord, SignOff, Withheld
from assessments.since import EarlierRecord

A_SITE = "A site"
NAME = "[name withheld]"
LETTER = r"[^\W\d_]"
# That evidence was named is no secret: a high score without any is marked, with hidden texts as well.
EVIDENCE = EvidenceReference("withheld", "")

Clean = Callable[[str], str]


def redacted(record: AssessmentRecord, withheld: Withheld) -> AssessmentRecord:
    """The record as readers of a link may know it. Who rated, and what raters wrote, is never part of it.

    Nor are the numbers of the earlier assessment and of the revision before, whose reports they cannot open.
    """
    clean = _without(_names(record)) if withheld.names else _as_it_is
    shared = replace(
        record,
        withheld=withheld,
        answers=tuple(_answer(answer, withheld, clean) for answer in record.answers),
        comparison=None if record.comparison is None else figures_of(record.comparison),
        earlier=None if record.earlier is None else replace(record.earlier, id=None),
        revises=None,
        sign_off=None if record.sign_off is None else replace(record.sign_off, trail_head=""),
        revision_reason="" if withheld.texts else clean(record.revision_reason),
    )
    return _nameless(shared, clean) if withheld.names else shared


def _nameless(record: AssessmentRecord, clean: Clean) -> AssessmentRecord:
    return replace(
        record,
        id=None,
        title="",
        period=clean(record.period),
        site=A_SITE,
        manufacturing="",
        organisation="",
        answered_by=(),
        earlier=None if record.earlier is None else _nameless_earlier(record.earlier, clean),
        sign_off=None if record.sign_off is None else _nameless_signatures(record.sign_off),
    )


def _nameless_earlier(earlier: EarlierRecord, clean: Clean) -> EarlierRecord:
    return replace(earlier, title="", period=clean(earlier.period), answered_by=())


def _nameless_signatures(sign_off: SignOff) -> SignOff:
    """That it was signed, as what and when."""
    return replace(sign_off, signatures=tuple(replace(each, name="", email="") for each in sign_off.signatures))


def _answer(answer: AnswerRecord, withheld: Withheld, clean: Clean) -> AnswerRecord:
    if withheld.texts:
        return replace(answer, reason="", rationale="", evidence=(EVIDENCE,) if answer.evidence else ())
    return replace(
        answer,
        reason=clean(answer.reason),
        rationale=clean(answer.rationale),
        evidence=tuple(EvidenceReference(clean(each.title), clean(each.location)) for each in answer.evidence),
    )


def figures_of(comparison: Comparison) -> Comparison:
    """How many rated and how far apart they lay, without their names and their words."""
    return replace(comparison, sub_elements=tuple(_figures(each) for each in comparison.sub_elements))


def _figures(ratings: SubElementRatings) -> SubElementRatings:
    return replace(
        ratings,
        scores=_nobodys(ratings.scores),
        by_function=tuple(replace(each, scores=_nobodys(each.scores)) for each in ratings.by_function),
        comments=(),
        evidence=(),
    )


def _nobodys(scores: Iterable[GivenScore]) -> tuple[GivenScore, ...]:
    return tuple(sorted(replace(score, name="") for score in scores))


def _names(record: AssessmentRecord) -> list[str]:
    """What would tell whose report it is, wherever somebody wrote it; the longest first, so that none is left half."""
    names = [record.site, record.organisation, *record.answered_by]
    names += () if record.earlier is None else record.earlier.answered_by
    return sorted({name.strip() for name in names if name.strip()}, key=lambda name: (-len(name), name))


def _without(names: list[str]) -> Clean:
    """Replaces the names in capitals or not, however they are spaced, unless they are part of a longer word."""
    if not names:
        return _as_it_is
    spaced = (r"\s+".join(re.escape(word) for word in name.split()) for name in names)
    pattern = re.compile(rf"(?<!{LETTER})(?:{'|'.join(spaced)})(?!{LETTER})", re.IGNORECASE)
    return lambda text: pattern.sub(NAME, text)


def _as_it_is(text: str) -> str:
    return text
