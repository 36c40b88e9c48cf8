"""The sheets of rounds and raters: what the lead sends, and what a rater sends."""

from collections.abc import Callable
from typing import Any

from tests.hostile.fields import Field, Kind
from tests.hostile.sheet import (
    ANSWER,
    OMAR,
    RATE_AREA,
    SENT_BY_SCRIPT,
    Good,
    Sheet,
    always,
    by_script,
    choice,
    line,
    of_page,
)
from tests.hostile.world import World

ROUND = Field("round", Kind.KEY, "no longer the newest")
UNRATED, CLOSED = {"assessment_id": "unrated"}, {"assessment_id": "closed"}


def of_round(**typed: Any) -> Callable[[World], Good]:
    return lambda world: {"round": str(world.round.pk)} | typed


def of_closed_round(**typed: Any) -> Callable[[World], Good]:
    return lambda world: {"round": str(world.closed_round.pk)} | typed


SHEETS = (
    Sheet(
        "assessments:round_new",
        "lars",
        (choice("mode", "With names, or anonymous"), Field("deadline", Kind.DAY, "Deadline", is_needed=False)),
        always(mode="named", deadline="2027-06-30"),
        UNRATED,
    ),
    Sheet(
        "assessments:round_deadline",
        "lars",
        (ROUND, Field("deadline", Kind.DAY, "Deadline", is_needed=False)),
        of_round(deadline="2027-06-30"),
    ),
    Sheet("assessments:round_close", "lars", (ROUND,), of_round()),
    Sheet("assessments:round_reopen", "lars", (ROUND,), of_closed_round(), CLOSED),
    Sheet(
        "assessments:round_compare",
        "lars",
        (ROUND, Field("confirmed", Kind.TICK, "Open the comparison")),
        of_closed_round(confirmed="on"),
        CLOSED,
    ),
    Sheet(
        "assessments:rater_invite",
        "lars",
        (
            ROUND,
            line("name", "Name"),
            Field("email", Kind.ADDRESS, "E-mail address", is_needed=False),
            choice("function", "Function"),
            Field("areas", Kind.SEVERAL, "Practice areas to rate"),
        ),
        of_round(name="Rosa Ruiz", email="rosa@acme.example", function="quality", areas=["PQS"]),
    ),
    Sheet("assessments:raters_remind", "lars", (ROUND,), of_round()),
    Sheet("assessments:rater_remind", "lars"),
    Sheet("assessments:rater_renew", "lars"),
    Sheet(
        "assessments:rater_withdraw",
        "lars",
        (Field("confirmed", Kind.TICK, "Withdraw this rater"),),
        always(confirmed="on"),
    ),
    Sheet("assessments:rate_link", "visitor"),
    Sheet("assessments:rate_new_link", "visitor", at={**OMAR, "secret": "used_secret"}, answer=200),
    Sheet("assessments:rate_lost", "visitor", at=OMAR, answer=200),
    Sheet("assessments:rate_done", "omar", (Field("done", Kind.KEY),), always(done="yes"), OMAR),
    Sheet("assessments:rate_device", "omar", at=OMAR),
    Sheet("assessments:rate_address", "omar", at=OMAR),
    Sheet(
        RATE_AREA,
        "omar",
        (*ANSWER, Field("go", Kind.KEY, is_needed=False)),
        lambda world: of_page(RATE_AREA, "omar", OMAR)(world) | {"go": "next"},
        OMAR,
    ),
    Sheet(
        "assessments:rate_save",
        "omar",
        (*ANSWER, SENT_BY_SCRIPT[0]),
        by_script(of_page(RATE_AREA, "omar", OMAR), lambda _: ""),
        OMAR,
        answer=200,
    ),
)
