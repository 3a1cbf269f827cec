# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""From the references in values to ids."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, Any

from odoo.models import BaseModel

from ..errors import ApiError, InvalidFields, InvalidValue
from ..errors.details import AMBIGUOUS, MAX_DETAILS, NOT_FOUND, detail
from ..errors.sent_body import SentBody
from ..errors.write import ExternalIdTaken
from ..safety.savepoints import attempt
from ..upserting.outcomes import CREATED, Outcome, create_new
from ..writing.scalars import RefusedValue
from .collecting import collect_references
from .known import known_references
from .matches import Match, find_all, find_one, make_match
from .reference import CREATE, Reference, parse_reference

if TYPE_CHECKING:
    from ..errors.details import FieldReporter


def look_up_references(
    model: BaseModel, objects: Iterable[dict[str, Any]], parse_values: Callable
) -> None:
    """Look up the references in the values of many records together.

    One statement finds those to the same model by the same fields. Errors are reported
    when the values are parsed.

    :param objects: the sent values of records of a model
    :param parse_values: a function `(model, values, pointer)` to the parsed values
    :raise KeyRestricted: the API key may not read a model
    :raise odoo.exceptions.AccessError: the caller may not read a model or a field
    """
    found: list[tuple[int, str, Reference]] = []
    for values in objects:
        collect_references(model, values, found)
    if not found:
        return
    levels: dict[tuple[int, str], list[Reference]] = defaultdict(list)
    for depth, model_name, reference in found:
        levels[-depth, model_name].append(reference)
    # The innermost first, as others depend on them.
    for (_depth, model_name), references in sorted(levels.items(), key=lambda x: x[0]):
        find_all(model.env[model_name], references, parse_values)


def resolve_reference(
    model: BaseModel,
    value: dict[str, Any],
    place: FieldReporter,
    parse_values: Callable,
) -> int | None:
    """Return the id of the record of a reference; create it if that is asked for.

    :param model: of the record
    :param value: the reference in JSON
    :param place: where to report errors; then None is returned
    :param parse_values: a function `(model, values, pointer)` to the parsed values
    :raise KeyRestricted: the API key may not read the model, or create the record
    """
    try:
        reference = parse_reference(value)
    except ValueError as exc:
        place.report(exc)
        return None
    known = known_references(model.env.cr)
    name = (model._name, reference.text)
    try:
        if len(known.get(name, ())) != 1:
            match = make_match(model, reference.identity, parse_values)
            key, _values = match.split(reference.identity, place.pointer)
            known[name] = known[name] if name in known else find_one(match, key)
            if not known[name] and reference.values is not None:
                outcome = Outcome(
                    key, place.pointer, reference.values, {}, model, CREATED
                )
                known[name] = _create(match, outcome, parse_values)
    except RefusedValue as exc:
        place.add(f"{place.field}: {exc}", exc.code)
        return None
    except (ExternalIdTaken, InvalidFields, InvalidValue) as exc:
        _add(exc, place)
        return None
    if len(known[name]) == 1:
        return known[name][0]
    _report(model, reference, len(known[name]), place)
    return None


def _create(match: Match, outcome: Outcome, parse_values: Callable) -> tuple[int, ...]:
    """Create the record of a reference in a savepoint.

    So the error of a constraint is about the values of this record.

    :raise ApiError: any error about the values
    """
    model, sent, pointer = match.model, outcome.sent, outcome.pointer
    match.find([outcome.key], [pointer])  # refuses an external id of another record
    outcome.values = parse_values(model, sent, pointer)
    body = SentBody(model.env.registry, model._name, sent, True, pointer)
    _result, error = attempt(model.env, create_new, model, match, [outcome], sent=body)
    if error is not None:
        raise error
    return outcome.record._ids


def _add(error: ApiError, place: FieldReporter) -> None:
    """Report what an error is about."""
    details = error.details or [
        detail(place.field, error.description, error.error_code.lower(), place.pointer)
    ]
    place.details.extend(details[: MAX_DETAILS - len(place.details)])


def _report(
    model: BaseModel, reference: Reference, count: int, place: FieldReporter
) -> None:
    if count:
        message = f"more than one {model._name} has {reference}: send more fields"
        place.add(f"{place.field}: {message}", AMBIGUOUS)
    else:
        message = f'no {model._name} has {reference}: "{CREATE}": true creates it'
        place.add(f"{place.field}: {message}", NOT_FOUND)
