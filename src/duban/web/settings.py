"""Settings, all from the environment (docs/sign-in.md lists those of signing in)."""

import os
import secrets
from pathlib import Path

from duban.files.archive import LARGEST
from duban.web.database import databases

HERE = Path(__file__).resolve().parent
BOOK = os.environ.get("DUBAN_BOOK", "book")
FOLDER = Path(BOOK) if "://" not in BOOK else Path(os.environ.get("DUBAN_FOLDER", "."))
PUBLIC = os.environ.get("DUBAN_PUBLIC", "") == "1"
HTTPS = os.environ.get("DUBAN_HTTPS", "") == "1"

EVIDENCE_LIMIT = (
    int(os.environ.get("DUBAN_EVIDENCE_MB", "20")) * 1_000_000
)  # bytes of one file (docs/evidence.md)
FILES_OF_A_FORM = 5
# What one request may bring: the files of a form and its words. More is answered with a sentence (web/server.py).
UPLOAD_LIMIT = FILES_OF_A_FORM * max(EVIDENCE_LIMIT, LARGEST) + 3_000_000
DATA_UPLOAD_MAX_NUMBER_FILES = 10


def _number(name: str, otherwise: int) -> int:
    text = os.environ.get(name, "")
    return int(text) if text.isdecimal() and int(text) > 0 else otherwise


# Idle for half an hour or open for twelve: then a session ends (NIST SP 800-63B, 4.2.3).
IDLE_MINUTES, SESSION_HOURS = _number("DUBAN_IDLE_MINUTES", 30), _number("DUBAN_SESSION_HOURS", 12)
# Ten failures lock for thirty minutes (PCI DSS v4.0, 8.3.4); a hundred of one name, from anywhere, for a day
# (NIST SP 800-63B, 5.2.2).
LOCK_AFTER, LOCK_MINUTES = _number("DUBAN_LOCK_AFTER", 10), _number("DUBAN_LOCK_MINUTES", 30)
LOCK_ALL_AFTER = _number("DUBAN_LOCK_ALL_AFTER", 100)
OIDC = {
    name: os.environ.get(f"DUBAN_OIDC_{name.upper()}", otherwise)
    for name, otherwise in (
        ("issuer", ""),
        ("client", ""),
        ("secret", ""),
        ("claim", ""),
        ("scope", "openid profile"),
    )
}


def secret_of(folder: Path) -> str:
    """The signing key: from the environment, else made once and kept in the book's folder."""
    if key := os.environ.get("DUBAN_SECRET"):
        return key
    kept = folder / "secret.txt"
    if not kept.is_file():
        folder.mkdir(parents=True, exist_ok=True)
        kept.touch(mode=0o600)
        kept.write_text(secrets.token_urlsafe(48), "utf-8")
    return kept.read_text("utf-8").strip()


SECRET_KEY = secret_of(FOLDER)
DEBUG = False
ALLOWED_HOSTS = os.environ.get("DUBAN_HOSTS", "127.0.0.1,localhost,[::1],testserver").split(",")
ROOT_URLCONF = "duban.web.urls"
WSGI_APPLICATION = "duban.web.wsgi.application"
INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django_otp",
    "django_otp.plugins.otp_totp",
    "duban.web",
    "duban.web.inbox.apps.Inbox",
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "duban.web.access.Door",
]
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "duban.web.inbox.context.notices",
            ]
        },
    }
]
DATABASES = databases(BOOK, FOLDER)
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
_VALIDATION = "django.contrib.auth.password_validation"
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"{_VALIDATION}.UserAttributeSimilarityValidator"},
    {"NAME": f"{_VALIDATION}.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},  # OWASP ASVS 4.0, 2.1.1
    {"NAME": f"{_VALIDATION}.CommonPasswordValidator"},
    {"NAME": f"{_VALIDATION}.NumericPasswordValidator"},
]
OTP_TOTP_ISSUER = "督办"
LANGUAGE_CODE = "zh-hans"
LANGUAGES = [("zh-hans", "中文"), ("en", "English")]
LOCALE_PATHS = sorted((HERE / "locale").iterdir())  # one catalogue a room
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "filters": {"refused": {"()": "duban.web.logged.Refusals"}},
    "loggers": {"django.request": {"filters": ["refused"]}},
}
USE_I18N = True
USE_TZ = True
TIME_ZONE = "Asia/Shanghai"
LOGIN_URL = "/login"
LOGIN_REDIRECT_URL = "/"
LOGOUT_REDIRECT_URL = "/"
SESSION_COOKIE_AGE = SESSION_HOURS * 3600
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = LANGUAGE_COOKIE_SECURE = HTTPS
SESSION_COOKIE_NAME = "__Host-duban" if HTTPS else "sessionid"
SECURE_HSTS_SECONDS = 31_536_000 if HTTPS else 0
X_FRAME_OPTIONS = "DENY"
SECURE_REFERRER_POLICY = "same-origin"
