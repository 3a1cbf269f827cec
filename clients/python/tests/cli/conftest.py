# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""The command `base-api`, run as users run it, against a real server."""

import io
import os
import subprocess
import sys
import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

import pytest

from base_api_client import Client
from base_api_client.cli.run import run as run_command

MODULE = [sys.executable, "-m", "base_api_client.cli"]


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


@dataclass(frozen=True)
class Done:
    """What a command printed, and its exit code."""

    returncode: int
    stdout: str
    stderr: str


class Run(Protocol):
    def __call__(self, *words: str, input: str = "") -> Done: ...


@pytest.fixture
def run(
    admin_home: dict[str, str],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> Run:
    """Run the command in an empty folder, in this process, which is faster."""
    monkeypatch.chdir(tmp_path)
    for name in os.environ.keys() - admin_home.keys():
        monkeypatch.delenv(name)
    for name, value in admin_home.items():
        monkeypatch.setenv(name, value)

    def run(*words: str, input: str = "") -> Done:
        monkeypatch.setattr(sys, "argv", ["base-api", *words])
        monkeypatch.setattr(sys, "stdin", io.StringIO(input))
        capsys.readouterr()
        code = run_command()
        printed = capsys.readouterr()
        return Done(code, printed.out, printed.err)

    return run


@pytest.fixture
def run_signed_out(home: dict[str, str], tmp_path: Path) -> Run:
    """Run the command in a process of its own; the environment can be changed."""

    def run(*words: str, input: str = "") -> Done:
        done = subprocess.run(
            [*MODULE, *words],
            env=home,
            cwd=tmp_path,
            input=input,
            capture_output=True,
            text=True,
        )
        return Done(done.returncode, done.stdout, done.stderr)

    return run
