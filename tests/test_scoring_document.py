"""docs/scoring.md against the code: every figure of its tables, and every rule that a docstring names."""

import json
import re
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assessments.agreement import agreement_of, leadership_gap
from assessments.anonymity import is_enough, shown_by_themselves
from assessments.scoring import Result, SubElementScore, score_assessment
from benchmarks.distribution import describe, spread
from benchmarks.placement import LabelledScore, Placement, place
from benchmarks.scores import exact_mean, parse_score, round_score

ROOT = Path(__file__).resolve().parent.parent
DOCUMENT = (ROOT / "docs" / "scoring.md").read_text(encoding="utf-8")
AREAS = ("MCQ", "BC", "PQS", "TE", "EEE")
NONE = "–"
STATES = {NONE: "unanswered", "?": "unknown", "n/a": "not_applicable"}
Row = dict[str, str]


def table(number: int) -> list[Row]:
    """The rows of one table of the document, by the names of its columns."""
    section = DOCUMENT.split(f"\n### Table {number}: ")[1].split("\n#")[0]
    lines = [line for line in section.splitlines() if line.startswith("|")]
    head, _, *body = ([cell.strip() for cell in line.strip("|").split("|")] for line in lines)
    return [dict(zip(head, cells, strict=True)) for cells in body]


def published() -> dict[str, dict[str, Decimal]]:
    """The area scores of the nine sites, straight from the fixture."""
    rows = json.loads((ROOT / "benchmarks" / "fixtures" / "fda_2024.json").read_text(encoding="utf-8"))
    scores: dict[str, dict[str, Decimal]] = {}
    for row in rows:
        if row["model"] == "benchmarks.areascore":
            fields = row["fields"]
            scores.setdefault(fields["establishment"][1], {})[fields["practice_area"][0]] = Decimal(fields["score"])
    return scores


COHORT = published()
AVERAGES = [
    LabelledScore(round_score(mean), label)
    for label, areas in COHORT.items()
    if (mean := exact_mean(areas.values())) is not None
]
SPREADS = [spread(list(areas.values())) for areas in COHORT.values()]


def sub_elements(cell: str) -> Iterator[SubElementScore]:
    for place_in_area, text in enumerate(cell.split()):
        state = STATES.get(text, "scored")
        yield SubElementScore(str(place_in_area), state, parse_score(text) if state == "scored" else None)


ASSESSMENTS = {
    row["No."]: score_assessment({area: list(sub_elements(row[area])) for area in AREAS}) for row in table(3)
}


def shown(score: Decimal | None) -> str:
    return NONE if score is None else str(score).replace("-", "−")


def signed(difference: Decimal) -> str:
    return f"+{difference}" if difference > 0 else shown(difference)


def interval(bounds: tuple[Decimal, Decimal] | None) -> str:
    return NONE if bounds is None else f"{bounds[0]} to {bounds[1]}"


def neighbours(scores: tuple[LabelledScore, ...]) -> str:
    return f"{', '.join(each.label for each in scores)} {scores[0].score}" if scores else NONE


def as_row(placement: Placement) -> Row:
    """The columns that every table of placements shares."""
    return {
        "Position": placement.position.value,
        "Below": str(placement.below),
        "Level": str(placement.level),
        "Above": str(placement.above),
        "Next below": neighbours(placement.lower),
        "Next above": neighbours(placement.upper),
        "To lowest": signed(placement.to_lowest),
        "To median": signed(placement.to_median),
        "To highest": signed(placement.to_highest),
        "Fraction": shown(placement.fraction),
    }


def labels(scores: tuple[LabelledScore, ...]) -> str:
    return ", ".join(each.label for each in scores) or NONE


def by_number(row: Row) -> str:
    return "-".join(row[key] for key in ("No.", "Case", "Area", "Figure", "Site") if key in row)


def test_it_has_at_least_thirty_assessments_of_twenty_answers() -> None:
    assert len(table(3)) >= 30
    assert all(len(row[area].split()) == 4 for row in table(3) for area in AREAS)
    assert [row["No."] for row in table(3)] == [row["No."] for row in table(4)]


def test_it_places_every_assessment_that_has_an_overall() -> None:
    assert [row["No."] for row in table(6)] == [
        number for number, result in ASSESSMENTS.items() if result.overall is not None
    ]


@pytest.mark.parametrize("row", table(1), ids=by_number)
def test_table_1_the_sites(row: Row) -> None:
    areas = COHORT[row["Site"]]
    average = next(each.score for each in AVERAGES if each.label == row["Site"])
    lowest = [code for code, score in areas.items() if score == min(areas.values())]
    assert row == {
        "Site": row["Site"],
        **{code: str(score) for code, score in areas.items()},
        "Average": str(average),
        "Spread": f"{spread(list(areas.values())):.1f}",
        "Lowest area": ", ".join(lowest),
    }


@pytest.mark.parametrize("row", table(2), ids=by_number)
def test_table_2_the_figures_of_the_cohort(row: Row) -> None:
    named = {"Average": [each.score for each in AVERAGES], "Spread": SPREADS}
    figure = row["Figure"]
    distribution = describe(named.get(figure) or [areas[figure] for areas in COHORT.values()])
    assert row == {
        "Figure": figure,
        "Count": str(distribution.count),
        "Lowest": str(distribution.low),
        "Median": str(distribution.median),
        "Highest": str(distribution.high),
        "Mean": str(distribution.mean),
        "Highest minus lowest": str(distribution.width),
    }


@pytest.mark.parametrize("row", table(4), ids=by_number)
def test_table_4_the_scores(row: Row) -> None:
    result: Result = ASSESSMENTS[row["No."]]
    assert row == {
        "No.": row["No."],
        **{area.code: shown(area.score) for area in result.areas},
        "Overall": shown(result.overall),
        "Interval": interval(result.interval),
        "Provisional": "yes" if result.is_provisional else "no",
        "Spread": shown(result.spread),
        "Highest": ", ".join(result.highest) or NONE,
        "Lowest": ", ".join(result.lowest) or NONE,
    }


def test_table_5_what_open_answers_leave_in_an_area() -> None:
    """All of them: an area with nothing open has no interval and stands in no row."""
    assert table(5) == [
        {"No.": number, "Area": area.code, "Score": shown(area.score), "Interval": interval(area.interval)}
        for number, result in ASSESSMENTS.items()
        for area in result.areas
        if area.interval is not None
    ]


@pytest.mark.parametrize("row", table(6), ids=by_number)
def test_table_6_the_overall_among_the_nine_averages(row: Row) -> None:
    overall = ASSESSMENTS[row["No."]].overall
    assert overall is not None
    placement = place(overall, AVERAGES)
    assert row == {
        "No.": row["No."],
        "Overall": str(overall),
        "Level with": labels(placement.level_with),
        **as_row(placement),
    }


@pytest.mark.parametrize("row", table(7), ids=by_number)
def test_table_7_areas_among_the_scores_of_the_nine_sites(row: Row) -> None:
    area = next(each for each in ASSESSMENTS[row["No."]].areas if each.code == row["Area"])
    assert area.score is not None
    placement = place(area.score, [LabelledScore(areas[area.code], label) for label, areas in COHORT.items()])
    assert row == {
        "No.": row["No."],
        "Area": area.code,
        "Score": str(area.score),
        "Level with": neighbours(placement.level_with),
        **as_row(placement),
    }


@pytest.mark.parametrize("row", table(8), ids=by_number)
def test_table_8_other_sets_of_sites(row: Row) -> None:
    pairs = (site.split(" ") for site in row["Sites"].split(", "))
    placement = place(Decimal(row["Score"]), [LabelledScore(Decimal(score), label) for label, score in pairs])
    assert row == {
        "Case": row["Case"],
        "Sites": row["Sites"],
        "Score": row["Score"],
        "Level with": labels(placement.level_with),
        **as_row(placement),
    }


def ratings(cell: str) -> list[Decimal]:
    return [] if cell == NONE else [parse_score(text) for text in cell.split()]


@pytest.mark.parametrize("row", table(9), ids=by_number)
def test_table_9_raters(row: Row) -> None:
    leadership, others = ratings(row["Site leadership"]), ratings(row["Others"])
    agreement, gap = agreement_of(leadership + others), leadership_gap(leadership, others)
    assert agreement is not None
    assert row == {
        **{column: row[column] for column in ("Case", "What it shows", "Site leadership", "Others")},
        "Count": str(agreement.count),
        "Lowest": str(agreement.lowest),
        "Median": str(agreement.median),
        "Highest": str(agreement.highest),
        "Deviation": shown(agreement.deviation),
        "Far apart": {None: NONE, True: "yes", False: "no"}[agreement.is_wide],
        "Offered": str(agreement.offer),
        "Gap": NONE if gap is None else signed(gap),
    }


@pytest.mark.parametrize("row", table(10), ids=by_number)
def test_table_10_what_an_anonymous_round_shows(row: Row) -> None:
    functions = ("Quality", "Production", "Engineering", "Site leadership")
    counts = {function.lower(): int(row[function]) for function in functions}
    apart = shown_by_themselves(counts)
    assert row == {
        **{column: row[column] for column in ("Case", "What it shows", *functions)},
        "All": str(sum(counts.values())),
        "Shown by itself": ", ".join(function for function in counts if function in apart) or NONE,
        "Left in all": str(sum(count for function, count in counts.items() if function not in apart)),
        "Scores shown": "yes" if is_enough(sum(counts.values())) else "no",
    }


def test_the_tables_of_raters_have_at_least_twelve_cases_each() -> None:
    assert len(table(9)) >= 12
    assert len(table(10)) >= 12


TENTHS = st.integers(10, 50).map(lambda tenths: Decimal(tenths).scaleb(-1))
DECIDED = st.one_of(
    TENTHS.map(lambda score: SubElementScore("", "scored", score)),
    st.just(SubElementScore("", "not_applicable", None)),
)
OPEN = st.sampled_from((SubElementScore("", "unanswered", None), SubElementScore("", "unknown", None)))


@given(
    st.lists(st.lists(st.tuples(DECIDED, st.one_of(st.none(), OPEN)), min_size=4, max_size=4), min_size=5, max_size=5)
)
def test_rule_5_wherever_the_open_answers_end_the_figures_end_inside_the_intervals(
    answers: list[list[tuple[SubElementScore, SubElementScore | None]]],
) -> None:
    """Each answer is drawn as it will be in the end, and some are still open at first."""
    first = score_assessment(
        {code: [now or end for end, now in area] for code, area in zip(AREAS, answers, strict=True)}
    )
    end = score_assessment({code: [end for end, _ in area] for code, area in zip(AREAS, answers, strict=True)})
    if end.overall is not None and first.interval is not None:
        assert first.interval[0] <= end.overall <= first.interval[1]
    for before, after in zip(first.areas, end.areas, strict=True):
        if after.score is not None and before.interval is not None:
            assert before.interval[0] <= after.score <= before.interval[1]


def cited_rules(text: str) -> Iterator[int]:
    for first, last in re.findall(r"docs/scoring\.md, rules? (\d+)(?: (?:to|and) (\d+))?", text):
        yield from range(int(first), int(last or first) + 1)


def test_every_rule_that_the_code_names_exists() -> None:
    written = {int(number) for number in re.findall(r"^### Rule (\d+): ", DOCUMENT, flags=re.MULTILINE)}
    named = {
        rule
        for app in ("assessments", "benchmarks")
        for module in (ROOT / app).rglob("*.py")
        for rule in cited_rules(module.read_text(encoding="utf-8"))
    }
    assert written == set(range(1, max(written) + 1))
    assert named
    assert named <= written
