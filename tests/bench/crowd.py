"""Measures 50 people who save at once, on SQLite and on PostgreSQL, and counts what is lost."""

import json
import os
import subprocess
import sys
from contextlib import AbstractContextManager, nullcontext
from typing import Any

from tests.bench.figures import Row, Verdict
from tests.bench.scratch import ROOT
from tests.postgresql import PostgresqlMissingError, throwaway_cluster

TARGET = "0 errors, 0 lost"


def measure_crowd() -> list[Row]:
    """SQLite is the database that everything else is measured on; PostgreSQL is made for this and goes away."""
    return [measure("SQLite", nullcontext("")), measure("PostgreSQL", throwaway_cluster())]


def measure(database: str, made: AbstractContextManager[str]) -> Row:
    """A row for it in any case; what keeps it from being measured is said there."""
    name = f"people saving at once, {database}"
    try:
        with made as url:
            return row_of(name, run({**os.environ, "DATABASE_URL": url}))
    except PostgresqlMissingError as problem:
        return Row(name, verdict=Verdict(f"not measured: {problem}"))
    except (subprocess.CalledProcessError, OSError, RuntimeError) as problem:
        return Row(name, verdict=Verdict(f"not measured: {problem}", TARGET, is_met=False))


def run(environment: dict[str, str]) -> dict[str, Any]:
    subprocess.run([sys.executable, "manage.py", "prepare"], cwd=ROOT, env=environment, check=True)
    command = [sys.executable, "-m", "tests.bench.crowd_side"]
    told: dict[str, Any] = json.loads(
        subprocess.run(command, cwd=ROOT, env=environment, check=True, stdout=subprocess.PIPE).stdout
    )
    return told


def row_of(name: str, told: dict[str, Any]) -> Row:
    """Its times are those of the saves that were acknowledged."""
    saves, problems = len(told["took_ms"]), told["problems"]
    wrong = told["lost"] + told["miscounted"]
    result = (
        f"{saves / told['seconds']:.0f} saves/s, {saves} saves, {told['overtaken']} overtaken and saved again,"
        f" {len(problems)} errors{f' (first: {problems[0]})' if problems else ''}, {wrong} lost"
    )
    return Row(
        f"{told['people']} {name}",
        wall_ms=told["took_ms"],
        verdict=Verdict(result, TARGET, is_met=not problems and not wrong),
    )
