"""Readers, robots, deliveries."""

from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = ()

    operations = (
        migrations.CreateModel(
            name="Reader",
            fields=[
                ("username", models.CharField(max_length=150, primary_key=True, serialize=False)),
                ("seen", models.BigIntegerField(default=0)),
                ("weekly", models.BooleanField(default=True)),
                ("mailed", models.BigIntegerField(default=0)),
                ("mailed_on", models.DateField(null=True)),
            ],
        ),
        migrations.CreateModel(
            name="Robot",
            fields=[
                ("name", models.CharField(max_length=80, primary_key=True, serialize=False)),
                ("seq", models.BigIntegerField()),
            ],
        ),
        migrations.CreateModel(
            name="Delivery",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("robot", models.CharField(max_length=80)),
                ("seq", models.BigIntegerField()),
                ("kind", models.CharField(max_length=40)),
                ("account", models.CharField(max_length=200)),
                ("state", models.CharField(default="waiting", max_length=10)),
                ("tries", models.IntegerField(default=0)),
                ("next_at", models.DateTimeField()),
                ("told", models.CharField(default="", max_length=200)),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("robot", "seq"), name="once_a_robot")],
            },
        ),
    )
