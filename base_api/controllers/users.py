# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from collections import defaultdict
from http import HTTPStatus
from typing import Any

from odoo import http
from odoo.fields import Domain
from odoo.models import BaseModel

from ..auth.administrators import manages_users
from ..auth.api_key import can_use, check_operation, current_session_id
from ..auth.key_options import parse_key_options
from ..auth.owners import get_own_user, get_user
from ..auth.profiles import SHOWN_ONCE, profile, summary
from ..envelope import Answer, counted, secret_answer
from ..errors import (
    AdminFieldAccessDenied,
    InvalidFields,
    InvalidParameter,
    NoValidFields,
)
from ..errors.auth import (
    InvalidOldPassword,
    MissingOldPassword,
    MissingPassword,
    RateLimited,
)
from ..operations import user_schemas, write_schemas
from ..operations.route import api_route
from ..operations.runner import OperationController
from ..orm.credentials import set_password
from ..protocol.bodies import as_items
from ..protocol.parameters import LIMIT, OFFSET, boolean, text
from ..protocol.preferences import ECHOING, current_preferences
from ..safety.dry_run_diff import watch, watch_created
from ..safety.max_affected import check_max_affected
from ..writing.representation import as_sent, represent
from ..writing.user_values import OWN_FIELDS, parse_passwords, parse_user_values
from ..writing.values import parse_values
from .answers import created_answer

SEARCH = text("search", "Part of the name, login or email")
ACTIVE_ONLY = boolean("active_only", True, "Whether archived users are left out")
CREDENTIALS_FLAG = "auto_generate_credentials"


class UsersController(OperationController, http.Controller):
    @api_route(
        "/users",
        methods=["GET"],
        answer=user_schemas.USER_LIST,
        model="res.users",
        parameters=(LIMIT, OFFSET, SEARCH, ACTIVE_ONLY),
    )
    def list_users(
        self, limit: int, offset: int, search: str, active_only: bool
    ) -> Answer:
        """Return users, sorted by name; administrators see more of them."""
        users = self.env["res.users"].with_context(active_test=active_only)
        domain = Domain.TRUE
        if search:
            domain = Domain.OR(
                Domain(name, "ilike", search) for name in ("name", "login", "email")
            )
        page = users.search(domain, offset=offset, limit=limit) if limit else users
        for_admin = manages_users(self.env)
        data = {
            "users": [summary(user, for_admin) for user in page],
            "count": len(page),
            "total_count": users.search_count(domain),
            "limit": limit,
            "offset": offset,
        }
        return Answer(data, f"Found {counted(len(page), 'user')}")

    @api_route(
        "/users/<user_id>",
        methods=["GET"],
        answer=user_schemas.USER,
        model="res.users",
    )
    def read_user(self, user_id: str) -> Answer:
        """Return a user; the user and administrators see more."""
        return Answer(
            {"user": self._profile(get_user(self.env, user_id))}, "User found"
        )

    @api_route(
        "/users/<user_id>",
        methods=["PUT"],
        answer=user_schemas.UPDATED_USER,
        errors=(AdminFieldAccessDenied, NoValidFields),
        model="res.users",
        own=True,
        body=user_schemas.USER_BODY,
        preferences=("dry-run", "max-affected"),
    )
    def update_user(self, user_id: str, body: dict[str, Any]) -> Answer:
        """Change a user: oneself, or any user as an administrator."""
        user = get_own_user(self.env, user_id)
        check_max_affected(self.env, 1)
        check_operation(self.env, "update", user._name, own=body.keys() <= OWN_FIELDS)
        watch(user)
        user.write(parse_user_values(user, body))
        data = {"user": self._written(user, body), "updated_fields": list(body)}
        return Answer(data, "User updated")

    @api_route(
        "/users/<user_id>/password",
        methods=["PUT"],
        answer=user_schemas.PASSWORD_CHANGED,
        errors=(InvalidOldPassword, MissingOldPassword, MissingPassword, RateLimited),
        model="res.users",
        own=True,
        body=user_schemas.PASSWORD_BODY,
        # A wrong old password rolls back before it is counted.
        may_roll_back=True,
    )
    def change_password(self, user_id: str, body: dict[str, Any]) -> Answer:
        """Set a password; the user's other sessions end."""
        user = get_own_user(self.env, user_id)
        needs_old = user == self.env.user and not manages_users(self.env)
        old_password, new_password = parse_passwords(body, needs_old)
        # The old password could also open a session, which may do as much.
        own = user == self.env.user and bool(old_password)
        check_operation(self.env, "update", user._name, own)
        if user == self.env.user and old_password:
            user._base_api_change_own_password(old_password, new_password)
        else:
            set_password(user, new_password)
        self._end_other_sessions(user)
        message = "Password changed"
        return Answer({"user_id": user.id, "message": message}, message)

    @api_route(
        "/users/<user_id>/reset-password",
        methods=["POST"],
        answer=user_schemas.PASSWORD_RESET,
        model="res.users",
        operation="update",
        administrators=True,
    )
    def reset_password(self, user_id: str) -> Answer:
        """Give a user a random password; their other sessions end."""
        user = get_user(self.env, user_id)
        password = user._base_api_temporary_password()
        set_password(user, password)
        self._end_other_sessions(user)
        message = (
            "Password reset. Pass the temporary password on through a secure channel"
        )
        return secret_answer(
            {"user_id": user.id, "temporary_password": password, "message": message},
            message,
        )

    @api_route(
        "/groups",
        methods=["GET"],
        answer=user_schemas.GROUP_LIST,
        model="res.groups",
        administrators=True,
    )
    def list_groups(self) -> Answer:
        """Return all groups by category."""
        groups = self.env["res.groups"].search(Domain.TRUE)
        xml_ids = groups.get_external_id()
        by_category = defaultdict(list)
        for group in groups:
            category = group.privilege_id.category_id.name or "Other"
            by_category[category].append(
                {
                    "id": group.id,
                    "name": group.name,
                    "full_name": group.full_name,
                    "xml_id": xml_ids[group.id] or False,
                    "comment": group.comment,
                    "users_count": group.all_users_count,
                }
            )
        data = {"groups_by_category": by_category, "total_groups": len(groups)}
        return Answer(data, f"Found {counted(len(groups), 'group')}")

    @api_route(
        "/create/res.users",
        methods=["POST"],
        answer=(write_schemas.CREATED_USER, write_schemas.CREATED_USERS),
        model="res.users",
        body=write_schemas.RECORDS_BODY,
        preferences=ECHOING,
    )
    def create_users(self, body: dict[str, Any] | list[dict[str, Any]]) -> Answer:
        """Create users, and credentials if `auto_generate_credentials` is set."""
        items = as_items(body)
        check_max_affected(self.env, len(items))
        created = [self._create_user(dict(item), pointer) for item, pointer in items]
        users = self.env["res.users"].union(*(user for user, _credentials in created))
        watch_created(users)
        rows = represent(users, [without(CREDENTIALS_FLAG, item) for item, _ in items])
        credentials = [secrets for _user, secrets in created]
        if isinstance(body, dict):
            more = {"credentials": credentials[0]} if credentials[0] else {}
            answer = created_answer(users, rows[0], **more)
        else:
            data = {"ids": users.ids, "records": rows, "model": "res.users"}
            if any(credentials):
                data["credentials"] = credentials
            answer = Answer(
                data, f"Created {counted(len(users), 'user')}", HTTPStatus.CREATED
            )
        if any(credentials):
            answer.headers["Cache-Control"] = "no-store"
        return answer

    def _create_user(self, values: dict[str, Any], pointer: str) -> tuple[Any, ...]:
        """Create one user.

        :return: the user, and `{temporary_password, api_key, note}` or nothing
        """
        generate = values.pop(CREDENTIALS_FLAG, False)
        if not isinstance(generate, bool):
            raise InvalidFields(f"{CREDENTIALS_FLAG} must be true or false")
        if generate and current_preferences(self.env).dry_run:
            # The credentials would be shown, but never work.
            raise InvalidParameter(
                f"Prefer: dry-run is not possible with {CREDENTIALS_FLAG}"
            )
        users = self.env["res.users"]
        values = parse_values(users, values, pointer)
        credentials: Any = None
        if generate:
            password = values.get("password") or users._base_api_temporary_password()
            values["password"] = password
            credentials = {"temporary_password": password}
        if values.get("password"):
            # Without an invitation to choose a password, as there is one.
            users = users.with_context(no_reset_password=True)
        user = users.create(values).with_env(self.env)
        if generate:
            keys = self.env["res.users.apikeys"]
            check_operation(self.env, "create", keys._name)
            credentials["api_key"] = keys._base_api_create(
                user, **parse_key_options(self.env, {})
            )
            credentials["note"] = SHOWN_ONCE
        return user, credentials

    def _written(self, user: BaseModel, body: dict[str, Any]) -> dict[str, Any]:
        """Return the changed user; only what was sent if the key may not read users."""
        if can_use(self.env, "read", user._name):
            return self._profile(user)
        return {"id": user.id} | as_sent(user.browse(), without("group_names", body))

    def _profile(self, user: BaseModel) -> dict[str, Any]:
        for_self = user == self.env.user
        # Users see their own profile as Odoo shows it, whatever their rights are.
        shown = self.env.user if for_self else user
        return profile(shown, for_self, manages_users(self.env))

    def _end_other_sessions(self, user: BaseModel) -> None:
        """End the sessions of a user, except the one of this request."""
        is_own = user == self.env.user
        own_session_id = current_session_id(self.env) if is_own else None
        self.env["api.session"]._end_all(user, own_session_id)


def without(name: str, values: dict[str, Any]) -> dict[str, Any]:
    """Return values without one of them."""
    return {key: value for key, value in values.items() if key != name}
