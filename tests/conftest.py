"""Marks for what needs more than Python: `pytest -m "not browser and not postgres and not spark"` runs without it."""

from hypothesis import HealthCheck, settings

# No test is timed: what hypothesis judges by the clock says how busy the machine is, and nothing of the project.
settings.register_profile("untimed", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("untimed")

ENGINES = {"postgresql": "postgres", "spark": "spark"}  # by the parameter of a test that runs on several


def pytest_collection_modifyitems(items):
    """By fixtures and parameters, so that no test is forgotten."""
    for item in items:
        params = item.callspec.params.values() if hasattr(item, "callspec") else ()
        marks = {ENGINES[one] for one in params if isinstance(one, str) and one in ENGINES}
        marks |= {"browser", "postgres"} & set(item.fixturenames)
        for mark in sorted(marks):
            item.add_marker(mark)
