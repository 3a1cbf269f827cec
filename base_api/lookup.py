# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""What a path names: models, records and users, as the caller may see them."""

from odoo.fields import Domain

from .auth.administrators import FOR_FIELDS, manages_settings, manages_users
from .auth.api_key import limits_administrator, opens_fields
from .casting import to_id
from .errors import Forbidden, ModelNotFound, RecordNotFound, UserNotFound


def get_model(env, model_name):
    """Return the model of a name, empty.

    :raise ModelNotFound: there is none, or it holds no records
    """
    if model_name not in env or env[model_name]._abstract:
        raise ModelNotFound(f"Model '{model_name}' not found")
    model = env[model_name]
    if limits_administrator(env) and opens_fields(env, model_name):
        model = model.with_context(**{FOR_FIELDS: True})
    return model


def find_record(model, record_id, field_names=()):
    """Return the record of an id, archived or not, with some fields fetched.

    :param record_id: as it stands in the path
    :return: the record, or nothing if it does not exist or the caller may not see it
    """
    try:
        domain = Domain("id", "=", to_id(record_id))
    except ValueError:
        return model.browse()
    return model.with_context(active_test=False).search_fetch(domain, field_names)


def get_record(model, record_id, field_names=()):
    """Return the record of an id, see `find_record`.

    :raise RecordNotFound: there is none for this caller
    """
    record = find_record(model, record_id, field_names).with_env(model.env)
    if not record:
        raise RecordNotFound.of(model, record_id)
    return record


def find_records(model, ids):
    """Return those records of some ids, archived or not, that the caller may see."""
    domain = Domain("id", "in", ids)
    records = model.with_context(active_test=False).search(domain, order="id")
    return records.with_env(model.env)


def get_records(model, ids):
    """Return the records of a list of ids, archived or not.

    :raise RecordNotFound: those that do not exist, or the caller may not see
    """
    visible = set(find_records(model, ids).ids) if ids else ()
    if missing := [record_id for record_id in ids if record_id not in visible]:
        raise RecordNotFound.of(model, *missing)
    return model.browse(ids)


def get_user(env, user_id):
    """Return the user of an id in the path.

    :raise UserNotFound: there is none for this caller
    """
    user = find_record(env["res.users"], user_id).with_env(env)
    if not user:
        raise UserNotFound(f"User with ID {user_id[:20]} not found")
    return user


def get_own_user(env, user_id):
    """Return the user of an id in the path: the caller, or anybody for administrators.

    :raise UserNotFound: there is none for this caller
    :raise Forbidden: the caller may see this user and no more
    """
    user = get_user(env, user_id)
    if user != env.user:
        check_admin(env)
    return user


def get_key_owner(env, user_id):
    """Return the user of an id in the path: the caller, or anybody for Settings.

    That is how Odoo has it for keys: who manages users does not see those of others.

    :raise UserNotFound: there is none for this caller
    :raise Forbidden: the caller may see this user, but not their keys and sessions
    """
    user = get_user(env, user_id)
    if user != env.user and not manages_settings(env):
        raise Forbidden("Keys and sessions of others are for the group Settings")
    return user


def find_keys(user):
    """Return the API keys of a user that the caller may see, oldest first."""
    keys = user.env["res.users.apikeys"]
    return keys.search(Domain("user_id", "=", user.id), order="id")


def get_key(user, key_id):
    """Return the API key of a user with an id in the path.

    :raise RecordNotFound: the user has no such key
    """
    key = find_keys(user).filtered(lambda key: str(key.id) == key_id)
    if not key:
        raise RecordNotFound(f"User {user.id} has no API key with ID {key_id[:20]}")
    return key


def check_admin(env):
    """Refuse who does not manage users in Odoo.

    :raise Forbidden: the caller is no administrator
    """
    if not manages_users(env):
        raise Forbidden("Only an administrator (group Access Rights) may do this")
