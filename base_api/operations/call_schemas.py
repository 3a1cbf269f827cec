# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""JSON Schemas: calls of methods, and batches."""

from ..auth.restrictions import METHODS
from ..calling.batches import MAX_STEPS
from ..protocol.bodies import Body
from .schemas import (
    ANYTHING,
    BOOLEAN,
    COUNT,
    ERROR,
    ID,
    ID_OR_REFERENCE,
    IDS,
    INTEGER,
    MODEL,
    OPEN_OBJECT,
    TEXT,
    JsonAnswer,
    array,
    choice,
    obj,
    or_null,
    results,
)

CALL_RESULT = JsonAnswer(
    "CallResult", obj({"result": ANYTHING, "model": MODEL, "method": TEXT, "ids": IDS})
)
CALL_RESULTS = JsonAnswer(
    "CallResults",
    results(
        obj(
            {"id": ID, "success": BOOLEAN, "status": INTEGER},
            result=ANYTHING,
            error=ERROR,
        ),
        "succeeded",
        "failed",
        method=TEXT,
    ),
)
CALL_BODY = Body(
    obj(
        ids=or_null(array(ID_OR_REFERENCE)),
        args=or_null(array(ANYTHING)),
        kwargs=or_null(OPEN_OBJECT),
        context=or_null(OPEN_OBJECT),
    ),
    optional=True,
)
_PARAMETER = obj(
    {"name": TEXT, "required": BOOLEAN}, default=ANYTHING, variable=BOOLEAN
)
METHOD_LIST = JsonAnswer(
    "MethodList",
    obj(
        {
            "methods": array(
                obj({"name": TEXT, "parameters": array(_PARAMETER), "doc": TEXT})
            ),
            "count": COUNT,
            "model": MODEL,
        }
    ),
)
ACTION_LIST = JsonAnswer(
    "ActionList",
    obj(
        {
            "actions": array(
                obj(
                    {
                        "name": TEXT,
                        "label": TEXT,
                        "type": choice("method", "action", "server_action", "report"),
                        "groups": array(TEXT),
                    },
                    applies=or_null(BOOLEAN),
                    id=ID,
                    target_model=MODEL,
                    context=OPEN_OBJECT,
                    methods=array(obj({"name": TEXT, "label": TEXT})),
                )
            ),
            "count": COUNT,
            "model": MODEL,
        },
        id=ID,
    ),
)
BATCH_RESULT = JsonAnswer(
    "BatchResult",
    obj(
        {
            "results": array(
                obj(
                    {"id": or_null(TEXT), "status": INTEGER, "data": ANYTHING},
                    headers={"type": "object", "additionalProperties": TEXT},
                )
            ),
            "count": COUNT,
        }
    ),
)
_STEP_ID = {"type": "string", "pattern": "^[A-Za-z_][A-Za-z0-9_-]{0,63}$"}
BATCH_BODY = Body(
    obj(
        {
            "steps": array(
                obj(
                    {"method": {"type": "string", "enum": list(METHODS)}, "path": TEXT},
                    id=or_null(_STEP_ID),
                    headers=or_null({"type": "object", "additionalProperties": TEXT}),
                    body=ANYTHING,
                ),
                minItems=1,
                maxItems=MAX_STEPS,
            )
        }
    )
)
