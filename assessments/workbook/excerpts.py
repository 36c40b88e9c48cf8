"""Pure: two long texts in short, from where they begin to differ, so that a change is seen without reading both."""

SHORT = 240  # what is not longer is shown whole
BEFORE = 60  # how much of what both have in common leads up to the difference


def excerpts(before: str, after: str) -> tuple[str, str]:
    """Both texts, the long ones cut."""
    if max(len(before), len(after)) <= SHORT:
        return before, after
    differs_at = next((place for place, (a, b) in enumerate(zip(before, after, strict=False)) if a != b), None)
    shared = min(len(before), len(after)) if differs_at is None else differs_at
    start = max(0, shared - BEFORE)
    return _cut(before, start), _cut(after, start)


def _cut(text: str, start: int) -> str:
    end = start + SHORT
    return f"{'…' if start else ''}{text[start:end]}{'…' if len(text) > end else ''}"
