"""Scores from a CSV file: what is read, and what is said of a file that cannot be."""

from decimal import Decimal

import pytest

from assessments.score_files import COLUMNS, Blank, Unreadable, empty_file, read_scores

BLANKS = [
    Blank("management-review", "Management review", "MCQ", "Management Commitment to Quality", "public", (), ()),
    Blank("capa", "CAPA", "PQS", "Advanced Pharmaceutical Quality System", "public", (), ()),
]
HEADER = ",".join(COLUMNS)


def read(*lines: str) -> tuple[object, ...]:
    return read_scores("\n".join([HEADER, *lines]).encode(), BLANKS)


def test_an_empty_file_reads_as_nothing_answered() -> None:
    answers = read_scores(empty_file(BLANKS).encode(), BLANKS)
    assert [(each.code, each.state, each.score) for each in answers] == [
        ("management-review", "unanswered", None),
        ("capa", "unanswered", None),
    ]


def test_rows_may_come_in_any_order_with_columns_in_any_order() -> None:
    content = (
        "evidence,score,sub_element,rationale,state\n"
        '"SOP-1\nLog",3.5,capa,Because,\n'
        ",,management-review,None here,not_applicable\n"
    )
    first, second = read_scores(b"\xef\xbb\xbf" + content.encode(), BLANKS)
    assert (first.state, first.reason, first.rationale) == ("not_applicable", "None here", "")
    assert (second.state, second.score, second.rationale) == ("scored", Decimal("3.5"), "Because")
    assert [str(each) for each in second.evidence] == ["SOP-1", "Log"]


def test_references_are_parted_at_line_ends_alone() -> None:
    (_, answer) = read_scores(f'{HEADER}\r\ncapa,3,,,"SOP-1\u2028two\r\n\r\nLog\nBatch"\r\n'.encode(), BLANKS)
    assert [str(each) for each in answer.evidence] == ["SOP-1\u2028two", "Log", "Batch"]


@pytest.mark.parametrize(
    ("lines", "said"),
    [
        (["capa,5.1,,,"], "line 2, column score: '5.1' is not a score."),
        (["capa,0,,,"], "line 2, column score: '0' is not a score."),
        (["capa,NaN,,,"], "line 2, column score: 'NaN' is not a score."),
        (["capa,３,,,"], "line 2, column score: '３' is not a score."),
        (["capa, 3,,,"], "line 2, column score: ' 3' is not a score."),
        (["capa,3,,,", "capa,4,,,"], "line 3, column sub_element: capa stands in the file twice"),
        (["kapa,3,,,"], "line 2, column sub_element: there is no sub-element 'kapa'"),
        (["capa,3,unknown,,"], "line 2, column state: a row with a score cannot be unknown"),
        (["capa,,done,,"], "line 2, column state: 'done' is not a state"),
        (["capa,,not_applicable,,"], "line 2, column rationale: not_applicable needs its reason"),
        ([f"capa,3,,{'x' * 10_001},"], "line 2, column rationale: 10,001 characters; at most 10,000"),
        ([f"capa,3,,,{'x' * 501}"], "line 2, column evidence: 501 characters; at most 500"),
        (["capa,3,,a\x07b,"], "line 2, column rationale: Character 2 is an invisible control character (U+0007)"),
        (['capa,3,,,"SOP-1\n\x0b"'], "line 2, column evidence: Character 1 is an invisible control character (U+000B)"),
        (["capa,3,,,SOP-1\x85"], "line 2, column evidence: Character 6 is an invisible control character (U+0085)"),
        (['management-review,3,,"two', 'lines",', "capa,6,,,"], "line 4, column score: '6' is not a score."),
        (["capa,3"], "line 2: 2 cells, but the header has 5 columns."),
        (['capa,3,,"open,'], "line 2: not readable as CSV"),
    ],
)
def test_a_mistake_is_told_by_line_and_column(lines: list[str], said: str) -> None:
    with pytest.raises(Unreadable) as caught:
        read(*lines)
    assert said in str(caught.value)


def test_a_long_name_of_a_sub_element_is_told_in_short() -> None:
    with pytest.raises(Unreadable) as caught:
        read(f"{'k' * 5_000},3,,,")
    assert len(str(caught.value)) < 200


def test_all_mistakes_are_told_at_once_in_order() -> None:
    with pytest.raises(Unreadable) as caught:
        read("capa,6,,,", "management-review,7,,,")
    assert [mistake.line for mistake in caught.value.mistakes] == [2, 3]


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "the file is empty"),
        (b"sub_element,score\n", "the first line must name the columns"),
        (HEADER.encode() + b"\ncapa,3,,\xff,", "line 2: this is not UTF-8 text"),
        (b"\xff\xfe" + HEADER.encode("utf-16-le"), "line 1: this is not UTF-8 text"),
    ],
)
def test_a_file_that_is_no_table_of_scores_is_refused(content: bytes, said: str) -> None:
    with pytest.raises(Unreadable, match=said):
        read_scores(content, BLANKS)
