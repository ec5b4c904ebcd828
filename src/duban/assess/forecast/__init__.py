"""How a year will end: by simple methods that are measured on other years, with an interval and a probability."""

from duban.assess.forecast.book import forecasts
from duban.assess.forecast.cases import cases
from duban.assess.forecast.families import FAMILIES
from duban.assess.forecast.goal import Goal
from duban.assess.forecast.item import forecast_item
from duban.assess.forecast.record import Record, learn, read_record, shipped, write_record
from duban.assess.forecast.rolling import backtest, whole
from duban.assess.forecast.rows import read_series
from duban.assess.forecast.scores import Score
from duban.assess.forecast.series import Seen, Series
from duban.assess.forecast.year_end import Forecast, Now, forecast

__all__ = [
    "FAMILIES",
    "Forecast",
    "Goal",
    "Now",
    "Record",
    "Score",
    "Seen",
    "Series",
    "backtest",
    "cases",
    "forecast",
    "forecast_item",
    "forecasts",
    "learn",
    "read_record",
    "read_series",
    "shipped",
    "whole",
    "write_record",
]
