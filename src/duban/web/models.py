"""What is stored beside the ledger: how accounts sign in. Roles, units and every word of the year stand in the book."""

from django.conf import settings
from django.db import models


class Account(models.Model):
    """What Django's own user has no place for. `subject` is the name by which the city's sign-in knows the account."""

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL, models.CASCADE, primary_key=True, related_name="account"
    )
    must_change = models.BooleanField(default=False)
    subject = models.CharField(max_length=255, null=True, unique=True)


class Attempt(models.Model):
    """A sign-in that failed, or is being tried. `account` is a keyed hash of the name typed, which may be anything."""

    account = models.CharField(max_length=64, db_index=True)
    address = models.CharField(max_length=64, db_index=True)
    at = models.DateTimeField(db_index=True)


class Seat(models.Model):
    """A session that is open, so that its owner and the office can end it."""

    key = models.CharField(max_length=40, primary_key=True)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="seats")
    began = models.DateTimeField(db_index=True)
    seen = models.DateTimeField()
    address = models.CharField(max_length=64)
    agent = models.CharField(max_length=200)


class RecoveryCode(models.Model):
    """A code that opens the second step once, where the device is lost; only its digest is kept."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="recovery_codes")
    digest = models.CharField(max_length=64)


class SavedView(models.Model):
    """Filters of a register's list that someone gave a name; `query` is the rest of the list's address."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="saved_views")
    register = models.CharField(max_length=80)
    name = models.CharField(max_length=40)
    query = models.TextField()

    class Meta:
        unique_together = (("user", "register", "name"),)


class Draft(models.Model):
    """What somebody has begun to report on an item and not sent: theirs alone, and no entry of the ledger."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="drafts")
    item = models.CharField(max_length=80)
    fields = models.JSONField()
    saved_at = models.DateTimeField(auto_now=True)

    class Meta:
        unique_together = (("user", "item"),)


class Remarked(models.Model):
    """A remark that came from an address, for the city's limits of a day; forgotten after it."""

    address = models.CharField(max_length=64, db_index=True)
    on = models.DateField(db_index=True)
