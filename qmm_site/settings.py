"""All settings of the site, from the environment and `.env`; what a variable means is in docs/deployment.md."""

from pathlib import Path
from urllib.parse import urlsplit

from csp.constants import NONE, SELF

from qmm_site.environment import Environment, environment_file, single_sign_on
from qmm_site.logs import logging_settings

BASE_DIR = Path(__file__).resolve().parent.parent
env = Environment(environment_file(default=BASE_DIR / ".env"))

DEBUG = env.switch("DEBUG", default=False)
SECRET_KEY = env.secret("SECRET_KEY")
SECRET_KEY_FALLBACKS = env.secrets("SECRET_KEY_FALLBACKS")
HOST = env.address("HOST", default="127.0.0.1")
PORT = env.number("PORT", default=8000, lowest=1, highest=65535)
SITE_URL = env.site_url("SITE_URL", default=f"http://127.0.0.1:{PORT}")
VAR_DIR = env.folder("VAR_DIR", default=BASE_DIR / "var")
BEHIND_PROXY = env.switch("BEHIND_PROXY", default=False)

_site = urlsplit(SITE_URL)
_host = _site.hostname or ""
_https = _site.scheme == "https"
_local = ("127.0.0.1", "localhost", "[::1]")
ALLOWED_HOSTS = [_host, *(_local if _host in ("127.0.0.1", "localhost") else ()), *env.host_names("ALLOWED_HOSTS")]
CSRF_TRUSTED_ORIGINS = [SITE_URL]

INSTALLED_APPS = [
    "benchmarks",
    "assessments",
    "qmm_site.administration.AdministrationConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "crispy_forms",
]

MIDDLEWARE = [
    # First what speaks to the browser, so that static files and refusals of the inner ones leave with every header too.
    "assessments.headers.HeadersMiddleware",
    "csp.middleware.CSPMiddleware",
    "assessments.refusals.RefusalsMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.middleware.gzip.GZipMiddleware",  # it pads at random, and the token in a page is masked anew each time
    "assessments.caching.PrivatePagesMiddleware",
    "assessments.signing_in.sessions.SignInSessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "assessments.soundness.SoundRequestMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "assessments.signing_in.second_factor_middleware.SecondFactorMiddleware",
    "assessments.trail.requests.TrailMiddleware",
    "assessments.unavailable.UnavailableMiddleware",
]

ROOT_URLCONF = "qmm_site.urls"
WSGI_APPLICATION = "qmm_site.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ],
        },
    },
]

# docs/deployment.md says why each; WAL is set once, when the file is made (`manage.py prepare`).
_database = env.database("DATABASE_URL", default=VAR_DIR / "db.sqlite3")
if _database["ENGINE"] == "django.db.backends.sqlite3":
    _database |= {
        "CONN_MAX_AGE": 60,
        "OPTIONS": {"transaction_mode": "IMMEDIATE", "timeout": 20, "init_command": "PRAGMA synchronous=FULL;"},
    }
else:
    _pool = {"min_size": 1, "max_size": 10, "timeout": 5}
    _database |= {
        "CONN_MAX_AGE": 0,  # the pool keeps the connections
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": {**_database.get("OPTIONS", {}), "pool": _pool},
    }
DATABASES = {"default": _database}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

CACHES = {
    # It holds the counts of failed sign-ins: with Django's 300 entries a flood of addresses would wipe them out.
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "cache",
        "OPTIONS": {"MAX_ENTRIES": 100_000},
    },
    # Rendered PDFs stay on this disk, outside the database: reading a report writes nothing into it.
    "pdf": {
        "BACKEND": "django.core.cache.backends.filebased.FileBasedCache",
        "LOCATION": VAR_DIR / "pdf",
        "TIMEOUT": 7 * 24 * 3600,
        "OPTIONS": {"MAX_ENTRIES": 500},
    },
}
THREADS = 6  # of the built-in server; the queue for PDFs leaves some of them to the pages
PDF_PROCESSES = env.number("PDF_PROCESSES", default=2, lowest=1, highest=64)

_mail = env.email("EMAIL_URL", default="consolemail://")
_sends_mail = _mail["EMAIL_BACKEND"] != "django.core.mail.backends.console.EmailBackend"
_verifies = env.switch("EMAIL_VERIFICATION", default=_sends_mail)

AUTH_USER_MODEL = "assessments.Person"
AUTHENTICATION_BACKENDS = ["assessments.signing_in.backend.Backend"]
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator",
        "OPTIONS": {"user_attributes": ("name", "email")},
    },
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "assessments.passwords.CommonPartsValidator"},
    {"NAME": "assessments.passwords.WordsOfTheFieldValidator"},
]
PASSWORD_RESET_TIMEOUT = 3600
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "assessments:list"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*", "password2*"]
ACCOUNT_FORMS = {
    "change_password": "assessments.forms.people.ChangePasswordForm",
    "login": "assessments.forms.people.LoginForm",
    "reauthenticate": "assessments.forms.people.ReauthenticateForm",
    "reset_password": "assessments.forms.people.ResetPasswordForm",
    "reset_password_from_key": "assessments.forms.people.ResetPasswordKeyForm",
    "set_password": "assessments.forms.people.SetPasswordForm",
    "signup": "assessments.forms.people.SignupForm",
}
ACCOUNT_ADAPTER = "assessments.signing_in.account_adapter.AccountAdapter"
ACCOUNT_EMAIL_VERIFICATION = "mandatory" if _verifies else "none"
ACCOUNT_LOGIN_ON_EMAIL_CONFIRMATION = True  # in the browser in which someone signed up, and in no other
ACCOUNT_EMAIL_NOTIFICATIONS = _sends_mail
ACCOUNT_LOGOUT_REDIRECT_URL = "/"
ACCOUNT_LOGOUT_ON_PASSWORD_CHANGE = False
ACCOUNT_REAUTHENTICATION_TIMEOUT = 300
ACCOUNT_SESSION_REMEMBER = False  # the cookie ends with the browser, the session after SESSION_MAX_HOURS
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_DEFAULT_HTTP_PROTOCOL = _site.scheme
# Guesses are counted per account, from anywhere; what counts per address only stops floods, so that whoever shares
# it with someone who guesses is not locked out. docs/signing-in.md lists them.
ACCOUNT_RATE_LIMITS = {
    "change_password": "10/15m/user",
    "login": "120/m/ip",
    "login_failed": "10/15m/key",
    "reauthenticate": "10/15m/user",
    "reset_password": "20/m/ip,5/h/key",
    "signup": "20/m/ip",
}
MFA_ADAPTER = "assessments.signing_in.factors.FactorAdapter"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True  # where the site's host can have passkeys: signing_in/passkeys.py
MFA_ALLOW_UNVERIFIED_EMAIL = not _verifies
MFA_TOTP_ISSUER = "QMM self-assessment"
MFA_TOTP_TOLERANCE = 1  # clocks of telephones are a few seconds off
MFA_RATE_LIMITS = {"webauthn_login": "120/m/ip"}
MFA_FORMS = {
    "activate_totp": "assessments.forms.second_factor.ActivateAppForm",
    "add_webauthn": "assessments.forms.second_factor.AddPasskeyForm",
    "authenticate": "assessments.forms.second_factor.CodeForm",
    "authenticate_webauthn": "assessments.forms.second_factor.PasskeyForm",
    "edit_webauthn": "assessments.forms.second_factor.RenamePasskeyForm",
    "login_webauthn": "assessments.forms.second_factor.PasskeySignInForm",
    "reauthenticate": "assessments.forms.second_factor.CodeAgainForm",
    "reauthenticate_webauthn": "assessments.forms.second_factor.PasskeyAgainForm",
}
OIDC_NAME = env.text("OIDC_NAME", "Single sign-on")
SOCIALACCOUNT_PROVIDERS = single_sign_on(
    name=OIDC_NAME,
    server=env.sign_in_server("OIDC_SERVER"),
    client_id=env.text("OIDC_CLIENT_ID", ""),
    secret=env.text("OIDC_CLIENT_SECRET", ""),
    links=env.switch("OIDC_LINK_BY_ADDRESS", default=False),
)
SOCIALACCOUNT_ADAPTER = "assessments.signing_in.single_sign_on.SingleSignOnAdapter"
SOCIALACCOUNT_EMAIL_AUTHENTICATION_AUTO_CONNECT = True
ALLAUTH_TRUSTED_PROXY_COUNT = int(BEHIND_PROXY)

SESSION_IDLE_MINUTES = env.number("SESSION_IDLE_MINUTES", default=30, lowest=1, highest=1440)
SESSION_MAX_HOURS = env.number("SESSION_MAX_HOURS", default=12, lowest=1, highest=168)
SESSION_COOKIE_AGE = SESSION_MAX_HOURS * 3600
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = _https
# Browsers take a cookie of such a name from this host alone and over https alone: no neighbour can plant one.
COOKIE_PREFIX = "__Host-" if _https else ""
SESSION_COOKIE_NAME, CSRF_COOKIE_NAME = f"{COOKIE_PREFIX}sessionid", f"{COOKIE_PREFIX}csrftoken"
SEEN_COOKIE_NAME = f"{COOKIE_PREFIX}seen"
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"  # links in mails lead to people who are signed in
MESSAGE_STORAGE = "assessments.notices.Notices"
SECURE_SSL_REDIRECT = _https
SECURE_REDIRECT_EXEMPT = [r"^healthz$"]  # a monitor on the same machine asks without TLS
SECURE_HSTS_SECONDS = 365 * 24 * 3600 if _https else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = _https
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if BEHIND_PROXY else None
SECURE_REFERRER_POLICY = SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"  # these three again in assessments/headers.py, for what never gets as far as their middlewares
CSRF_FAILURE_VIEW = "assessments.unavailable.csrf_failure"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "base-uri": [NONE],
        "connect-src": [SELF],
        "font-src": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
        "frame-src": [NONE],
        "img-src": [SELF, "data:"],
        "object-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
    }
}

LANGUAGE_CODE = "en-gb"
USE_I18N = False
USE_TZ = True
TIME_ZONE = env.time_zone("TIME_ZONE", default="UTC")

STATIC_URL = "/static/"
STATIC_ROOT = VAR_DIR / "static"
WHITENOISE_ALLOW_ALL_ORIGINS = False
# The page's font is cut from its package at install, so it lives with what was made here, not with the source.
STATICFILES_DIRS = [BASE_DIR / "static", VAR_DIR / "made"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if DEBUG
        else "qmm_site.static_files.StaticFiles"
    },
}

CRISPY_ALLOWED_TEMPLATE_PACKS = ["qmm"]
CRISPY_TEMPLATE_PACK = "qmm"

vars().update(_mail)
EMAIL_TIMEOUT = 10
DEFAULT_FROM_EMAIL = SERVER_EMAIL = env.sender("EMAIL_FROM", default=f"QMM self-assessment <noreply@{_host}>")

DATA_UPLOAD_MAX_MEMORY_SIZE = FILE_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
FILE_UPLOAD_HANDLERS = ["assessments.uploads.WholeUploadHandler"]
LOGGING = logging_settings()

env.refuse_unknown()
