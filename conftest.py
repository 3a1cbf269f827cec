# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""For the tests of the addon, which Odoo's own test runner can run, too."""

import logging
from pathlib import Path

import pytest

ADDON_TESTS = Path(__file__).resolve().parent / "base_api" / "tests"


@pytest.fixture(autouse=True)
def no_warnings(request, caplog):
    """Fail where Odoo logs a warning: its own test runner would report the test."""
    if not request.path.is_relative_to(ADDON_TESTS):
        yield
        return
    # pytest-odoo has Odoo log critical errors only.
    with caplog.at_level(logging.WARNING, logger="odoo"):
        yield
    records = [
        record
        for phase in ("setup", "call")
        for record in caplog.get_records(phase)
        if record.levelno >= logging.WARNING
    ]
    messages = [f"{record.name}: {record.getMessage()}" for record in records]
    assert not messages, messages
