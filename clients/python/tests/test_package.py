# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""The package: its names, and how it is built."""

from __future__ import annotations

import inspect
import subprocess
import sys
import tarfile
import zipfile
from pathlib import Path
from typing import Any

import pytest

import base_api_client
from base_api_client import AsyncBatch, AsyncClient, AsyncModel, Batch, Client, Model

ROOT = Path(__file__).resolve().parent.parent
# Parts of the interface that only one of the two needs.
SPECIAL = {"__enter__", "__exit__", "__aenter__", "__aexit__"}


def public(cls: type) -> dict[str, Any]:
    return {
        name: value
        for name, value in inspect.getmembers(cls)
        if not name.startswith("_") and name not in SPECIAL
    }


def parameters(function: Any) -> list[tuple[str, Any, Any]]:
    signature = inspect.signature(function)
    return [
        (item.name, item.kind, item.default) for item in signature.parameters.values()
    ]


@pytest.mark.parametrize(
    ("sync", "asynchronous"),
    [(Client, AsyncClient), (Model, AsyncModel), (Batch, AsyncBatch)],
)
def test_both_clients_have_the_same_methods(sync: type, asynchronous: type) -> None:
    ours, theirs = public(sync), public(asynchronous)
    assert set(ours) == set(theirs)
    for name, function in ours.items():
        if callable(function):
            assert parameters(function) == parameters(theirs[name]), name
    assert parameters(sync) == parameters(asynchronous)


def test_exported_names_exist() -> None:
    for name in base_api_client.__all__:
        assert hasattr(base_api_client, name)
    assert base_api_client.__all__ == sorted(base_api_client.__all__)


def test_it_can_be_built(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "build", "--no-isolation", "-o", str(tmp_path)]
    done = subprocess.run([*command, str(ROOT)], capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr
    [wheel] = tmp_path.glob("*.whl")
    names = zipfile.ZipFile(wheel).namelist()
    assert "base_api_client/py.typed" in names
    assert any(name.endswith("licenses/LICENSE") for name in names)
    [metadata] = [name for name in names if name.endswith("METADATA")]
    text = zipfile.ZipFile(wheel).read(metadata).decode()
    assert "License-Expression: LGPL-3.0-or-later" in text
    [sdist] = tmp_path.glob("*.tar.gz")
    with tarfile.open(sdist) as archive:
        assert any(name.endswith("tests/conftest.py") for name in archive.getnames())


def test_the_licence_is_that_of_the_project() -> None:
    project = ROOT.parent.parent / "LICENSE"
    if not project.exists():
        pytest.skip("not in a checkout of the project")
    assert (ROOT / "LICENSE").read_bytes() == project.read_bytes()
