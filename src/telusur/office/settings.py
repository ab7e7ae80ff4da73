"""Django's settings for an office. Safe by default: whatever a trial relaxes is relaxed by name.

SQLite settings follow Django's own documentation (IMMEDIATE, WAL) with ``synchronous=FULL``, since a step that was
told to a person must outlive a power cut.
"""

from __future__ import annotations

import os
import secrets
from pathlib import Path

from csp.constants import NONE, SELF

from telusur.office.home import Home

OFFICE = Home.here()
_HERE = Path(__file__).parent

#: Without an office yet (a check of types, say) a key for this process alone; `serving.prepare` makes the folder first.
SECRET_KEY = OFFICE.secret() if OFFICE.path.is_dir() else secrets.token_urlsafe(48)
DEBUG = False
#: The host names under which the office is reached; ``serve`` sets them.
ALLOWED_HOSTS = os.environ.get("TELUSUR_HOSTS", "127.0.0.1 localhost [::1]").split()
CSRF_TRUSTED_ORIGINS = [origin for origin in os.environ.get("TELUSUR_ORIGINS", "").split() if origin]
#: Without a certificate the office serves on loopback only: by itself, or behind a server that does TLS and whose
#: addresses TELUSUR_ORIGINS names (gunicorn believes its X-Forwarded-Proto, since it comes from this machine).
_TLS = os.environ.get("TELUSUR_TLS") == "1" or any(one.startswith("https://") for one in CSRF_TRUSTED_ORIGINS)

INSTALLED_APPS = [
    "telusur.office",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.forms",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "axes",
    "csp",
    "django_htmx",
    "django_tasks",
    "django_tasks_db",
]

MIDDLEWARE = [
    # First, so that whatever counts tries counts the visitor's: TELUSUR_TRUSTED_PROXIES names whom it believes.
    "telusur.office.proxies.ProxiesMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django_permissions_policy.PermissionsPolicyMiddleware",
    "telusur.office.language.LanguageMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "telusur.office.entry.EntryMiddleware",
    "axes.middleware.AxesMiddleware",
]

ROOT_URLCONF = "telusur.office.urls"
WSGI_APPLICATION = "telusur.office.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [_HERE / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "telusur.office.context.office",
            ],
            "builtins": ["telusur.office.templatetags.words", "telusur.office.templatetags.look"],
        },
    }
]
FORM_RENDERER = "telusur.office.forms.Renderer"

DATABASES = {
    "default": {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": OFFICE.database,
        "OPTIONS": {
            "transaction_mode": "IMMEDIATE",
            "timeout": 10,
            "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON;"
            " PRAGMA temp_store=MEMORY; PRAGMA secure_delete=ON",
        },
    }
}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

AUTH_USER_MODEL = "office.User"
AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "django.contrib.auth.backends.ModelBackend",
    "allauth.account.auth_backends.AuthenticationBackend",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "setup:onward"
LOGOUT_REDIRECT_URL = "public:home"
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*", "password2*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_ADAPTER = "telusur.office.entry.Adapter"
ACCOUNT_FORMS = {
    "login": "telusur.office.login.LoginForm",
    "reauthenticate": "telusur.office.login.ReauthenticateForm",
    "change_password": "telusur.office.login.ChangePasswordForm",
}
#: Wrong passwords are counted by axes, which says on a page of ours how long to wait; here only what floods.
ACCOUNT_RATE_LIMITS = {"login_failed": "30/m/ip"}
ACCOUNT_SESSION_REMEMBER = False  # desks are shared: closing the browser ends the session
MFA_ADAPTER = "telusur.office.login.FactorAdapter"
MFA_FORMS = {
    "authenticate": "telusur.office.login.AuthenticateForm",
    "reauthenticate": "telusur.office.login.ReauthenticateByCodeForm",
    "activate_totp": "telusur.office.login.ActivateForm",
}
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes"]
MFA_TOTP_ISSUER = "Telusur"
MFA_TOTP_TOLERANCE = 1  # thirty seconds either way: clocks of phones are seldom exact
AXES_FAILURE_LIMIT = 5
AXES_COOLOFF_TIME = 0.25  # hours
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_RESET_ON_SUCCESS = True
AXES_LOCKOUT_TEMPLATE = "office/locked_out.html"
AXES_ENABLE_ADMIN = False
AXES_VERBOSE = False

#: The office writes to nobody by e-mail: a forgotten password is the administrator's business.
EMAIL_BACKEND = "django.core.mail.backends.dummy.EmailBackend"

#: Counts of tries live here: too few places, and whoever tries from many addresses pushes the others' counts out.
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.locmem.LocMemCache",
        "OPTIONS": {"MAX_ENTRIES": 100_000},
    }
}

TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}

LANGUAGE_CODE = "id"
LANGUAGES = [("id", "Bahasa Indonesia"), ("en", "English")]
LANGUAGE_COOKIE_NAME = "bahasa"
USE_I18N = True
USE_TZ = True
#: What is typed without a zone beside it is refused; this only says in which zone a page shows instants first.
TIME_ZONE = "Asia/Jakarta"
FORMAT_MODULE_PATH = "telusur.office.formats"

STATIC_URL = "/static/"
STATIC_ROOT = OFFICE.static
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.InMemoryStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
#: Bytes. Larger uploads go to the office's own folder, never to a shared one.
FILE_UPLOAD_MAX_MEMORY_SIZE = 256 * 1024
FILE_UPLOAD_HANDLERS = ["telusur.office.uploads.BoundedUpload"]
FILE_UPLOAD_TEMP_DIR = OFFICE.incoming
FILE_UPLOAD_PERMISSIONS = 0o600
DATA_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 400

SESSION_COOKIE_NAME = "telusur"
SESSION_COOKIE_AGE = 8 * 3600
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = _TLS
CSRF_COOKIE_HTTPONLY = True
CSRF_COOKIE_SAMESITE = "Lax"
CSRF_FAILURE_VIEW = "telusur.office.errors.csrf_failure"
SECURE_HSTS_SECONDS = 31_536_000 if _TLS else 0
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
    }
}
PERMISSIONS_POLICY: dict[str, list[str]] = {
    name: []
    for name in (
        "accelerometer",
        "camera",
        "display-capture",
        "geolocation",
        "gyroscope",
        "magnetometer",
        "microphone",
        "payment",
        "usb",
    )
}

#: No address, no name, no body of a request reaches a log.
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "filters": {"nobody": {"()": "telusur.office.quiet.NoPersonalData"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "filters": ["nobody"]}},
    "root": {"handlers": ["stderr"], "level": "WARNING"},
    "loggers": {
        "django": {"handlers": ["stderr"], "level": "WARNING", "propagate": False},
        "axes": {"handlers": [], "level": "CRITICAL", "propagate": False},
    },
}
SILENCED_SYSTEM_CHECKS: list[str] = []
