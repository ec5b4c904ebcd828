"""Where remarks came from, for the limits of a day: see `duban.web.models`."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("web", "0003_drafts")]
    operations = [
        migrations.CreateModel(
            name="Remarked",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("address", models.CharField(db_index=True, max_length=64)),
                ("on", models.DateField(db_index=True)),
            ],
        ),
    ]
