"""The reader of forms sends what a browser would, or the tests that use it would test something else."""

import pytest

from tests.form_reader import read_form

PAGE = """<form method="get"><input name="elsewhere" value="1"></form>
<form method="post" data-answers>{}</form><input name="behind" value="2">"""


@pytest.mark.parametrize(
    ("inside", "fields"),
    [
        ('<input type="hidden" name="a" value="1">', {"a": "1"}),
        ('<input name="a">', {"a": ""}),
        ('<input type="radio" name="a" value="1"><input type="radio" name="a" value="2" checked>', {"a": "2"}),
        ('<input type="radio" name="a" value="1">', {}),
        ('<select name="a"><option value="">none</option><option value="x" selected>x</option></select>', {"a": "x"}),
        ('<select name="a"><option value="first">f</option><option value="x">x</option></select>', {"a": "first"}),
        ('<textarea name="a">\nfirst\nsecond &lt;2 %</textarea>', {"a": "first\r\nsecond <2 %"}),
        ('<textarea name="a">\r\n\r\nfirst</textarea>', {"a": "\r\nfirst"}),
        ("<button>Save</button>", {}),
    ],
)
def test_it_sends_what_a_browser_would(inside: str, fields: dict[str, str]) -> None:
    assert read_form(PAGE.format(inside), "data-answers") == fields


def test_a_field_that_is_there_twice_is_refused() -> None:
    with pytest.raises(AssertionError, match="a is there twice"):
        read_form(PAGE.format('<input name="a" value="1"><input name="a" value="2">'), "data-answers")
