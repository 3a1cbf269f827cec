# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""The command `base-api`, run as users run it, against a real server."""

import io
import os
import subprocess
import sys
from pathlib import Path

import pytest
from cli.runs import MODULE, Done, Run

from base_api_client.cli.run import run as run_command


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
