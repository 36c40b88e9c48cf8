"""What the site tells browsers, what it takes from them, and what it writes down of what it refused."""

from tests.mutants.mutant import Mutant

SETTINGS = "qmm_site/settings.py"
HEADERS = ("tests/security/test_headers.py",)
FORGERY = ("tests/security/test_forgery.py",)
REDIRECTS = ("tests/security/test_redirects.py",)
REFUSALS = ("tests/security/test_refusals.py",)

OF_WEB = (
    Mutant("the token of a form", SETTINGS, '    "django.middleware.csrf.CsrfViewMiddleware",\n', "", FORGERY),
    Mutant(
        "the token of one view",
        "assessments/views/organisations.py",
        "@login_required\n@require_form_methods\ndef set_up(",
        "@__import__('django.views.decorators.csrf', fromlist=['x']).csrf_exempt\n@login_required\n"
        "@require_form_methods\ndef set_up(",
        FORGERY,
    ),
    Mutant(
        "no-store",
        "assessments/caching.py",
        'response.headers.setdefault("Cache-Control", "private, no-store")',
        "pass",
        ("tests/security/test_not_kept.py",),
    ),
    Mutant(
        "the policy on scripts",
        SETTINGS,
        '"script-src": [SELF],',
        '"script-src": [SELF, "\'unsafe-inline\'"],',
        HEADERS,
    ),
    Mutant("frames", SETTINGS, '"frame-ancestors": [NONE],', '"frame-ancestors": [SELF],', HEADERS),
    Mutant(
        "headers of what never reaches a view",
        SETTINGS,
        '    "assessments.headers.HeadersMiddleware",\n    "csp.middleware.CSPMiddleware",\n',
        '    "csp.middleware.CSPMiddleware",\n',
        HEADERS,
    ),
    Mutant("static files for other sites", SETTINGS, "WHITENOISE_ALLOW_ALL_ORIGINS = False\n", "", HEADERS),
    Mutant("https alone", SETTINGS, "SECURE_SSL_REDIRECT = _https", "SECURE_SSL_REDIRECT = False", HEADERS),
    Mutant(
        "secure cookies",
        SETTINGS,
        "SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = _https",
        "SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = False",
        HEADERS,
    ),
    Mutant(
        "cookies of this host alone",
        SETTINGS,
        'COOKIE_PREFIX = "__Host-" if _https else ""',
        'COOKIE_PREFIX = ""',
        HEADERS,
    ),
    Mutant(
        "the name of the site",
        SETTINGS,
        "ALLOWED_HOSTS = [_host,",
        'ALLOWED_HOSTS = ["*", _host,',
        REDIRECTS,
    ),
    Mutant(
        "where signing in leads",
        "assessments/signing_in/account_adapter.py",
        'return url.startswith("/") and bool(super().is_safe_url(url))',
        "return True",
        REDIRECTS,
    ),
    Mutant(
        "where a switch leads",
        "assessments/views/preferences.py",
        'is_ours = address.startswith("/") and url_has_allowed_host_and_scheme(address, allowed_hosts=None)',
        "is_ours = bool(address)",
        REDIRECTS,
    ),
    Mutant(
        "the log of refusals",
        "assessments/refusals.py",
        "        if event and NOTED not in request.META:\n",
        "        if False:\n",
        REFUSALS,
    ),
    Mutant(
        "secrets in the log",
        "assessments/refusals.py",
        "for name, value in arguments.items() if isinstance(value, UUID | int)}",
        "for name, value in arguments.items()}",
        REFUSALS,
    ),
    Mutant(
        "lines in the log",
        "qmm_site/logs.py",
        'return super().formatMessage(record).replace("\\n", "\\\\x0a")',
        "return super().formatMessage(record)",
        REFUSALS,
    ),
    Mutant(
        "known vulnerabilities",
        "tests/audit.py",
        'if floor and in_order(package.version) < in_order(floor["version"]):',
        "if False:",
        ("tests/test_audit.py",),
    ),
)
