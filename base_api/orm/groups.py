# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Groups of dates at both ends of the calendar."""

from collections.abc import Callable
from contextlib import suppress
from datetime import date, datetime
from typing import Any

import babel
import babel.dates
import pytz

from odoo.fields import Domain
from odoo.models import READ_GROUP_DISPLAY_FORMAT, BaseModel
from odoo.tools import date_utils, get_lang

# What datetime and babel raise for years before 1 and after 9999.
OUT_OF_RANGE = (OverflowError, ValueError)


def read_far_groups(
    model: BaseModel,
    domain: Domain,
    groupby: list[str],
    aggregates: list[str],
    **options: Any,
) -> list[dict[str, Any]]:
    """Return what `formatted_read_group` does, without the domains of the groups.

    It fails if one of the groups ends after the year 9999
    (`_web_read_group_groupby_formatter` in addons/web/models/models.py).

    :raise OverflowError, ValueError: a group that starts outside of the calendar
    """
    rows = model._read_group(domain, groupby, aggregates, **options)
    groups: list[dict[str, Any]] = [{} for _row in rows]
    columns = zip(*rows, strict=True)
    for spec, values in zip(groupby, columns, strict=False):
        formatter = model._web_read_group_groupby_formatter(spec, values)
        for group, value in zip(groups, values, strict=True):
            group[spec] = _format(model, spec, formatter, value)
    for spec, values in zip(aggregates, columns, strict=True):
        for group, value in zip(groups, values, strict=True):
            group[spec] = value
    return groups


def _format(model: BaseModel, spec: str, formatter: Callable, value: Any) -> Any:
    with suppress(*OUT_OF_RANGE):
        shown, _domain = formatter(value)
        return shown
    path, _, granularity = spec.partition(":")
    start = _start(model, path, value)
    text = start.isoformat(" ") if isinstance(start, datetime) else start.isoformat()
    return text, _label(value, granularity, get_lang(model.env).code)


def _start(model: BaseModel, path: str, value: Any) -> date:
    """Return the start of a group, in UTC, as Odoo does."""
    if model._fields[path.partition(".")[0]].type == "properties":
        # Odoo groups properties in UTC, and dates among them as datetimes.
        is_date = model.get_property_definition(path)["type"] == "date"
        return value.date() if is_date else value
    if not isinstance(value, datetime):
        return value
    name = model.env.context.get("tz")
    timezone = pytz.timezone(name if name in pytz.all_timezones_set else "UTC")
    return timezone.localize(value).astimezone(pytz.utc).replace(tzinfo=None)


def _label(value: date, granularity: str, locale: str) -> str:
    if granularity == "week":
        try:
            year, week = date_utils.weeknumber(babel.Locale.parse(locale), value)
        except OUT_OF_RANGE:
            year, week, _day = value.isocalendar()
        return f"W{week} {year:04}"
    is_moment = isinstance(value, datetime)
    write = babel.dates.format_datetime if is_moment else babel.dates.format_date
    return write(value, format=READ_GROUP_DISPLAY_FORMAT[granularity], locale=locale)
