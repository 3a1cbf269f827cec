# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""The server and the credential that a command uses."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

import httpx

from base_api_client import Client, Retries

from . import profiles, secret_store
from .problem import UsageProblem

URL = "BASE_API_URL"
KEY = "BASE_API_KEY"
USERNAME = "BASE_API_USERNAME"
PASSWORD = "BASE_API_PASSWORD"
TOTP = "BASE_API_TOTP"
DATABASE = "BASE_API_DATABASE"
TIMEOUT = 60.0
# For what the server works on for minutes.
LONG_TIMEOUT = 600.0
# For imports: until a server that restarts is there again.
PERSISTENT = Retries(count=7, max_wait=60.0)


@dataclass(frozen=True)
class Settings:
    """The options before the name of the command."""

    profile: str | None = None
    company: str | None = None
    language: str | None = None
    timezone: str | None = None


@dataclass(frozen=True)
class Credential:
    """An API key, or a username and a password."""

    api_key: str | None
    username: str | None = None
    password: str | None = None
    totp: str | None = None


@dataclass(frozen=True)
class Connection:
    client: Client
    url: str
    database: str | None


@contextmanager
def connect(
    settings: Settings, *, timeout: float = TIMEOUT, retries: Retries | None = None
) -> Iterator[Connection]:
    """Connect with a profile, or with the variables of the environment.

    A profile that is named comes first, then BASE_API_URL, then the profile `default`.

    :raises UsageProblem: if there is neither, or BASE_API_URL has no credential
    """
    url = None if settings.profile else os.environ.get(URL)
    if url:
        database = os.environ.get(DATABASE)
        credential = _credential()
    else:
        profile = profiles.get(settings.profile)
        url, database = profile.url, profile.database
        credential = Credential(secret_store.load(profile.name, profile.secret_in))
    try:
        client = Client(
            url,
            api_key=credential.api_key,
            username=credential.username,
            password=credential.password,
            totp=credential.totp,
            database=database,
            language=settings.language,
            company_id=_company_ids(settings.company),
            timezone=settings.timezone,
            timeout=timeout,
            retries=retries or Retries(),
        )
    except (ValueError, httpx.InvalidURL):
        raise UsageProblem(f"'{url}' is not an address of a server") from None
    with client:
        yield Connection(client, url, database)


def address(settings: Settings) -> str:
    """Return the address of the server, without a credential."""
    url = None if settings.profile else os.environ.get(URL)
    return (url or profiles.get(settings.profile).url).rstrip("/")


def _company_ids(text: str | None) -> list[int] | None:
    if text is None:
        return None
    try:
        return [int(word) for word in text.split(",")]
    except ValueError:
        raise UsageProblem(f"'{text}' is not an id of a company, or several") from None


def _credential() -> Credential:
    if key := os.environ.get(KEY):
        return Credential(key)
    username, password = os.environ.get(USERNAME), os.environ.get(PASSWORD)
    if username and password:
        return Credential(None, username, password, os.environ.get(TOTP))
    raise UsageProblem(f"{URL} is set, but neither {KEY} nor {USERNAME} and {PASSWORD}")
