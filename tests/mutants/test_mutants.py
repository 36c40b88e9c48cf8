"""That every mutant still has its place; whether the tests notice it, `./run mutants` says."""

import ast

import pytest

from tests.mutants.every_mutant import MUTANTS
from tests.mutants.mutant import ROOT, Mutant


@pytest.mark.parametrize("mutant", MUTANTS, ids=lambda mutant: mutant.name)
def test_it_has_one_place_and_leaves_a_file_that_can_be_read(mutant: Mutant) -> None:
    changed = mutant.applied(mutant.source())
    assert changed != mutant.source()
    if mutant.file.endswith(".py"):
        ast.parse(changed)


@pytest.mark.parametrize("mutant", MUTANTS, ids=lambda mutant: mutant.name)
def test_the_tests_that_should_notice_are_there(mutant: Mutant) -> None:
    assert mutant.tests
    for test in mutant.tests:
        assert (ROOT / test.partition("::")[0]).exists()


def test_there_are_enough_and_each_has_its_name() -> None:
    names = [mutant.name for mutant in MUTANTS]
    assert len(set(names)) == len(names) >= 30


def test_a_mutant_without_a_place_or_with_two_is_an_error() -> None:
    mutant = Mutant("x", "run", "before", "after", ("tests/test_run.py",))
    for text in ("nothing of it", "before and before"):
        with pytest.raises(ValueError, match="not once"):
            mutant.applied(text)
