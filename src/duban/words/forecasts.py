"""Forecasts in words: one paragraph of the sentences that the forecast itself names."""

from duban.assess.forecast import Forecast, Record
from duban.core.period import chinese, period
from duban.plan.required import Required
from duban.words import sentence


def told(found: Forecast, locale: str = "zh") -> str:
    """What the forecast says and why."""
    joint = "" if locale == "zh" else " "
    return joint.join(sentence(code, _named(dict(data), locale), locale) for code, data in found.said)


def _named(data: dict[str, str], locale: str) -> dict[str, str]:
    if "period" in data and locale == "zh":
        data["period"] = chinese(period(data["period"]))
    return data


def needed(required: Required | None, target: str, unit: str, locale: str = "zh") -> str:
    """What would change the light: what the rest of the year must bring; "" where nothing is known of it."""
    if required is None:
        return ""
    growth = required.code.startswith("required.growth")
    value = (
        "" if required.value is None else f"{required.value:.1f}" if growth else f"{required.value:f}{unit}"
    )
    weight = "" if required.weight is None else f"{100 * required.weight:.0f}"
    data = {"value": value, "months": required.months, "target": target, "weight": weight}
    said = sentence(required.code, data, locale)
    if required.never_yet:
        joint = "" if locale == "zh" else " "
        said += joint + sentence("required.never_yet", {"best": f"{required.best:.1f}"}, locale)
    return said


def proved(family: str, record: Record, locale: str = "zh") -> str:
    """How such forecasts did on other years; "" where the family has no record."""
    score = record.scores.get(family)
    if score is None or score.covered is None:
        return ""
    data = {
        "family": f"family.{family}", "n": score.n, "covered": f"{score.covered:.0f}", "made": record.made,
        "tested": record.tested, "pace": _better(score.against_pace), "last": _better(score.against_last),
    }  # fmt: skip
    return sentence("forecast.proved_simulated" if record.simulated else "forecast.proved", data, locale)


def _better(part: float | None) -> str:
    return "—" if part is None else f"{100 * (1 - part):.0f}%"
