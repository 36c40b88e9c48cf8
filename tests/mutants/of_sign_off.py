"""Signing off: by whom, what was seen, and that it stays as it was signed."""

from tests.mutants.mutant import Mutant

SIGNING = "assessments/signing.py"
STEPS = ("tests/assessments/test_signing.py",)
PAGES = ("tests/assessments/test_signing_pages.py",)
RULES = ("tests/assessments/database_rules/test_signed_rules.py",)

OF_SIGN_OFF = (
    Mutant("the digest that was seen", SIGNING, "    if digest != review.digest:\n", "    if False:\n", STEPS),
    Mutant(
        "different people who sign",
        SIGNING,
        "    if not may_sign_next(organisation, given, person):\n",
        "    if False:\n",
        (*STEPS, *PAGES),
    ),
    Mutant(
        "the order of signatures",
        SIGNING,
        "    if meaning != next_meaning(organisation, given):\n",
        "    if False:\n",
        STEPS,
    ),
    Mutant(
        "the password of who signs",
        "assessments/forms/signing.py",
        "        if proof is not Proof.GIVEN:\n",
        "        if False:\n",
        PAGES,
    ),
    Mutant(
        "the passkey of who signs",
        "assessments/proof.py",
        "return Proof.GIVEN if _has_seen_the_person(credential) else Proof.WRONG",
        "return Proof.GIVEN",
        ("tests/browser/test_second_factor.py",),
    ),
    Mutant(
        "a refused signature in the trail",
        "assessments/views/signing.py",
        "        if form.is_refused:\n",
        "        if False:\n",
        PAGES,
    ),
    Mutant(
        "what is signed is only read, in the database",
        "assessments/database_rules/signed_rules.py",
        'f"({old} OR {new}) AND {_changed(model)}", NO_DRAFT)',
        'f"({old} OR {new}) AND {_changed(model)} AND 1 = 0", NO_DRAFT)',
        RULES,
        needs_new_database=True,
    ),
    Mutant(
        "signed off by signatures alone",
        "assessments/database_rules/signed_rules.py",
        'yield _rule("assessment_step", Assessment, "UPDATE", step, FORGED)',
        'yield _rule("assessment_step", Assessment, "UPDATE", f"1 = 0 AND {step}", FORGED)',
        RULES,
        needs_new_database=True,
    ),
    Mutant(
        "the record of what was signed",
        "assessments/database_rules/signed_rules.py",
        'yield _rule("record_update", SignedRecord, "UPDATE", _changed(SignedRecord), FOR_GOOD)',
        'yield _rule("record_update", SignedRecord, "UPDATE", "1 = 0", FOR_GOOD)',
        RULES,
        needs_new_database=True,
    ),
)
