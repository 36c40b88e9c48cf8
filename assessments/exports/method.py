"""How a report was made and what it cannot say, as plain paragraphs: the words of the page, for files without HTML."""

from html.parser import HTMLParser

from django.template.loader import render_to_string

from assessments.report_page import ReportPage

TEMPLATE = "report/_method.html"


def method_paragraphs(page: ReportPage) -> list[str]:
    """The paragraphs of the report's last section, in order."""
    reader = _Paragraphs()
    reader.feed(render_to_string(TEMPLATE, {"page": page}))
    reader.close()
    return [text for parts in reader.found if (text := " ".join("".join(parts).split()))]


class _Paragraphs(HTMLParser):
    """The text of every `p`, whatever is marked up inside it."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[list[str]] = []
        self._is_inside = False

    def handle_starttag(self, tag: str, attrs: object) -> None:  # noqa: ARG002  handed over by position or by name
        if tag == "p":
            self.found.append([])
            self._is_inside = True

    def handle_endtag(self, tag: str) -> None:
        if tag == "p":
            self._is_inside = False

    def handle_data(self, data: str) -> None:
        if self._is_inside:
            self.found[-1].append(data)
