"""How somebody proves who they are, and for how long that holds."""

from tests.mutants.mutant import Mutant

SETTINGS = "qmm_site/settings.py"
SESSIONS = ("tests/assessments/signing_in/test_sessions.py",)
LIMITS = ("tests/assessments/signing_in/test_limits.py",)
PEOPLE = ("tests/assessments/test_people.py",)

OF_SIGNING_IN = (
    Mutant(
        "the end of an idle session",
        "assessments/signing_in/sessions.py",
        "return now - max(signed_in_at, seen_at) >= idle or now - signed_in_at >= most",
        "return now - signed_in_at >= most",
        SESSIONS,
    ),
    Mutant(
        "the longest session",
        "assessments/signing_in/sessions.py",
        "return now - max(signed_in_at, seen_at) >= idle or now - signed_in_at >= most",
        "return now - max(signed_in_at, seen_at) >= idle",
        SESSIONS,
    ),
    Mutant(
        "the signature of when one was seen",
        "assessments/signing_in/sessions.py",
        'and is_signature_of(f"{word}:{seconds}", signature, salt=SALT)',
        "and (word, signature)",
        SESSIONS,
    ),
    Mutant("the limit on guesses", SETTINGS, '"login_failed": "10/15m/key"', '"login_failed": "1000/15m/key"', LIMITS),
    Mutant(
        "the length of a password", SETTINGS, '"OPTIONS": {"min_length": 12}', '"OPTIONS": {"min_length": 8}', PEOPLE
    ),
    Mutant(
        "common passwords",
        SETTINGS,
        '    {"NAME": "assessments.passwords.CommonPartsValidator"},\n',
        "",
        ("tests/security/test_passwords.py",),
    ),
    Mutant(
        "passwords of this field",
        SETTINGS,
        '    {"NAME": "assessments.passwords.WordsOfTheFieldValidator"},\n',
        "",
        ("tests/security/test_passwords.py",),
    ),
    Mutant(
        "the hour of a reset link",
        SETTINGS,
        "PASSWORD_RESET_TIMEOUT = 3600",
        "PASSWORD_RESET_TIMEOUT = 360_000",
        ("tests/assessments/signing_in/test_reset.py",),
    ),
    Mutant(
        "a second factor that is required",
        "assessments/signing_in/second_factor_middleware.py",
        "        if not lacks_factor:\n",
        "        if True:\n",
        ("tests/assessments/signing_in/test_requirement.py",),
    ),
    Mutant(
        "who it is, asked again",
        "assessments/signing_in/recently.py",
        "    return bool(get_reauthentication_flows(request.user)) and bool(did_recently_reauthenticate(request))\n",
        "    return True\n",
        ("tests/assessments/signing_in/test_recently.py",),
    ),
    Mutant(
        "nothing joined to an open account",
        "assessments/signing_in/single_sign_on.py",
        '        if sociallogin.state.get("process") != AuthProcess.LOGIN:\n',
        "        if False:\n",
        ("tests/assessments/signing_in/test_single_sign_on.py",),
    ),
    Mutant(
        "no password for whoever finds a browser",
        "assessments/accounts.py",
        "login_required(not_kept(recently_signed_in(refused_is_422(views.password_set))))",
        "login_required(not_kept(refused_is_422(views.password_set)))",
        ("tests/assessments/signing_in/test_recently.py",),
    ),
)
