"""How far each person has looked, whether they want letters, and what was sent to robots. Never what it says."""

from django.db import models


class Reader(models.Model):
    """A person's place in the ledger: seen up to entry `seen`, written to up to entry `mailed` on day `mailed_on`."""

    username = models.CharField(max_length=150, primary_key=True)
    seen = models.BigIntegerField(default=0)
    weekly = models.BooleanField(default=True)
    mailed = models.BigIntegerField(default=0)
    mailed_on = models.DateField(null=True)


class Robot(models.Model):
    """A robot by its name in the settings: entries up to `seq` were looked at for it."""

    name = models.CharField(max_length=80, primary_key=True)
    seq = models.BigIntegerField()


class Delivery(models.Model):
    """One message to one robot: waiting, sending (a process is at it, or was), sent, unsure, or given up."""

    robot = models.CharField(max_length=80)
    seq = models.BigIntegerField()
    kind = models.CharField(max_length=40)
    account = models.CharField(max_length=200)
    state = models.CharField(max_length=10, default="waiting")
    tries = models.IntegerField(default=0)
    next_at = models.DateTimeField()
    told = models.CharField(max_length=200, default="")

    class Meta:
        constraints = (models.UniqueConstraint(fields=["robot", "seq"], name="once_a_robot"),)


class Follower(models.Model):
    """An address whose owner asked for letters on a promise; written to up to entry `mailed`. Gone when they leave."""

    address = models.EmailField()
    commitment = models.CharField(max_length=40)
    mailed = models.BigIntegerField()

    class Meta:
        constraints = (models.UniqueConstraint(fields=["address", "commitment"], name="once_a_follower"),)
