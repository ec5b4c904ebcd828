"""Forecasts in words: sentences that the forecast itself names, filled and put together."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from duban.assess import Account
from duban.assess.forecast import Forecast, Record
from duban.assess.forecast.pipeline import FEWEST, Pipeline
from duban.core.period import chinese, period
from duban.registers.register import Register
from duban.words import sentence

SIGNS = {"ge": "≥", "le": "≤", "range": "≥"}


def told(found: Forecast, locale: str = "zh") -> str:
    """What the forecast says and why."""
    return _joined([sentence(code, _named(data, locale), locale) for code, data in found.said], locale)


def _named(data: Mapping[str, str], locale: str) -> Mapping[str, str]:
    if "period" in data and locale == "zh":
        return {**data, "period": chinese(period(data["period"]))}
    return data


def _joined(said: list[str], locale: str) -> str:
    return ("" if locale == "zh" else " ").join(one for one in said if one)


def target_of(account: Account, locale: str = "zh") -> str:
    """The target with its comparator: "≥280个"; "about" as 左右."""
    target = account.target
    if target.value is None:
        return ""
    about = {"zh": "左右", "en": " or so"}[locale] if target.comparator == "approx" else ""
    return f"{SIGNS.get(target.comparator, '')}{target.value}{target.unit}{about}"


def needed(found: Forecast, account: Account, locale: str = "zh") -> str:
    """What would change the light: what the rest of the year must bring; "" where nothing is known of it."""
    required, unit = found.required, account.target.unit
    if required is None:
        return ""
    growth = required.code.startswith("required.growth")
    value = (
        "" if required.value is None else f"{required.value:.1f}" if growth else f"{required.value:f}{unit}"
    )
    weight = "" if required.weight is None else f"{100 * required.weight:.0f}"
    data = {"value": value, "months": required.months, "target": target_of(account, locale), "weight": weight}
    said = [sentence(required.code, data, locale)]
    if required.never_yet:
        said.append(sentence("required.never_yet", {"best": f"{required.best:.1f}"}, locale))
    return _joined(said, locale)


def proved(found: Forecast, record: Record, locale: str = "zh") -> str:
    """How forecasts like this one did on other years; "" where there is no record of them."""
    score = record.score(found.family, found.years) if found.n else None
    if score is None or score.covered is None:
        return ""
    data = {
        "family": f"family.{found.family}", "n": score.n, "covered": f"{score.covered:.0f}", "made": record.made,
        "tested": record.tested, "pace": _better(score.against_pace), "last": _better(score.against_last),
    }  # fmt: skip
    said = [sentence("forecast.proved_by" if found.years else "forecast.proved_alone", data, locale)]
    if record.simulated:
        said.append(sentence("forecast.proved_simulated", {}, locale))
    return _joined(said, locale)


def _better(part: float | None) -> str:
    return "—" if part is None else f"{100 * (1 - part):.0f}%"


def plain(found: Forecast, account: Account, record: Record) -> dict[str, Any]:
    """The forecast for machines: quantities as strings, what is unknown as null, sentences in both languages."""
    numbers = {name: getattr(found, name) for name in ("value", "end", "low", "high")}
    required = found.required
    score = record.score(found.family, found.years) if found.n else None
    return {
        **{name: None if number is None else f"{number:f}" for name, number in numbers.items()},
        "chance": found.chance, "unit": account.target.unit, "month": found.month or None, "family": found.family or None,
        "earlier_years": found.years, "weights": {name: round(part, 3) for name, part in found.weights.items()},
        "errors_known": found.n, "codes": [code for code, _data in found.said],
        "said": {locale: told(found, locale) for locale in ("zh", "en")},
        "required": None if required is None else {
            "code": required.code, "months": required.months,
            "value": None if required.value is None else f"{required.value:.4f}".rstrip("0").rstrip("."),
        },
        "record": None if score is None else {
            "made": record.made, "simulated": record.simulated, "n": score.n, "covered": score.covered,
            "against_pace": score.against_pace, "against_last": score.against_last,
        },
    }  # fmt: skip


def on_the_way(
    found: Pipeline, register: Register, unit: str, target: Decimal | None, locale: str = "zh"
) -> str:
    """What a register's records on their way will still bring."""
    usual = ("、" if locale == "zh" else ", ").join(
        sentence("pipeline.usual", {"stage": _stage(register, at, locale), "days": days}, locale)
        for at, days in found.usual.items()
    )
    data = {
        "now": found.now, "ways": len(found.ways), "stage": _stage(register, found.stage, locale), "unit": unit,
        "expected": f"{found.expected:.0f}", "low": found.low, "high": found.high, "unknown": found.unknown,
        "fewest": FEWEST,
    }  # fmt: skip
    said = [sentence("pipeline.told" if found.ways else "pipeline.none", data, locale)]
    if usual:
        said.append(sentence("pipeline.usually", {"usual": usual}, locale))
    if found.unknown:
        said.append(sentence("pipeline.unknown", data, locale))
    chance = None if target is None else found.chance(target)
    if target is not None and chance is not None:
        said.append(sentence("forecast.chance", {"target": f"{target}{unit}", "chance": chance}, locale))
    return _joined([*said, sentence("pipeline.untested", {}, locale)], locale)


def _stage(register: Register, name: str, locale: str) -> str:
    return register.staged[name].label(locale)
