"""What has been measured, as rows of one table in Markdown; it measures nothing."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from statistics import median

HEADINGS = (
    "measured",
    "CPU ms, median",
    "95 %",
    "wall ms, median",
    "95 %",
    "queries",
    "bytes",
    "peak MiB",
    "result",
    "target",
    "",
)


@dataclass(frozen=True, slots=True)
class Verdict:
    """A result beside its target; without a target it is only told."""

    result: str
    target: str = ""
    is_met: bool | None = None

    @property
    def word(self) -> str:
        return {None: "", True: "met", False: "missed"}[self.is_met]


@dataclass(slots=True)
class Row:
    """One line: times in milliseconds, and a verdict where there is something to compare."""

    name: str
    cpu_ms: list[float] = field(default_factory=list)
    wall_ms: list[float] = field(default_factory=list)
    queries: int | None = None
    size: int | None = None
    peak_mib: float | None = None  # the most memory that it took
    verdict: Verdict = field(default_factory=lambda: Verdict(""))

    @property
    def cpu(self) -> float:
        return median(self.cpu_ms)

    @property
    def wall(self) -> float:
        return median(self.wall_ms)

    def add(self, cpu_ms: float, wall_ms: float, size: int) -> None:
        self.cpu_ms.append(cpu_ms)
        self.wall_ms.append(wall_ms)
        self.size = size


def highest_of_95_percent(values: Sequence[float]) -> float:
    """The 95th percentile by nearest rank: one of the values, never one between two."""
    return sorted(values)[-(-len(values) * 95 // 100) - 1]


def against(row: Row, reference: Row, name: str, most: float, most_queries: int | None = None) -> Verdict:
    """How many times the reference it costs, and whether that and its queries are within the target."""
    times = row.cpu / reference.cpu
    is_met = times <= most
    target = f"≤ {most:g} × {name}"
    if most_queries is not None:
        is_met = is_met and row.queries is not None and row.queries <= most_queries
        target += f", ≤ {most_queries} queries"
    return Verdict(f"{times:.2f} × {name}", target, is_met)


def at_most(value: float, most: float, unit: str, digits: int = 0) -> Verdict:
    return Verdict(f"{value:.{digits}f} {unit}", f"≤ {most:g} {unit}", value <= most)


def table(rows: Iterable[Row]) -> str:
    lines = [HEADINGS, ("---", *("---:",) * 7, "---", "---", "---"), *(_cells(row) for row in rows)]
    return "".join(f"| {' | '.join(cells)} |\n" for cells in lines)


def _cells(row: Row) -> tuple[str, ...]:
    return (
        row.name,
        *_times(row.cpu_ms),
        *_times(row.wall_ms),
        "" if row.queries is None else str(row.queries),
        "" if row.size is None else f"{row.size:,}",
        "" if row.peak_mib is None else f"{row.peak_mib:.1f}",
        row.verdict.result,
        row.verdict.target,
        row.verdict.word,
    )


def _times(values: Sequence[float]) -> tuple[str, str]:
    if not values:
        return "", ""
    return f"{median(values):.1f}", f"{highest_of_95_percent(values):.1f}"
