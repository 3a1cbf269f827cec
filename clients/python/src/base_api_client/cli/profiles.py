# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Profiles: the servers that the user has logged in to, without their secrets."""

import json
from dataclasses import asdict, dataclass
from pathlib import Path

import platformdirs

from . import files
from .problem import Problem, UsageProblem

APP = "base-api"
DEFAULT = "default"


@dataclass(frozen=True)
class Profile:
    """A server and a user.

    :param secret_in: `keyring` or `file`
    :param key_id: of the API key, if the login created it
    """

    name: str
    url: str
    username: str
    secret_in: str
    database: str | None = None
    user_id: int | None = None
    key_id: int | None = None


def path() -> Path:
    return platformdirs.user_config_path(APP) / "profiles.json"


def load() -> dict[str, Profile]:
    """Return all profiles by name.

    :raises Problem: if the file is damaged
    """
    try:
        stored = json.loads(path().read_text(encoding="utf-8"))
        return {name: Profile(name=name, **values) for name, values in stored.items()}
    except FileNotFoundError:
        return {}
    except (OSError, ValueError, TypeError, AttributeError) as error:
        raise Problem(f"{path()} cannot be read: {error}") from None


def get(name: str | None) -> Profile:
    """Return a profile, the one named `default` if no name is given.

    :raises UsageProblem: if the profile does not exist
    """
    profiles = load()
    wanted = name or DEFAULT
    if wanted in profiles:
        return profiles[wanted]
    if not profiles:
        raise UsageProblem("You are not logged in: run 'base-api login' first")
    known = ", ".join(sorted(profiles))
    if name is None:
        raise UsageProblem(f"Choose a profile with --profile: {known}")
    raise UsageProblem(f"Profile '{name}' does not exist. Known profiles: {known}")


def save(profile: Profile) -> None:
    _write(load() | {profile.name: profile})


def remove(name: str) -> None:
    profiles = load()
    del profiles[name]
    _write(profiles)


def _write(profiles: dict[str, Profile]) -> None:
    stored = {}
    for name, profile in profiles.items():
        stored[name] = {
            key: value
            for key, value in asdict(profile).items()
            if key != "name" and value is not None
        }
    files.write_private(path(), json.dumps(stored, indent=2) + "\n")
