"""The audit trail: that it records, that it only grows, and that what was altered shows."""

from tests.mutants.mutant import Mutant

TRAIL = (
    "tests/assessments/trail/test_trail_document.py",
    "tests/assessments/trail/test_verifying.py",
    "tests/assessments/trail/test_recording.py",
)

OF_TRAIL = (
    Mutant(
        "an entry that is changed",
        "assessments/trail/rules.py",
        'sqlite=f"BEFORE UPDATE ON {table} BEGIN SELECT RAISE(ABORT, {quoted(ONLY_GROWS)}); END",',
        'sqlite=f"BEFORE UPDATE ON {table} BEGIN SELECT 1; END",',
        TRAIL,
        needs_new_database=True,
    ),
    Mutant(
        "an entry that is removed",
        "assessments/trail/rules.py",
        'f"BEFORE DELETE ON {table} WHEN {there} OR NOT {on_sqlite}"',
        'f"BEFORE DELETE ON {table} WHEN {there} AND NOT {on_sqlite} AND 0"',
        TRAIL,
        needs_new_database=True,
    ),
    Mutant(
        "who acts",
        "assessments/trail/sqlite_words.py",
        "\" WHERE coalesce(qmm_announced('actor'), '') = '';\"",
        '" WHERE 0;"',
        TRAIL,
        needs_new_database=True,
    ),
    Mutant(
        "the chain of seals",
        "assessments/trail/chain.py",
        '"".join(map(measured, (before, str(number), *texts)))',
        '"".join(map(measured, (str(number), *texts)))',
        TRAIL,
        needs_new_database=True,
    ),
    Mutant(
        "the comparing of seals",
        "assessments/trail/verifying.py",
        "elif seal(before, number, *texts) != hashed:",
        "elif not hashed:",
        TRAIL,
    ),
    Mutant(
        "the entries without a seal",
        "assessments/trail/verifying.py",
        "return [*_walk(organisation_id, newest), *_unsealed(organisation_id)]",
        "return [*_walk(organisation_id, newest)]",
        TRAIL,
    ),
    Mutant(
        "the files that are taken",
        "assessments/trail/requests.py",
        "            if response.status_code == 200 and request.resolver_match is not None:\n",
        "            if False and request.resolver_match is not None:\n",
        ("tests/security/test_recorded.py",),
    ),
    Mutant(
        "the sign-ins that are refused",
        "assessments/trail/sign_ins.py",
        "    user_login_failed.connect(remember_refused)\n",
        "",
        ("tests/security/test_recorded.py",),
    ),
)
