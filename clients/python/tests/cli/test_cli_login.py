# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Profiles and secrets."""

import json
import stat
from pathlib import Path

import pytest
from cli.runs import Run

from base_api_client import ApiError, Client

NULL = "keyring.backends.null.Keyring"
FAIL = "keyring.backends.fail.Keyring"


@pytest.fixture
def files(tmp_path: Path) -> Path:
    return tmp_path / "config" / "base-api"


@pytest.mark.parametrize("backend", [FAIL, NULL])
def test_a_password_becomes_a_key(
    run_signed_out: Run, home: dict[str, str], files: Path, url: str, backend: str
) -> None:
    home["PYTHON_KEYRING_BACKEND"] = backend
    words = ["login", f"{url}/odoo", "--username", "admin", "--stdin"]

    done = run_signed_out(*words, input="admin\n")

    assert done.returncode == 0, done.stderr
    assert done.stdout == f"Logged in to {url} as admin (profile default)\n"
    assert "No keyring is available" in done.stderr
    for name in ("profiles.json", "credentials.json"):
        assert stat.S_IMODE((files / name).stat().st_mode) == 0o600
    key = json.loads((files / "credentials.json").read_text())["default"]
    assert key not in (files / "profiles.json").read_text()
    assert key not in done.stdout + done.stderr
    with Client(url, api_key=key) as client:
        assert client.request("GET", "/auth/me").data["user"]["login"] == "admin"

    assert run_signed_out("search", "res.partner", "--limit", "1").returncode == 0
    assert run_signed_out("logout").returncode == 0
    assert "run 'base-api login'" in run_signed_out("models").stderr
    with Client(url, api_key=key) as client, pytest.raises(ApiError):
        client.request("GET", "/auth/me")


def test_a_keyring_keeps_the_key(
    run_signed_out: Run, home: dict[str, str], tmp_path: Path, url: str, api_key: str
) -> None:
    (tmp_path / "vault.py").write_text(VAULT)
    home["PYTHONPATH"] = str(tmp_path)
    home["PYTHON_KEYRING_BACKEND"] = "vault.Vault"

    done = run_signed_out("login", url, "--stdin", input=f"{api_key}\n")

    assert done.stderr == ""
    assert api_key not in (tmp_path / "config/base-api/profiles.json").read_text()
    assert not (tmp_path / "config/base-api/credentials.json").exists()
    assert run_signed_out("models", "res.partner").returncode == 0
    assert run_signed_out("logout").returncode == 0
    assert json.loads((tmp_path / "vault.json").read_text()) == {}


def test_several_profiles(
    run_signed_out: Run, home: dict[str, str], url: str, api_key: str
) -> None:
    home["BASE_API_KEY"] = api_key
    for name in ("shop", "test"):
        assert run_signed_out("--profile", name, "login", url).returncode == 0

    assert run_signed_out("-p", "shop", "models", "res.partner").returncode == 0
    done = run_signed_out("models")
    assert "Choose a profile with --profile: shop, test" in done.stderr
    done = run_signed_out("-p", "x", "models")
    assert "Profile 'x' does not exist. Known profiles: shop, test" in done.stderr
    done = run_signed_out("-p", "shop", "open", "--print")
    assert done.stdout == f"{url}/api/v2/docs\n"


@pytest.mark.parametrize(
    ("words", "text", "message"),
    [
        ([], "no\n", "This API key is unknown"),
        (["--username", "admin"], "no\n", "401"),
        ([], "\n", "empty"),
    ],
)
def test_refused_logins(
    run_signed_out: Run,
    files: Path,
    url: str,
    words: list[str],
    text: str,
    message: str,
) -> None:
    done = run_signed_out("login", url, "--stdin", *words, input=text)
    assert done.returncode in (1, 2)
    assert message in done.stderr
    assert len(done.stderr.splitlines()) == 1
    assert not files.exists()


def test_secrets_are_not_asked_for_without_a_terminal(
    run_signed_out: Run, url: str
) -> None:
    done = run_signed_out("login", url)
    assert done.returncode == 2
    assert "Cannot ask for the secret without a terminal" in done.stderr


VAULT = """
import json
from pathlib import Path

import keyring.backend
import keyring.errors

FILE = Path(__file__).with_suffix(".json")


class Vault(keyring.backend.KeyringBackend):
    priority = 1

    def read(self):
        return json.loads(FILE.read_text()) if FILE.exists() else {}

    def get_password(self, service, username):
        return self.read().get(f"{service} {username}")

    def set_password(self, service, username, password):
        entries = self.read() | {f"{service} {username}": password}
        FILE.write_text(json.dumps(entries))

    def delete_password(self, service, username):
        entries = self.read()
        if not entries.pop(f"{service} {username}", None):
            raise keyring.errors.PasswordDeleteError
        FILE.write_text(json.dumps(entries))
"""
