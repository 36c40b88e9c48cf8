"""One control taken away: a named change of one file, and the tests that should notice."""

from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


@dataclass(frozen=True, slots=True)
class Mutant:
    """What `file` says once is replaced; the tests are run until the first of them fails."""

    name: str
    file: str
    before: str
    after: str
    tests: tuple[str, ...]
    needs_new_database: bool = False  # what it takes away is made by a migration or put in force after one

    def applied(self, text: str) -> str:
        if text.count(self.before) != 1:
            raise ValueError(f"{self.name}: {self.file} has its place {text.count(self.before)} times, not once")
        return text.replace(self.before, self.after)

    def source(self) -> str:
        return (ROOT / self.file).read_text(encoding="utf-8")
