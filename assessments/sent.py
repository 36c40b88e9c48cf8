"""What a request sent, read by name: a value that takes one comes once, and what no page of ours sends is refused."""

import re
from collections.abc import Collection

from django.core.exceptions import BadRequest
from django.http import QueryDict

LONGEST_NAME_SHOWN = 60
NUMBER = re.compile(r"0|[1-9][0-9]{0,8}", re.ASCII)


class Unsound(BadRequest):
    """A request that no page of ours makes; the message names the field and says what to do."""

    def __init__(self, name: str, problem: str) -> None:
        self.name = shown_name(name)
        self.problem = problem
        super().__init__(f"The field “{self.name}”: {problem}")


def one(sent: QueryDict, name: str, default: str = "") -> str:
    """The value of a field; sent twice, nobody knows which of the two was meant."""
    values = sent.getlist(name)
    if len(values) > 1:
        raise Unsound(name, f"it takes one value, and {len(values)} arrived. Send the form again.")
    return str(values[0]) if values else default


def one_of(sent: QueryDict, name: str, known: Collection[str], default: str | None = None) -> str:
    """One of the values that our pages send; without a default it must be there."""
    value = one(sent, name, "" if default is None else default)
    if value not in known and (default is None or value != default):
        raise Unsound(name, "what arrived is none of its values. Start again from the page you came from.")
    return value


def number(sent: QueryDict, name: str) -> int:
    """A whole number as our pages write it."""
    value = one(sent, name)
    if not NUMBER.fullmatch(value):
        raise Unsound(name, "what arrived is no number of ours. Start again from the page you came from.")
    return int(value)


def shown_name(name: str) -> str:
    """The name of a field as it may be shown: in one line, and not at any length."""
    line = "".join(character if character.isprintable() else "�" for character in name)
    return line if len(line) <= LONGEST_NAME_SHOWN else f"{line[:LONGEST_NAME_SHOWN]}…"
