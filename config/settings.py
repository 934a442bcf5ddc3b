"""Every setting, from the environment; each variable is explained in .env.example.

DEPLOYMENT says what this is: "production" (the default: refuses to start half configured), "development" (set by
manage.py and make run: embedded databases, no secrets needed) or "test".
"""

from pathlib import Path
from urllib.parse import urlsplit

import environ
from csp.constants import NONE, SELF
from django.core.exceptions import ImproperlyConfigured
from django.core.management.utils import get_random_secret_key
from django.utils.translation import gettext_lazy as _

from config import services
from config.postgres import APPLICATION, OWNER, login, write_private

BASE_DIR = Path(__file__).resolve().parent.parent
VAR = services.VAR

env = environ.Env()
# A .env file is for docker compose, which hands it on as environment; it is not read here.

DEPLOYMENT = env("DEPLOYMENT", default="production")
if DEPLOYMENT not in ("production", "development", "test"):
    raise ImproperlyConfigured(f'DEPLOYMENT must be "production", "development" or "test", not "{DEPLOYMENT}".')
IS_PRODUCTION = DEPLOYMENT == "production"

DEBUG = env.bool("DEBUG", default=False)
if DEBUG and IS_PRODUCTION:
    raise ImproperlyConfigured("DEBUG shows the inside of the program to strangers: it must be off in production.")


def variable(name, what_it_is):
    """The variable's value; production does not start without it."""
    value = env(name, default="")
    if IS_PRODUCTION and not value:
        raise ImproperlyConfigured(f"{name} must be set in production: {what_it_is}")
    return value


# Secrets

EXAMPLE_SECRETS = ("change-me", "django-insecure")
SECRET_KEY = variable("SECRET_KEY", "at least 50 random characters; see .env.example.")
if IS_PRODUCTION and (SECRET_KEY.startswith(EXAMPLE_SECRETS) or len(SECRET_KEY) < 50):
    raise ImproperlyConfigured("SECRET_KEY is an example or shorter than 50 characters; see .env.example.")
if not SECRET_KEY:
    VAR.mkdir(exist_ok=True)
    write_private(VAR / "secret_key", get_random_secret_key())
    SECRET_KEY = (VAR / "secret_key").read_text()
SECRET_KEY_FALLBACKS = env.list("SECRET_KEY_FALLBACKS", default=[])

ALLOWED_HOSTS = variable("ALLOWED_HOSTS", "the names this site is reached by, with commas.").split(",")
if ALLOWED_HOSTS == [""]:
    ALLOWED_HOSTS = ["localhost", ".localhost", "127.0.0.1", "[::1]"]
CSRF_TRUSTED_ORIGINS = env.list("CSRF_TRUSTED_ORIGINS", default=[])

# The program

INSTALLED_APPS = [
    "config",
    "accounts",
    "drafts",
    "comments",
    "meetings",
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.postgres",
    "django.contrib.humanize",
    "django.forms",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "csp",
    "django_htmx",
    "reversion",
    "simple_history",
]

MIDDLEWARE = [
    "config.middleware.room_for_calls",
    "django.middleware.security.SecurityMiddleware",
    "csp.middleware.CSPMiddleware",
    "config.middleware.response_headers",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "config.middleware.refuse_unreadable_input",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "config.middleware.language_of_choice",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "config.middleware.redirect_whole_page_to_sign_in",
    "django.contrib.auth.middleware.LoginRequiredMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "config.errors.RuleBrokenMiddleware",
]

ROOT_URLCONF = "config.urls"
WSGI_APPLICATION = "config.wsgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

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
                "django.template.context_processors.i18n",
                "drafts.context.stages",
            ],
        },
    },
]
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"

# Data: the application's role works, the owner's role migrates

DATABASE_URL = variable("DATABASE_URL", "the application's log-in.")
DATABASE_OWNER_URL = env("DATABASE_OWNER_URL", default="")
USES_EMBEDDED_POSTGRES = not DATABASE_URL
if USES_EMBEDDED_POSTGRES:
    DATABASE_URL = services.development.postgres.url(APPLICATION)
    DATABASE_OWNER_URL = services.development.postgres.url(OWNER)


def database(url):
    return {
        **login(url),
        "ENGINE": "config.postgresql" if USES_EMBEDDED_POSTGRES else "django.db.backends.postgresql",
        "CONN_MAX_AGE": env.int("DATABASE_CONNECTION_SECONDS", default=300),
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": {"connect_timeout": 5, "application_name": "gopy"},
    }


DATABASES = {"default": database(DATABASE_URL)}

# Limits of log-in attempts live here: in the database, so that they hold for all processes and outlive the broker.
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "django_cache",
        "OPTIONS": {"MAX_ENTRIES": 20_000},
    }
}
SESSION_ENGINE = "django.contrib.sessions.backends.db"
SESSION_COOKIE_AGE = env.int("SESSION_HOURS", default=7 * 24) * 3600

MEDIA_ROOT = Path(env("MEDIA_ROOT", default=str(VAR / "media")))
FILE_UPLOAD_PERMISSIONS = 0o640
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024

# People

AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = ["accounts.backends.PersonBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "home"
LOGOUT_REDIRECT_URL = "account_login"

ACCOUNT_ADAPTER = "accounts.adapters.AccountAdapter"
ACCOUNT_LOGIN_METHODS = {"username", "email"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "email*", "password1*", "password2*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_REAUTHENTICATION_REQUIRED = True
ACCOUNT_USER_DISPLAY = str
ACCOUNT_SESSION_REMEMBER = True
ACCOUNT_USERNAME_MIN_LENGTH = 3
ACCOUNT_USER_MODEL_USERNAME_FIELD = "username"
# Passwords are guarded by accounts.limits, which counts failures alone: a whole meeting signs in from one address.
# "login_failed" is left with the codes of the second factor.
ACCOUNT_RATE_LIMITS = {"login": None, "login_failed": "5/5m/key"}
ALLAUTH_TRUSTED_PROXY_COUNT = env.int("TRUSTED_PROXY_COUNT", default=0)
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes"]
# Mail addresses come from the administrators, who know their people: nothing is left to confirm.
MFA_ALLOW_UNVERIFIED_EMAIL = True
MFA_TOTP_ISSUER = "Góp ý dự thảo"

SOCIALACCOUNT_ADAPTER = "accounts.adapters.SocialAccountAdapter"
SOCIALACCOUNT_ONLY = False
SOCIALACCOUNT_EMAIL_AUTHENTICATION = False
SOCIALACCOUNT_PROVIDERS = {}
OIDC_SERVER_URL = env("OIDC_SERVER_URL", default="")
if OIDC_SERVER_URL:
    SOCIALACCOUNT_PROVIDERS["openid_connect"] = {
        "APPS": [
            {
                "provider_id": "sso",
                "name": env("OIDC_NAME", default="SSO"),
                "client_id": env("OIDC_CLIENT_ID"),
                "secret": env("OIDC_CLIENT_SECRET"),
                "settings": {"server_url": OIDC_SERVER_URL},
            }
        ]
    }

# The administration shows how a person or unit was; going back is another change, made by hand.
SIMPLE_HISTORY_REVERT_DISABLED = True

# Language and time

LANGUAGE_CODE = "vi"
LANGUAGES = [("vi", _("Vietnamese")), ("en", _("English"))]
LOCALE_PATHS = [BASE_DIR / "locale"]
TIME_ZONE = "Asia/Ho_Chi_Minh"
USE_TZ = True
USE_I18N = True

# Static files: names carry a hash of the content, so browsers may keep them for ever

STATIC_URL = "/static/"
STATICFILES_DIRS = [BASE_DIR / "static"]
STATIC_ROOT = Path(env("STATIC_ROOT", default=str(VAR / "static")))
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "config.statics.PlainStorage" if DEPLOYMENT == "test" else "config.statics.HashedStorage"
    },
}
WHITENOISE_USE_FINDERS = DEPLOYMENT == "test"

# Mail

EMAIL_URL = env("EMAIL_URL", default="") or ("smtp://localhost:25" if IS_PRODUCTION else f"filemail:///{VAR / 'mail'}")
vars().update(environ.Env.email_url_config(EMAIL_URL))
EMAIL_TIMEOUT = env.int("EMAIL_TIMEOUT", default=20)
DEFAULT_FROM_EMAIL = env("DEFAULT_FROM_EMAIL", default="Góp ý dự thảo <gopy@localhost>")
SERVER_EMAIL = env("SERVER_EMAIL", default="gopy@localhost")
SITE_URL = env("SITE_URL", default="") or (f"https://{ALLOWED_HOSTS[0]}" if IS_PRODUCTION else "http://localhost:8000")

# Background work: the clock only says "look now"; what is due stands in the database

REDIS_URL = variable("REDIS_URL", "the broker of the background work.")
USES_EMBEDDED_VALKEY = not REDIS_URL
if USES_EMBEDDED_VALKEY:
    REDIS_URL = services.development.valkey.url
BROKER_SECONDS = 1
SWEEP_SECONDS = env.float("SWEEP_SECONDS", default=60)
# Reminders of tasks leave from the first hour until the second one begins, in the time zone above.
REMINDER_HOURS = tuple(env.list("REMINDER_HOURS", cast=int, default=[7, 19]))
HEARTBEAT_SECONDS = env.float("HEARTBEAT_SECONDS", default=15)

CELERY_BROKER_URL = REDIS_URL
CELERY_BROKER_CONNECTION_TIMEOUT = BROKER_SECONDS
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_BROKER_CONNECTION_MAX_RETRIES = None
CELERY_BROKER_TRANSPORT_OPTIONS = {
    "socket_timeout": BROKER_SECONDS,
    "socket_connect_timeout": BROKER_SECONDS,
    "retry_policy": {"max_retries": 0},
    "visibility_timeout": 600,
}
CELERY_TASK_PUBLISH_RETRY = False
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_REJECT_ON_WORKER_LOST = True
CELERY_TASK_SERIALIZER = "json"
CELERY_ACCEPT_CONTENT = ["json"]
CELERY_TASK_TIME_LIMIT = 300
CELERY_TASK_SOFT_TIME_LIMIT = 240
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_WORKER_CANCEL_LONG_RUNNING_TASKS_ON_CONNECTION_LOSS = True
CELERY_WORKER_HIJACK_ROOT_LOGGER = False
CELERY_TIMEZONE = TIME_ZONE
CELERY_BEAT_SCHEDULE_FILENAME = env("BEAT_SCHEDULE_FILE", default=str(VAR / "beat-schedule"))
# A tick nobody took before the next one is due is dropped: after an outage one look is enough.
CELERY_BEAT_SCHEDULE = {
    "deliver mail": {
        "task": "accounts.tasks.deliver_mail",
        "schedule": SWEEP_SECONDS,
        "options": {"expires": SWEEP_SECONDS},
    },
    "mail notices": {
        "task": "accounts.tasks.mail_notices",
        "schedule": SWEEP_SECONDS,
        "options": {"expires": SWEEP_SECONDS},
    },
    "remind": {
        "task": "meetings.tasks.remind",
        "schedule": SWEEP_SECONDS,
        "options": {"expires": SWEEP_SECONDS},
    },
    "remind of rounds": {
        "task": "comments.tasks.remind_of_rounds",
        "schedule": SWEEP_SECONDS,
        "options": {"expires": SWEEP_SECONDS},
    },
    "group comments": {
        "task": "comments.tasks.group_comments",
        "schedule": min(5, SWEEP_SECONDS),
        "options": {"expires": SWEEP_SECONDS},
    },
    "drop unclaimed files": {
        "task": "drafts.tasks.drop_unclaimed_files",
        "schedule": 3600,
        "options": {"expires": 3600},
    },
    "heartbeat": {
        "task": "config.tasks.heartbeat",
        "schedule": HEARTBEAT_SECONDS,
        "options": {"expires": HEARTBEAT_SECONDS},
    },
}

# What browsers are told

SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_HTTPONLY = True
CSRF_COOKIE_SAMESITE = "Lax"
CSRF_FAILURE_VIEW = "config.errors.csrf_failure"
if IS_PRODUCTION:
    SECURE_SSL_REDIRECT = env.bool("SSL_REDIRECT", default=True)
    SECURE_REDIRECT_EXEMPT = [r"^healthz$", r"^readyz$"]
    SECURE_HSTS_SECONDS = env.int("HSTS_SECONDS", default=365 * 24 * 3600)
    SECURE_HSTS_INCLUDE_SUBDOMAINS = env.bool("HSTS_INCLUDE_SUBDOMAINS", default=True)
    SECURE_HSTS_PRELOAD = env.bool("HSTS_PRELOAD", default=True)
    SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = LANGUAGE_COOKIE_SECURE = True
    SESSION_COOKIE_NAME = "__Host-sessionid"
    CSRF_COOKIE_NAME = "__Host-csrftoken"
    if env.bool("BEHIND_TLS_PROXY", default=False):
        SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")

# A sign-in by OpenID Connect leaves our page by submitting a form.
oidc_origin = ["{0.scheme}://{0.netloc}".format(urlsplit(OIDC_SERVER_URL))] if OIDC_SERVER_URL else []
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "frame-src": [SELF],
        "manifest-src": [SELF],
        "form-action": [SELF, *oidc_origin],
        "object-src": [NONE],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
    }
}
PERMISSIONS_POLICY = "camera=(), geolocation=(), microphone=(), payment=(), usb=()"

# What is written down: what happened and where, never what people wrote

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "%(asctime)s %(levelname)s %(name)s: %(message)s"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": env("LOG_LEVEL", default="INFO")},
    "loggers": {
        "django": {"handlers": [], "level": "INFO", "propagate": True},
        "django.request": {"level": "ERROR"},
        "django.server": {"handlers": [], "level": "WARNING", "propagate": True},
        "httpx": {"level": "WARNING"},
    },
}
