"""Keeps the rubric of questionnaire 2026.1 complete; reads its file alone."""

import json
import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parents[2]
FIXTURE = ROOT / "assessments" / "fixtures" / "questionnaire_2026_1.json"

CODES = [
    "quality-leadership",
    "management-review",
    "resource-management",
    "quality-planning",
    "supply-planning",
    "supplier-oversight",
    "shortage-contingency",
    "equipment-reliability",
    "quality-risk-management",
    "continual-improvement",
    "capa",
    "change-management",
    "data-excellence",
    "technological-advancement",
    "knowledge-management",
    "process-optimization",
    "rewards-and-recognition",
    "patient-impact",
    "training-and-development",
    "empowerment",
]

# A ladder of adverbs or quantities leaves two raters to guess where one rung ends.
LADDER_WORDS = re.compile(
    r"""\b(?: sometimes | often | always | usually | rarely | seldom | never
    | frequently | occasionally | generally | mostly | consistently | fully
    | partially | regularly | periodically | continuously
    | some | most | all | many | few )\b""",
    re.IGNORECASE | re.VERBOSE,
)
YES_NO_OPENERS = frozenset({"do", "does", "is", "are", "has", "have"})
LEVEL_NAMES_OF_OTHERS = frozenset(
    {
        "initial",
        "managed",
        "defined",
        "quantitatively managed",
        "optimizing",
        "optimized",
    }
)

Fields = dict[str, Any]


def load() -> list[dict[str, Any]]:
    objects: list[dict[str, Any]] = json.loads(FIXTURE.read_text(encoding="utf-8"))
    return objects


QUESTIONNAIRE: Fields = load()[0]["fields"]
RUBRICS: list[Fields] = [entry["fields"] for entry in load()[1:]]
BY_CODE: dict[str, Fields] = {fields["sub_element"][1]: fields for fields in RUBRICS}


@pytest.fixture(params=CODES)
def rubric(request: pytest.FixtureRequest) -> Fields:
    code: str = request.param
    assert code in BY_CODE, f"no rubric for {code}"
    return BY_CODE[code]


def word_count(text: str) -> int:
    return len(text.split())


def distinct(texts: list[str]) -> int:
    return len({text.casefold() for text in texts})


def rubric_texts(fields: Fields) -> list[str]:
    return [
        fields["definition"],
        fields["prompt"],
        *fields["anchors"],
        *fields["progressions"],
        *fields["evidence_examples"],
    ]


def every_text() -> Iterator[str]:
    yield QUESTIONNAIRE["title"]
    yield QUESTIONNAIRE["note"]
    yield from QUESTIONNAIRE["level_names"]
    for fields in RUBRICS:
        yield from rubric_texts(fields)


def test_it_begins_with_the_questionnaire_and_holds_rubrics_only_after_it() -> None:
    models = [entry["model"] for entry in load()]
    assert models == ["assessments.questionnaire"] + ["assessments.rubric"] * len(CODES)


def test_it_lists_each_sub_element_once_in_the_order_of_the_framework() -> None:
    assert [fields["sub_element"][1] for fields in RUBRICS] == CODES


def test_it_pins_one_version_throughout() -> None:
    assert QUESTIONNAIRE["version"] == "2026.1"
    assert QUESTIONNAIRE["framework"] == ["2026.1"]
    assert {fields["questionnaire"][0] for fields in RUBRICS} == {"2026.1"}
    assert {fields["sub_element"][0] for fields in RUBRICS} == {"2026.1"}


def test_it_has_five_distinct_short_level_names_of_its_own() -> None:
    names: list[str] = QUESTIONNAIRE["level_names"]
    assert len(names) == distinct(names) == 5
    assert max(word_count(name) for name in names) <= 2
    assert max(len(name) for name in names) <= 15
    assert not LEVEL_NAMES_OF_OTHERS & {name.casefold() for name in names}


def test_its_note_says_whose_wording_it_is_and_what_a_half_step_means() -> None:
    note: str = QUESTIONNAIRE["note"]
    for phrase in ("not FDA’s", "not public", "half step"):
        assert phrase in note
    assert 2 <= len(re.findall(r"\.(?=\s|$)", note)) <= 3


def test_its_apostrophes_are_typographic() -> None:
    assert "'" not in FIXTURE.read_text(encoding="utf-8")


def test_no_text_occurs_twice() -> None:
    counted = Counter(text.casefold() for text in every_text())
    assert [text for text, times in counted.items() if times > 1] == []


def test_it_has_all_the_fields_and_no_others(rubric: Fields) -> None:
    assert set(rubric) == {
        "questionnaire",
        "sub_element",
        "definition",
        "prompt",
        "anchors",
        "progressions",
        "evidence_examples",
    }


def test_its_texts_are_filled_trimmed_and_free_of_long_dashes(rubric: Fields) -> None:
    for text in rubric_texts(rubric):
        assert text and text == text.strip()
        assert not re.search("[\u2013\u2014]|  |\n", text), text


def test_its_definition_is_one_short_sentence(rubric: Fields) -> None:
    definition: str = rubric["definition"]
    assert word_count(definition) <= 35
    assert re.findall(r"[.!?](?=\s|$)", definition) == ["."]
    assert definition.endswith(".")


def test_its_prompt_asks_for_a_story(rubric: Fields) -> None:
    prompt: str = rubric["prompt"]
    assert word_count(prompt) <= 40
    assert prompt.endswith("?")
    assert prompt.split()[0].casefold() not in YES_NO_OPENERS


def test_it_has_five_distinct_anchors_of_at_most_forty_words(rubric: Fields) -> None:
    anchors: list[str] = rubric["anchors"]
    assert len(anchors) == distinct(anchors) == 5
    for anchor in anchors:
        assert 15 <= word_count(anchor) <= 40, anchor
        assert anchor.endswith("."), anchor


def test_its_anchors_use_no_ladder_words(rubric: Fields) -> None:
    for anchor in rubric["anchors"]:
        assert LADDER_WORDS.findall(anchor) == [], anchor


def test_its_anchors_share_no_five_words_in_a_row(rubric: Fields) -> None:
    """Anchors that repeat a phrase differ in degree, not in kind."""
    seen: Counter[tuple[str, ...]] = Counter()
    for anchor in rubric["anchors"]:
        words = re.findall(r"\w+", anchor.casefold())
        seen.update({tuple(words[i : i + 5]) for i in range(len(words) - 4)})
    assert [" ".join(run) for run, times in seen.items() if times > 1] == []


def test_it_has_four_distinct_progressions(rubric: Fields) -> None:
    progressions: list[str] = rubric["progressions"]
    assert len(progressions) == distinct(progressions) == 4
    for progression in progressions:
        assert word_count(progression) <= 35, progression
        assert progression.endswith("."), progression


def test_it_has_two_to_four_short_evidence_examples(rubric: Fields) -> None:
    examples: list[str] = rubric["evidence_examples"]
    assert 2 <= len(examples) <= 4
    assert distinct(examples) == len(examples)
    for example in examples:
        assert word_count(example) <= 14, example
        assert not example.endswith("."), example
