"""The app's label, under which Django keeps the accounts; and what a process settles when it starts."""

from django.apps import AppConfig
from django.conf import settings


class Web(AppConfig):
    """Pages."""

    name = "duban.web"
    label = "web"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Let what the city says of its systems hold; a wrong file stops the start with one sentence."""
        from duban.packs import settle_city

        settle_city(settings.FOLDER)
