"""Settings, all from the environment: DUBAN_BOOK, DUBAN_PUBLIC, DUBAN_HOSTS, DUBAN_SECRET, DUBAN_HTTPS."""

import os
import secrets
from pathlib import Path

from duban.web.database import databases

HERE = Path(__file__).resolve().parent
BOOK = os.environ.get("DUBAN_BOOK", "book")
FOLDER = Path(BOOK) if "://" not in BOOK else Path(os.environ.get("DUBAN_FOLDER", "."))
PUBLIC = os.environ.get("DUBAN_PUBLIC", "") == "1"
HTTPS = os.environ.get("DUBAN_HTTPS", "") == "1"


def _secret() -> str:
    """The signing key: from the environment, else made once and kept in the book's folder."""
    if key := os.environ.get("DUBAN_SECRET"):
        return key
    kept = FOLDER / "secret.txt"
    if not kept.is_file():
        FOLDER.mkdir(parents=True, exist_ok=True)
        kept.touch(mode=0o600)
        kept.write_text(secrets.token_urlsafe(48), "utf-8")
    return kept.read_text("utf-8").strip()


SECRET_KEY = _secret()
DEBUG = False
ALLOWED_HOSTS = os.environ.get("DUBAN_HOSTS", "127.0.0.1,localhost,[::1],testserver").split(",")
ROOT_URLCONF = "duban.web.urls"
WSGI_APPLICATION = "duban.web.wsgi.application"
INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "duban.web",
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
            ]
        },
    }
]
DATABASES = databases(BOOK, FOLDER)
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in ("UserAttributeSimilarityValidator", "MinimumLengthValidator", "CommonPasswordValidator")
]
LANGUAGE_CODE = "zh-hans"
LANGUAGES = [("zh-hans", "中文"), ("en", "English")]
LOCALE_PATHS = sorted((HERE / "locale").iterdir())  # one catalogue a room
USE_I18N = True
USE_TZ = True
TIME_ZONE = "Asia/Shanghai"
LOGIN_URL = "/login"
LOGIN_REDIRECT_URL = "/"
LOGOUT_REDIRECT_URL = "/"
SESSION_COOKIE_AGE = 12 * 3600
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = HTTPS
X_FRAME_OPTIONS = "DENY"
SECURE_REFERRER_POLICY = "same-origin"
