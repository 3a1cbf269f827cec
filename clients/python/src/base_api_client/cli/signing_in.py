# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""From what the user knows to an API key."""

import os
import platform
import sys
from dataclasses import dataclass
from getpass import getpass
from typing import Any
from urllib.parse import urlsplit

import typer

from base_api_client import ApiError, Client, ClientError

from . import connection, console, secret_store
from .problem import Problem, UsageProblem
from .profiles import Profile

LOCAL = ("localhost", "127.0.0.1", "::1")


@dataclass(frozen=True)
class Account:
    """Where to log in, and how."""

    url: str
    database: str | None
    username: str | None
    days: int | None
    read_only: bool
    stdin: bool


@dataclass(frozen=True)
class Key:
    """An API key; `key_id` is None if the login did not create it."""

    secret: str
    username: str
    user_id: int
    key_id: int | None = None


def clean_url(text: str) -> str:
    """Return the address of a server from what people type or copy.

    :raises UsageProblem: if it is not one
    """
    url = text.strip()
    if "://" not in url:
        url = f"https://{url}"
    parts = urlsplit(url)
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise UsageProblem(
            f"'{text}' is not an address such as https://odoo.example.com"
        )
    if parts.username or parts.password:
        raise UsageProblem("The address must not contain a username or password")
    if parts.scheme == "http" and parts.hostname not in LOCAL:
        console.note("warning: without https, others can read the API key")
    path = parts.path
    for known in ("/api/v2", "/odoo", "/web"):
        path = path.partition(known)[0]
    return f"{parts.scheme}://{parts.netloc}{path.rstrip('/')}"


def find_api(url: str, database: str | None) -> None:
    """Check that there is an API, before somebody types a password.

    :raises Problem: if there is none
    """
    try:
        with Client(url, database=database) as client:
            client.request("GET", "/test")
    except ApiError as error:
        raise Problem(
            f"{url} has no base_api, or needs --database ({error.status} {error.code})"
        ) from None


def ask_account(account: Account) -> Key:
    """Get an API key: that of the user, or a new one.

    :raises ApiError: if the server refuses it
    """
    if account.username:
        password = _secret(account, connection.PASSWORD, "Password")
        return _create_key(account, account.username, password)
    key = _secret(account, connection.KEY, "API key (empty: use a password)", True)
    if key:
        return _check_key(account, key)
    username = typer.prompt("Username")
    return _create_key(account, username, _ask("Password"))


def _secret(account: Account, variable: str, title: str, optional: bool = False) -> str:
    if account.stdin:
        secret = sys.stdin.readline().strip()
    else:
        secret = os.environ.get(variable) or _ask(title)
    if not secret and (account.stdin or not optional):
        raise UsageProblem(f"{title}: empty")
    return secret


def _ask(title: str) -> str:
    if not sys.stdin.isatty():
        raise UsageProblem(
            "Cannot ask for the secret without a terminal: set "
            f"{connection.KEY} or {connection.PASSWORD}, or use --stdin"
        )
    return getpass(f"{title}: ").strip()


def _check_key(account: Account, secret: str) -> Key:
    with Client(account.url, api_key=secret, database=account.database) as client:
        user = client.request("GET", "/auth/me").data["user"]
    return Key(secret, user["login"], user["id"])


def _create_key(account: Account, username: str, password: str) -> Key:
    session = _log_in(account, username, password)
    user_id = session["user"]["id"]
    options: dict[str, Any] = {"name": f"base-api on {platform.node()}"}
    if account.days:
        options["expires_in_days"] = account.days
    if account.read_only:
        options["read_only"] = True
    token = session["session_token"]
    with Client(account.url, session_token=token, database=account.database) as client:
        path = f"/users/{user_id}/api-key"
        created = client.request("POST", path, json=options).data
        client.request("POST", "/auth/logout")
    # Older servers do not answer the id.
    return Key(created["api_key"], username, user_id, created.get("id"))


def _log_in(account: Account, username: str, password: str) -> dict[str, Any]:
    body = {"username": username, "password": password}
    with Client(account.url, database=account.database) as client:
        try:
            data = client.request("POST", "/auth/login", json=body).data
        except ApiError as error:
            if error.code != "MFA_REQUIRED":
                raise
            code = os.environ.get(connection.TOTP) or _ask("Code of your authenticator")
            data = client.request(
                "POST", "/auth/login", json=body | {"totp": code}
            ).data
    session: dict[str, Any] = data
    return session


def revoke(profile: Profile) -> bool:
    """Revoke the API key that a login created; return whether it was."""
    if profile.key_id is None:
        return False
    path = f"/users/{profile.user_id}/api-keys/{profile.key_id}"
    try:
        key = secret_store.load(profile.name, profile.secret_in)
        with Client(profile.url, api_key=key, database=profile.database) as client:
            client.request("DELETE", path)
    except (ClientError, Problem):
        return False
    return True
