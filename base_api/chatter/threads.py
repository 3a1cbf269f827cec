# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Records of models with messages, followers or activities."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from odoo.api import Environment
from odoo.fields import Domain
from odoo.models import BaseModel

from ..envelope import Answer, counted
from ..errors import NotFound
from ..lookup import get_model, get_record
from ..reading.projection import Projection
from ..reading.serializers import serialize
from ..searching.paths import known_fields

THREAD = "mail.thread"  # messages and followers
ACTIVITIES = "mail.activity.mixin"
_NOUNS = {THREAD: "messages and followers", ACTIVITIES: "activities"}


def get_thread(
    env: Environment, model_name: str, record_id: str, mixin: str
) -> BaseModel:
    """Return a record whose model has a mixin of the app `mail`.

    :param mixin: `THREAD` or `ACTIVITIES`
    :raise NotFound: the app is not installed, or the model does not have the mixin
    :raise RecordNotFound: there is no such record that the caller may see
    """
    model = get_model(env, model_name)
    if mixin not in env:
        raise NotFound(f"There are no {_NOUNS[mixin]}: the app mail is not installed")
    if not issubclass(env.registry[model_name], env.registry[mixin]):
        raise NotFound(f"The records of {model_name} have no {_NOUNS[mixin]}")
    return get_record(model, record_id)


def page_of(
    record: BaseModel,
    model: BaseModel,
    domain: Domain,
    describe: Callable[[BaseModel], list[dict[str, Any]]],
    limit: int,
    offset: int,
    order: str,
) -> Answer:
    """Return the answer with a page of what belongs to a record.

    The caller may read the record; the rules of the app decide about the rest.

    :param model: that of the answered records
    :param describe: from records to JSON
    """
    found = model.search(domain, limit=limit, offset=offset, order=order)
    rows = describe(found) if limit else []
    total = model.search_count(domain)
    data = {
        "records": rows,
        "count": len(rows),
        "total_count": total,
        "model": record._name,
        "id": record.id,
    }
    return Answer(data, f"Found {counted(total, 'record')} in {model._name}")


def show(records: BaseModel, paths: tuple[str, ...]) -> list[dict[str, Any]]:
    """Return records as JSON, as the caller may see them, whatever the API key.

    Without the records of models that the caller may not read, such as attachments for
    portal users.
    """
    projection = Projection({"id": "id"})
    for path in paths:
        fields = known_fields(records, path)
        if all(records.env[field.model_name].has_access("read") for field in fields):
            projection.add(path, fields)
    return serialize(records, projection)
