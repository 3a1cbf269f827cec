# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""The command `base-api`, run as users run it, against a real server."""

import os
import subprocess
import sys
import uuid
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from base_api_client import Client

MODULE = [sys.executable, "-m", "base_api_client.cli"]
Run = Callable[..., "subprocess.CompletedProcess[str]"]


@pytest.fixture(scope="session")
def url() -> str:
    return os.environ["BASE_API_URL"]


@pytest.fixture(scope="session")
def api(url: str) -> Iterator[Client]:
    """The administrator, to look at what the command did."""
    with Client(url, username="admin", password="admin") as client:
        yield client


@pytest.fixture(scope="session")
def api_key(api: Client) -> str:
    user = api.request("GET", "/auth/me").data["user"]
    path = f"/users/{user['id']}/api-key"
    return str(api.request("POST", path, json={"name": "cli"}).data["api_key"])


@pytest.fixture
def unique() -> str:
    """A word that no other test uses."""
    return f"t{uuid.uuid4().hex[:12]}"


@pytest.fixture
def home(tmp_path: Path) -> dict[str, str]:
    """The environment of a user who has not logged in, without a keyring."""
    kept = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith("BASE_API_")
    }
    return kept | {
        "HOME": str(tmp_path),
        "XDG_CONFIG_HOME": str(tmp_path / "config"),
        "XDG_STATE_HOME": str(tmp_path / "state"),
        "PYTHON_KEYRING_BACKEND": "keyring.backends.fail.Keyring",
    }


@pytest.fixture
def admin_home(home: dict[str, str], url: str, api_key: str) -> dict[str, str]:
    """The environment of the administrator."""
    return home | {"BASE_API_URL": url, "BASE_API_KEY": api_key}


@pytest.fixture
def run(admin_home: dict[str, str], tmp_path: Path) -> Run:
    """Run the command in an empty folder."""
    return runner(admin_home, tmp_path)


@pytest.fixture
def run_signed_out(home: dict[str, str], tmp_path: Path) -> Run:
    return runner(home, tmp_path)


def runner(environment: dict[str, str], folder: Path) -> Run:
    def run(*words: str, **options: object) -> "subprocess.CompletedProcess[str]":
        more: dict[str, object] = {"capture_output": True, "text": True}
        more |= {"env": environment, "cwd": folder, "stdin": subprocess.DEVNULL}
        if "input" in options:
            del more["stdin"]
        return subprocess.run([*MODULE, *words], **(more | options))  # type: ignore[call-overload, no-any-return]

    return run
