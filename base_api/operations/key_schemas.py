# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""JSON Schemas: API keys and sessions."""

from ..auth.administration import OPERATIONS
from ..limiting.policies import MAX_LIMIT
from ..protocol.bodies import Body
from ..settings import MAX_KEY_DAYS, RATE_POLICIES
from .schemas import (
    BOOLEAN,
    COUNT,
    ID,
    IDS,
    MOMENT,
    SENT_MOMENT,
    TEXT,
    JsonAnswer,
    Schema,
    array,
    obj,
    or_false,
    or_null,
)

_OPERATION = {"type": "string", "enum": list(OPERATIONS)}
_RESTRICTIONS: dict[str, Schema] = {
    "models": {
        "type": "object",
        "additionalProperties": array(_OPERATION),
        "description": "Operations by model; * stands for every other model",
        "examples": [{"res.partner": ["read"]}],
    },
    "external_id_prefix": {
        "type": "string",
        "description": "How the external ids that the key uses begin",
        "examples": ["shop."],
    },
    "networks": array(
        {"type": "string", "description": "CIDR notation", "examples": ["10.0.0.0/8"]}
    ),
}
LIMITS = obj(
    **{
        name: or_null({"type": "integer", "minimum": 1, "maximum": MAX_LIMIT})
        for name in RATE_POLICIES
    }
)
# Of a key, as answers have them.
RESTRICTIONS: dict[str, Schema] = {
    "read_only": BOOLEAN,
    "models": or_null(_RESTRICTIONS["models"]),
    "networks": or_null(_RESTRICTIONS["networks"]),
    "external_id_prefix": or_null(_RESTRICTIONS["external_id_prefix"]),
}
_KEY = {
    "id": ID,
    "name": TEXT,
    "prefix": or_false(TEXT),
    "scope": or_false(TEXT),
    "created_at": or_false(MOMENT),
    "expires_at": or_false(MOMENT),
    "last_used_at": or_false(MOMENT),
    "last_used_from": or_false(TEXT),
    "strict_types": BOOLEAN,
    "administrative": BOOLEAN,
    **RESTRICTIONS,
    "metrics": BOOLEAN,
    "audit_reads": or_null(BOOLEAN),
    "learn_until": or_null(MOMENT),
    "limits": or_null(LIMITS),
    "suggested": or_null(
        obj({"read_only": BOOLEAN, "models": _RESTRICTIONS["models"]})
    ),
}
API_KEY_LIST = JsonAnswer(
    "ApiKeyList", obj({"user_id": ID, "api_keys": array(obj(_KEY)), "count": COUNT})
)
API_KEY = JsonAnswer("ApiKey", obj({"user_id": ID, "api_key": obj(_KEY)}))
PRESET_LIST = JsonAnswer(
    "PresetList",
    obj(
        {
            "presets": array(
                obj(
                    {
                        "name": TEXT,
                        "label": TEXT,
                        "description": TEXT,
                        "read_only": BOOLEAN,
                        "models": _RESTRICTIONS["models"],
                    }
                )
            ),
            "count": COUNT,
        }
    ),
)
NEW_API_KEY = JsonAnswer(
    "NewApiKey",
    obj(
        {
            "user_id": ID,
            "user_name": or_false(TEXT),
            "api_key": TEXT,
            "note": TEXT,
            "id": ID,
        }
    ),
)
REVOKED_API_KEY = JsonAnswer("RevokedApiKey", obj({"user_id": ID, "id": ID}))
_CHANGEABLE = {
    "name": or_null(TEXT),
    "expires_in_days": or_null(
        {"type": "integer", "minimum": 1, "maximum": MAX_KEY_DAYS}
    ),
    "read_only": or_null(BOOLEAN),
    "models": or_null(_RESTRICTIONS["models"]),
    "networks": or_null(_RESTRICTIONS["networks"]),
    "external_id_prefix": or_null(_RESTRICTIONS["external_id_prefix"]),
    "preset": or_null(TEXT),
    "learn_until": or_null(SENT_MOMENT),
    "limits": or_null(LIMITS),
    "metrics": or_null(BOOLEAN),
    "audit_reads": or_null(BOOLEAN),
}
API_KEY_CHANGE_BODY = Body(obj(**_CHANGEABLE))
API_KEY_BODY = Body(
    obj(**_CHANGEABLE, strict_types=or_null(BOOLEAN)),
    optional=True,
)
ROLL_BODY = Body(
    obj(overlap_days=or_null({"type": "integer", "minimum": 0, "maximum": 7})),
    optional=True,
)
SESSION_LIST = JsonAnswer(
    "SessionList",
    obj(
        {
            "user_id": ID,
            "sessions": array(
                obj(
                    {
                        "id": ID,
                        "started_at": MOMENT,
                        "last_activity": MOMENT,
                        "address": or_false(TEXT),
                        "client": or_false(TEXT),
                        "expires_at": MOMENT,
                        "current": BOOLEAN,
                    }
                )
            ),
            "count": COUNT,
        }
    ),
)
ENDED_SESSION = JsonAnswer("EndedSession", obj({"user_id": ID, "id": ID}))
ENDED_SESSIONS = JsonAnswer(
    "EndedSessions", obj({"user_id": ID, "ids": IDS, "count": COUNT})
)
