# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""The examples of the README, run in their order in one program."""

from __future__ import annotations

import re
import sys
from pathlib import Path
from typing import Any

import pytest

from base_api_client import Client

README = Path(__file__).resolve().parent.parent / "README.md"
BLOCKS = re.findall(r"^```python\n(.*?)^```$", README.read_text(), re.M | re.S)


def test_the_examples_run(
    url: str,
    api_key: str,
    client: Client,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.syspath_prepend(tmp_path)
    names: dict[str, Any] = {}
    assert len(BLOCKS) > 10
    try:
        for block in BLOCKS:
            source = block.replace("https://odoo.example.com", url)
            source = source.replace("oak_...", api_key)
            exec(compile(source, str(README), "exec"), names)
    finally:
        sys.modules.pop("odoo_types", None)
        names["client"].close()
    assert names["people"].result[0]["name"] == "Reception"
    assert Path("copy.txt").read_text() == "..."
    assert Path("large.txt").read_text() == "..."
    assert Path("countries.csv").stat().st_size > 1000
    order = client["sale.order"].get(names["order"].id, fields="state")
    assert order["state"] == "sale"
    client["sale.order"].call("action_cancel", order["id"])
    client["sale.order"].delete(order["id"])
