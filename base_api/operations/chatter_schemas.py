# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""JSON Schemas: messages, activities and followers of records."""

from ..protocol.bodies import Body
from .schemas import (
    BOOLEAN,
    COUNT,
    ID,
    ID_OR_REFERENCE,
    MODEL,
    OTHER_RECORD,
    OTHER_VALUES,
    TEXT,
    JsonAnswer,
    array,
    obj,
    or_null,
)

CHATTER_PAGE = JsonAnswer(
    "ChatterPage",
    obj(
        {
            "records": array(OTHER_RECORD),
            "count": COUNT,
            "total_count": COUNT,
            "model": MODEL,
            "id": ID,
        }
    ),
)
CREATED_CHATTER = JsonAnswer(
    "CreatedChatter", obj({"id": ID, "record": OTHER_RECORD, "model": MODEL}), 201
)
_IS_HTML = {"default": False, "description": "Whether body is HTML"}
_IS_INTERNAL = {
    "default": False,
    "description": "An internal note, not for all followers",
}
MESSAGE_BODY = Body(
    obj(
        body=or_null(TEXT),
        html=or_null(BOOLEAN) | _IS_HTML,
        subject=or_null(TEXT),
        subtype={
            "description": "Id, reference or external id of a subtype",
            "examples": ["mail.mt_comment"],
        },
        internal=or_null(BOOLEAN) | _IS_INTERNAL,
        attachment_ids=or_null(array(ID_OR_REFERENCE)),
    )
)
ACTIVITY_BODY = Body(OTHER_VALUES)
_SUBTYPES = array(ID_OR_REFERENCE) | {"description": "What they are notified of"}
FOLLOWERS_BODY = Body(
    obj(
        {"partner_ids": array(ID_OR_REFERENCE, minItems=1)},
        subtype_ids=or_null(_SUBTYPES),
    )
)
UNFOLLOW_BODY = Body(obj({"partner_ids": array(ID_OR_REFERENCE, minItems=1)}))
