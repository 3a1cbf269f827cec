# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""JSON Schemas: users and signing in."""

from ..protocol.bodies import Body
from .key_schemas import RESTRICTIONS
from .schemas import (
    BOOLEAN,
    COUNT,
    ID,
    MOMENT,
    OPEN_OBJECT,
    PAIR,
    TEXT,
    VALUES,
    JsonAnswer,
    array,
    obj,
    or_false,
    or_null,
)

_ACCOUNT = {"id": ID, "name": TEXT, "login": TEXT, "email": or_false(TEXT)}
_OWN_PROFILE = _ACCOUNT | {"active": BOOLEAN, "company_id": or_false(PAIR)}
_GROUPS = array(obj({"id": ID, "name": TEXT}))
_PERMISSIONS = obj(
    {"is_admin": BOOLEAN, "is_user": BOOLEAN, "can_manage_users": BOOLEAN}
)
_SUMMARY = obj(
    _ACCOUNT | {"active": BOOLEAN, "create_date": or_false(MOMENT)},
    groups=array(TEXT),
    company_id=TEXT,
    login_date=or_false(MOMENT),
)
_PROFILE = obj(
    {
        "id": ID,
        "name": TEXT,
        "email": or_false(TEXT),
        "active": BOOLEAN,
        "create_date": or_false(MOMENT),
    },
    login=TEXT,
    phone=or_false(TEXT),
    lang=or_false(TEXT),
    tz=or_false(TEXT),
    signature=or_false(TEXT),
    company_id=or_false(PAIR),
    groups=array(obj({"id": ID, "name": TEXT, "full_name": TEXT})),
    company_ids=array(obj({"id": ID, "name": TEXT})),
    login_date=or_false(MOMENT),
)
# What is left of the rate limits of the caller.
_LIMITS = array(
    obj(
        {
            "policy": TEXT,
            "quota": COUNT,
            "unit": TEXT,
            "window": or_null(COUNT),
            "remaining": COUNT,
            "reset": COUNT,
        }
    )
)
_OWN_KEY = obj(
    {
        "id": ID,
        "name": TEXT,
        "restrictions": obj(RESTRICTIONS),
        "expires_at": or_false(MOMENT),
        "limits": _LIMITS,
    }
)
API_TEST = JsonAnswer("ApiTest", obj({"message": TEXT, "version": TEXT}))
KEY_TEST = JsonAnswer(
    "KeyTest",
    obj(
        {
            "user_id": ID,
            "user_name": TEXT,
            "user_login": TEXT,
            "authenticated": BOOLEAN,
            "key": _OWN_KEY,
        }
    ),
)
USER_INFO = JsonAnswer(
    "UserInfo",
    obj({"user": obj(_OWN_PROFILE), "api_version": TEXT, "database": TEXT}),
)
ME = JsonAnswer(
    "Me",
    obj(
        {"user": obj(_OWN_PROFILE | {"groups": _GROUPS, "permissions": _PERMISSIONS})},
        key=_OWN_KEY,
        limits=_LIMITS,
    ),
)
LOGIN = JsonAnswer(
    "Login",
    obj(
        {
            "session_token": TEXT,
            "expires_at": MOMENT,
            "user": obj(_ACCOUNT | {"groups": array(TEXT)}),
        }
    ),
)
CSRF_TOKEN = JsonAnswer("CsrfToken", obj({"csrf_token": TEXT}))
REFRESHED_SESSION = JsonAnswer(
    "RefreshedSession",
    obj({"session_token": TEXT, "expires_at": MOMENT, "user": obj(_ACCOUNT)}),
)
LOGOUT = JsonAnswer("Logout", {"type": "null"})
USER_LIST = JsonAnswer(
    "UserList",
    obj(
        {
            "users": array(_SUMMARY),
            "count": COUNT,
            "total_count": COUNT,
            "limit": COUNT,
            "offset": COUNT,
        }
    ),
)
USER = JsonAnswer("User", obj({"user": _PROFILE}))
# With a key that may not read users, only the id and what was sent.
UPDATED_USER = JsonAnswer(
    "UpdatedUser", obj({"user": OPEN_OBJECT, "updated_fields": array(TEXT)})
)
PASSWORD_CHANGED = JsonAnswer("PasswordChanged", obj({"user_id": ID, "message": TEXT}))
PASSWORD_RESET = JsonAnswer(
    "PasswordReset", obj({"user_id": ID, "temporary_password": TEXT, "message": TEXT})
)
GROUP_LIST = JsonAnswer(
    "GroupList",
    obj(
        {
            "groups_by_category": {
                "type": "object",
                "additionalProperties": array(
                    obj(
                        {
                            "id": ID,
                            "name": TEXT,
                            "full_name": TEXT,
                            "xml_id": or_false(TEXT),
                            "comment": or_false(TEXT),
                            "users_count": COUNT,
                        }
                    )
                ),
            },
            "total_groups": COUNT,
        }
    ),
)
LOGIN_BODY = Body(
    {
        "type": "object",
        "properties": {"username": TEXT, "password": TEXT, "totp": TEXT},
        "required": ["username", "password"],
    }
)
WEB_SESSION_BODY = Body(
    {
        "type": "object",
        "properties": {"csrf_token": TEXT},
        "required": ["csrf_token"],
    }
)
PASSWORD_BODY = Body(
    {
        "type": "object",
        "properties": {"new_password": TEXT, "old_password": or_null(TEXT)},
        "required": ["new_password"],
    }
)
USER_BODY = Body(VALUES)
