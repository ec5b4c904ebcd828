"""The app's label, under which Django keeps its tables."""

from django.apps import AppConfig


class Inbox(AppConfig):
    """Notices."""

    name = "duban.web.inbox"
    label = "inbox"
    default_auto_field = "django.db.models.BigAutoField"
