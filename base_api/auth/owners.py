# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""The users and API keys that a path names, as the caller may see them."""

from odoo.api import Environment
from odoo.fields import Domain
from odoo.models import BaseModel

from ..errors import Forbidden, RecordNotFound, UserNotFound
from ..lookup import find_record
from .administrators import manages_settings, manages_users


def get_user(env: Environment, user_id: str) -> BaseModel:
    """Return the user of an id in the path.

    :raise UserNotFound: there is no such user that the caller may see
    """
    user = find_record(env["res.users"], user_id).with_env(env)
    if not user:
        raise UserNotFound(f"User with ID {user_id[:20]} not found")
    return user


def get_own_user(env: Environment, user_id: str) -> BaseModel:
    """Return the user of an id in the path: the caller, or any user for administrators.

    :raise UserNotFound: there is none for this caller
    :raise Forbidden: the caller may see this user, but not change them
    """
    user = get_user(env, user_id)
    if user != env.user:
        check_admin(env)
    return user


def get_key_owner(env: Environment, user_id: str) -> BaseModel:
    """Return the user of an id in the path: the caller, or any user for Settings.

    As in Odoo, the group Access Rights does not see the keys of other users.

    :raise UserNotFound: there is none for this caller
    :raise Forbidden: the caller may see this user, but not their keys and sessions
    """
    user = get_user(env, user_id)
    if user != env.user and not manages_settings(env):
        raise Forbidden("The keys and sessions of other users need the group Settings")
    return user


def find_keys(user: BaseModel) -> BaseModel:
    """Return the API keys of a user that the caller may see, oldest first."""
    keys = user.env["res.users.apikeys"]
    return keys.search(Domain("user_id", "=", user.id), order="id")


def get_key(user: BaseModel, key_id: str) -> BaseModel:
    """Return the API key of a user with an id in the path.

    :raise RecordNotFound: the user has no such key
    """
    key = find_keys(user).filtered(lambda key: str(key.id) == key_id)
    if not key:
        raise RecordNotFound(f"User {user.id} has no API key with ID {key_id[:20]}")
    return key


def check_admin(env: Environment) -> None:
    """Let only users with the group Access Rights go on.

    :raise Forbidden: the caller does not have it
    """
    if not manages_users(env):
        raise Forbidden("This needs the group Access Rights")
