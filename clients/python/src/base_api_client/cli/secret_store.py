# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Where API keys are kept: the keyring of the desktop, or else a private file.

keyring is imported where it is needed, as it takes longer than all other modules.
"""

import json
from pathlib import Path

import platformdirs

from . import files, profiles
from .problem import Problem

SERVICE = "base-api"
KEYRING = "keyring"
FILE = "file"


def path() -> Path:
    return platformdirs.user_config_path(profiles.APP) / "credentials.json"


def save(name: str, secret: str) -> str:
    """Keep the API key of a profile; return where: `keyring` or `file`."""
    if _save_in_keyring(name, secret):
        return KEYRING
    files.write_private(path(), json.dumps(_read_file() | {name: secret}, indent=2))
    return FILE


def load(name: str, secret_in: str) -> str:
    """Return the API key of a profile.

    :raises Problem: if it is not there, or the keyring is locked
    """
    secret = _read_file().get(name) if secret_in == FILE else _load_from_keyring(name)
    if not secret:
        raise Problem(
            f"The API key of the profile '{name}' is missing: "
            f"run 'base-api login --profile {name}'"
        )
    return secret


def remove(name: str, secret_in: str) -> None:
    """Forget the API key of a profile, if it is there."""
    if secret_in == FILE:
        secrets = _read_file()
        secrets.pop(name, None)
        files.write_private(path(), json.dumps(secrets, indent=2))
        return
    import keyring
    import keyring.errors

    try:
        keyring.delete_password(SERVICE, name)
    except keyring.errors.KeyringError:
        pass


def _save_in_keyring(name: str, secret: str) -> bool:
    import keyring
    import keyring.errors

    try:
        keyring.set_password(SERVICE, name, secret)
        # The null backend accepts passwords, but does not keep them.
        return keyring.get_password(SERVICE, name) == secret
    except keyring.errors.KeyringError:
        return False


def _load_from_keyring(name: str) -> str | None:
    import keyring
    import keyring.errors

    try:
        return keyring.get_password(SERVICE, name)
    except keyring.errors.KeyringError as error:
        raise Problem(f"The keyring cannot be read: {error}") from None


def _read_file() -> dict[str, str]:
    try:
        secrets = json.loads(path().read_text(encoding="utf-8"))
    except FileNotFoundError:
        return {}
    except (OSError, ValueError) as error:
        raise Problem(f"{path()} cannot be read: {error}") from None
    return {str(name): str(secret) for name, secret in secrets.items()}
