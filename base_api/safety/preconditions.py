# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""`If-Match` (RFC 9110, section 13.1.1): write only unchanged records."""

from typing import Any

from odoo.models import BaseModel

from ..errors import InvalidParameter
from ..errors.write import Conflict, PreconditionFailed
from ..orm.access import filter_access
from ..protocol.etags import is_met, to_condition
from ..protocol.parameters import Parameter
from ..reading.versions import read_versions

IF_MATCH = Parameter(
    "if_match",
    lambda text, env: to_condition(text),
    None,
    "Write only if the record still has one of these ETags",
    {"type": "string"},
    header="If-Match",
)


def check_if_match(record: BaseModel, condition: Any, operation: str) -> None:
    """Refuse a record that has changed, and lock it otherwise.

    :param condition: the value of `If-Match`, or None
    :param operation: `write` or `unlink`
    :raise PreconditionFailed: it was changed
    :raise Conflict: another transaction is changing it
    """
    if condition:
        broken = check_conditions(record, {record.id: condition}, operation)
        for error in broken.values():
            raise error


def check_conditions(
    records: BaseModel, conditions: dict[int, Any], operation: str
) -> dict[Any, Any]:
    """Return `{id: ApiError}` of the records whose condition is not met.

    The others are locked until the transaction ends. Records that the caller may not
    write are skipped, as the ORM refuses them (RFC 9110, section 13.2.1).

    :param dict conditions: id to ETags, for all of the records
    """
    writable = filter_access(records, operation)
    versions = read_versions(writable, lock=True)
    broken = {}
    for record_id in writable.ids:
        if record_id not in versions:
            broken[record_id] = Conflict()
        elif not is_met(conditions[record_id], versions[record_id]):
            broken[record_id] = PreconditionFailed(
                f"Record with ID {record_id} in {records._name} is not as you read it: "
                "read it again"
            )
    return broken


def refuse_if_match(condition: Any) -> None:
    """Refuse the header in requests for several records."""
    if condition:
        raise InvalidParameter(
            "If-Match is for one record: in a list, send if_match with each item"
        )
