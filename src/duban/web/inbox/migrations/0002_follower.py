"""Who follows a promise by mail: see `duban.web.inbox.models`."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = (("inbox", "0001_initial"),)
    operations = (
        migrations.CreateModel(
            name="Follower",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("address", models.EmailField(max_length=254)),
                ("commitment", models.CharField(max_length=40)),
                ("mailed", models.BigIntegerField()),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("address", "commitment"), name="once_a_follower")
                ]
            },
        ),
    )
